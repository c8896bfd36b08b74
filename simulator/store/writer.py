"""Who commits. On SQLite one thread does, many requests at a time; on PostgreSQL every request by itself.

SQLite has one write lock. Connections that fight for it sleep in its back-off, and every commit waits for the
disk; so all writes of a process go to one thread, which runs what has come in meanwhile as one transaction, and
answers when that is on the disk. Each piece of work has its own savepoint: one that fails takes nothing with it.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from simulator.exam.errors import SimulatorError, StoreUnavailable
from simulator.store.engine import WRITES, is_sqlite, unavailable_as_such

T = TypeVar("T")
Work = Callable[[Session], T]

# Enough to share one commit among a classroom, few enough that nobody waits long for the others' work.
LARGEST_BATCH = 64

log = logging.getLogger(__name__)


class Writer(Protocol):
    """Runs work in a transaction and commits it before it returns."""

    def run(self, work: Work[T], *, single_statement: bool = False) -> T:
        """Run the work and commit; its error, if any, is raised here and nothing of it is kept.

        `single_statement` promises that the work writes with one statement at most, which the database
        undoes by itself when it fails: it needs no savepoint.
        """
        ...

    def close(self) -> None:
        """Finish what was handed in, and take no more."""
        ...


def open_writer(engine: Engine) -> Writer:
    """Return the writer that suits the database."""
    return GroupCommitWriter(engine) if is_sqlite(engine) else DirectWriter(engine)


class DirectWriter:
    """Commits in the calling thread, on a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def run(self, work: Work[T], *, single_statement: bool = False) -> T:  # noqa: ARG002
        """Run the work in a transaction and commit it."""
        with unavailable_as_such(), Session(self._engine, expire_on_commit=False) as session:
            result = work(session)
            session.commit()
            return result

    def close(self) -> None:
        """Nothing is pending between calls."""


class _Job:
    """One request's work, and where its thread waits for the outcome."""

    __slots__ = ("done", "error", "result", "single_statement", "work")

    def __init__(self, work: Work[Any], single_statement: bool) -> None:
        self.work = work
        self.single_statement = single_statement
        # A bare lock that the writing thread releases: an Event costs several of them.
        self.done = Lock()
        self.done.acquire()
        self.result: Any = None
        self.error: BaseException | None = None


class GroupCommitWriter:
    """Commits the work of many threads together, in one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**{WRITES: True})
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        # Kept by the writing thread from one batch to the next.
        self._connection: Connection | None = None
        self._closed = False
        self._closing = Lock()
        self._thread = Thread(target=self._serve, name="writer", daemon=True)
        self._thread.start()

    def run(self, work: Work[T], *, single_statement: bool = False) -> T:
        """Hand the work to the writing thread and wait until it is on the disk."""
        job = _Job(work, single_statement)
        # Nothing may stand in the queue behind its end: nobody would ever answer.
        with self._closing:
            if self._closed:
                raise StoreUnavailable("the writer is closed")
            self._queue.put(job)
        job.done.acquire()
        if job.error is not None:
            raise job.error
        result: T = job.result
        return result

    def close(self) -> None:
        """Finish what was handed in, and stop the thread."""
        with self._closing:
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        stopping = False
        while not stopping:
            batch, stopping = self._next_batch()
            if batch:
                self._commit(batch)
        self._disconnect()

    def _next_batch(self) -> tuple[list[_Job], bool]:
        """Wait for a job, then take what else is there already."""
        batch: list[_Job] = []
        job = self._queue.get()
        while job is not None:
            batch.append(job)
            if len(batch) == LARGEST_BATCH:
                return batch, False
            try:
                job = self._queue.get_nowait()
            except Empty:
                return batch, False
        return batch, True

    def _commit(self, batch: list[_Job]) -> None:
        try:
            with unavailable_as_such():
                if self._connection is None:
                    self._connection = self._engine.connect()
                with Session(self._connection, expire_on_commit=False) as session:
                    session.connection()
                    for job in batch:
                        _run(job, session)
                        self._check_transaction()
                    session.commit()
        except Exception as error:  # noqa: BLE001 - it belongs to the waiting threads, and this one must go on
            # Nothing of the batch is on the disk, whatever each piece of work thought.
            for job in batch:
                job.error = job.error or error
            self._disconnect()
        for job in batch:
            job.done.release()

    def _check_transaction(self) -> None:
        """Raise StoreUnavailable if the database has undone the whole batch by itself.

        SQLite does that when the disk is full or fails; a commit after it would commit nothing, in silence.
        """
        if not self._connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]
            raise StoreUnavailable("the database undid the transaction; the disk may be full")

    def _disconnect(self) -> None:
        """Give the connection up, which undoes what is not committed; the next batch opens one anew."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.close()


def _run(job: _Job, session: Session) -> None:
    try:
        with unavailable_as_such():
            if job.single_statement:
                job.result = job.work(session)
            else:
                with session.begin_nested():
                    job.result = job.work(session)
    except SimulatorError as error:
        job.error = error
    except Exception as error:
        log.exception("work failed in the writer")
        job.error = error
