"""Grading a closed attempt: every slot of its form against the version of the question that was shown."""

from collections.abc import Mapping

from simulator.exam.attempt import Answer
from simulator.exam.form import Form, Slot
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.exam.scoring import GradedResponse


def grade_form(form: Form, questions: Mapping[str, Question], answers: Mapping[int, Answer]) -> list[GradedResponse]:
    """Grade all slots; `questions` is keyed by version, `answers` by slot. A slot without an answer earns nothing."""
    return [grade_slot(slot, questions[slot.version], answers.get(slot.number)) for slot in form.slots]


def grade_slot(slot: Slot, question: Question, answer: Answer | None) -> GradedResponse:
    """Grade one slot, from the displayed option numbers that were saved."""
    kind = type_of(question)
    response = kind.restore(answer.response, slot.option_order) if answer else ()
    first = answer.first_response if answer else None
    return GradedResponse(
        slot=slot.number,
        question_id=slot.question_id,
        version=slot.version,
        domain=question.domain,
        task=question.task,
        scored=slot.scored,
        answered=bool(response),
        credit=kind.grade(question, response) if response else 0.0,
        response=response,
        confidence=answer.confidence if answer else None,
        flagged=answer.flagged if answer else False,
        spent_ms=answer.spent_ms if answer else 0,
        first_response=None if first is None else kind.restore(first, slot.option_order),
    )
