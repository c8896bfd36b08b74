"""How many questions does the quick check save? Simulated candidates, also from models that it does not assume.

`python bench/quick_check.py` prints a table, `--json` one document; `--quick` takes fewer candidates; `--speed` times
the choice of one question from a bank of 500. Everything is seeded; rules and limits are tuned with `--development`,
which draws other candidates.

Every candidate gets a bank of 240 questions of their own (60 a domain; levels and types as in the packs that ship),
takes the quick check on it, and, apart, fixed forms of 5 to 65 questions drawn at random by the blueprint. Both are
read by the same estimate. Two errors are taken against the true probability of passing, which follows from the true
abilities: the root mean square error of the predicted probability, and the decision error, the share of candidates
who are taken to be on the wrong side of one half (`regret` weighs them by how far from it they truly are). The fixed
form that errs as much is read off a smooth curve through the errors of all lengths, with an 80% interval.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from simulator.exam import quick_check
from simulator.exam.blueprint import Blueprint, Domain, PassMark
from simulator.exam.quick_check import Asked, CheckItem
from simulator.exam.readiness import (
    Conditional,
    ItemDifficulty,
    Posterior,
    Readiness,
    condition,
    default_cut,
    expected_pass_sd,
    outlook,
    plan_form,
    prior,
)
from simulator.exam.readiness.assumptions import (
    ABILITY_SD,
    DIFFICULTY_SD,
    DIFFICULTY_STEP,
    DOMAIN_SPREADS,
    GUESS_SHARES,
    INTERVAL_LEVEL,
    LEAST_RESPONSES,
    LEVEL_SHARES,
)
from simulator.exam.readiness.estimate import verdict_of
from simulator.exam.readiness.items import chance_right
from simulator.exam.readiness.normal import normal_cdf
from simulator.exam.readiness.passing import passing, passing_at
from simulator.exam.readiness.posterior import _SPREADING, Pooled, pool

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]

WEIGHTS = {"data-engineering": 20, "exploratory-data-analysis": 24, "modeling": 36, "operations": 20}
NAMES = list(WEIGHTS)
BLUEPRINT = Blueprint(
    id="bench",
    vendor="",
    code="",
    title="",
    guide_version="",
    verified_on=None,  # type: ignore[arg-type]
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
PLAN = plan_form(BLUEPRINT, cut=default_cut(BLUEPRINT))
SHARES = PLAN.shares
DOMAINS = len(NAMES)
A_DOMAIN = 60
BANK = A_DOMAIN * DOMAINS
DOMAIN = np.repeat(np.arange(DOMAINS), A_DOMAIN)
LENGTHS = np.arange(0, 70, 5)
CHUNK = 250
# Candidates of each chunk for whom the benchmark is held against the program itself.
SAMPLE = 2
DEVELOPMENT, EVALUATION = 7, 31


@dataclass(frozen=True)
class Truth:
    """How candidates and items really are, and what has been seen of them before.

    `before` counts answers given earlier, to other questions by the blueprint. `known_sd` is what data leave open of
    each difficulty, 0 for a bank that only its author has rated.
    """

    name: str
    before: int = 0
    known_sd: float = 0.0
    slope_sd: float = 0.0
    step: float = DIFFICULTY_STEP
    difficulty_sd: float = DIFFICULTY_SD
    domain_shift: tuple[float, ...] = (0.0,) * DOMAINS


WRONG_AUTHOR: dict[str, Any] = {"step": 0.1, "difficulty_sd": 1.2, "domain_shift": (0.5, -0.4, 0.3, -0.3)}
STARTS = {"newcomer": 0, "after 25 questions": 25, "after a mock exam": 65}
# The slowest comes first, so that two processes end together.
SCENARIOS = (
    Truth("newcomer, difficulties known from data", known_sd=0.25),
    *(Truth(name, before=before) for name, before in STARTS.items()),
    *(Truth(f"{name}, 2PL slopes", before=before, slope_sd=0.5) for name, before in STARTS.items()),
    *(Truth(f"{name}, wrong author difficulties", before=before, **WRONG_AUTHOR) for name, before in STARTS.items()),
)


@dataclass
class Items:
    """Items as (candidate, item): what the estimate believes of each, and whether it is answered right."""

    level: Indices
    mean: Floats
    sd: float
    guess: Floats
    right: NDArray[np.bool_]


def draw_items(rng: np.random.Generator, truth: Truth, ability: Floats, domain: Indices) -> Items:
    """Draw items in these domains for each candidate, and their answers."""
    size = (len(ability), len(domain))
    level = rng.choice(5, size, p=LEVEL_SHARES)
    guess = rng.choice([chance for _, chance in GUESS_SHARES], size, p=[share for share, _ in GUESS_SHARES])
    difficulty = (level - 2) * truth.step + rng.normal(0, truth.difficulty_sd, size)
    difficulty += np.array(truth.domain_shift)[domain]
    mean, sd = (level - 2) * DIFFICULTY_STEP, DIFFICULTY_SD
    if truth.known_sd:
        mean, sd = difficulty, truth.known_sd
        difficulty = difficulty + rng.normal(0, sd, size)
    slope = np.exp(rng.normal(0, truth.slope_sd, size))
    chance = guess + (1 - guess) / (1 + np.exp(-slope * (ability[:, domain] - difficulty)))
    return Items(level, mean, sd, guess, rng.random(size) < chance)


def true_chance(truth: Truth, ability: Floats) -> Floats:
    """Return the probability of passing a form of fresh items, from the true abilities."""
    rng = np.random.default_rng([11, *map(ord, truth.name)])
    grid = np.linspace(-8, 8, 161)
    share, noise = np.zeros(len(ability)), np.zeros(len(ability))
    for domain in range(DOMAINS):
        size = 4000
        level = rng.choice(5, size, p=LEVEL_SHARES)
        guess = rng.choice([chance for _, chance in GUESS_SHARES], size, p=[share for share, _ in GUESS_SHARES])
        difficulty = (level - 2) * truth.step + rng.normal(0, truth.difficulty_sd, size) + truth.domain_shift[domain]
        difficulty += rng.normal(0, truth.known_sd, size)
        slope = np.exp(rng.normal(0, truth.slope_sd, size))
        curve = (guess + (1 - guess) / (1 + np.exp(-slope * (grid[:, None] - difficulty)))).mean(axis=1)
        chance = np.interp(ability[:, domain], grid, curve)
        share += SHARES[domain] * chance
        noise += SHARES[domain] * chance * (1 - chance) / PLAN.scored
    return normal_cdf((share - PLAN.threshold) / np.sqrt(noise + PLAN.threshold_variance))


# -- The estimate for many candidates at once ---------------------------------------------------------------------


def pooled(likelihood: Floats) -> Pooled:
    """Pool (candidate, domain, point): all answers are of one day, so that one rate of growth stands for all."""
    return pool(likelihood[:, None], PLAN, np.zeros(len(likelihood)))


def intervals(found: Pooled) -> tuple[Floats, Floats]:
    """Return both ends of each candidate's interval of the pass probability, as `outlook` finds them."""
    weight = found.weight.sum(axis=1)
    mean, sd = found.mean[:, 0], np.sqrt(found.variance[:, 0] + 1e-12)
    ends = []
    for level in ((1 - INTERVAL_LEVEL) / 2, (1 + INTERVAL_LEVEL) / 2):
        low, high = np.full(len(mean), -1.0), np.full(len(mean), 2.0)
        for _ in range(18):
            middle = (low + high) / 2
            below = (weight * normal_cdf((middle[:, None] - mean) / sd)).sum(axis=1) < level
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        ends.append(passing_at(np.clip((low + high) / 2, 0.0, 1.0), PLAN))
    return ends[0], ends[1]


