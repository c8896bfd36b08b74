"""The database engine: SQLite with full durability, or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from simulator.exam.errors import SimulatorError, StoreUnavailable

DRIVERS = ("sqlite", "postgresql+psycopg")
BUSY_TIMEOUT_SECONDS = 5
STATEMENT_TIMEOUT_SECONDS = 30
PAGE_CACHE_KIB = 256
# Connections that only read begin deferred; the writer takes SQLite's one write lock at once, or waits for it,
# because a transaction that reads first and writes later can be refused the lock however long it waits.
WRITES = "writes"


class UnusableDatabase(SimulatorError):
    """A database URL that cannot be read, or that names a kind of database that the simulator does not work with."""


def open_engine(url: str, *, connections: int = 16) -> Engine:
    """Return an engine for the URL; nothing is connected yet. Raises UnusableDatabase."""
    try:
        driver = make_url(url).drivername
    except (ArgumentError, ValueError) as error:
        # The URL itself is not repeated: it may hold a password.
        raise UnusableDatabase("the database URL can't be read: write it as postgresql://user@host/name") from error
    if driver not in DRIVERS:
        raise UnusableDatabase(
            f"a {driver} database is of no use here: only PostgreSQL is, as postgresql://user@host/name"
        )
    if driver == "sqlite":
        return _open_sqlite(url, connections)
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=4,
        pool_timeout=BUSY_TIMEOUT_SECONDS,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": BUSY_TIMEOUT_SECONDS,
            # Who waits for a lock that somebody else keeps is told so, instead of keeping a thread for ever.
            "options": f"-c lock_timeout={BUSY_TIMEOUT_SECONDS}s -c statement_timeout={STATEMENT_TIMEOUT_SECONDS}s",
        },
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


def unavailable(reason: BaseException | None) -> str:
    """Return a driver's complaint as one sentence."""
    lines = str(reason).strip().splitlines() or [type(reason).__name__]
    return f"the database can't be used now ({lines[0]})"


@contextmanager
def unavailable_as_such() -> Iterator[None]:
    """Turn the driver's "locked", "away", "not a database" and "no connection free" into StoreUnavailable."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable("no connection to the database is free") from error
    except DBAPIError as error:
        # The subclasses of DatabaseError speak of one statement; by itself it means that the file is damaged.
        if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
            raise StoreUnavailable(unavailable(error.orig)) from error
        if error.connection_invalidated:
            raise StoreUnavailable("the database went away") from error
        raise
