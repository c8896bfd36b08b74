"""Committing: what a writer acknowledges is on the disk, and what fails takes nothing with it."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from clock import START
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from simulator.exam.errors import NotFound, StoreUnavailable
from simulator.store import engine as engines
from simulator.store.engine import UnusableDatabase, open_engine
from simulator.store.tables import CandidateRow
from simulator.store.writer import LARGEST_BATCH, DirectWriter, GroupCommitWriter, Writer, open_writer


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    writer = open_writer(engine)
    yield writer
    writer.close()


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    engine = open_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def group_writer(sqlite_engine: Engine) -> Iterator[GroupCommitWriter]:
    writer = GroupCommitWriter(sqlite_engine)
    yield writer
    writer.close()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(32) as pool:
        yield pool


def admit(name: str):
    def work(session: Session) -> str:
        session.add(CandidateRow(id=name, created_at=START))
        session.flush()
        return name

    return work


def candidates(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.exec(select(CandidateRow.id).order_by(col(CandidateRow.id))))


def test_the_writer_suits_the_database(writer, engine):
    assert isinstance(writer, GroupCommitWriter if engine.dialect.name == "sqlite" else DirectWriter)


def test_what_a_writer_has_returned_others_can_read(writer, engine):
    assert writer.run(admit("alice")) == "alice"
    assert candidates(engine) == ["alice"]


def test_the_error_of_a_piece_of_work_reaches_its_caller_and_nothing_of_it_is_kept(writer, engine):
    def work(session):
        admit("bob")(session)
        raise NotFound("attempt", "x")

    with pytest.raises(NotFound):
        writer.run(work)
    writer.run(admit("alice"))
    assert candidates(engine) == ["alice"]


def test_a_broken_rule_of_the_database_reaches_its_caller_as_it_is(writer, engine):
    writer.run(admit("alice"))
    with pytest.raises(IntegrityError):
        writer.run(admit("alice"))
    writer.run(admit("bob"))
    assert candidates(engine) == ["alice", "bob"]


def test_many_threads_each_get_their_own_result(writer, engine, pool):
    names = [f"candidate-{number:03}" for number in range(200)]
    assert list(pool.map(lambda name: writer.run(admit(name)), names)) == names
    assert candidates(engine) == names


def test_a_single_statement_needs_no_savepoint_and_its_failure_leaves_the_others_alone(writer, engine, pool):
    insert = text("INSERT INTO candidate (id, created_at) VALUES (:id, '2026-11-23 09:00:00')")

    def run(name: str) -> bool:
        try:
            writer.run(lambda session: session.execute(insert, {"id": name}), single_statement=True)
        except IntegrityError:
            return False
        return True

    outcomes = list(pool.map(run, [f"c{number % 10}" for number in range(40)]))
    assert outcomes.count(True) == 10
    assert candidates(engine) == [f"c{number}" for number in range(10)]


class Gate:
    """Keeps the writing thread busy until so many jobs wait behind it."""

    def __init__(self, writer: GroupCommitWriter, pool: ThreadPoolExecutor) -> None:
        self._writer, self._pool = writer, pool
        self._entered, self._opened = Event(), Event()
        self._waiting: list[Future] = []
        self._first = pool.submit(writer.run, lambda session: self._entered.set() or self._opened.wait(30))
        assert self._entered.wait(30)

    def hand_in(self, work, **options) -> Future:
        """Hand in a job that will be in the next batch."""
        future = self._pool.submit(self._writer.run, work, **options)
        self._waiting.append(future)
        while self._writer._queue.qsize() < len(self._waiting):
            assert not future.done()
        return future

    def open(self) -> None:
        self._opened.set()
        assert self._first.result(30)


def count_commits(engine: Engine) -> list[int]:
    commits: list[int] = []
    event.listen(engine, "commit", lambda connection: commits.append(1))
    return commits


def test_work_that_came_in_meanwhile_shares_one_commit_and_a_failure_takes_nothing_with_it(
    group_writer, sqlite_engine, pool
):
    commits = count_commits(sqlite_engine)

    def failing(session):
        admit("bob")(session)
        raise RuntimeError("the work failed half-way")

    gate = Gate(group_writer, pool)
    before, bad, after = (gate.hand_in(work) for work in (admit("alice"), failing, admit("carol")))
    gate.open()
    assert before.result() == "alice"
    assert after.result() == "carol"
    with pytest.raises(RuntimeError, match="half-way"):
        bad.result()
    assert candidates(sqlite_engine) == ["alice", "carol"]
    assert len(commits) == 2


def test_when_the_commit_itself_fails_nobody_is_told_that_it_is_saved(group_writer, sqlite_engine, pool):
    def refuse(connection):
        raise sqlite3.OperationalError("disk I/O error")

    gate = Gate(group_writer, pool)
    futures = [gate.hand_in(admit(name)) for name in ("alice", "bob")]
    event.listen(sqlite_engine, "commit", refuse)
    gate._opened.set()
    for future in (gate._first, *futures):
        with pytest.raises((StoreUnavailable, sqlite3.OperationalError)):
            future.result(30)
    event.remove(sqlite_engine, "commit", refuse)
    assert candidates(sqlite_engine) == []
    assert group_writer.run(admit("carol")) == "carol"


def test_when_the_database_undoes_the_transaction_by_itself_nobody_is_told_that_it_is_saved(
    group_writer, sqlite_engine, pool
):
    group_writer.run(admit("alice"))
    # As SQLite does when the disk is full: the transaction is gone, and a commit would commit nothing.
    undo = text("INSERT OR ROLLBACK INTO candidate (id, created_at) VALUES ('alice', '2026-11-23 09:00:00')")
    gate = Gate(group_writer, pool)
    before = gate.hand_in(admit("bob"))
    culprit = gate.hand_in(lambda session: session.execute(undo), single_statement=True)
    after = gate.hand_in(admit("carol"))
    gate.open()
    for future in (before, culprit, after):
        with pytest.raises((StoreUnavailable, IntegrityError)):
            future.result(30)
    assert candidates(sqlite_engine) == ["alice"]
    assert group_writer.run(admit("dave")) == "dave"


def test_a_batch_has_a_largest_size(group_writer, sqlite_engine):
    commits = count_commits(sqlite_engine)
    count = 2 * LARGEST_BATCH + 1
    with ThreadPoolExecutor(count + 1) as pool:
        gate = Gate(group_writer, pool)
        futures = [gate.hand_in(admit(f"c{number:03}")) for number in range(count)]
        gate.open()
        assert [future.result() for future in futures] == [f"c{number:03}" for number in range(count)]
    assert len(commits) == 4


def test_closing_finishes_what_was_handed_in(sqlite_engine, pool):
    writer = GroupCommitWriter(sqlite_engine)
    gate = Gate(writer, pool)
    futures = [gate.hand_in(admit(name)) for name in ("alice", "bob")]
    closing = pool.submit(writer.close)
    gate.open()
    closing.result(30)
    assert [future.result(30) for future in futures] == ["alice", "bob"]
    assert candidates(sqlite_engine) == ["alice", "bob"]


def test_a_writer_can_be_closed_twice(engine):
    writer = open_writer(engine)
    writer.close()
    writer.close()


def test_a_closed_writer_takes_no_more_and_says_so(sqlite_engine, pool):
    writer = GroupCommitWriter(sqlite_engine)
    writer.close()
    with pytest.raises(StoreUnavailable):
        pool.submit(writer.run, admit("alice")).result(10)


def test_a_locked_database_is_unavailable_and_nothing_is_written(sqlite_url, monkeypatch):
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_SECONDS", 0.05)
    engine = open_engine(sqlite_url)
    writer = open_writer(engine)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable):
        writer.run(admit("alice"))
    assert candidates(engine) == []
    other.execute("ROLLBACK")
    other.close()
    assert writer.run(admit("alice")) == "alice"
    assert candidates(engine) == ["alice"]
    writer.close()
    engine.dispose()


def test_a_server_whose_lock_somebody_keeps_is_unavailable_and_nothing_is_written(empty_postgres_url, monkeypatch):
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_SECONDS", 1)
    engine, other = open_engine(empty_postgres_url), open_engine(empty_postgres_url)
    with other.connect() as connection:
        connection.execute(text("LOCK TABLE candidate IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(StoreUnavailable):
            open_writer(engine).run(admit("alice"))
    assert candidates(engine) == []
    engine.dispose()
    other.dispose()


def test_a_file_that_is_no_database_is_unavailable(tmp_path):
    path = tmp_path / "list.sqlite3"
    path.write_text("This is a shopping list, and not a database. " * 100)
    engine = open_engine(f"sqlite:///{path}")
    writer = open_writer(engine)
    with pytest.raises(StoreUnavailable):
        writer.run(admit("alice"))
    writer.close()
    engine.dispose()


@pytest.mark.parametrize("url", ["nonsense", "mysql://x", "postgresql+asyncpg://x", "postgresql://u:secret@h:port/x"])
def test_a_url_that_names_no_database_of_ours_is_refused_without_telling_its_password(url):
    with pytest.raises(UnusableDatabase) as refused:
        open_engine(url)
    assert "secret" not in str(refused.value)


def test_a_missing_folder_is_unavailable(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'gone' / 'x.sqlite3'}")
    writer = open_writer(engine)
    with pytest.raises(StoreUnavailable):
        writer.run(admit("alice"))
    writer.close()


def test_a_server_that_is_away_is_unavailable(tmp_path):
    engine = open_engine(f"postgresql+psycopg://postgres:@/x?host={tmp_path}")
    with pytest.raises(StoreUnavailable):
        open_writer(engine).run(admit("alice"))


def test_a_connection_that_the_server_has_cut_is_replaced(empty_postgres_url):
    engine = open_engine(empty_postgres_url)
    writer = open_writer(engine)
    writer.run(admit("alice"))
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = :d")
    operator = open_engine(empty_postgres_url, connections=1)
    with operator.connect() as connection:
        connection.execute(cut, {"d": engine.url.database})
    operator.dispose()
    assert writer.run(admit("bob")) == "bob"
    assert candidates(engine) == ["alice", "bob"]
    engine.dispose()


def test_a_connection_cut_in_the_middle_of_the_work_is_unavailable_and_nothing_is_written(empty_postgres_url):
    engine = open_engine(empty_postgres_url)

    def work(session):
        admit("alice")(session)
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(StoreUnavailable):
        open_writer(engine).run(work)
    assert candidates(engine) == []
    engine.dispose()


def test_the_embedded_database_is_fully_durable(sqlite_engine):
    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_what_is_acknowledged_is_in_the_file(group_writer, sqlite_url):
    group_writer.run(admit("alice"))
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT id FROM candidate").fetchall() == [("alice",)]
    other.close()
