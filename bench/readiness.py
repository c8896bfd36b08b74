"""Is the readiness estimate calibrated? Simulated candidates, also from models that it does not assume.

`python bench/readiness.py` prints a table, `--json` one document; `--quick` takes fewer candidates; `--plots FOLDER`
writes reliability diagrams; `--speed` times one estimate from 2,000 answers. Everything is seeded. The scenarios,
the baselines and what they are fitted on are explained in docs/readiness.md; `*` in the table marks a row in which a
baseline has the better Brier score, SE by how many standard errors the best baseline's is worse.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from math import lgamma
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.exam.blueprint import Blueprint, Domain, PassMark, domain_quotas, scored_quotas
from simulator.exam.evidence import FROM_EXAM, Evidence
from simulator.exam.readiness import (
    SHIPPED,
    Beliefs,
    ItemDifficulty,
    default_cut,
    estimate,
    next_steps,
    plan_form,
)
from simulator.exam.readiness.assumptions import (
    ABILITY_SD,
    DIFFICULTY_SD,
    DIFFICULTY_STEP,
    DOMAIN_SPREADS,
    GROWTH_RATES,
    GUESS_SHARES,
    LEVEL_SHARES,
)
from simulator.exam.readiness.beliefs import fit_beliefs
from simulator.exam.readiness.normal import normal_cdf
from simulator.exam.readiness.passing import passing
from simulator.exam.readiness.posterior import Responses, fading, growing, log_likelihood, pool

Floats = NDArray[np.float64]

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WEIGHTS = {"data-engineering": 20, "exploratory-data-analysis": 24, "modeling": 36, "operations": 20}
BLUEPRINT = Blueprint(
    id="bench",
    vendor="",
    code="",
    title="",
    guide_version="",
    verified_on=NOW.date(),
    status="current",
    minutes=180,
    scored=50,
    unscored=15,
    scale_minimum=100,
    scale_maximum=1000,
    pass_mark=PassMark(750, "published", ""),
    item_types=("single_choice", "multiple_response"),
    domains=tuple(Domain(name, name, weight, ()) for name, weight in WEIGHTS.items()),
    sources=(),
)
CUT = default_cut(BLUEPRINT)
PLAN = plan_form(BLUEPRINT, cut=CUT)
MOCK = np.repeat(np.arange(len(WEIGHTS)), list(domain_quotas(BLUEPRINT).values()))
SCORED = np.repeat(np.arange(len(WEIGHTS)), list(scored_quotas(BLUEPRINT).values()))
EXAMS = 3
FORMS = 4
CHUNK = 250
# The candidates that baselines are fitted on, those that are judged, and those that assumptions were tried on. Seed 2
# was judged by once, before the half-life was changed: it must not be used again.
TRAINING_SEED, EVALUATION_SEED, DEVELOPMENT_SEED = 1, 4, 3
TRAINING_SIZE = 1000
FULL_SIZE, QUICK_SIZE = 6000, 1500
# How many candidates of each row are estimated through `estimate` as well.
SAMPLE = 3


@dataclass(frozen=True)
class Truth:
    """How the candidates and items of a scenario really are."""

    name: str
    centre: float = PLAN.centre
    ability_sd: float = ABILITY_SD
    spreads: tuple[tuple[float, float], ...] = DOMAIN_SPREADS
    growth: tuple[tuple[float, float], ...] = GROWTH_RATES
    growth_sd: float = 0.0
    days_between: float = 14.0
    wander: float = 0.0
    slope_sd: float = 0.0
    step: float = DIFFICULTY_STEP
    difficulty_sd: float = DIFFICULTY_SD
    domain_shift: tuple[float, ...] = (0.0,) * len(WEIGHTS)
    extra_guess: float = 0.0
    slip: float = 0.0
    mixture: bool = False


LEARNT = ", learnt"
STATIC = ((0.0, 1.0),)
SCENARIOS = (
    Truth("matched"),
    Truth("no growth", growth=STATIC),
    Truth("2PL slopes", slope_sd=0.5),
    Truth("domains far apart", ability_sd=0.6, spreads=((1.1, 1.0),)),
    Truth("one ability", ability_sd=1.0, spreads=((0.02, 1.0),)),
    Truth("wrong author difficulties", step=0.1, difficulty_sd=1.2, domain_shift=(0.5, -0.4, 0.3, -0.3)),
    Truth("learning", growth=((0.4, 1.0),), growth_sd=0.3),
    Truth("guesses and slips", extra_guess=0.08, slip=0.06),
    Truth("old evidence", days_between=90.0, wander=0.5),
    Truth("another population", centre=PLAN.centre - 0.3, ability_sd=0.6, mixture=True),
)


def choose(rng: np.random.Generator, pairs: tuple[tuple[float, float], ...], size: int | tuple[int, ...]) -> Floats:
    values, chances = zip(*pairs, strict=True)
    return rng.choice(values, size, p=np.array(chances) / sum(chances))


@dataclass
class Population:
    """So many candidates: what they answered in each mock exam, and what came of a fresh form after each."""

    level: NDArray[np.intp]
    guess: Floats
    right: Floats
    scored_share: Floats
    passed: Floats


def answer(
    rng: np.random.Generator, truth: Truth, ability: Floats, domains: NDArray[np.intp]
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Return level, guess and right (0 or 1) of (candidate, slot) on a form of fresh items."""
    size = (len(ability), len(domains))
    level = rng.choice(5, size, p=LEVEL_SHARES) + 1
    guess = choose(rng, tuple((chance, share) for share, chance in GUESS_SHARES), size)
    difficulty = (level - 3) * truth.step + rng.normal(0, truth.difficulty_sd, size)
    difficulty += np.array(truth.domain_shift)[domains]
    slope = np.exp(rng.normal(0, truth.slope_sd, size))
    floor = guess + truth.extra_guess
    chance = floor + (1 - truth.slip - floor) / (1 + np.exp(-slope * (ability[:, domains] - difficulty)))
    return level, guess, (rng.random(size) < chance).astype(float)


