"""What all candidates' first exposures tell of a certification's questions, and of its candidates, for readiness.

Measuring reads for seconds and calculates; keeping writes for a moment. They are apart so that nobody who is
sitting an exam meanwhile waits for the database.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete
from sqlmodel import Session, col

from simulator.exam.question import Question
from simulator.exam.question_types import CHOICE_TYPES, type_of
from simulator.exam.readiness.assumptions import ABANDONED_BELOW
from simulator.exam.readiness.items import ItemDifficulty, author_difficulty
from simulator.exam.scoring import needed_share
from simulator.exam.statistics.classification import Classification, drawn_verdicts
from simulator.exam.statistics.columns import (
    MOST_OPTIONS,
    Columns,
    concatenate,
    option_bits,
    without_abandoned,
)
from simulator.exam.statistics.difficulty import update_difficulties
from simulator.exam.statistics.irt import TWO_PARAMETERS, Priors, SparseResponses, fit_irt
from simulator.exam.statistics.items import ItemStatistics, describe_items
from simulator.exam.statistics.reliability import DrawnReliability, drawn_reliability
from simulator.operations.learning_beliefs import LearntBeliefs, keep_beliefs, learn
from simulator.store.catalogue import Catalogue
from simulator.store.queries.bank import get_blueprint
from simulator.store.queries.statistics import stream_first_exposures
from simulator.store.tables import ItemStatisticsRow

# With fewer sittings the candidate whose readiness is estimated is much of the data that the difficulties come from.
FEWEST_SITTINGS = 10
# A slope from fewer responses says little (its standard error is above 0.2 even with this many).
MINIMUM_FOR_SLOPE = 200
# Weak priors of the 2PL, for items that nearly everybody has right, or wrong.
SLOPE_PRIOR_SD, INTERCEPT_PRIOR_SD = 0.5, 2.0
_IN_ONE_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class MeasuredItem:
    """One question version: its figures, the difficulty readiness will assume, and its 2PL slope if it has one."""

    question_id: str
    version: str
    question: Question
    statistics: ItemStatistics
    difficulty: ItemDifficulty
    slope: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What the first exposures of a certification tell.

    `updated` says whether there were sittings enough to move difficulties away from their authors'; `learnt` is
    about the candidates.
    """

    certification_id: str
    responses: int
    sittings: int
    items: tuple[MeasuredItem, ...]
    updated: bool
    converged: bool
    learnt: LearntBeliefs


@dataclass(frozen=True, slots=True)
class FormFigures:
    """What a certification's exams are worth as measurements; `verdicts` is None where nothing can be said."""

    reliability: DrawnReliability
    cut: float
    verdicts: Classification | None


@dataclass(frozen=True, slots=True)
class Calibrated:
    """How much went into what was kept; `beliefs_learnt` says whether `candidates` were enough to learn from."""

    certification_id: str
    responses: int
    sittings: int
    questions: int
    updated: bool
    candidates: int
    beliefs_learnt: bool
    calibrated_at: datetime


def calibrate(session: Session, catalogue: Catalogue, certification_id: str, *, now: datetime) -> Calibrated:
    """Measure a certification and keep what was found in one transaction; raises NotFound."""
    return keep_statistics(session, measure(session, catalogue, certification_id), now=now)


def measure(session: Session, catalogue: Catalogue, certification_id: str) -> Measured:
    """Measure every question version that candidates have met, and learn about them; only reads. Raises NotFound."""
    get_blueprint(session, certification_id)
    gathered = _gather(session, certification_id)
    columns, sittings = gathered.columns, len(gathered.in_exam)
    questions = catalogue.questions(session, list(gathered.versions))
    items = [questions[version] for version in gathered.versions]
    described = describe_items(
        lambda: [columns],
        items=len(items),
        sittings=sittings,
        options=max((len(question.options) for question in items), default=0),
    )
    answered = _answered(columns, len(items))
    difficulties, updated, converged = _difficulties(answered, items)
    slopes = _slopes(answered)
    known = dict(zip(gathered.versions, difficulties, strict=True))
    return Measured(
        certification_id=certification_id,
        responses=len(columns),
        sittings=len(np.unique(columns.sitting)),
        items=tuple(
            MeasuredItem(question_id, version, items[item], described[item], difficulties[item], slopes[item])
            for item, (version, question_id) in enumerate(gathered.versions.items())
            if described[item].responses
        ),
        updated=updated,
        converged=converged,
        learnt=learn(session, catalogue, certification_id, items=known),
    )


def examine_forms(session: Session, certification_id: str) -> FormFigures:
    """Return the reliability of a certification's exams, from first exposures, practice aside; raises NotFound."""
    blueprint = get_blueprint(session, certification_id)
    gathered = _gather(session, certification_id)
    reliability = _reliability(gathered)
    cut = needed_share(blueprint.pass_mark.score, blueprint)
    return FormFigures(reliability, cut, drawn_verdicts(reliability, cut))


