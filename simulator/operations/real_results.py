"""Keeping how the real exams went, beside what had been predicted for them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from simulator.exam.blueprint import Blueprint
from simulator.exam.errors import InvalidResult, NotFound
from simulator.exam.readiness import Readiness, estimate
from simulator.operations.readiness import Assessment, assess_certification, bank_items, list_bank_questions
from simulator.store.catalogue import Catalogue
from simulator.store.queries.bank import get_blueprint
from simulator.store.tables import RealResultRow

# The day may have begun already where the candidate is: the first time zone is 14 hours ahead of UTC.
FURTHEST_AHEAD = timedelta(hours=14)
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class RealResult:
    """How a real exam went; the score is on the vendor's scale, None where it was not told."""

    sat_on: date
    passed: bool
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What readiness said: the chance of passing with its 80% interval, and from how many responses."""

    probability: float
    low: float
    high: float
    responses: int


def predict(
    session: Session, catalogue: Catalogue, certification_id: str, sat_on: date, *, actor: str, now: datetime
) -> Prediction | None:
    """Return what readiness said for a real exam on this day, or None without evidence until then; raises NotFound.

    What was answered after that day is left out, or a result that is told late would be predicted with hindsight.
    """
    assessment = assess_certification(session, catalogue, certification_id, actor=actor, now=now)
    readiness = assessment.readiness
    if any(response.given_at.date() > sat_on for response in assessment.evidence):
        readiness = _as_of(session, catalogue, assessment, sat_on)
    if readiness is None:
        return None
    return Prediction(readiness.probability, readiness.low, readiness.high, readiness.responses)


def _as_of(session: Session, catalogue: Catalogue, assessment: Assessment, sat_on: date) -> Readiness | None:
    until = [response for response in assessment.evidence if response.given_at.date() <= sat_on]
    if not until:
        return None
    questions = list_bank_questions(session, catalogue, assessment.blueprint.id)
    return estimate(
        until,
        assessment.blueprint,
        cut=assessment.cut,
        now=datetime.combine(sat_on, time.max, UTC),
        items=assessment.items,
        bank=bank_items(questions),
        beliefs=assessment.beliefs,
    )


def record_result(
    session: Session,
    certification_id: str,
    result: RealResult,
    *,
    prediction: Prediction | None,
    actor: str,
    now: datetime,
) -> RealResultRow:
    """Keep a real result; a second one of the same day takes the first one's place.

    Raises NotFound for an unknown certification, and InvalidResult for a day that has not come and a score off the
    blueprint's scale.
    """
    _check(result, get_blueprint(session, certification_id), now)
    row = session.merge(
        RealResultRow(
            candidate_id=actor,
            certification_id=certification_id,
            sat_on=result.sat_on,
            passed=result.passed,
            score=result.score,
            predicted=prediction.probability if prediction else None,
            predicted_low=prediction.low if prediction else None,
            predicted_high=prediction.high if prediction else None,
            responses=prediction.responses if prediction else 0,
            recorded_at=now,
        )
    )
    session.flush()
    return row


def latest_day(now: datetime) -> date:
    """Return the day that it is now where it is latest."""
    return (now + FURTHEST_AHEAD).date()


def _check(result: RealResult, blueprint: Blueprint, now: datetime) -> None:
    if not EARLIEST <= result.sat_on <= latest_day(now):
        raise InvalidResult("sat_on", "Give the day on which you sat the exam; it cannot lie in the future.")
    low, high = blueprint.scale_minimum, blueprint.scale_maximum
    if result.score is not None and not low <= result.score <= high:
        raise InvalidResult("score", f"Scores of this exam run from {low} to {high}.")


def delete_result(session: Session, certification_id: str, sat_on: date, *, actor: str) -> None:
    """Forget a real result of the candidate's; raises NotFound."""
    row = session.get(RealResultRow, (actor, certification_id, sat_on))
    if row is None:
        raise NotFound("result", sat_on.isoformat())
    session.delete(row)
    session.flush()
