"""Reviews: missed and guessed questions come back by FSRS, on a schedule that is replayed from the evidence.

Nothing is stored, so the schedule is always what the responses say. A question enters it with its first miss, or with
its first right answer that was a guess; from then on every response to it, in whatever mode, is a review of it. Time
is counted in days of UTC: whoever misses a question in the evening meets it again from the next day on, not a
quarter of an hour later, and never twice on one day.

Source: the Free Spaced Repetition Scheduler, version 6, https://github.com/open-spaced-repetition/fsrs4anki/wiki.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fsrs import Card, Rating, Scheduler

from simulator.exam.evidence import FROM_PRACTICE, Evidence

GUESS = "guess"
UNSURE = "unsure"
FORECAST_DAYS = 14

# The usual learning steps are minutes, for cards that are learned in one session. Here the rationale is read after
# every miss, so the first interval is a day. Without fuzz the same responses give the same schedule on every page.
SCHEDULER = Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class Review:
    """A question on the schedule: when it is due, and the chance (0 to 1) that it is remembered today."""

    question_id: str
    certification_id: str
    due_on: date
    last_on: date
    retrievability: float
    misses: int


def is_missed(response: Evidence) -> bool:
    """Return whether a response missed its question: not fully right, or left blank after it had been opened.

    A question of an exam that was never opened, because the time ran out before it, says nothing about what is
    remembered; in practice every question has been seen.
    """
    opened = response.answered or response.spent_ms > 0 or response.source == FROM_PRACTICE
    return response.credit < 1 and opened


def rate(response: Evidence) -> Rating | None:
    """Return FSRS's rating of a response, None for a question that was never opened.

    A miss is Again. Right is Good, but Hard for those who said that they guessed or were unsure: the right option
    was found, the reason for it may not have been. Easy is left out, for nothing here tells it from Good.
    """
    if is_missed(response):
        return Rating.Again
    if not response.answered:
        return None
    return Rating.Hard if response.confidence in (GUESS, UNSURE) else Rating.Good


def starts_reviews(response: Evidence) -> bool:
    """Return whether a response puts its question on the schedule; right but unsure does not."""
    return is_missed(response) or (response.answered and response.confidence == GUESS)


def replay(ratings: Iterable[tuple[date, Rating]], scheduler: Scheduler = SCHEDULER) -> Card:
    """Return the card after these reviews, in order of time; there must be one at least."""
    # A card without an id takes the current time for one, and sleeps so that no two are the same.
    card = Card(card_id=0, due=datetime.min.replace(tzinfo=UTC))
    for day, rating in ratings:
        card, _ = scheduler.review_card(card, rating, _start_of(day))
    return card


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def schedule(evidence: Iterable[Evidence], *, today: date) -> list[Review]:
    """Return the questions on the schedule, the one most likely to be forgotten first; each of them once."""
    responses: dict[str, list[tuple[Evidence, Rating]]] = {}
    for response in sorted(evidence, key=lambda response: response.given_at):
        rating = rate(response)
        if rating is not None and (response.question_id in responses or starts_reviews(response)):
            responses.setdefault(response.question_id, []).append((response, rating))
    reviews = [_review(answered, today) for answered in responses.values()]
    return sorted(reviews, key=lambda review: (review.retrievability, review.due_on, review.question_id))


def _review(answered: Sequence[tuple[Evidence, Rating]], today: date) -> Review:
    card = replay((response.given_at.date(), rating) for response, rating in answered)
    last, _ = answered[-1]
    return Review(
        question_id=last.question_id,
        certification_id=last.certification_id,
        due_on=card.due.date(),
        last_on=last.given_at.date(),
        retrievability=SCHEDULER.get_card_retrievability(card, _start_of(today)),
        misses=sum(rating == Rating.Again for _, rating in answered),
    )


def due(reviews: Iterable[Review], *, today: date) -> list[Review]:
    """Return the reviews that are due today or overdue, in the order given."""
    return [review for review in reviews if review.due_on <= today]


def forecast(reviews: Iterable[Review], *, today: date, days: int = FORECAST_DAYS) -> list[tuple[date, int]]:
    """Return how many reviews fall on each day from today on, if all are done when due; what is overdue counts today.

    Reviews that come up again within these days are not counted twice.
    """
    counts = Counter(max(review.due_on, today) for review in reviews)
    return [(day, counts[day]) for day in (today + timedelta(days=ahead) for ahead in range(days))]


def streak(evidence: Iterable[Evidence], *, today: date) -> int:
    """Return on how many days in a row a question was answered, to today or, while today is not over, yesterday."""
    days = {response.given_at.date() for response in evidence if response.answered}
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count += 1
        day -= timedelta(days=1)
    return count