def is_settled(found: Pooled, counts: Floats, before: int) -> NDArray[np.bool_]:
    """Return whose check is settled: `quick_check.ending`, of many at once."""
    low, high = intervals(found)
    asked = counts.sum(axis=1)
    narrow = (high - low <= quick_check.WIDEST_SETTLED) & (before + asked >= LEAST_RESPONSES)
    one_sided = (low >= quick_check.EVEN) | (high <= quick_check.EVEN)
    one_sided &= before + asked >= quick_check.LEAST_ONE_SIDED
    due = (asked >= quick_check.LEAST_QUESTIONS) & (counts > 0).all(axis=1)
    settled: NDArray[np.bool_] = due & (narrow | one_sided)
    return settled


def conditional(found: Pooled) -> Conditional:
    """Return `condition` of each candidate: (candidate, domain, point); `agrees` holds the two together."""
    shares = SHARES[:, None]
    weight = found.weight.sum(axis=1)[:, None]
    mean, variance = found.mean[:, 0][:, None], found.variance[:, 0][:, None]
    others = mean - shares * found.domain_mean[:, 0]
    spread = variance - np.square(shares) * found.domain_variance[:, 0]
    back = weight / found.evidence[:, 0]
    likelihood = found.likelihood[:, 0]
    mass = np.maximum(likelihood * (back @ _SPREADING.T), 1e-300)
    first = likelihood * ((back * others) @ _SPREADING.T) / mass
    second = likelihood * ((back * (np.square(others) + spread)) @ _SPREADING.T) / mass
    return Conditional(
        mass=mass / mass.sum(axis=-1, keepdims=True),
        mean=first + shares * PLAN.curves,
        variance=np.maximum(second - np.square(first), 0.0),
    )


