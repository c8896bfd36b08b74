"""What to practise next: where half an hour raises the probability of passing most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.exam.readiness.assumptions import LEARNING_FOCUS, LEARNING_GAIN, LEARNING_MINUTES, SKILL_SD
from simulator.exam.readiness.estimate import Basis, Readiness
from simulator.exam.readiness.items import chance_right
from simulator.exam.readiness.normal import Floats, normal_cdf
from simulator.exam.readiness.plan import STEP

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


def _shifted(curves: Floats, shift: Floats) -> Floats:
    """Return curves (step, points) at the abilities that a shift in logits (step, points) leads to."""
    last = curves.shape[1] - 1
    places = np.clip(np.arange(last + 1) + shift / STEP, 0.0, last)
    lower = np.minimum(places.astype(np.intp), last - 1)
    rows = np.arange(len(curves))[:, None]
    left, right = curves[rows, lower], curves[rows, lower + 1]
    moved: Floats = left + (places - lower) * (right - left)
    return moved


def _gains(basis: Basis, domains: NDArray[np.intp], added: Floats) -> Floats:
    """Return what shares right that are added at each ability in a domain, (step, points), do for passing."""
    plan, given = basis.plan, basis.conditional
    noise = np.clip(given.mean * (1.0 - given.mean), 0.0, None) / plan.scored
    spread = np.sqrt(given.variance + noise + plan.threshold_variance)
    now = normal_cdf((given.mean - plan.threshold) / spread)
    after = normal_cdf((given.mean[domains] + added - plan.threshold) / spread[domains])
    gains: Floats = (given.mass[domains] * (after - now[domains])).sum(axis=1)
    return gains


def _learning(wrong: Floats, focus: Floats) -> Floats:
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
    skills = _skill_offsets(basis)
    # A whole domain is practised as it is; a skill in it stands for a part, and begins at its own ability.
    names = [(DOMAIN, domain.id, domain.title) for domain in readiness.domains]
    names += [(SKILL, skill, titles.get(skill, skill)) for _, skill in skills]
    domains = np.array([*range(len(plan.domains)), *(number for number, _ in skills)])
    offset, part = np.array([*((0.0, 1.0) for _ in plan.domains), *skills.values()]).T
    focus = np.minimum(LEARNING_FOCUS, 1.0 / part)
    curves = _shifted(plan.curves[domains], np.broadcast_to(offset[:, None], (len(domains), len(plan.abilities))))
    shares = plan.shares[domains] * np.minimum(part, 1.0)
    added = shares[:, None] * (_shifted(curves, _learning(1.0 - curves, focus[:, None])) - curves)
    gains, expected = _gains(basis, domains, added), (mass[domains] * curves).sum(axis=1)
    steps = [
        NextStep(
            kind,
            name,
            title,
            plan.domains[domains[row]],
            float(gains[row]),
            float(expected[row]),
            float(shares[row]),
            questions,
        )
        for row, (kind, name, title) in enumerate(names)
    ]
    steps.sort(key=lambda step: (-step.gain, step.kind, step.id, step.domain))
    return tuple(steps[:limit])
