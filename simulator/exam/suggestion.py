"""Which certification fits somebody's background: points that can be checked by hand, for any number of certifications.

What is asked and what each answer is worth stands in `background.py`. Nothing here names a certification: points
come from what its blueprint and its bank say of it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from simulator.exam.blueprint import PUBLISHED, RETIRED, Blueprint
from simulator.exam.question import Question

# Less than the least that one answer can be worth in full: nothing to build a choice on.
TIE_POINTS = 1.0


@dataclass(frozen=True, slots=True)
class Subject:
    """A field of knowledge, as the skill tags that belong to it."""

    title: str
    skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the points depend on: `parts` are a bank's questions, each as its share of a form and its skills."""

    id: str
    vendor: str
    minutes: int
    publishes_pass_mark: bool
    can_be_sat: bool
    parts: tuple[tuple[float, frozenset[str]], ...]

    def share(self, subject: Subject) -> float:
        """Return the share of a form, from 0 to 1, that is about a subject."""
        return sum(share for share, skills in self.parts if skills & subject.skills)


def profile_of(blueprint: Blueprint, questions: Collection[Question]) -> Profile:
    """Return a certification's profile: its bank, with every domain as heavy as in the blueprint."""
    whole = sum(domain.weight for domain in blueprint.domains)
    counts = {d.id: sum(question.domain == d.id for question in questions) for d in blueprint.domains}
    shares = {d.id: d.weight / whole / counts[d.id] for d in blueprint.domains if counts[d.id]}
    return Profile(
        id=blueprint.id,
        vendor=blueprint.vendor,
        minutes=blueprint.minutes,
        publishes_pass_mark=blueprint.pass_mark.nature == PUBLISHED,
        can_be_sat=blueprint.status != RETIRED,
        parts=tuple((shares[question.domain], frozenset(question.skills)) for question in questions),
    )


@dataclass(frozen=True, slots=True)
class Points:
    """What one answer is worth for one certification, and the fact behind it."""

    points: float
    fact: str


class Criterion(Protocol):
    """What an answer says about certifications; `reason` says to candidates why."""

    @property
    def reason(self) -> str: ...  # noqa: D102
    def rate(self, profiles: Sequence[Profile]) -> dict[str, Points]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class FromVendor:
    """Points for the certifications of one vendor."""

    vendor: str
    points: float
    reason: str

    def rate(self, profiles: Sequence[Profile]) -> dict[str, Points]:
        """Return all of the points or none."""
        return {p.id: Points(self.points if p.vendor == self.vendor else 0.0, p.vendor) for p in profiles}


@dataclass(frozen=True, slots=True)
class AboutSubject:
    """Points for asking about a subject: in full where its share is largest, elsewhere in proportion."""

    subject: Subject
    points: float
    reason: str

    def rate(self, profiles: Sequence[Profile]) -> dict[str, Points]:
        """Return points to one decimal, so that what is shown adds up."""
        shares = {profile.id: profile.share(self.subject) for profile in profiles}
        largest = max(shares.values(), default=0.0) or 1.0
        return {
            profile_id: Points(
                round(self.points * share / largest, 1), f"{share:.0%} of the questions are about {self.subject.title}"
            )
            for profile_id, share in shares.items()
        }


@dataclass(frozen=True, slots=True)
class ShortExam:
    """Points for taking little time: in full for the shortest exam, for others in proportion."""

    points: float
    reason: str

    def rate(self, profiles: Sequence[Profile]) -> dict[str, Points]:
        """Return points to one decimal."""
        shortest = min((profile.minutes for profile in profiles), default=0)
        return {p.id: Points(round(self.points * shortest / p.minutes, 1), f"{p.minutes} minutes") for p in profiles}


@dataclass(frozen=True, slots=True)
class PublishedPassMark:
    """Points for a vendor that says what passes."""

    points: float
    reason: str

    def rate(self, profiles: Sequence[Profile]) -> dict[str, Points]:
        """Return all of the points or none."""
        words = {True: "the pass mark is published", False: "no pass mark is published"}
        return {
            p.id: Points(self.points if p.publishes_pass_mark else 0.0, words[p.publishes_pass_mark]) for p in profiles
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to a question about the background; without criteria it is worth no points."""

    id: str
    label: str
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True, slots=True)
class BackgroundQuestion:
    """One question about the background; `several` allows more than one answer."""

    id: str
    text: str
    choices: tuple[Choice, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer's points for each certification, by id; no points at all where the answer decides nothing."""

    question: str
    answer: str
    why: str
    points: Mapping[str, Points]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the answers come to.

    `first` are the certifications to choose from that can be sat: one, or several that are as good as tied.
    `retired_ahead` is a retired one that has clearly more points than they.
    """

    reasons: tuple[Reason, ...]
    totals: Mapping[str, float]
    first: tuple[str, ...]
    retired_ahead: str | None

    @property
    def is_tie(self) -> bool:
        """Whether the points do not tell the best ones apart."""
        return len(self.first) > 1


def suggest(
    questions: Sequence[BackgroundQuestion], answers: Mapping[str, Collection[str]], profiles: Sequence[Profile]
) -> Suggestion | None:
    """Return the suggestion for answers (choice ids by question id), or None where nothing was answered."""
    reasons = tuple(
        reason
        for question in questions
        for choice in question.choices
        if choice.id in answers.get(question.id, ())
        for reason in _reasons(question, choice, profiles)
    )
    if not reasons:
        return None
    totals = {
        profile.id: round(sum(reason.points[profile.id].points for reason in reasons if reason.points), 1)
        for profile in profiles
    }
    open_ones = [profile.id for profile in profiles if profile.can_be_sat]
    best = max((totals[profile_id] for profile_id in open_ones), default=0.0)
    ahead = [p.id for p in profiles if not p.can_be_sat and round(totals[p.id] - best, 1) >= TIE_POINTS]
    return Suggestion(
        reasons=reasons,
        totals=totals,
        first=tuple(profile_id for profile_id in open_ones if round(best - totals[profile_id], 1) < TIE_POINTS),
        retired_ahead=max(ahead, key=lambda profile_id: totals[profile_id], default=None),
    )


def _reasons(question: BackgroundQuestion, choice: Choice, profiles: Sequence[Profile]) -> list[Reason]:
    if not choice.criteria:
        return [Reason(question.text, choice.label, "This fits all of them alike.", {})]
    return [
        Reason(question.text, choice.label, criterion.reason, criterion.rate(profiles)) for criterion in choice.criteria
    ]
