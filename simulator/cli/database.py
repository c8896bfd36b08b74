"""The database as the commands use it: up to date, read without locks, written to in short transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from simulator import paths
from simulator.cli.options import plain_errors
from simulator.config import Settings, prepare_data_directory
from simulator.operations.importing import Imported, add_pack
from simulator.packs.loading import find_packs, read_skills
from simulator.store.engine import WRITES, open_engine, unavailable_as_such
from simulator.store.schema import upgrade
from simulator.store.writer import DirectWriter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Database:
    """One command's access; a server may be serving from the same database meanwhile."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session to read with; it locks nobody out."""
        with unavailable_as_such(), Session(self.engine) as session:
            yield session

    def write(self, work: Callable[[Session], T]) -> T:
        """Run the work in a transaction of its own."""
        return DirectWriter(self.engine.execution_options(**{WRITES: True})).run(work)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Give the database, brought to the newest schema first."""
    with plain_errors(), unavailable_as_such():
        prepare_data_directory(settings)
        engine = open_engine(settings.database, connections=1)
        try:
            upgrade(engine)
            yield Database(engine)
        finally:
            engine.dispose()


def skills() -> frozenset[str]:
    """Return the ids of the skills that packs may use."""
    return frozenset(read_skills(paths.questions() / "skills.yaml"))


def load_pack_files(database: Database, path: Path, *, shipped: bool = False) -> Imported | None:
    """Bring one pack into the bank; returns what that changed, or None when nothing had to."""
    known, moment = skills(), datetime.now(UTC)
    return database.write(lambda session: add_pack(session, path, skills=known, shipped=shipped, now=moment))


def load_shipped_packs(database: Database) -> None:
    """Bring the packs that ship into the bank."""
    for path in find_packs(paths.questions()):
        load_pack_files(database, path, shipped=True)