def add(likelihood: Floats, items: Items, place: Indices, domain: Indices) -> None:
    """Add each candidate's answer to the item at this place of theirs."""
    who = np.arange(len(likelihood))
    mean, guess = items.mean[who, place], items.guess[who, place]
    chance = chance_right(PLAN.abilities, mean[:, None], items.sd, guess[:, None])
    right = items.right[who, place][:, None]
    likelihood[who, domain] += np.where(right, np.log(chance), np.log1p(-chance))


# Items that only their author has rated differ in domain, level and guessing only.
GUESSES = np.array([chance for _, chance in GUESS_SHARES])
KINDS = np.array(
    [(domain, level, guess) for domain in range(DOMAINS) for level in range(5) for guess in range(len(GUESSES))]
)


def spreads(given: Conditional, items: Items, free: NDArray[np.bool_]) -> Floats:
    """Return the expected spread of every free item, (candidate, item); infinite for the others."""
    count, points = len(free), given.mass.shape[-1]
    # The domains of all candidates in one row, so that one call serves them all.
    flat = Conditional(*(each.reshape(-1, points) for each in (given.mass, given.mean, given.variance)))
    if items.sd == DIFFICULTY_SD:
        who, kind = (each.ravel() for each in np.indices((count, len(KINDS))))
        domain, mean, guess = KINDS[kind, 0], (KINDS[kind, 1] - 2) * DIFFICULTY_STEP, GUESSES[KINDS[kind, 2]]
    else:
        who, place = np.nonzero(free)
        domain, mean, guess = DOMAIN[place], items.mean[who, place], items.guess[who, place]
    value = expected_pass_sd(
        flat, PLAN, domain=who * DOMAINS + domain, mean=mean, sd=np.full(len(who), items.sd), guess=guess
    )
    found = np.full(free.shape, np.inf)
    if items.sd == DIFFICULTY_SD:
        code = (DOMAIN * 5 + items.level) * len(GUESSES) + np.searchsorted(-GUESSES, -items.guess)
        found = np.take_along_axis(value.reshape(count, -1), code, axis=1)
    else:
        found[who, place] = value
    return np.where(free, found, np.inf)


@dataclass
class Course:
    """What was predicted after each question, (candidate, questions), and when each check ended."""

    probability: Floats
    ended: Indices
    settled: NDArray[np.bool_]
    asked: list[list[int]] = field(default_factory=list)


