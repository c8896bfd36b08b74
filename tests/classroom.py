"""Graded exams and practice of a class, written straight to the tables: the statistics need many of them."""

import json
from datetime import timedelta

import numpy as np
from clock import START
from factories import make_blueprint, make_pack

from simulator.exam.blueprint import to_document as blueprint_document
from simulator.store.tables import AttemptRow, CandidateRow, GradedResponseRow, PracticeResponseRow, PracticeRow

QUESTIONS = [loaded.question for loaded in make_pack().questions]
VERSIONS = [loaded.version for loaded in make_pack().questions]


def attempt_row(attempt_id, candidate, *, certification="tiny", given_at=START):
    return AttemptRow(
        id=attempt_id,
        candidate_id=candidate,
        certification_id=certification,
        state="graded",
        started_at=given_at,
        deadline_at=given_at + timedelta(hours=1),
        closed_at=given_at,
        graded_at=given_at,
        accommodation="none",
        pass_mark=730,
        form={"seed": 1, "slots": []},
        blueprint=blueprint_document(make_blueprint()),
    )


def response_fields(place, right, *, answered=True, spent_ms=60_000, **changes):
    question = QUESTIONS[place]
    wrong = next(number for number in range(len(question.options)) if number not in question.key)
    response = (sorted(question.key) if right else [wrong]) if answered else []
    return {
        "question_id": f"tiny-pack/{question.id}",
        "version": VERSIONS[place],
        "domain": question.domain,
        "task": question.task,
        "answered": answered,
        "credit": float(right and answered),
        "response": json.dumps(response),
        "flagged": False,
        "spent_ms": spent_ms,
        **changes,
    }


def add_exam(session, candidate, results, *, attempt_id=None, given_at=START, new=True, certification="tiny", **marks):
    """Add a graded attempt; results are (place of the question in the pack, whether right)."""
    attempt_id = attempt_id or f"a-{candidate}"
    if new:
        session.add(CandidateRow(id=candidate, created_at=START))
        session.flush()
    session.add(attempt_row(attempt_id, candidate, certification=certification, given_at=given_at))
    session.flush()
    session.add_all(
        GradedResponseRow(
            attempt_id=attempt_id,
            slot=slot,
            candidate_id=candidate,
            scored=True,
            **response_fields(place, right, **marks),
        )
        for slot, (place, right) in enumerate(results, start=1)
    )


def sit_exam(desk, candidate, results, **circumstances):
    desk.write(lambda session: add_exam(session, candidate, results, **circumstances))


def practise(desk, candidate, results, *, practice_id, given_at):
    def work(session):
        session.add(
            PracticeRow(
                id=practice_id,
                candidate_id=candidate,
                certification_id="tiny",
                kind="practice",
                criteria={},
                started_at=given_at,
                form={},
            )
        )
        session.flush()
        session.add_all(
            PracticeResponseRow(
                practice_id=practice_id,
                slot=slot,
                candidate_id=candidate,
                given_at=given_at,
                **response_fields(place, right),
            )
            for slot, (place, right) in enumerate(results, start=1)
        )

    desk.write(work)


def a_class(desk, size, *, seed=1, count=12):
    """A class of candidates of unlike ability, who each answer some questions; the first is easy, the second hard."""
    rng = np.random.default_rng(seed)

    def work(session):
        for number in range(size):
            ability = rng.normal(0.3, 1)
            places = rng.permutation(12)[:count].tolist()
            easiness = {0: 2.5, 1: -2.5}
            chance = {place: 1 / (1 + np.exp(-ability - easiness.get(place, 0.5))) for place in places}
            add_exam(session, f"c{number}", [(place, bool(rng.random() < chance[place])) for place in places])

    desk.write(work)


def a_returning_class(desk, size, *, prefix="c"):
    """Candidates who had nothing right in their first exam, and everything in a second one two months later."""

    def work(session):
        for number in range(size):
            who = f"{prefix}{number}"
            add_exam(session, who, [(place, False) for place in range(6)], attempt_id=f"{who}-1")
            later = {"given_at": START + timedelta(days=60), "new": False}
            add_exam(session, who, [(place, True) for place in range(6, 12)], attempt_id=f"{who}-2", **later)

    desk.write(work)
