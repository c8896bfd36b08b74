"""Small questions, blueprints, banks and packs for tests; every text names its question, so that it can be found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from simulator.exam.blueprint import Blueprint, Domain, PassMark, Source, Task
from simulator.exam.evidence import FROM_EXAM, Evidence
from simulator.exam.question import (
    ALL_OR_NOTHING,
    READY,
    Option,
    Prompt,
    Question,
    Reference,
    TypedAnswer,
    content_hash,
    to_document,
)
from simulator.exam.question_types import PARTIAL_TYPES
from simulator.exam.selection import BankEntry
from simulator.packs.loading import LoadedPack, LoadedQuestion

PASS_MARK = PassMark(730, "assumed", "The vendor publishes no pass mark; 730 stands for 70% right.")
DOMAINS = (
    Domain("data", "Data", 60, (Task("1.1", "Ingest data"), Task("1.2", "Store data"))),
    Domain("modeling", "Modeling", 40, (Task("2.1", "Evaluate models"),)),
)


def make_blueprint(**changes: Any) -> Blueprint:
    """Return a blueprint of six questions, one of them unscored, in two domains (4 and 2) and an hour."""
    blueprint = Blueprint(
        id="tiny",
        vendor="Tiny Vendor",
        code="TC-1",
        title="Tiny Certification",
        guide_version="Guide 1.0",
        verified_on=date(2026, 11, 1),
        status="current",
        minutes=60,
        scored=5,
        unscored=1,
        scale_minimum=100,
        scale_maximum=1000,
        pass_mark=PASS_MARK,
        item_types=("single_choice", "multiple_response"),
        domains=DOMAINS,
        sources=(Source("Guide", "https://example.com/guide"),),
    )
    return replace(blueprint, **changes)


def make_question(
    question_id: str = "q1",
    *,
    keys: Sequence[int] = (0,),
    options: int = 4,
    wording: str = "",
    **changes: Any,
) -> Question:
    """Return a question; more than one key makes it a multiple response."""
    question = Question(
        id=question_id,
        domain="data",
        task="1.1",
        skills=("data-ingestion",),
        difficulty=3,
        type="single_choice" if len(keys) == 1 else "multiple_response",
        scenario=f"Scenario of {question_id}{wording}.",
        prompt=f"Prompt of {question_id}: which fits **BEST**?",
        options=tuple(
            Option(f"Option {n} of {question_id}", f"Rationale {n} of {question_id}", correct=n in keys)
            for n in range(options)
        ),
        takeaway=f"Takeaway of {question_id}.",
        references=(Reference(f"Reference of {question_id}", f"https://example.com/{question_id}"),),
    )
    return replace(question, **changes)


def make_ordering(question_id: str = "q1", *, places: Sequence[int] = (2, 0, 3, 1), **changes: Any) -> Question:
    """Return an ordering: `places` has each option's place, from 1, or 0 for one that is not used."""
    question = make_question(question_id, options=len(places), type="ordering", **changes)
    options = (replace(o, correct=False, place=place) for o, place in zip(question.options, places, strict=True))
    return replace(question, options=tuple(options))


def make_matching(
    question_id: str = "q1", *, pairs: Sequence[int] = (1, 0, 1), options: int = 3, **changes: Any
) -> Question:
    """Return a matching: `pairs` has the option of each prompt."""
    question = make_question(question_id, keys=(), options=options, **{"type": "matching", **changes})
    prompts = tuple(
        Prompt(f"Prompt {n} to match of {question_id}", option, f"Why {option} belongs to {n} of {question_id}")
        for n, option in enumerate(pairs)
    )
    return replace(question, prompts=prompts)


def make_typed(question_id: str = "q1", **answer: Any) -> Question:
    """Return a numeric question, or a short text if the answer has `accepted` texts."""
    kind = "short_text" if "accepted" in answer else "numeric"
    typed = TypedAnswer(**{"rationale": f"Why this answers {question_id}", **answer})
    return make_question(question_id, keys=(), options=0, type=kind, answer=typed)


