"""The database engine: SQLite with full durability, or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from simulator.exam.errors import StoreUnavailable

BUSY_TIMEOUT_SECONDS = 5
PAGE_CACHE_KIB = 256
# Connections that only read begin deferred; the writer takes SQLite's one write lock at once, or waits for it,
# because a transaction that reads first and writes later can be refused the lock however long it waits.
WRITES = "writes"


def open_engine(url: str, *, connections: int = 16) -> Engine:
    """Return an engine for the URL; nothing is connected yet."""
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url, connections)
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=4,
        pool_timeout=BUSY_TIMEOUT_SECONDS,
        pool_pre_ping=True,
        connect_args={"connect_timeout": BUSY_TIMEOUT_SECONDS},
    )


def is_sqlite(engine: Engine) -> bool:
    """Return whether the database is the embedded one."""
    return engine.dialect.name == "sqlite"


def _open_sqlite(url: str, connections: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=4,
        pool_timeout=BUSY_TIMEOUT_SECONDS,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, record: Any) -> None:  # noqa: ARG001
        # The driver must not begin transactions by itself: it knows nothing of savepoints.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Each connection has a page cache of its own; the operating system's serves all of them.
        connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIB}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def unavailable_as_such() -> Iterator[None]:
    """Turn the driver's "locked", "away" and "no connection free" into StoreUnavailable."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise StoreUnavailable("the database is locked or away") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreUnavailable("the database went away") from error
        raise