def population(truth: Truth, count: int, rng: np.random.Generator) -> Population:
    common = rng.normal(truth.centre, truth.ability_sd, count)
    if truth.mixture:
        common += np.where(rng.random(count) < 0.3, 1.2, 0.0)
    spread = choose(rng, truth.spreads, count)
    ability = common[:, None] + spread[:, None] * rng.normal(0, 1, (count, len(WEIGHTS)))
    rate = (choose(rng, truth.growth, count) + rng.normal(0, truth.growth_sd, count))[:, None] / 30
    levels, guesses, rights, shares, passes = [], [], [], [], []
    for exam in range(EXAMS):
        if exam:
            ability = ability + rate * truth.days_between
            if truth.wander:
                ability = ability + rng.normal(0, truth.wander, (count, 1))
        level, guess, right = answer(rng, truth, ability, MOCK)
        levels.append(level)
        guesses.append(guess)
        rights.append(right)
        # The scored slots of a mock: as many of each domain as the blueprint says.
        scored = np.concatenate([np.flatnonzero(d == MOCK)[: int((d == SCORED).sum())] for d in range(len(WEIGHTS))])
        shares.append(right[:, scored].mean(axis=1))
        fresh = [answer(rng, truth, ability, SCORED)[2].mean(axis=1) for _ in range(FORMS)]
        passes.append(np.stack([share >= rng.normal(CUT.mean, CUT.sd, count) for share in fresh], axis=1).astype(float))
    return Population(*(np.stack(each, axis=1) for each in (levels, guesses, rights, shares, passes)))


def ages(truth: Truth, exams: int) -> Floats:
    """Return the age of each mock exam in days, when the last one has just been sat."""
    return truth.days_between * np.arange(exams - 1, -1, -1, dtype=float)