def take_check(likelihood: Floats, items: Items, before: int, rng: np.random.Generator) -> Course:
    """Let every candidate take the quick check; those who have ended wait for the others."""
    count, most = len(likelihood), quick_check.MOST_QUESTIONS
    counts = np.zeros((count, DOMAINS))
    free = np.ones((count, BANK), dtype=bool)
    predicted = np.zeros((count, most + 1))
    ended = np.full(count, most)
    going = np.ones(count, dtype=bool)
    asked: list[list[int]] = [[] for _ in range(count)]
    for number in range(most + 1):
        live = np.flatnonzero(going)
        found = pooled(likelihood[live])
        predicted[live, number] = passing(found, PLAN)
        settled = is_settled(found, counts[live], before)
        ended[live[settled]] = np.minimum(ended[live[settled]], number)
        going[live[settled]] = False
        if number == most or not going.any():
            break
        live = np.flatnonzero(going)
        given = conditional(pooled(likelihood[live]))
        behind = SHARES * (number + 1) - counts[live]
        highest = behind.max(axis=1, keepdims=True)
        turn = behind >= np.where(highest >= 1.0, 1.0, np.minimum(highest, quick_check.AS_GOOD))
        part = Items(items.level[live], items.mean[live], items.sd, items.guess[live], items.right[live])
        value = spreads(given, part, free[live] & turn[:, DOMAIN])
        limit = np.sort(value, axis=1)[:, quick_check.BEST_FEW - 1] + quick_check.AS_GOOD
        best = value <= np.minimum(limit, 1e9)[:, None]
        place = np.where(best, rng.random(value.shape), -1.0).argmax(axis=1)
        added = likelihood[live]
        add(added, part, place, DOMAIN[place])
        likelihood[live] = added
        free[live, place] = False
        counts[live, DOMAIN[place]] += 1
        for one, item in zip(live.tolist(), place.tolist(), strict=True):
            asked[one].append(item)
    return Course(predicted, ended, ~going, asked)


def by_blueprint(questions: int) -> Indices:
    """Return the domains of so many questions, at every point as close to the blueprint as can be."""
    domains: list[int] = []
    for number in range(1, questions + 1):
        counts = np.bincount(domains, minlength=DOMAINS) if domains else np.zeros(DOMAINS)
        domains.append(int(np.argmax(SHARES * number - counts)))
    return np.array(domains, dtype=np.intp)


