"""Readiness as its pages show it: words for verdicts, and where each next step leads."""

from dataclasses import dataclass

from flask import url_for

from simulator.exam.blueprint import SHORT, Blueprint, has_short_form
from simulator.exam.progress import Moment
from simulator.exam.quick_check import ABOVE, BELOW, known_side
from simulator.exam.readiness import (
    NEARLY,
    NOT_YET,
    READY,
    TOO_CLOSE_TO_CALL,
    UNKNOWN,
    Cut,
    NextStep,
    Readiness,
    next_steps,
)
from simulator.exam.readiness.steps import DOMAIN
from simulator.operations.readiness import Assessment
from simulator.web.skills import skill_title, skill_titles


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict in words; `tone` is good, accent, warn, bad or empty."""

    title: str
    tone: str
    words: str


VERDICTS = {
    READY: Verdict("Ready", "good", "You would very probably pass today. Keep it fresh until the day."),
    NEARLY: Verdict("Nearly ready", "accent", "A pass is more likely than not, but it is not safe yet."),
    TOO_CLOSE_TO_CALL: Verdict("Too close to call", "warn", "Both a pass and a fail would fit what you have shown."),
    NOT_YET: Verdict("Not yet", "bad", "Today, a fail is more likely than a pass."),
    UNKNOWN: Verdict("Not enough evidence", "", "The estimate is still too wide to say anything."),
}


# What is known before there is enough evidence for a verdict.
SIDES = {
    ABOVE: Verdict("On the passing side", "good", "So far a pass is clearly more likely than a fail."),
    BELOW: Verdict("On the failing side", "bad", "So far a fail is clearly more likely than a pass."),
}


def verdict_of(readiness: Readiness) -> Verdict:
    """Return the verdict in words; without enough evidence, what is known, and how much more it takes."""
    verdict, needed = VERDICTS[readiness.verdict], readiness.questions_needed
    if not needed:
        return verdict
    more = f"To say more, it takes about {needed} more {'question that is' if needed == 1 else 'questions that are'}"
    side = known_side(readiness)
    if side is None:
        return Verdict(verdict.title, verdict.tone, f"{more} new to you.")
    return Verdict(SIDES[side].title, SIDES[side].tone, f"{SIDES[side].words} {more} new to you.")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to practise; `gain` is what 30 minutes add to the probability of passing."""

    title: str
    is_domain: bool
    domain_title: str
    expected: float
    gain: float
    questions: int
    url: str


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """One certification; `readiness` and `verdict` are None where there is no evidence."""

    blueprint: Blueprint
    cut: Cut
    own_cut: bool
    readiness: Readiness | None
    verdict: Verdict | None
    steps: list[Step]
    course: tuple[Moment, ...]
    url: str
    practice_url: str
    quick_check_url: str
    exam_url: str
    short_exam_url: str | None


def readiness_view(assessment: Assessment, *, steps: int, course: tuple[Moment, ...] = ()) -> ReadinessView:
    """Return the assessment as the pages show it, with at most so many next steps."""
    blueprint, readiness = assessment.blueprint, assessment.readiness
    return ReadinessView(
        blueprint=blueprint,
        cut=assessment.cut,
        own_cut=assessment.own_cut,
        readiness=readiness,
        verdict=verdict_of(readiness) if readiness else None,
        steps=_steps(blueprint, readiness, steps) if readiness and steps else [],
        course=course,
        url=url_for("readiness.detail", certification_id=blueprint.id),
        practice_url=url_for("practice.index", certification=blueprint.id),
        quick_check_url=url_for("quick_check.intro", certification_id=blueprint.id),
        exam_url=url_for("pages.instructions", certification_id=blueprint.id),
        short_exam_url=url_for("pages.instructions", certification_id=blueprint.id, kind=SHORT)
        if has_short_form(blueprint)
        else None,
    )


def _steps(blueprint: Blueprint, readiness: Readiness, limit: int) -> list[Step]:
    ranked = next_steps(
        readiness,
        minutes_per_question=blueprint.minutes / blueprint.size,
        skill_titles=skill_titles(),
        limit=limit,
    )
    return [_step(blueprint, step) for step in ranked]


def _step(blueprint: Blueprint, step: NextStep) -> Step:
    is_domain = step.kind == DOMAIN
    skill = None if is_domain else step.id
    return Step(
        title=step.title if is_domain else skill_title(step.id),
        is_domain=is_domain,
        domain_title=blueprint.domain(step.domain).title,
        expected=step.expected,
        gain=step.gain,
        questions=step.questions,
        url=url_for("practice.index", certification=blueprint.id, domain=step.domain, skill=skill),
    )