def make_evidence(question_id: str = "tiny-pack/q1", **changes: Any) -> Evidence:
    """Return a wrong answer to a single choice of four in an exam on a Monday morning."""
    evidence = Evidence(
        question_id=question_id,
        version="v1",
        certification_id="tiny",
        domain="data",
        task="1.1",
        skills=("data-ingestion",),
        type="single_choice",
        difficulty=3,
        guess=0.25,
        answered=True,
        credit=0.0,
        confidence=None,
        flagged=False,
        spent_ms=60_000,
        given_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        source=FROM_EXAM,
        sitting_id="first",
    )
    return replace(evidence, **changes)


def make_entry(question_id: str, *, domain: str = "data", task: str = "1.1", **changes: Any) -> BankEntry:
    """Return what drawing needs to know of a question."""
    return replace(BankEntry(question_id, f"v-{question_id}", domain, task, difficulty=3, option_count=4), **changes)


def make_questions() -> list[Question]:
    """Return twelve questions, eight in `data` and four in `modeling`; every fourth has two keys of five options."""
    questions = []
    for number in range(12):
        two_keys = number % 4 == 3
        in_data = number < 8
        questions.append(
            make_question(
                f"q{number:02}",
                keys=(number % 2, 4) if two_keys else (number % 4,),
                options=5 if two_keys else 4,
                domain="data" if in_data else "modeling",
                task=("1.1" if number % 2 else "1.2") if in_data else "2.1",
                difficulty=1 + number % 5,
            )
        )
    return questions


def make_every_type() -> list[Question]:
    """Return a question of every type in `data`, and in `modeling` a case study of a choice and an ordering."""
    case = {"domain": "modeling", "task": "2.1", "stimulus_id": "ferry", "stimulus": "A ferry line with rare failures."}
    return [
        make_question("single"),
        make_question("multiple", keys=(0, 3), options=5),
        make_ordering("ordering", places=(2, 0, 3, 1)),
        make_matching("matching", pairs=(1, 0, 1)),
        make_typed("numeric", value=0.75, tolerance=0.01, unit="points"),
        make_typed("short-text", accepted=("precision", "positive predictive value")),
        make_question("case-a", keys=(1,), **case),
        make_ordering("case-b", places=(1, 2, 3), **case),
    ]


def make_every_type_pack(*, scoring: str = ALL_OR_NOTHING) -> LoadedPack:
    """Return a pack whose exam has all questions of `make_every_type`, all scored."""
    domains = (replace(DOMAINS[0], weight=75), replace(DOMAINS[1], weight=25))
    blueprint = make_blueprint(id="types", title="All Types", scored=8, unscored=0, domains=domains)
    questions = [
        replace(question, scoring=scoring) if question.type in PARTIAL_TYPES else question
        for question in make_every_type()
    ]
    return make_pack(questions, blueprint=blueprint, id="types-pack", title="Types pack")


def make_pack(
    questions: Sequence[Question] | None = None,
    *,
    blueprint: Blueprint | None = None,
    status: str = READY,
    **changes: Any,
) -> LoadedPack:
    """Return a pack as if it had been loaded from files; by default with a blueprint and enough questions for it."""
    blueprint = blueprint or make_blueprint()
    loaded = tuple(
        LoadedQuestion(
            question=question,
            status=status,
            enemies=frozenset(),
            version=content_hash(to_document(question)),
            file="questions.yaml",
            line=1,
        )
        for question in (make_questions() if questions is None else questions)
    )
    pack = LoadedPack(
        id="tiny-pack",
        title="Tiny pack",
        version="1.0.0",
        language="en",
        licence="CC-BY-4.0",
        authors=("Alice",),
        certification=blueprint.id,
        verified_on=date(2026, 11, 1),
        fingerprint=content_hash({"versions": [question.version + question.status for question in loaded]}),
        blueprint=blueprint,
        questions=loaded,
    )
    return replace(pack, **changes)
