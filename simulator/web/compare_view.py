"""The comparison of certifications as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from simulator.exam.blueprint import ASSUMED, RETIRED, Blueprint
from simulator.exam.suggestion import Points, Suggestion
from simulator.operations.comparing import Comparison
from simulator.web.item_types import item_type_words
from simulator.web.readiness_view import ReadinessView, readiness_view
from simulator.web.skills import skill_title


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact of one certification; `url` is the page that says so."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of all certifications; a cell is None where nothing is known."""

    label: str
    cells: list[Cell | None]


def fact_rows(comparison: Comparison) -> list[Row]:
    """Return the facts side by side: those that every blueprint has, then the further ones by label."""
    blueprints = [assessment.blueprint for assessment in comparison.assessments]
    rows = [
        Row("Questions", [Cell(_questions(b)) for b in blueprints]),
        Row("Minutes", [Cell(f"{b.minutes} ({b.minutes * 60 // b.size} seconds a question)") for b in blueprints]),
        Row("Pass mark", [Cell(_pass_mark(b)) for b in blueprints]),
        Row("Kinds of question", [Cell(item_type_words(b)) for b in blueprints]),
        Row("Domains", [Cell(str(len(b.domains))) for b in blueprints]),
    ]
    facts = [{fact.label: Cell(fact.value, fact.source) for fact in blueprint.facts} for blueprint in blueprints]
    labels = dict.fromkeys(label for of_one in facts for label in of_one)
    rows += [Row(label, [of_one.get(label) for of_one in facts]) for label in labels]
    rows += [
        Row("Exam guide", [Cell(b.guide_version) for b in blueprints]),
        Row("In this simulator's bank", [Cell(f"{size} questions") for size in comparison.bank_sizes]),
    ]
    return rows


def _questions(blueprint: Blueprint) -> str:
    if not blueprint.unscored:
        return str(blueprint.size)
    return f"{blueprint.size}, of which {blueprint.scored} count"


def _pass_mark(blueprint: Blueprint) -> str:
    mark = blueprint.pass_mark
    if mark.nature == ASSUMED:
        return f"Not published; {mark.score} is assumed here"
    return f"{mark.score} on a scale from {blueprint.scale_minimum} to {blueprint.scale_maximum}"


@dataclass(frozen=True, slots=True)
class DomainShare:
    """A domain and its share of the exam, from 0 to 1."""

    title: str
    share: float


@dataclass(frozen=True, slots=True)
class DomainMap:
    """The domains of one certification in the guide's order."""

    blueprint: Blueprint
    domains: list[DomainShare]


def domain_maps(blueprints: Sequence[Blueprint]) -> list[DomainMap]:
    """Return the domains of each certification, their weights as shares."""
    maps = []
    for blueprint in blueprints:
        whole = sum(domain.weight for domain in blueprint.domains)
        maps.append(DomainMap(blueprint, [DomainShare(d.title, d.weight / whole) for d in blueprint.domains]))
    return maps


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A skill by its title, with the questions about it in each certification's bank."""

    title: str
    counts: list[int]


def shared_rows(comparison: Comparison) -> list[SkillRow]:
    """Return the shared skills with their counts, in step with the certifications."""
    ids = [assessment.blueprint.id for assessment in comparison.assessments]
    return [
        SkillRow(skill_title(shared.skill), [shared.counts[one] for one in ids]) for shared in comparison.overlap.shared
    ]


def own_skills(comparison: Comparison) -> list[tuple[Blueprint, list[SkillRow]]]:
    """Return for each certification the skills that only its bank asks for."""
    return [
        (one.blueprint, [SkillRow(skill_title(skill), [n]) for skill, n in comparison.overlap.own[one.blueprint.id]])
        for one in comparison.assessments
    ]


@dataclass(frozen=True, slots=True)
class Lent:
    """How many responses' worth of the evidence comes from another certification."""

    code: str
    worth: float


@dataclass(frozen=True, slots=True)
class ReadinessColumn:
    """The readiness for one certification, with what other certifications lend."""

    view: ReadinessView
    lent: list[Lent]
    shared_share: float


def readiness_columns(comparison: Comparison) -> list[ReadinessColumn]:
    """Return the candidate's readiness for each certification."""
    codes = {assessment.blueprint.id: assessment.blueprint.code for assessment in comparison.assessments}
    return [
        ReadinessColumn(
            view=readiness_view(assessment, steps=0),
            lent=[Lent(codes[other], worth) for other, worth in assessment.lent.items() if worth >= 0.5],
            shared_share=comparison.overlap.shared_share[assessment.blueprint.id],
        )
        for assessment in comparison.assessments
    ]


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """What one answer is worth; `points` is in step with the certifications, empty where it decides nothing."""

    question: str
    answer: str
    why: str
    points: list[Points]


@dataclass(frozen=True, slots=True)
class RetiredAhead:
    """A retired certification that the answers fit best, and its successor if that is here."""

    blueprint: Blueprint
    successor: Blueprint | None


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """The suggestion with everything that led to it; totals are in step with the certifications."""

    first: list[Blueprint]
    only_choice: bool
    retired_ahead: RetiredAhead | None
    reasons: list[ReasonRow]
    totals: list[float]
    urls: list[str]


def suggestion_view(suggestion: Suggestion, blueprints: Sequence[Blueprint]) -> SuggestionView:
    """Return the suggestion as the page shows it."""
    by_id = {blueprint.id: blueprint for blueprint in blueprints}
    ahead = by_id.get(suggestion.retired_ahead or "")
    return SuggestionView(
        first=[by_id[one] for one in suggestion.first],
        only_choice=sum(blueprint.status != RETIRED for blueprint in blueprints) == 1,
        retired_ahead=RetiredAhead(ahead, next((b for b in blueprints if b.code == ahead.successor), None))
        if ahead
        else None,
        reasons=[
            ReasonRow(r.question, r.answer, r.why, [r.points[b.id] for b in blueprints] if r.points else [])
            for r in suggestion.reasons
        ],
        totals=[suggestion.totals[blueprint.id] for blueprint in blueprints],
        urls=[url_for("pages.instructions", certification_id=one) for one in suggestion.first],
    )
