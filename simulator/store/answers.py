"""The one statement that saves an answer, and decides by itself whether it may."""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, text
from sqlmodel import Session

from simulator.exam.timing import GRACE
from simulator.store.types import UTCDateTime

# Written only if the attempt is the candidate's, held by the tab that asks, not submitted or graded, and the
# answer was made in time; and only over an older sequence. All that in one statement, so that nothing can come
# between the question and the answer. On PostgreSQL the lock on the attempt's row makes a submission that runs at
# the same time wait for this save, or this save see the submission; on SQLite there is one writer at a time.
_SAVE = """
INSERT INTO answer
  (attempt_id, slot, response, flagged, confidence, struck, spent_ms, sequence, saved_at, made_at, late)
SELECT attempt.id, CAST(:slot AS INTEGER), CAST(:response AS TEXT), CAST(:flagged AS BOOLEAN),
       CAST(:confidence AS VARCHAR), CAST(:struck AS TEXT), CAST(:spent_ms AS INTEGER), CAST(:sequence AS INTEGER),
       {timestamp_now}, {timestamp_made}, attempt.deadline_at < :late_before
FROM attempt
WHERE attempt.id = :attempt_id
  AND attempt.candidate_id = :candidate_id
  AND attempt.epoch = :epoch
  AND (attempt.state = 'open' OR (attempt.state = 'closed' AND attempt.closed_by = 'deadline'))
  AND attempt.deadline_at >= :made_before
{lock}
ON CONFLICT (attempt_id, slot) DO UPDATE SET
  response = excluded.response, flagged = excluded.flagged, confidence = excluded.confidence,
  struck = excluded.struck, spent_ms = excluded.spent_ms, sequence = excluded.sequence,
  saved_at = excluded.saved_at, made_at = excluded.made_at, late = excluded.late
WHERE answer.sequence < excluded.sequence
"""
_MOMENTS = [bindparam(name, type_=UTCDateTime) for name in ("now", "made_at", "late_before", "made_before")]
_SQLITE = text(_SAVE.format(lock="", timestamp_now=":now", timestamp_made=":made_at")).bindparams(*_MOMENTS)
_POSTGRESQL = text(
    _SAVE.format(
        lock="FOR SHARE OF attempt",
        timestamp_now="CAST(:now AS TIMESTAMPTZ)",
        timestamp_made="CAST(:made_at AS TIMESTAMPTZ)",
    )
).bindparams(*_MOMENTS)


def upsert_answer(session: Session, values: dict[str, Any], *, now: datetime, made_at: datetime) -> bool:
    """Save an answer if it may be saved; return whether it was.

    `values` holds attempt_id, candidate_id, epoch, slot, response and struck (JSON), flagged, confidence, spent_ms
    and sequence.
    """
    statement = _SQLITE if session.get_bind().dialect.name == "sqlite" else _POSTGRESQL
    moments = {"now": now, "made_at": made_at, "late_before": now - GRACE, "made_before": made_at - GRACE}
    result = session.execute(statement, {**values, **moments})
    assert isinstance(result, CursorResult)  # noqa: S101 - what text() always returns
    return result.rowcount == 1
