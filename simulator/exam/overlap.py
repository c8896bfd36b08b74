"""What certifications have in common: the skills that the banks of more than one of them ask about."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from simulator.exam.question import Question


@dataclass(frozen=True, slots=True)
class SharedSkill:
    """A skill in more than one bank, with the number of questions about it by certification id."""

    skill: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Skills that are shared, those of one certification only, and the share of each bank that is about shared ones.

    Shared skills come in order of what the two banks with most of them have in common; a bank's own ones by count.
    """

    shared: tuple[SharedSkill, ...]
    own: Mapping[str, tuple[tuple[str, int], ...]]
    shared_share: Mapping[str, float]


def overlap_of(banks: Mapping[str, Collection[Question]]) -> Overlap:
    """Return the overlap of these banks (questions by certification id)."""
    counts = {bank: Counter(skill for q in questions for skill in q.skills) for bank, questions in banks.items()}
    skills = sorted({skill for count in counts.values() for skill in count})
    shared = [
        SharedSkill(skill, {bank: count[skill] for bank, count in counts.items()})
        for skill in skills
        if sum(skill in count for count in counts.values()) > 1
    ]
    shared.sort(key=lambda entry: -_second(entry.counts))
    names = {entry.skill for entry in shared}
    return Overlap(
        shared=tuple(shared),
        own={
            bank: tuple(sorted(((s, n) for s, n in count.items() if s not in names), key=lambda own: (-own[1], own[0])))
            for bank, count in counts.items()
        },
        shared_share={
            bank: sum(not names.isdisjoint(q.skills) for q in questions) / len(questions) if questions else 0.0
            for bank, questions in banks.items()
        },
    )


def _second(counts: Mapping[str, int]) -> int:
    """Return the second largest count: as much as two banks have in common."""
    return sorted(counts.values())[-2]


def skill_shares(domains: Collection[str], questions: Collection[Question]) -> dict[str, dict[str, float]]:
    """Return for each domain the share of its questions that need each skill, as `readiness.transfer` wants it."""
    shares: dict[str, dict[str, float]] = {}
    for domain in domains:
        inside = [question for question in questions if question.domain == domain]
        counts = Counter(skill for question in inside for skill in question.skills)
        shares[domain] = {skill: count / len(inside) for skill, count in counts.items()}
    return shares
