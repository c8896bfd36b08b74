"""Where requests meet the database: reads in a session that is thrown away, writes through the committing writer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlmodel import Session

from simulator.store.engine import unavailable_as_such
from simulator.web.services import services

T = TypeVar("T")


@contextmanager
def reading() -> Iterator[Session]:
    """Give a session to read with; nothing done in it is kept."""
    with unavailable_as_such(), Session(services().engine) as session:
        yield session


def write(work: Callable[[Session], T], *, single_statement: bool = False) -> T:
    """Run the work in a transaction, and return when it is committed."""
    return services().writer.run(work, single_statement=single_statement)