def sit_forms(likelihood: Floats, items: Items, rng: np.random.Generator) -> Floats:
    """Return the prediction after random forms of each of LENGTHS, (candidate, length)."""
    count = len(likelihood)
    order = [np.argsort(rng.random((count, A_DOMAIN)), axis=1) + d * A_DOMAIN for d in range(DOMAINS)]
    left = [iter(places.T) for places in order]
    predicted = np.zeros((count, len(LENGTHS)))
    predicted[:, 0] = passing(pooled(likelihood), PLAN)
    for number, domain in enumerate(by_blueprint(LENGTHS[-1]), start=1):
        add(likelihood, items, next(left[domain]), np.full(count, domain))
        if number % 5 == 0:
            predicted[:, number // 5] = passing(pooled(likelihood), PLAN)
    return predicted


@dataclass
class Errors:
    """One measure of error: of the check, of fixed forms of each of LENGTHS, and of which length errs as much.

    `ratio` is the check's length by that one, `interval` encloses 80% of what other candidates might give.
    """

    error: float
    fixed: Floats
    needed: float
    ratio: float
    interval: tuple[float, float]

    def document(self) -> dict[str, object]:
        return {
            "error": self.error,
            "fixed": {int(length): float(error) for length, error in zip(LENGTHS, self.fixed, strict=True)},
            "fixed_needed": self.needed,
            "ratio": self.ratio,
            "ratio_interval": self.interval,
        }


@dataclass
class Result:
    """One scenario; errors are against the true probability of passing, Brier against fresh outcomes."""

    name: str
    candidates: int
    questions: float
    settled: float
    errors: dict[str, Errors]
    brier: float

    def document(self) -> dict[str, object]:
        return {
            "name": self.name,
            "candidates": self.candidates,
            "questions": self.questions,
            "settled": self.settled,
            "brier": self.brier,
            **{name: errors.document() for name, errors in self.errors.items()},
        }


def length_needed(error: Floats, fixed: Floats, power: float) -> Floats:
    """Return the length of the fixed form with this error, held to the longest; `fixed` is (draw, length).

    The inverse square of either error grows almost in a straight line with the length, that of the regret is its
    inverse: a line takes out what is left of chance. Length 0 is left out, where a newcomer's side is a coin's.
    """
    fine = np.arange(0.0, LENGTHS[-1] + 0.05, 0.1)
    line = np.polynomial.polynomial.polyfit(LENGTHS[1:], np.maximum(fixed[:, 1:], 1e-6).T ** power, 1)
    short = np.polynomial.polynomial.polyval(fine, line) < np.maximum(error, 1e-6)[:, None] ** power
    return np.clip(fine[np.minimum(short.sum(axis=1), len(fine) - 1)], 1.0, None)


def compare(losses: Floats, fixed: Floats, lengths: Indices, *, root: bool = False, power: float = -2.0) -> Errors:
    """Return the errors from each candidate's loss, (candidate,) and (candidate, length).

    Candidates drawn again and again from those there are say how sure the ratio is.
    """
    rng = np.random.default_rng(17)
    count, draws = len(losses), 400
    weight = np.concatenate([np.ones((1, count)), rng.multinomial(count, np.full(count, 1 / count), draws)]) / count
    error, curve, questions = weight @ losses, weight @ fixed, weight @ lengths
    if root:
        error, curve = np.sqrt(error), np.sqrt(curve)
    needed = length_needed(error, curve, power)
    ratio = questions / needed
    low, high = np.quantile(ratio[1:], [0.1, 0.9])
    return Errors(float(error[0]), curve[0], float(needed[0]), float(ratio[0]), (float(low), float(high)))


def run(truth: Truth, candidates: int, seed: int) -> Result:
    rng = np.random.default_rng([seed, *map(ord, truth.name)])
    true, check, forms, lengths, settled = [], [], [], [], []
    for start in range(0, candidates, CHUNK):
        count = min(CHUNK, candidates - start)
        common = rng.normal(PLAN.centre, ABILITY_SD, count)
        spread = rng.choice([each for each, _ in DOMAIN_SPREADS], count, p=[belief for _, belief in DOMAIN_SPREADS])
        ability = common[:, None] + spread[:, None] * rng.normal(0, 1, (count, DOMAINS))
        earlier = by_blueprint(truth.before)
        before = draw_items(rng, truth, ability, earlier)
        likelihood = np.zeros((count, DOMAINS, len(PLAN.abilities)))
        for place, domain in enumerate(earlier):
            add(likelihood, before, np.full(count, place), np.full(count, domain))
        bank = draw_items(rng, truth, ability, DOMAIN)
        begun = likelihood.copy()
        course = take_check(likelihood.copy(), bank, truth.before, rng)
        for candidate in range(SAMPLE):
            agrees(begun[candidate], bank, course, candidate, truth.before)
        check.append(course.probability[np.arange(count), course.ended])
        lengths.append(course.ended)
        settled.append(course.settled)
        forms.append(sit_forms(likelihood, bank, rng))
        true.append(true_chance(truth, ability))
    chance, predicted, fixed = np.concatenate(true), np.concatenate(check), np.concatenate(forms)
    asked = np.concatenate(lengths)
    outcome = rng.random(len(chance)) < chance
    wrong = (predicted >= quick_check.EVEN) != (chance >= quick_check.EVEN)
    fixed_wrong = (fixed >= quick_check.EVEN) != (chance >= quick_check.EVEN)[:, None]
    distance = np.abs(2 * chance - 1)
    return Result(
        name=truth.name,
        candidates=candidates,
        questions=float(asked.mean()),
        settled=float(np.concatenate(settled).mean()),
        errors={
            "rmse": compare(np.square(predicted - chance), np.square(fixed - chance[:, None]), asked, root=True),
            "decision": compare(wrong.astype(float), fixed_wrong.astype(float), asked),
            "regret": compare(wrong * distance, fixed_wrong * distance[:, None], asked, power=-1.0),
        },
        brier=float(np.square(predicted - outcome).mean()),
    )


def agrees(begun: Floats, items: Items, course: Course, who: int, before: int) -> None:
    """Fail unless `choose_item` and `ending` lead one candidate along what the benchmark computed for many."""
    empty = prior(PLAN)
    likelihood = begun.copy()[None]
    mine = Items(items.level[[who]], items.mean[[who]], items.sd, items.guess[[who]], items.right[[who]])
    bank = [
        CheckItem(
            f"{place:03}",
            NAMES[DOMAIN[place]],
            ItemDifficulty(float(mine.mean[0, place]), items.sd),
            float(mine.guess[0, place]),
        )
        for place in range(BANK)
    ]
    asked: list[Asked] = []
    for number in range(int(course.ended[who]) + 1):
        known = Posterior(np.broadcast_to(likelihood, empty.log_likelihood.shape).copy())
        found, given = outlook(known, PLAN), condition(known, PLAN)
        if abs(found.probability - course.probability[who, number]) > 1e-9:
            sys.exit("the estimate and the benchmark disagree on a probability")
        standing = SimpleNamespace(
            low=found.low,
            high=found.high,
            effective=before + number,
            verdict=verdict_of(found, before + number),
            basis=SimpleNamespace(plan=PLAN),
        )
        over = quick_check.ending(cast(Readiness, standing), [one.domain for one in asked])
        if (over is not None) != (number == course.ended[who]):
            sys.exit("the quick check and the benchmark disagree on when to stop")
        if over is not None:
            break
        place = course.asked[who][number]
        turn = quick_check.domains_in_turn(PLAN, [one.domain for one in asked], NAMES)
        free = [one for one in quick_check.without_enemies(bank, asked) if one.domain in turn]
        values = quick_check.expected_spread(given, PLAN, free)
        limit = np.sort(values)[quick_check.BEST_FEW - 1] + 2 * quick_check.AS_GOOD
        chosen = next((value for one, value in zip(free, values, strict=True) if int(one.question_id) == place), np.inf)
        if chosen > limit:
            sys.exit("the benchmark chose a question that the quick check would not")
        asked.append(Asked(f"{place:03}", NAMES[DOMAIN[place]]))
        add(likelihood, mine, np.array([place]), DOMAIN[[place]])


def time_choice(bank_size: int = 500, rounds: int = 30) -> float:
    """Return the seconds that choosing one question takes, every difficulty known from data."""
    rng = np.random.default_rng(5)
    bank = [
        CheckItem(f"{place:03}", NAMES[place % DOMAINS], ItemDifficulty(float(rng.normal(0, 0.9)), 0.25), 0.25)
        for place in range(bank_size)
    ]
    known = prior(PLAN)
    times = []
    for number in range(rounds):
        begun = time.perf_counter()
        quick_check.choose_item(condition(known, PLAN), PLAN, bank, (), seed=number)
        times.append(time.perf_counter() - begun)
    return float(np.median(times))


def run_all(truths: Sequence[Truth], candidates: int, seed: int) -> list[Result]:
    """Run the scenarios in two processes, each with one thread for its sums: threads would only wait for each other."""
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(run, truth, candidates, seed) for truth in truths]
        return [job.result() for job in jobs]


