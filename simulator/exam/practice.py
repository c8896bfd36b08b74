"""Practice: which questions fit what a candidate asks for, in which order they come, and what comes next."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from random import Random
from typing import Any

from simulator.exam.evidence import FROM_EXAM, Evidence
from simulator.exam.form import Form, Slot
from simulator.exam.question import Question
from simulator.exam.selection import BankEntry

ALL = "all"
UNSEEN = "unseen"
MISSED = "missed"
GUESSED = "guessed"
FLAGGED = "flagged"
MISSED_IN_EXAMS = "exams"
SEEN_LEAST = "least"
POOLS = (ALL, UNSEEN, MISSED, GUESSED, FLAGGED, MISSED_IN_EXAMS, SEEN_LEAST)

PRACTICE = "practice"
DUE = "due"
QUICK = "quick"

MOST_QUESTIONS = 100


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a candidate wants to practise; an empty tuple leaves its kind of criterion open.

    `pool` is one of POOLS; `exams` says how many of the latest exams the pool "missed in exams" looks at. A domain
    stands for all of its tasks, unless some of them are chosen.
    """

    domains: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    difficulties: tuple[int, ...] = ()
    types: tuple[str, ...] = ()
    pool: str = ALL
    exams: int = 1
    count: int = 10


def to_document(criteria: Criteria) -> dict[str, Any]:
    """Return the criteria as plain JSON values."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(criteria).items()}


class Past:
    """What a candidate's evidence says of single questions: how often seen, how it went last, missed in which exams."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        in_order = sorted(evidence, key=lambda response: response.given_at)
        self._times = Counter(response.question_id for response in in_order)
        self._latest = {response.question_id: response for response in in_order}
        self._missed: dict[str, set[str]] = {}
        for response in in_order:
            if response.source == FROM_EXAM:
                missed = self._missed.setdefault(response.sitting_id, set())
                if response.credit < 1:
                    missed.add(response.question_id)

    def holds(self, question_id: str, criteria: Criteria) -> bool:
        """Return whether a question is in the pool that is asked for."""
        if criteria.pool in (ALL, SEEN_LEAST):
            return True
        if criteria.pool == MISSED_IN_EXAMS:
            latest = list(self._missed.values())[-criteria.exams :]
            return any(question_id in missed for missed in latest)
        last = self._latest.get(question_id)
        if last is None:
            return criteria.pool == UNSEEN
        wanted = {MISSED: last.credit < 1, GUESSED: last.confidence == "guess", FLAGGED: last.flagged}
        return wanted.get(criteria.pool, False)

    def rank(self, question_id: str) -> tuple[int, float]:
        """Return what puts the question seen least first: how often it was seen, and when last."""
        last = self._latest.get(question_id)
        return (self._times[question_id], last.given_at.timestamp() if last else 0.0)


def matching(
    entries: Iterable[BankEntry], questions: Mapping[str, Question], past: Past, criteria: Criteria
) -> list[BankEntry]:
    """Return the entries that fit the criteria, whatever their count; `questions` is keyed by version."""
    entries = list(entries)
    divided = {entry.domain for entry in entries if entry.task in criteria.tasks}
    return [
        entry
        for entry in entries
        if _fits_content(entry, questions[entry.version], criteria, divided) and past.holds(entry.question_id, criteria)
    ]


def _fits_content(entry: BankEntry, question: Question, criteria: Criteria, divided: Collection[str]) -> bool:
    whole_domain = entry.domain in criteria.domains and entry.domain not in divided
    return (
        (whole_domain or entry.task in criteria.tasks or not (criteria.domains or criteria.tasks))
        and (not criteria.skills or not set(criteria.skills).isdisjoint(question.skills))
        and (not criteria.difficulties or question.difficulty in criteria.difficulties)
        and (not criteria.types or question.type in criteria.types)
    )


def count_pools(
    entries: Iterable[BankEntry], questions: Mapping[str, Question], past: Past, criteria: Criteria
) -> dict[str, int]:
    """Return how many questions each pool has of what the other criteria leave."""
    content = matching(entries, questions, past, replace(criteria, pool=ALL))
    return {
        pool: sum(past.holds(entry.question_id, replace(criteria, pool=pool)) for entry in content) for pool in POOLS
    }


def choose(matches: Iterable[BankEntry], past: Past, criteria: Criteria, *, seed: int) -> list[BankEntry]:
    """Return up to `criteria.count` of the matches, in random order or the one seen least first.

    Questions about one stimulus stand together, and of enemies only one is taken. The same seed gives the same.
    """
    sets: dict[str, list[BankEntry]] = defaultdict(list)
    for entry in sorted(matches, key=lambda entry: entry.question_id):
        sets[entry.stimulus_id or f"\0{entry.question_id}"].append(entry)
    units = list(sets.values())
    Random(f"{seed}/questions").shuffle(units)  # noqa: S311 - an order, not a secret
    if criteria.pool == SEEN_LEAST:
        # The sort is stable: what was seen as often and at the same time keeps its random order.
        units.sort(key=lambda unit: min(past.rank(entry.question_id) for entry in unit))
    return _without_enemies([entry for unit in units for entry in unit])[: criteria.count]


def _without_enemies(entries: Iterable[BankEntry]) -> list[BankEntry]:
    chosen: list[BankEntry] = []
    taken: set[str] = set()
    excluded: set[str] = set()
    for entry in entries:
        if entry.question_id not in excluded and taken.isdisjoint(entry.enemies):
            chosen.append(entry)
            taken.add(entry.question_id)
            excluded |= entry.enemies
    return chosen


def make_form(entries: Iterable[BankEntry], *, seed: int) -> Form:
    """Return a form with these questions in this order, their options shuffled by the seed."""
    form = Form(seed, ())
    for entry in entries:
        form = extend(form, entry)
    return form


def extend(form: Form, entry: BankEntry) -> Form:
    """Return the form with one more question at its end."""
    number = len(form.slots) + 1
    order = list(range(entry.option_count))
    if entry.shuffle:
        Random(f"{form.seed}/{number}").shuffle(order)  # noqa: S311 - an order, not a secret
    slot = Slot(number, entry.question_id, entry.version, entry.domain, scored=True, option_order=tuple(order))
    return replace(form, slots=(*form.slots, slot))


def next_slot(slots: Sequence[int], done: Collection[int], *, after: int = 0) -> int | None:
    """Return the first slot behind `after` that is still to do, else the first of all, or None when all are done."""
    left = [slot for slot in slots if slot not in done]
    return next((slot for slot in left if slot > after), left[0] if left else None)
