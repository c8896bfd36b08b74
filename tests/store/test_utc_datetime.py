"""Moments go in and come out aware, in UTC, on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import Session

from simulator.store.tables import CandidateRow
from simulator.store.types import UTCDateTime

ISTANBUL = timezone(timedelta(hours=3))


def stored(session: Session, moment: datetime) -> datetime:
    session.add(CandidateRow(id="alice", created_at=moment))
    session.flush()
    session.expire_all()
    return session.get_one(CandidateRow, "alice").created_at


def test_a_moment_comes_back_in_utc_to_the_microsecond(session):
    moment = datetime(2026, 11, 23, 12, 30, 15, 123456, tzinfo=ISTANBUL)
    found = stored(session, moment)
    assert found == moment
    assert found.utcoffset() == timedelta()
    assert found.microsecond == 123456


def test_a_naive_datetime_is_refused(session):
    with pytest.raises(StatementError, match="naive datetime"):
        stored(session, datetime(2026, 11, 23, 12, 30))  # noqa: DTZ001


def test_no_moment_stays_none(session):
    kind = UTCDateTime()
    dialect = session.get_bind().dialect
    assert kind.process_bind_param(None, dialect) is None
    assert kind.process_result_value(None, dialect) is None


def test_an_offset_that_a_driver_gives_is_turned_into_utc(session):
    found = UTCDateTime().process_result_value(datetime(2026, 1, 1, 3, tzinfo=ISTANBUL), session.get_bind().dialect)
    assert found == datetime(2026, 1, 1, tzinfo=UTC)
    assert found.tzinfo is UTC
