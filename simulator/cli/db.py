"""`simulator db upgrade|check`."""

from pathlib import Path

import click

from simulator.cli.options import database_options, plain_errors, settings_from


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
@database_options
def upgrade(data_dir: Path | None, database_url: str | None) -> None:
    """Make the database, or bring it to the schema that this version needs.

    \b
    Example:
      simulator db upgrade
    """
    from simulator.cli.database import open_database
    from simulator.store.schema import head

    with open_database(settings_from(data_dir=data_dir, database_url=database_url)):
        click.echo(f"The database is at revision {head()}.")


@db.command()
@database_options
def check(data_dir: Path | None, database_url: str | None) -> None:
    """Say whether the database can be reached and is at the schema that this version needs.

    \b
    Example:
      simulator db check
    """
    from simulator.config import prepare_data_directory
    from simulator.store import schema
    from simulator.store.engine import open_engine, unavailable_as_such

    settings = settings_from(data_dir=data_dir, database_url=database_url)
    with plain_errors(), unavailable_as_such():
        prepare_data_directory(settings)
        engine = open_engine(settings.database, connections=1)
        try:
            schema.check(engine)
        finally:
            engine.dispose()
    click.echo(f"The database is at revision {schema.head()}, as it should be.")
