"""What to practise next: where half an hour raises the probability of passing most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulator.exam.readiness.assumptions import LEARNING_FOCUS, LEARNING_GAIN, LEARNING_MINUTES, SKILL_SD
from simulator.exam.readiness.estimate import Basis, Readiness
from simulator.exam.readiness.items import chance_right
from simulator.exam.readiness.normal import Floats, normal_cdf

DOMAIN: Final = "domain"
SKILL: Final = "skill"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to practise: `gain` is what 30 minutes of it add to the probability of passing.

    `expected` is the share right expected there now, `share` the part of the form it stands for, `questions` how
    many questions 30 minutes hold at the blueprint's pace.
    """

    kind: str
    id: str
    title: str
    domain: str
    gain: float
    expected: float
    share: float
    questions: int


def _shifted(curve: Floats, abilities: Floats, shift: Floats) -> Floats:
    """Return the curve at the abilities that practice leads to."""
    moved: Floats = np.interp(abilities + shift, abilities, curve)
    return moved


def _gain(basis: Basis, domain: int, added: Floats) -> float:
    """Return what an added share right at each ability in a domain does for the probability of passing."""
    plan, given = basis.plan, basis.conditional
    share = given.mean[domain]
    noise = np.clip(share * (1.0 - share), 0.0, None) / plan.scored
    spread = np.sqrt(given.variance[domain] + noise + plan.threshold_variance)
    change = normal_cdf((share + added - plan.threshold) / spread) - normal_cdf((share - plan.threshold) / spread)
    return float(given.mass[domain] @ change)


def _learning(wrong: Floats, focus: float) -> Floats:
    """Return the logits that 30 minutes add, where so great a share would be answered wrong."""
    return LEARNING_GAIN * focus * wrong / 0.5


def _skill_offsets(basis: Basis) -> dict[tuple[int, str], tuple[float, float]]:
    """Return (offset in logits, share of the domain's evidence) of each skill in each domain, shrunken.

    One step of Fisher scoring from the domain's expected ability, with a normal prior of SKILL_SD.
    """
    plan, count = basis.plan, len(basis.first)
    answers = basis.responses
    row = answers.row[:count]
    ability = (basis.conditional.mass @ plan.abilities)[row]
    mean, sd, guess = answers.mean[:count], answers.sd[:count], answers.guess[:count]
    chance = chance_right(ability, mean, sd, guess)
    slope = (chance - guess) * (1.0 - chance) / (1.0 - guess)
    weight = answers.weight[:count]
    score = weight * slope / (chance * (1.0 - chance)) * (answers.credit[:count] - chance)
    information = weight * np.square(slope) / (chance * (1.0 - chance))
    sums: dict[tuple[int, str], list[float]] = {}
    for number, response in enumerate(basis.first):
        for skill in response.skills:
            total = sums.setdefault((int(row[number]), skill), [0.0, 0.0, 0.0])
            total[0] += score[number]
            total[1] += information[number]
            total[2] += 1.0
    in_domain = np.bincount(row, minlength=len(plan.domains))
    return {
        key: (total[0] / (total[1] + SKILL_SD**-2), total[2] / float(in_domain[key[0]])) for key, total in sums.items()
    }


def next_steps(
    readiness: Readiness,
    *,
    minutes_per_question: float,
    skill_titles: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> tuple[NextStep, ...]:
    """Return domains and skills, the greatest gain first.

    `minutes_per_question` is the blueprint's pace (minutes / size). A skill is offered where first exposures
    have tested it. The assumption about learning stands in `assumptions`.
    """
    basis = readiness.basis
    plan, mass = basis.plan, basis.conditional.mass
    questions = max(1, round(LEARNING_MINUTES / minutes_per_question))
    titles = skill_titles or {}
    steps = []
    for number, domain in enumerate(readiness.domains):
        curve = plan.curves[number]
        shift = _learning(1.0 - curve, 1.0)
        added = plan.shares[number] * (_shifted(curve, plan.abilities, shift) - curve)
        share = float(plan.shares[number])
        steps.append(
            NextStep(
                DOMAIN,
                domain.id,
                domain.title,
                domain.id,
                _gain(basis, number, added),
                domain.expected,
                share,
                questions,
            )
        )
    for (number, skill), (offset, part) in _skill_offsets(basis).items():
        curve = _shifted(plan.curves[number], plan.abilities, np.full_like(plan.abilities, offset))
        shift = _learning(1.0 - curve, min(LEARNING_FOCUS, 1.0 / part))
        share = float(plan.shares[number]) * min(part, 1.0)
        added = share * (_shifted(curve, plan.abilities, shift) - curve)
        steps.append(
            NextStep(
                SKILL,
                skill,
                titles.get(skill, skill),
                plan.domains[number],
                _gain(basis, number, added),
                float(mass[number] @ curve),
                share,
                questions,
            )
        )
    steps.sort(key=lambda step: (-step.gain, step.kind, step.id, step.domain))
    return tuple(steps[:limit])
