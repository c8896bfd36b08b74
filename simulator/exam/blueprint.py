"""A certification as its vendor describes it: domains, weights, tasks, counts, minutes and pass mark."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

PUBLISHED = "published"
ASSUMED = "assumed"
PASS_MARK_NATURES = (PUBLISHED, ASSUMED)

# The kinds of mock exam: as long as the real one, or a short one in the same proportions.
FULL = "full"
SHORT = "short"
KINDS = (FULL, SHORT)
SHORT_QUESTIONS = 20

CASE_STUDY = "case_study"
"""Among the item types: questions of any type that share a text and stand together."""

CURRENT = "current"
RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Task:
    """One task statement of a domain."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain; `weight` is in the vendor's own units, usually percent, and need not add up to 100."""

    id: str
    title: str
    weight: float
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class PassMark:
    """The scaled score that passes; `nature` says whose word that is, `note` says it to candidates."""

    score: int
    nature: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a blueprint's facts were read."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something else that candidates should know, such as the fee; `source` is the page that says so."""

    label: str
    value: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything a form, a clock and a score report need to know about a certification.

    `description` says in a few sentences, as plain text, what the exam is and for whom.
    """

    id: str
    vendor: str
    code: str
    title: str
    guide_version: str
    verified_on: date
    status: str
    minutes: int
    scored: int
    unscored: int
    scale_minimum: int
    scale_maximum: int
    pass_mark: PassMark
    item_types: tuple[str, ...]
    domains: tuple[Domain, ...]
    sources: tuple[Source, ...]
    retired_on: date | None = None
    successor: str | None = None
    facts: tuple[Fact, ...] = ()
    description: str = ""

    @property
    def size(self) -> int:
        """Number of questions on one form, scored and unscored."""
        return self.scored + self.unscored

    def domain(self, domain_id: str) -> Domain:
        """Return the domain with this id; KeyError if the blueprint has none."""
        for domain in self.domains:
            if domain.id == domain_id:
                return domain
        raise KeyError(domain_id)


def largest_remainder(weights: Mapping[str, float], total: int) -> dict[str, int]:
    """Share `total` whole seats in proportion to `weights` (Hare quota, largest remainders first).

    Ties go to the heavier weight, then to the one that stands first. The weights need not add up to 100.
    """
    return dict(_seats(tuple(weights.items()), total))


# Every page asks for the quotas of the same few blueprints, and fractions are slow.
@lru_cache(maxsize=256)
def _seats(weights: tuple[tuple[str, float], ...], total: int) -> tuple[tuple[str, int], ...]:
    exact = {name: Fraction(str(weight)) for name, weight in weights}
    whole = sum(exact.values())
    shares = {name: weight * total / whole for name, weight in exact.items()}
    seats = {name: int(share) for name, share in shares.items()}
    by_remainder = sorted(shares, key=lambda name: (seats[name] - shares[name], -exact[name]))
    for name in by_remainder[: total - sum(seats.values())]:
        seats[name] += 1
    return tuple(seats.items())


def domain_quotas(blueprint: Blueprint) -> dict[str, int]:
    """Return how many questions of each domain stand on one form, scored and unscored together."""
    return largest_remainder({domain.id: domain.weight for domain in blueprint.domains}, blueprint.size)


def scored_quotas(blueprint: Blueprint) -> dict[str, int]:
    """Return how many scored questions of each domain stand on one form."""
    return largest_remainder({domain.id: domain.weight for domain in blueprint.domains}, blueprint.scored)


def shorten(blueprint: Blueprint, questions: int = SHORT_QUESTIONS) -> Blueprint:
    """Return the blueprint of a shorter exam: the same weights, minutes in proportion, every question scored.

    A blueprint that has no more questions than that is returned as it is.
    """
    if blueprint.size <= questions:
        return blueprint
    minutes = max(1, round(Fraction(blueprint.minutes * questions, blueprint.size)))
    return replace(blueprint, scored=questions, unscored=0, minutes=minutes)


def blueprint_of_kind(blueprint: Blueprint, kind: str) -> Blueprint:
    """Return the blueprint by which a mock exam of this kind is drawn, timed and scored."""
    return shorten(blueprint) if kind == SHORT else blueprint


def has_short_form(blueprint: Blueprint) -> bool:
    """Return whether a short mock exam is shorter than the exam itself."""
    return blueprint.size > SHORT_QUESTIONS


def _plain(value: Any) -> Any:
    """Return dataclasses as dicts and tuples as lists; `asdict` would copy every value deeply, which is slow."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def to_document(blueprint: Blueprint) -> dict[str, Any]:
    """Return the blueprint as plain JSON values."""
    document: dict[str, Any] = _plain(blueprint)
    document["verified_on"] = blueprint.verified_on.isoformat()
    document["retired_on"] = blueprint.retired_on.isoformat() if blueprint.retired_on else None
    return document


def from_document(document: dict[str, Any]) -> Blueprint:
    """Return the blueprint that `to_document` made this document of."""
    values = dict(document)
    values["verified_on"] = date.fromisoformat(values["verified_on"])
    values["retired_on"] = date.fromisoformat(values["retired_on"]) if values["retired_on"] else None
    values["pass_mark"] = PassMark(**values["pass_mark"])
    values["item_types"] = tuple(values["item_types"])
    values["domains"] = tuple(
        Domain(d["id"], d["title"], d["weight"], tuple(Task(**task) for task in d["tasks"])) for d in values["domains"]
    )
    values["sources"] = tuple(Source(**source) for source in values["sources"])
    values["facts"] = tuple(Fact(**fact) for fact in values.get("facts", ()))
    return Blueprint(**values)