def keep_statistics(session: Session, measured: Measured, *, now: datetime) -> Calibrated:
    """Keep what was measured in the place of what was kept before."""
    session.execute(
        delete(ItemStatisticsRow).where(col(ItemStatisticsRow.certification_id) == measured.certification_id)
    )
    versions = [item.version for item in measured.items]
    for start in range(0, len(versions), _IN_ONE_STATEMENT):
        # The same question may stand in packs of two certifications; whichever is measured last, keeps it.
        part = versions[start : start + _IN_ONE_STATEMENT]
        session.execute(delete(ItemStatisticsRow).where(col(ItemStatisticsRow.version).in_(part)))
    session.add_all(
        ItemStatisticsRow(
            version=item.version,
            certification_id=measured.certification_id,
            responses=item.statistics.responses,
            difficulty_mean=item.difficulty.mean,
            difficulty_sd=item.difficulty.sd,
            slope=item.slope,
            document=_document(item),
            calibrated_at=now,
        )
        for item in measured.items
    )
    keep_beliefs(session, measured.certification_id, measured.learnt, now=now)
    session.flush()
    return Calibrated(
        certification_id=measured.certification_id,
        responses=measured.responses,
        sittings=measured.sittings,
        questions=len(measured.items),
        updated=measured.updated,
        candidates=measured.learnt.candidates,
        beliefs_learnt=measured.learnt.beliefs is not None,
        calibrated_at=now,
    )


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All first exposures as columns; `versions` are the items in order, each with its question's id."""

    columns: Columns
    versions: dict[str, str]
    in_exam: list[bool]


def _gather(session: Session, certification_id: str) -> _Gathered:
    sittings: dict[str, int] = {}
    places: dict[str, int] = {}
    in_exam: dict[str, bool] = {}
    versions: dict[str, str] = {}
    parts = []
    for rows in stream_first_exposures(session, certification_id):
        sitting_ids, exams, questions, version_ids, answered, credit, responses, spent_ms = zip(*rows, strict=True)
        in_exam.update(zip(sitting_ids, exams, strict=True))
        versions.update(zip(version_ids, questions, strict=True))
        parts.append(
            Columns(
                _numbered(sitting_ids, sittings),
                _numbered(version_ids, places),
                np.array(credit, dtype=np.float32),
                np.array(answered, dtype=np.bool_),
                np.array([_bits(response) for response in responses], dtype=np.int32),
                np.minimum(np.array(spent_ms, dtype=np.int64), 2**31 - 1).astype(np.int32),
            )
        )
    columns = without_abandoned(concatenate(parts), sittings=len(sittings), below=ABANDONED_BELOW)
    return _Gathered(columns, versions, list(in_exam.values()))


def _numbered(ids: Sequence[str], numbers: dict[str, int]) -> NDArray[np.int32]:
    """Return the ids' numbers, in the order in which ids first come; those that are new are added."""
    return np.array([numbers.setdefault(one, len(numbers)) for one in ids], dtype=np.int32)


def _reliability(gathered: _Gathered) -> DrawnReliability:
    in_exam = np.array(gathered.in_exam, dtype=np.bool_)
    exams = gathered.columns.take(in_exam[gathered.columns.sitting])
    return drawn_reliability(lambda: [exams], items=len(gathered.versions), sittings=len(in_exam))


@lru_cache(maxsize=4096)
def _bits(response: str) -> int:
    """Return the options in a stored response as bits; what no option has as its number is left out."""
    numbers = {number for number in json.loads(response) if isinstance(number, int)}
    return option_bits([number for number in numbers if 0 <= number < MOST_OPTIONS])


def _answered(columns: Columns, items: int) -> SparseResponses:
    """Return what was answered: a slot left empty says something of time, not of the question."""
    answered = columns.take(columns.answered)
    used, sitting = np.unique(answered.sitting, return_inverse=True)
    credit = answered.credit.astype(np.float64)
    return SparseResponses.of(sitting, answered.item, credit, candidates=len(used), items=items)


def _difficulties(responses: SparseResponses, items: list[Question]) -> tuple[tuple[ItemDifficulty, ...], bool, bool]:
    """Return the items' difficulties, whether they are updated, and whether the fit has converged."""
    authors = tuple(author_difficulty(question.difficulty) for question in items)
    if responses.candidates < FEWEST_SITTINGS:
        return authors, False, True
    floors = np.array([type_of(question).guess_chance(question) for question in items])
    found = update_difficulties(responses, authors, floors)
    return found.difficulties, True, found.converged


def _slopes(responses: SparseResponses) -> list[float | None]:
    """Return the slope of each item with responses enough, from a 2PL of all items."""
    enough = np.bincount(responses.item, minlength=responses.items) >= MINIMUM_FOR_SLOPE
    if not enough.any():
        return [None] * responses.items
    priors = Priors(np.zeros(responses.items), np.full(responses.items, INTERCEPT_PRIOR_SD), SLOPE_PRIOR_SD)
    fit = fit_irt(responses, TWO_PARAMETERS, priors=priors)
    return [float(slope) if shown else None for slope, shown in zip(fit.model.slopes, enough, strict=True)]


def _document(item: MeasuredItem) -> dict[str, Any]:
    """Return the table of one question for instructors as plain JSON values; it names the key.

    Of an option it can say how often it was chosen only where options are chosen, not placed or matched.
    """
    options = len(item.question.options) if item.question.type in CHOICE_TYPES else 0
    figures = asdict(item.statistics)
    figures["fifths"] = list(figures["fifths"])
    figures["options"] = [
        {
            **option,
            "curve": None if option["curve"] is None else list(option["curve"]),
            "key": option["option"] in item.question.key,
        }
        for option in figures["options"][:options]
    ]
    return {"question": item.question_id, "author_difficulty": item.question.difficulty, **figures}
