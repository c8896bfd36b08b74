"""What to practise, and one answer in practice."""

from collections.abc import Iterable

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange

from simulator.exam.blueprint import Blueprint
from simulator.exam.errors import InvalidResponse
from simulator.exam.practice import (
    ALL,
    FLAGGED,
    GUESSED,
    MISSED,
    MISSED_IN_EXAMS,
    MOST_QUESTIONS,
    SEEN_LEAST,
    UNSEEN,
    Criteria,
)
from simulator.exam.question import Question, Response
from simulator.exam.question_types import QUESTION_TYPES
from simulator.operations.practising import PracticeDraft
from simulator.web.forms.answer import LONGEST_MS, PlainAnswerForm, plain_response
from simulator.web.item_types import item_type_title
from simulator.web.skills import skill_title

POOL_LABELS = {
    ALL: "All questions",
    UNSEEN: "Not seen yet",
    MISSED: "Missed last time",
    GUESSED: "Guessed last time",
    FLAGGED: "Flagged",
    MISSED_IN_EXAMS: "Missed in my latest exams",
    SEEN_LEAST: "Seen least",
}
POOL_HINTS = {
    MISSED: "answered wrong, or not at all",
    GUESSED: "you said it was a guess",
    SEEN_LEAST: "all, the least familiar first",
}
EXAMS = (1, 2, 3, 5, 10)
PACES = (30, 60, 90, 120, 180)
DIFFICULTIES = (1, 2, 3, 4, 5)
COUNT_RANGE = f"Choose a number from 1 to {MOST_QUESTIONS}."


class PracticeForm(FlaskForm):  # type: ignore[misc]
    """The criteria of a practice session; their choices are those of one certification."""

    domain = SelectMultipleField("Domains")
    task = SelectMultipleField("Tasks")
    skill = SelectMultipleField("Skills")
    difficulty = SelectMultipleField("Difficulty", coerce=int)
    type = SelectMultipleField("Type")
    show = RadioField("Which questions", choices=[SelectChoice(*pool) for pool in POOL_LABELS.items()], default=ALL)
    exams = SelectField("How many exams back", coerce=int, default=1)
    count = IntegerField(
        "How many questions",
        default=10,
        validators=[InputRequired(COUNT_RANGE), NumberRange(1, MOST_QUESTIONS, message=COUNT_RANGE)],
    )
    pace = SelectField("Pace", coerce=int, default=0)

    def criteria(self) -> Criteria:
        """Return what was chosen, once the form has been validated."""
        return Criteria(
            domains=tuple(self.domain.data or ()),
            tasks=tuple(self.task.data or ()),
            skills=tuple(self.skill.data or ()),
            difficulties=tuple(self.difficulty.data or ()),
            types=tuple(self.type.data or ()),
            pool=self.show.data,
            exams=self.exams.data,
            count=self.count.data,
        )

    def drop_unknown(self) -> None:
        """Leave out what does not exist (any more): an old link still opens the page, with the rest of it."""
        if self.validate():
            return
        for field in self:
            if not field.errors:
                continue
            if isinstance(field, SelectMultipleField):
                known = {field.coerce(choice.value) for choice in field.choices}
                field.data = [value for value in field.data or () if value in known]
            else:
                field.data = field.default
            field.raw_data, field.errors = None, ()


def practice_form(
    blueprint: Blueprint, questions: Iterable[Question], fields: "MultiDict[str, str] | None"
) -> PracticeForm:
    """Return the form for a certification, filled from a link's `fields`, or from what was posted if there are none."""
    form = PracticeForm(formdata=fields, meta={"csrf": False}) if fields is not None else PracticeForm()
    asked = tuple(questions)
    skills = sorted({skill for question in asked for skill in question.skills}, key=skill_title)
    types = {question.type for question in asked}
    form.domain.choices = [SelectChoice(domain.id, domain.title) for domain in blueprint.domains]
    form.task.choices = [SelectChoice(task.id, task.title) for domain in blueprint.domains for task in domain.tasks]
    form.skill.choices = [SelectChoice(skill, skill_title(skill)) for skill in skills]
    form.difficulty.choices = [SelectChoice(str(level), str(level)) for level in DIFFICULTIES]
    form.type.choices = [SelectChoice(name, item_type_title(name)) for name in QUESTION_TYPES if name in types]
    form.exams.choices = [SelectChoice(str(number), _exams_label(number)) for number in EXAMS]
    exam_pace = round(60 * blueprint.minutes / blueprint.size)
    form.pace.choices = [
        SelectChoice("0", "No clock"),
        *(SelectChoice(str(seconds), _pace_label(seconds, exam_pace)) for seconds in sorted({*PACES, exam_pace})),
    ]
    return form


def _exams_label(number: int) -> str:
    return "the latest" if number == 1 else f"the latest {number}"


def _pace_label(seconds: int, exam_pace: int) -> str:
    label = f"{seconds} seconds a question"
    return f"{label}, as in the exam" if seconds == exam_pace else label


class PracticeAnswerForm(PlainAnswerForm):
    """One answer; `spent_ms` is measured by the page's script, and empty without it."""

    spent_ms = HiddenField()

    def given(self) -> Response:
        """Return the response in a form that was sent before, to show it again."""
        try:
            return tuple(plain_response(request.form))
        except InvalidResponse:
            return ()

    def draft(self, visit_ms: int) -> PracticeDraft:
        """Return the answer, once the form has been validated; raises InvalidResponse."""
        return PracticeDraft(
            response=plain_response(request.form),
            confidence=self.confidence.data or None,
            flagged=self.flagged.data,
            spent_ms=_milliseconds(self.spent_ms.data, visit_ms),
            gave_up=request.form.get("go") == "give-up",
        )


def _milliseconds(measured: str | None, otherwise: int) -> int:
    try:
        spent = int(measured or "")
    except ValueError:
        return otherwise
    return spent if 0 <= spent <= LONGEST_MS else otherwise
