"""What is due for review: the schedule of missed and guessed questions, as far as the bank still has them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from simulator.exam import reviewing
from simulator.exam.blueprint import Blueprint
from simulator.exam.evidence import Evidence
from simulator.exam.practice import DUE, MOST_QUESTIONS
from simulator.exam.reviewing import Review
from simulator.operations.practising import finish_practice, start_practice
from simulator.store.catalogue import Catalogue
from simulator.store.queries.bank import get_blueprint, list_blueprints
from simulator.store.queries.evidence import list_evidence
from simulator.store.queries.practice import held_questions, list_practices


@dataclass(frozen=True, slots=True)
class CertificationReviews:
    """One certification's reviews: those that are due, most forgotten first, and how many are on the schedule.

    `held` is how many more are due but stand on an exam that is not graded yet: a review would show their keys.
    """

    certification_id: str
    code: str
    title: str
    due: tuple[Review, ...]
    held: int
    scheduled: int
    next_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """All reviews of a candidate; days are days of UTC. `answered_today` counts responses of today, in any mode."""

    today: date
    certifications: tuple[CertificationReviews, ...]
    forecast: tuple[tuple[date, int], ...]
    streak: int
    answered_today: int

    @property
    def due(self) -> int:
        """Number of questions due now."""
        return sum(len(certification.due) for certification in self.certifications)

    @property
    def scheduled(self) -> int:
        """Number of questions on the schedule."""
        return sum(certification.scheduled for certification in self.certifications)


def plan_reviews(session: Session, catalogue: Catalogue, *, actor: str, now: datetime) -> ReviewPlan:
    """Return what is due and what comes; certifications without a question on the schedule are left out."""
    evidence, today = list_evidence(session, catalogue, actor=actor), now.date()
    held = held_questions(session, actor=actor)
    free: list[Review] = []
    certifications = []
    for blueprint in list_blueprints(session):
        own = _available(session, catalogue, blueprint, evidence, today)
        if own:
            free += [review for review in own if review.question_id not in held]
            certifications.append(_of_certification(blueprint, own, held, today))
    return ReviewPlan(
        today=today,
        certifications=tuple(certifications),
        forecast=tuple(reviewing.forecast(free, today=today)),
        streak=reviewing.streak(evidence, today=today),
        answered_today=sum(response.answered and response.given_at.date() == today for response in evidence),
    )


def due_questions(
    session: Session, catalogue: Catalogue, certification_id: str, *, actor: str, now: datetime
) -> list[str]:
    """Return the ids of a certification's questions that are due, most forgotten first; raises NotFound."""
    blueprint = get_blueprint(session, certification_id)
    evidence = list_evidence(session, catalogue, actor=actor, certification_id=certification_id)
    reviews = _available(session, catalogue, blueprint, evidence, now.date())
    held = held_questions(session, actor=actor)
    due = reviewing.due(reviews, today=now.date())
    return [review.question_id for review in due if review.question_id not in held]


def start_reviews(
    session: Session,
    catalogue: Catalogue,
    certification_id: str,
    *,
    practice_id: str,
    seed: int,
    actor: str,
    now: datetime,
) -> str | None:
    """Start a practice session with the questions that are due, and return its id, or None when nothing is.

    Earlier reviews of the certification that are still open end: what they left is due, and in the new session.
    Raises NotFound.
    """
    questions = due_questions(session, catalogue, certification_id, actor=actor, now=now)[:MOST_QUESTIONS]
    if not questions:
        return None
    for earlier in list_practices(session, actor=actor, finished=False, kind=DUE):
        if earlier.certification_id == certification_id:
            finish_practice(session, earlier.id, actor=actor, now=now)
    return start_practice(
        session,
        catalogue,
        certification_id,
        kind=DUE,
        criteria={},
        question_ids=questions,
        practice_id=practice_id,
        seed=seed,
        actor=actor,
        now=now,
    ).id


def _available(
    session: Session, catalogue: Catalogue, blueprint: Blueprint, evidence: Sequence[Evidence], today: date
) -> list[Review]:
    """Return the reviews whose questions are still in the bank: a retired question cannot be practised any more."""
    own = [response for response in evidence if response.certification_id == blueprint.id]
    if not own:
        return []
    ready = catalogue.bank(session, blueprint.id).unit_of
    return [review for review in reviewing.schedule(own, today=today) if review.question_id in ready]


def _of_certification(
    blueprint: Blueprint, reviews: Sequence[Review], held: Collection[str], today: date
) -> CertificationReviews:
    ahead = [review.due_on for review in reviews if review.due_on > today]
    due = reviewing.due(reviews, today=today)
    free = tuple(review for review in due if review.question_id not in held)
    return CertificationReviews(
        certification_id=blueprint.id,
        code=blueprint.code,
        title=blueprint.title,
        due=free,
        held=len(due) - len(free),
        scheduled=len(reviews),
        next_on=min(ahead, default=None),
    )
