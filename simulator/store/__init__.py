"""SQL: tables, named reads, migrations, and the one place where writes are committed."""
