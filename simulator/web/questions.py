"""Questions as HTML, rendered once a version: for the room without keys and rationales, for the report with them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import current_app, render_template
from markupsafe import Markup, escape

from simulator.exam.form import Slot
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.web.markdown import MARKS, render, render_inline

K = TypeVar("K")
V = TypeVar("V")

CASE_STUDY = "Case study"

# A cache that is full starts over.
MOST_RENDERED = 5_000

MOST_OPTIONS = 12
# An option in a list to pick from is one line of plain text.
LONGEST_CHOICE = 90

# A section of the room is the same for all candidates but for its number, its place in a case study, and the order of
# its options, which stand in it as text and as choices to pick. These characters stand for them in the rendered
# section; `markdown.render` removes them from what authors write.
_NUMBER, _SIZE, _CASE = MARKS[:3]
_OPTIONS = MARKS[3 : 3 + MOST_OPTIONS]
_CHOICES = MARKS[3 + MOST_OPTIONS : 3 + 2 * MOST_OPTIONS]
_AT_MARKS = re.compile(f"([{MARKS[0]}-{MARKS[-1]}])")


@dataclass(frozen=True, slots=True)
class RenderedQuestion:
    """The parts of a question that a candidate may see before the report, in the author's order of options.

    `choices` are the options as one line of plain text; `choose` is how many the candidate is to choose or place.
    """

    type: str
    stimulus_html: Markup
    scenario_html: Markup
    prompt_html: Markup
    options: tuple[Markup, ...]
    choices: tuple[Markup, ...]
    prompts: tuple[Markup, ...]
    unit: str
    choose: int


@dataclass(frozen=True, slots=True)
class SlotView:
    """One slot of a form as the candidate sees it: `parts` with the options in the order drawn for the attempt."""

    number: int | str
    type: str
    case: str
    stimulus_html: Markup
    scenario_html: Markup
    prompt_html: Markup
    options: tuple[Markup, ...]
    choices: tuple[Markup, ...]
    prompts: tuple[Markup, ...]
    unit: str
    choose: int


def rendered(version: str, question: Question) -> RenderedQuestion:
    """Return the rendered parts of a question, from memory if it was shown before."""
    cache: dict[str, RenderedQuestion] = current_app.extensions.setdefault("rendered questions", {})
    found = cache.get(version)
    if found is None:
        options = tuple(render_inline(option.text) for option in question.options)
        found = RenderedQuestion(
            type=question.type,
            stimulus_html=render(question.stimulus) if question.stimulus else Markup(),
            scenario_html=render(question.scenario),
            prompt_html=render(question.prompt),
            options=options,
            choices=tuple(_one_line(option) for option in options),
            prompts=tuple(render_inline(prompt.text) for prompt in question.prompts),
            unit=question.answer.unit if question.answer else "",
            choose=len(type_of(question).key(question)),
        )
        _keep(cache, version, found)
    return found


def _one_line(option: Markup) -> Markup:
    text = option.striptags()
    return escape(text if len(text) <= LONGEST_CHOICE else f"{text[:LONGEST_CHOICE].rstrip()}\u2026")


@dataclass(frozen=True, slots=True)
class RenderedRationale:
    """The parts of a question that only a report may show, in the author's order of options and prompts."""

    rationales: tuple[Markup, ...]
    prompt_rationales: tuple[Markup, ...]
    answer_rationale: Markup
    takeaway: Markup


def rendered_rationale(version: str, question: Question) -> RenderedRationale:
    """Return the rendered explanations of a question, from memory if they were shown before."""
    cache: dict[str, RenderedRationale] = current_app.extensions.setdefault("rendered rationales", {})
    found = cache.get(version)
    if found is None:
        found = RenderedRationale(
            rationales=tuple(render_inline(option.rationale) for option in question.options),
            prompt_rationales=tuple(render_inline(prompt.rationale) for prompt in question.prompts),
            answer_rationale=render_inline(question.answer.rationale) if question.answer else Markup(),
            takeaway=render_inline(question.takeaway),
        )
        _keep(cache, version, found)
    return found


def case_labels(slots: Sequence[Slot], questions: Mapping[str, Question]) -> dict[int, str]:
    """Return what stands above the shared text of a case study, by slot: "Case study, question 1 of 3".

    A question that stands alone in the form has no numbers.
    """
    sets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for slot in slots:
        question = questions[slot.version]
        if question.stimulus_id is not None:
            sets[question.stimulus_id, question.stimulus].append(slot.number)
    return {
        number: f"{CASE_STUDY}, question {place} of {len(numbers)}" if len(numbers) > 1 else CASE_STUDY
        for numbers in sets.values()
        for place, number in enumerate(numbers, start=1)
    }


def slot_view(slot: Slot, question: Question, case: str = "") -> SlotView:
    """Return one slot for a plain page; `case` stands above its case study, if it has one."""
    parts = rendered(slot.version, question)
    options = tuple(parts.options[number] for number in slot.option_order)
    choices = tuple(parts.choices[number] for number in slot.option_order)
    return _view(parts, slot.number, case, options, choices)


def _view(
    parts: RenderedQuestion, number: int | str, case: str, options: tuple[Markup, ...], choices: tuple[Markup, ...]
) -> SlotView:
    return SlotView(
        number=number,
        type=parts.type,
        case=case,
        stimulus_html=parts.stimulus_html,
        scenario_html=parts.scenario_html,
        prompt_html=parts.prompt_html,
        options=options,
        choices=choices,
        prompts=parts.prompts,
        unit=parts.unit,
        choose=parts.choose,
    )


def room_section(slot: Slot, question: Question, size: int, *, case: str = "", strike_out: bool = False) -> Markup:
    """Return one slot's section of the room, with its number and its options put where their marks are."""
    parts = rendered(slot.version, question)
    values = {_NUMBER: str(slot.number), _SIZE: str(size), _CASE: case}
    values.update(zip(_OPTIONS, (parts.options[number] for number in slot.option_order), strict=False))
    values.update(zip(_CHOICES, (parts.choices[number] for number in slot.option_order), strict=False))
    pieces = _marked_section(slot.version, parts, strike_out)
    return Markup("".join([values.get(piece, piece) for piece in pieces]))  # noqa: S704 - rendered by Jinja


def _marked_section(version: str, parts: RenderedQuestion, strike_out: bool) -> list[str]:
    """Return a section's markup in pieces, every mark a piece of its own."""
    cache: dict[tuple[str, bool], list[str]] = current_app.extensions.setdefault("rendered sections", {})
    found = cache.get((version, strike_out))
    if found is None:
        count = len(parts.options)
        options = tuple(Markup(mark) for mark in _OPTIONS[:count])  # noqa: S704
        choices = tuple(Markup(mark) for mark in _CHOICES[:count])  # noqa: S704
        view = _view(parts, _NUMBER, _CASE, options, choices)
        html = render_template("candidate/room_question.html", slot=view, size=_SIZE, strike_out=strike_out)
        found = _AT_MARKS.split(html)
        _keep(cache, (version, strike_out), found)
    return found


def _keep(cache: dict[K, V], key: K, value: V) -> None:
    if len(cache) >= MOST_RENDERED:
        cache.clear()
    cache[key] = value