def likelihoods(people: Population, truth: Truth, exams: int) -> Iterator[Floats]:
    """Give the log likelihoods of the answers in so many mock exams, for a chunk of candidates at a time."""
    for start in range(0, len(people.right), CHUNK):
        part = slice(start, start + CHUNK)
        right = people.right[part, :exams]
        count = len(right)
        row = np.arange(count)[:, None, None] * len(WEIGHTS) + MOCK + np.zeros((1, exams, 1), dtype=np.intp)
        age = np.broadcast_to(ages(truth, exams)[None, :, None], right.shape).ravel()
        responses = Responses(
            row=row.ravel(),
            mean=((people.level[part, :exams] - 3) * DIFFICULTY_STEP).ravel(),
            sd=np.full(right.size, DIFFICULTY_SD),
            guess=people.guess[part, :exams].ravel(),
            credit=right.ravel(),
            weight=fading(age),
            before=age,
        )
        likelihood = log_likelihood(responses, count * len(WEIGHTS), PLAN.centre)
        yield likelihood.reshape(len(likelihood), count, len(WEIGHTS), -1).transpose(1, 0, 2, 3)


def span(truth: Truth, exams: int, count: int) -> Floats:
    """Return how many days' growth lie between the first mock exam and the last, for so many candidates."""
    return np.full(count, growing(ages(truth, exams)).max())


def predict(people: Population, truth: Truth, exams: int, all_beliefs: Sequence[Beliefs]) -> list[Floats]:
    """Return the estimate's pass probabilities after so many mock exams, for each of several beliefs.

    The same functions as `estimate` calls, on arrays of candidates; `agrees` holds the two together.
    """
    found = []
    for likelihood in likelihoods(people, truth, exams):
        reach = span(truth, exams, len(likelihood))
        pooled = pool(likelihood, PLAN, reach)
        weights = [beliefs.weigh(pooled.log_evidence, reach) for beliefs in all_beliefs]
        found.append([passing(replace(pooled, weight=weight), PLAN) for weight in weights])
    return [np.concatenate(each) for each in zip(*found, strict=True)]


def learn(training: Population, truth: Truth) -> Beliefs:
    """Return what the training candidates' answers, not their results, say about the candidates of a scenario."""
    found = [
        (pool(likelihood, PLAN, span(truth, EXAMS, len(likelihood))).log_evidence, span(truth, EXAMS, len(likelihood)))
        for likelihood in likelihoods(training, truth, EXAMS)
    ]
    return fit_beliefs(*(np.concatenate(each) for each in zip(*found, strict=True)))


def evidence_of(people: Population, truth: Truth, exams: int, candidate: int) -> list[Evidence]:
    """Return one candidate's answers as the application would read them."""
    names = list(WEIGHTS)
    return [
        Evidence(
            question_id=f"{exam}-{slot}",
            version=f"{exam}-{slot}",
            certification_id=BLUEPRINT.id,
            domain=names[MOCK[slot]],
            task="",
            skills=(),
            type="single_choice",
            difficulty=int(people.level[candidate, exam, slot]),
            guess=float(people.guess[candidate, exam, slot]),
            answered=True,
            credit=float(people.right[candidate, exam, slot]),
            confidence=None,
            flagged=False,
            spent_ms=0,
            given_at=NOW - timedelta(days=float(age)),
            source=FROM_EXAM,
            sitting_id=str(exam),
        )
        for exam, age in enumerate(ages(truth, exams))
        for slot in range(len(MOCK))
    ]


def agrees(
    people: Population, truth: Truth, exams: int, predicted: Floats, sample: int, beliefs: Beliefs = SHIPPED
) -> None:
    """Fail unless `estimate` gives the same probabilities for a sample of candidates."""
    for candidate in range(sample):
        found = estimate(evidence_of(people, truth, exams, candidate), BLUEPRINT, cut=CUT, now=NOW, beliefs=beliefs)
        if abs(found.probability - predicted[candidate]) > 1e-9:
            sys.exit(f"{truth.name}: estimate says {found.probability}, the benchmark {predicted[candidate]}")


# -- Baselines ----------------------------------------------------------------------------------------------------


