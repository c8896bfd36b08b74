"""The one statement that saves an answer, and decides by itself whether it may."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.engine import Dialect
from sqlmodel import Session

from simulator.exam.errors import StoreUnavailable
from simulator.exam.timing import GRACE
from simulator.store.engine import unavailable
from simulator.store.types import UTCDateTime

# Written only if the attempt is the candidate's, held by the tab that asks, not submitted or graded, and the
# answer was made in time; and only over an older sequence. All that in one statement, so that nothing can come
# between the question and the answer. On PostgreSQL the lock on the attempt's row makes a submission that runs at
# the same time wait for this save, or this save see the submission; on SQLite there is one writer at a time.
_SAVE = """
INSERT INTO answer
  (attempt_id, slot, response, flagged, confidence, struck, spent_ms, sequence, saved_at, made_at, late, first_response)
SELECT attempt.id, CAST({slot} AS INTEGER), CAST({response} AS TEXT), CAST({flagged} AS BOOLEAN),
       CAST({confidence} AS VARCHAR), CAST({struck} AS TEXT), CAST({spent_ms} AS INTEGER), CAST({sequence} AS INTEGER),
       {now}, {made_at}, attempt.deadline_at < {late_before}, CAST({first_response} AS TEXT)
FROM attempt
WHERE attempt.id = {attempt_id}
  AND attempt.candidate_id = {candidate_id}
  AND attempt.epoch = {epoch}
  AND (attempt.state = 'open' OR (attempt.state = 'closed' AND attempt.closed_by = 'deadline'))
  AND attempt.deadline_at >= {made_before}
{lock}
ON CONFLICT (attempt_id, slot) DO UPDATE SET
  response = excluded.response, flagged = excluded.flagged, confidence = excluded.confidence,
  struck = excluded.struck, spent_ms = excluded.spent_ms, sequence = excluded.sequence,
  saved_at = excluded.saved_at, made_at = excluded.made_at,
  late = excluded.late AND (answer.late OR excluded.response <> answer.response),
  first_response = COALESCE(answer.first_response, excluded.first_response)
WHERE answer.sequence < excluded.sequence
"""
_MOMENTS = ("now", "made_at", "late_before", "made_before")
_VALUES = (
    *("attempt_id", "candidate_id", "epoch", "slot", "sequence"),
    *("response", "struck", "flagged", "confidence", "spent_ms", "first_response"),
)


@dataclass(frozen=True, slots=True)
class _Statement:
    """The statement in a driver's own words, and what turns a datetime into what the driver stores."""

    sql: str
    moment: Callable[[datetime], Any]


@cache
def _statement(dialect: Dialect) -> _Statement:
    """Return the statement for an engine's SQLite or PostgreSQL."""
    if dialect.name == "sqlite":
        marks = {name: f":{name}" for name in (*_VALUES, *_MOMENTS)}
        lock = ""
    else:
        marks = {name: f"%({name})s" for name in _VALUES} | {n: f"CAST(%({n})s AS TIMESTAMPTZ)" for n in _MOMENTS}
        lock = "FOR SHARE OF attempt"
    bind = UTCDateTime().bind_processor(dialect)
    assert bind is not None  # noqa: S101 - a TypeDecorator with process_bind_param always has one
    return _Statement(_SAVE.format(lock=lock, **marks), bind)


def upsert_answer(session: Session, values: dict[str, Any], *, now: datetime, made_at: datetime) -> bool:
    """Save an answer if it may be saved; return whether it was.

    `values` holds attempt_id, candidate_id, epoch, slot, response and struck (JSON), flagged, confidence, spent_ms,
    sequence, and first_response: the response where it is complete, else None; the first that is given is kept. It
    all goes to the driver directly: this is what a server does all day, and SQLAlchemy's work around one statement
    costs more than the statement.
    """
    connection = session.connection()
    statement = _statement(connection.dialect)
    moments = (now, made_at, now - GRACE, made_at - GRACE)
    parameters = {**values, **{name: statement.moment(m) for name, m in zip(_MOMENTS, moments, strict=True)}}
    driver = connection.dialect.loaded_dbapi
    try:
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(statement.sql, parameters)
            return cursor.rowcount == 1
    except (driver.OperationalError, driver.InterfaceError) as error:
        raise StoreUnavailable(unavailable(error)) from error