def show(results: Sequence[Result]) -> None:
    print(f"{'':<48}questions  settled   Brier  {'error of':<10}        fixed form   ratio")
    for result in results:
        print(f"{result.name:<48}{result.questions:>9.1f}{result.settled:>9.0%}{result.brier:>8.3f}")
        for name, errors in result.errors.items():
            more = ">" if errors.needed >= LENGTHS[-1] else " "
            curve = "  ".join(f"{n}: {e:.3f}" for n, e in zip(LENGTHS, errors.fixed, strict=True) if n % 20 == 5)
            print(
                f"    fixed {curve:<62}{name:<10}{errors.error:>6.3f}{more:>6}{errors.needed:<6.1f}"
                f"{errors.ratio:>5.2f} ({errors.interval[0]:.2f} to {errors.interval[1]:.2f})"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--development", action="store_true", help="other candidates, to tune with")
    parser.add_argument("--only", help="the name of one scenario")
    parser.add_argument("--candidates", type=int)
    options = parser.parse_args()
    if options.speed:
        print(f"{1000 * time_choice():.1f} ms to choose from 500 questions")
        return
    size = options.candidates or (250 if options.quick else 1500)
    truths = [truth for truth in SCENARIOS if not options.only or truth.name == options.only]
    results = run_all(truths, size, DEVELOPMENT if options.development else EVALUATION)
    if options.json:
        print(json.dumps({"scenarios": [result.document() for result in results]}, indent=2))
    else:
        show(results)


if __name__ == "__main__":
    main()