def logistic_fit(x: Floats, y: Floats) -> Callable[[Floats], Floats]:
    """Fit P(pass) = logistic(a + b x) by Newton's method, with a trace of ridge."""
    design = np.stack([np.ones_like(x), x], axis=1)
    beta = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ beta))
        hessian = (design * (p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(2)
        beta = beta + np.linalg.solve(hessian, design.T @ (y - p) - 1e-6 * beta)
    return lambda new: 1 / (1 + np.exp(-(beta[0] + beta[1] * new)))


def beta_fit(share: Floats, count: int) -> tuple[float, float]:
    """Return the Beta distribution of true shares, by moments of one mock's shares (beta-binomial)."""
    mean, variance = share.mean(), share.var()
    true = max(variance - mean * (1 - mean) / count, 1e-4) / (1 - 1 / count)
    size = mean * (1 - mean) / true - 1
    return float(mean * size), float((1 - mean) * size)


def beta_binomial(a: float, b: float, right: Floats, asked: int) -> Floats:
    """Return P(pass): the predictive distribution on a form of scored questions, against the same uncertain cut."""
    n = BLUEPRINT.scored
    k = np.arange(n + 1)
    passing_chance = normal_cdf((k / n - CUT.mean) / CUT.sd)
    log_choose = np.array([lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) for i in k])

    def one(x: float) -> float:
        alpha, beta = a + x, b + asked - x
        log_mass = log_choose + np.array(
            [
                lgamma(i + alpha)
                + lgamma(n - i + beta)
                - lgamma(n + alpha + beta)
                + lgamma(alpha + beta)
                - lgamma(alpha)
                - lgamma(beta)
                for i in k
            ]
        )
        return float(np.exp(log_mass) @ passing_chance)

    values, place = np.unique(right, return_inverse=True)
    return np.array([one(float(x)) for x in values])[place]


# -- Judging ------------------------------------------------------------------------------------------------------


def bins(predicted: Floats, outcome: Floats, number: int = 10) -> list[tuple[float, float, int]]:
    """Return (mean prediction, share of forms passed, count) of bins with equally many candidates, the lowest first."""
    order = np.argsort(predicted, kind="stable")
    return [
        (float(predicted[part].mean()), float(outcome[part].mean()), len(part))
        for part in np.array_split(order, number)
    ]


def judge(predicted: Floats, outcome: Floats) -> dict[str, float]:
    clipped = np.clip(predicted, 0.01, 0.99)
    return {
        "ece": sum(count * abs(mean - share) for mean, share, count in bins(predicted, outcome)) / len(predicted),
        # The outcome is a mean over forms passed (1) and failed (0), so that its square is itself on each form.
        "brier": float((np.square(predicted) - 2 * predicted * outcome + outcome).mean()),
        "log_loss": float(-(outcome * np.log(clipped) + (1 - outcome) * np.log(1 - clipped)).mean()),
    }


@dataclass
class Result:
    """One scenario after so many mock exams."""

    name: str
    candidates: int
    exams: int
    figures: dict[str, float]
    baselines: dict[str, dict[str, float]]
    diagram: list[tuple[float, float, int]] = field(default_factory=list)
    margin: float = 0.0

    def document(self) -> dict[str, object]:
        return {
            "name": self.name,
            "candidates": self.candidates,
            "exams": self.exams,
            **self.figures,
            "baselines": self.baselines,
        }


@dataclass
class Baselines:
    """What is fitted on training candidates: the logistic curves after 1, 2, 3 exams, and the Beta distribution."""

    curves: list[Callable[[Floats], Floats]]
    beta: tuple[float, float]

    def predict(self, people: Population, exams: int) -> dict[str, Floats]:
        percent = people.right[:, :exams].mean(axis=(1, 2))
        asked = exams * len(MOCK)
        return {
            "last_mock": (people.scored_share[:, exams - 1] >= CUT.mean).astype(float),
            "logistic": self.curves[exams - 1](percent),
            "beta_binomial": beta_binomial(*self.beta, percent * asked, asked),
        }


def fit_baselines(training: Population) -> Baselines:
    return Baselines(
        [
            logistic_fit(training.right[:, :exams].mean(axis=(1, 2)), training.passed[:, exams - 1, 0])
            for exams in range(1, EXAMS + 1)
        ],
        beta_fit(training.right[:, 0].mean(axis=1), len(MOCK)),
    )


def trainees(truth: Truth) -> Population:
    return population(truth, TRAINING_SIZE, np.random.default_rng([TRAINING_SEED, *map(ord, truth.name)]))


def run(truth: Truth, candidates: int, seed: int) -> list[Result]:
    """Judge one scenario after each mock exam, as shipped and with what the installation has learnt.

    As shipped, neither side knows the scenario: the estimate has its assumptions, the baselines are fitted
    `elsewhere`, on candidates who are as assumed. Learnt, both have a thousand candidates of the scenario: the
    estimate their answers only, the baselines their results as well.
    """
    people = population(truth, candidates, np.random.default_rng([seed, *map(ord, truth.name)]))
    training, elsewhere = trainees(truth), fit_baselines(trainees(SCENARIOS[0]))
    informed_baselines = fit_baselines(training)
    learnt = learn(training, truth)
    results = []
    for exams in range(1, EXAMS + 1):
        outcome = people.passed[:, exams - 1].mean(axis=1)
        shipped, informed = predict(people, truth, exams, (SHIPPED, learnt))
        agrees(people, truth, exams, shipped, SAMPLE)
        agrees(people, truth, exams, informed, SAMPLE, learnt)
        for name, predicted, baselines in (
            (truth.name, shipped, elsewhere),
            (truth.name + LEARNT, informed, informed_baselines),
        ):
            against = baselines.predict(people, exams)
            judged = {name: judge(each, outcome) for name, each in against.items()}
            best = min(judged, key=lambda name: judged[name]["brier"])
            results.append(
                Result(
                    name,
                    candidates,
                    exams,
                    judge(predicted, outcome),
                    judged,
                    bins(predicted, outcome),
                    margin(predicted, against[best], outcome),
                )
            )
    return results


def margin(predicted: Floats, other: Floats, outcome: Floats) -> float:
    """Return by how many of its standard errors the Brier score is better than another's."""
    better = (other - predicted) * (other + predicted - 2 * outcome)
    return float(better.mean() / (better.std() / len(better) ** 0.5))


# -- Output -------------------------------------------------------------------------------------------------------

PANEL, GAP, LEFT, TOP, COLUMNS = 170, 46, 52, 64, 5
COLOURS = ("#0072b2", "#d55e00", "#009e73")


def panel(name: str, results: Sequence[Result], x: int, y: int) -> list[str]:
    """Return the reliability diagram of one scenario: a line for each number of mock exams."""
    lines = [
        f'<g transform="translate({x} {y})">',
        f'<text x="0" y="-10" font-size="13" font-weight="600">{name}</text>',
        f'<rect width="{PANEL}" height="{PANEL}" fill="none" stroke="#999"/>',
        f'<path d="M0 {PANEL}L{PANEL} 0" stroke="#999" stroke-dasharray="3 3"/>',
    ]
    for tick in (0, 50, 100):
        at = PANEL * tick / 100
        lines.append(f'<text x="{at:g}" y="{PANEL + 15}" text-anchor="middle">{tick}</text>')
        lines.append(f'<text x="-6" y="{PANEL - at + 4:g}" text-anchor="end">{tick}</text>')
    for result, colour in zip(results, COLOURS, strict=True):
        points = [(PANEL * mean, PANEL * (1 - share)) for mean, share, _ in result.diagram]
        path = "L".join(f"{px:.1f} {py:.1f}" for px, py in points)
        lines.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        lines += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="2.6" fill="{colour}"/>' for px, py in points]
    return [*lines, "</g>"]


def diagram(results: Sequence[Result], title: str) -> str:
    """Return reliability diagrams of these scenarios as one SVG picture."""
    names = list(dict.fromkeys(result.name for result in results))
    rows = -(-len(names) // COLUMNS)
    width = LEFT + COLUMNS * (PANEL + GAP)
    height = TOP + rows * (PANEL + GAP + 24) + 8
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}"'
        ' font-family="system-ui, sans-serif" font-size="11" fill="#222">',
        f"<title>{title}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="15" font-weight="600">{title}</text>',
    ]
    for exams, colour in enumerate(COLOURS, start=1):
        x = width - 330 + 110 * (exams - 1)
        lines.append(f'<circle cx="{x}" cy="18" r="4" fill="{colour}"/>')
        lines.append(f'<text x="{x + 9}" y="22">{exams} mock exam{"s" * (exams > 1)}</text>')
    for number, name in enumerate(names):
        x, y = LEFT + number % COLUMNS * (PANEL + GAP), TOP + number // COLUMNS * (PANEL + GAP + 24)
        lines += panel(name.removesuffix(LEARNT), [result for result in results if result.name == name], x, y)
    axes = "across: predicted probability of passing, %; up: share that passed, %; ten bins of equally many candidates"
    lines.append(f'<text x="{LEFT}" y="{height - 10}">{axes}</text>')
    return "\n".join([*lines, "</svg>\n"])


