"""What exams and practice tell of a candidate, read from the database."""

import json
from datetime import timedelta

from sqlmodel import Session

from simulator.exam import form as forms
from simulator.store.queries.evidence import list_evidence
from simulator.store.tables import PracticeResponseRow, PracticeRow


def practise(desk, slot, *, actor="alice"):
    """Store a practice session with one wrong response, as practice writes it."""
    question = desk.question(slot)

    def work(session: Session) -> None:
        session.add(
            PracticeRow(
                id=f"practice-{actor}",
                candidate_id=actor,
                certification_id="tiny",
                kind="practice",
                criteria={},
                started_at=desk.clock(),
                form=forms.to_document(forms.Form(1, (slot,))),
            )
        )
        session.flush()
        session.add(
            PracticeResponseRow(
                practice_id=f"practice-{actor}",
                slot=1,
                candidate_id=actor,
                question_id=slot.question_id,
                version=slot.version,
                domain=question.domain,
                task=question.task,
                answered=True,
                credit=0.0,
                response=json.dumps([1]),
                flagged=False,
                spent_ms=9_000,
                given_at=desk.clock(),
            )
        )

    desk.write(work)


def evidence(desk, *, actor="alice", certification_id=None):
    return desk.read(lambda s: list_evidence(s, desk.catalogue, actor=actor, certification_id=certification_id))


def test_exam_and_practice_stand_in_one_row_in_order_of_time(desk, clock):
    desk.begin()
    held = desk.hold()
    first = desk.form().slots[0]
    desk.save(1, desk.right(first), sequence=1, epoch=held.epoch, confidence="guess", spent_ms=5_000)
    desk.submit()
    clock.advance(days=1)
    practise(desk, first)
    responses = evidence(desk)
    assert [response.source for response in responses] == ["exam"] * 6 + ["practice"]
    right, *omitted, practised = responses
    assert (right.answered, right.credit, right.confidence, right.spent_ms) == (True, 1.0, "guess", 5_000)
    assert right.skills == ("data-ingestion",)
    assert right.guess in (1 / 4, 1 / 10)
    assert not any(response.answered or response.credit for response in omitted)
    assert (practised.question_id, practised.credit) == (first.question_id, 0.0)
    assert practised.given_at - right.given_at == timedelta(days=1)


def test_nobody_reads_what_others_gave(desk):
    desk.begin()
    desk.submit()
    assert evidence(desk, actor="mallory") == []


def test_evidence_can_be_asked_for_by_certification(desk):
    desk.begin()
    desk.submit()
    practise(desk, desk.form().slots[0])
    assert len(evidence(desk, certification_id="tiny")) == 7
    assert evidence(desk, certification_id="other") == []
