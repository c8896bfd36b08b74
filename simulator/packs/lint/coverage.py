"""How far the ready questions of a certification go: against the exam's size, by domain and task, in whole forms."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from simulator.exam.blueprint import Blueprint, domain_quotas
from simulator.exam.errors import BankTooSmall
from simulator.exam.selection import Bank, BankEntry, draw_form
from simulator.packs.loading import LoadedQuestion

FEWEST_FOR_TASK = 3
"""With fewer questions a candidate meets the same ones for this task on every exam."""

MOST_FORMS = 20
"""More forms are not counted; nobody sits that many."""

_SEEN = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TaskCoverage:
    """The ready questions for a task."""

    task: str
    title: str
    questions: int


@dataclass(frozen=True, slots=True)
class DomainCoverage:
    """The ready questions of a domain; `standing` of them can stand on one form, which needs `quota`."""

    domain: str
    title: str
    quota: int
    questions: int
    standing: int
    tasks: tuple[TaskCoverage, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a bank has for a certification.

    `forms` is how many forms without a common question were drawn one after another: so many there are at least
    (counting ends at `MOST_FORMS`).
    `forms_at_most` is what the counts by domain would allow if nothing ruled anything out.
    """

    certification: str
    packs: tuple[str, ...]
    size: int
    questions: int
    forms: int
    forms_at_most: int
    domains: tuple[DomainCoverage, ...]


def cover(blueprint: Blueprint, packs: Sequence[str], entries: Sequence[BankEntry]) -> Coverage:
    """Measure a bank against the blueprint of its certification."""
    bank = Bank.of(entries)
    quotas = domain_quotas(blueprint)
    by_task = Counter((entry.domain, entry.task) for entry in entries)
    by_domain = Counter(entry.domain for entry in entries)
    domains = tuple(
        DomainCoverage(
            domain.id,
            domain.title,
            quotas[domain.id],
            by_domain[domain.id],
            bank.capacity(domain.id),
            tuple(TaskCoverage(task.id, task.title, by_task[domain.id, task.id]) for task in domain.tasks),
        )
        for domain in blueprint.domains
    )
    at_most = min(domain.questions // domain.quota for domain in domains if domain.quota)
    forms = count_disjoint_forms(bank, blueprint)
    return Coverage(blueprint.id, tuple(packs), blueprint.size, len(entries), forms, at_most, domains)


def count_disjoint_forms(bank: Bank, blueprint: Blueprint) -> int:
    """Return how many forms were drawn one after another with no question twice, up to `MOST_FORMS`."""
    used: dict[str, datetime] = {}
    forms = 0
    while forms < MOST_FORMS:
        try:
            form = draw_form(bank, blueprint, seed=forms, exposures=used, held=used.keys())
        except BankTooSmall:
            break
        used.update((slot.question_id, _SEEN) for slot in form.slots)
        forms += 1
    return forms


def entry_of(pack: str, loaded: LoadedQuestion) -> BankEntry:
    """Return what drawing needs to know of a question; ids are told apart by their packs."""
    question = loaded.question
    return BankEntry(
        question_id=f"{pack}/{question.id}",
        version=loaded.version,
        domain=question.domain,
        task=question.task,
        difficulty=question.difficulty,
        enemies=frozenset(f"{pack}/{enemy}" for enemy in loaded.enemies),
        stimulus_id=f"{pack}/{question.stimulus_id}" if question.stimulus_id else None,
        option_count=len(question.options),
        shuffle=question.shuffle,
    )