def write_plots(results: Sequence[Result], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shipped = [result for result in results if not result.name.endswith(LEARNT)]
    learnt = [result for result in results if result.name.endswith(LEARNT)]
    title = "Is a pass probability what it says?"
    (folder / "readiness-shipped.svg").write_text(diagram(shipped, f"{title} As shipped"))
    (folder / "readiness-learnt.svg").write_text(diagram(learnt, f"{title} Learnt from 1,000 candidates"))


def print_table(results: Sequence[Result]) -> None:
    names = ("last_mock", "logistic", "beta_binomial")
    print("| scenario | mocks | ECE | Brier | last mock | logistic | beta-binomial | log loss | logistic | SE |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for result in results:
        own = result.figures
        others = [result.baselines[name] for name in names]
        best = own["brier"] < min(other["brier"] for other in others)
        briers = " | ".join(f"{other['brier']:.4f}" for other in others)
        print(
            f"| {result.name} | {result.exams} | {own['ece']:.3f} | {own['brier']:.4f}{'' if best else ' *'} | {briers}"
            f" | {own['log_loss']:.4f} | {others[1]['log_loss']:.4f} | {result.margin:+.1f} |"
        )


def speed() -> dict[str, float]:
    """Return median milliseconds of processor time from 2,000 answers: estimate, with item difficulties, next steps."""
    people = population(SCENARIOS[0], 11, np.random.default_rng(EVALUATION_SEED))
    evidence = [
        replace(one, question_id=f"{candidate}-{one.question_id}", version=f"{candidate}-{one.version}")
        for candidate in range(11)
        for one in evidence_of(people, SCENARIOS[0], EXAMS, candidate)
    ][:2000]
    rng = np.random.default_rng(EVALUATION_SEED)
    items = {one.version: ItemDifficulty(float(rng.normal()), float(rng.uniform(0.1, 0.5))) for one in evidence}
    figures: dict[str, list[float]] = {"estimate_ms": [], "with_items_ms": [], "next_steps_ms": []}
    for _ in range(30):
        moments = [time.process_time()]
        found = estimate(evidence, BLUEPRINT, cut=CUT, now=NOW)
        moments.append(time.process_time())
        estimate(evidence, BLUEPRINT, cut=CUT, now=NOW, items=items)
        moments.append(time.process_time())
        next_steps(found, minutes_per_question=BLUEPRINT.minutes / BLUEPRINT.size)
        moments.append(time.process_time())
        for name, seconds in zip(figures, np.diff(moments), strict=True):
            figures[name].append(1000 * float(seconds))
    return {name: float(np.median(each)) for name, each in figures.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--quick", action="store_true", help="fewer candidates")
    parser.add_argument("--plots", type=Path, help="write reliability diagrams into this folder")
    parser.add_argument("--speed", action="store_true", help="time one estimate instead")
    parser.add_argument("--only", help="one scenario")
    parser.add_argument("--candidates", type=int, help="how many to simulate in each scenario")
    parser.add_argument("--develop", action="store_true", help="other candidates: for trying out assumptions")
    options = parser.parse_args()
    if options.speed:
        print(json.dumps(speed()))
        return
    size = options.candidates or (QUICK_SIZE if options.quick else FULL_SIZE)
    seed = DEVELOPMENT_SEED if options.develop else EVALUATION_SEED
    chosen = [truth for truth in SCENARIOS if options.only in (None, truth.name)]
    # One thread of linear algebra in each of the processes, which are new ones so that they see it.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as processes:
        found = list(processes.map(partial(run, candidates=size, seed=seed), chosen))
    results = [result for of_scenario in found for result in of_scenario]
    results.sort(key=lambda result: result.name.endswith(LEARNT))
    if options.plots:
        write_plots(results, options.plots)
    if options.json:
        print(json.dumps({"scenarios": [result.document() for result in results]}, indent=2))
    else:
        print_table(results)


if __name__ == "__main__":
    main()
