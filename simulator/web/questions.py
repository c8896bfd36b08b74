"""Questions as HTML, rendered once a version: for the room without keys and rationales, for the report with them."""

import re
from dataclasses import dataclass
from typing import TypeVar

from flask import current_app, render_template
from markupsafe import Markup

from simulator.exam.form import Slot
from simulator.exam.question import Question
from simulator.web.markdown import MARKS, render, render_inline

K = TypeVar("K")
V = TypeVar("V")

# A cache that is full starts over.
MOST_RENDERED = 5_000

# A section of the room is the same for all candidates but for its number and the order of its options. These
# characters stand for them in the rendered section; `markdown.render` removes them from what authors write.
_NUMBER, _SIZE, *_OPTIONS = MARKS
_AT_MARKS = re.compile(f"([{MARKS[0]}-{MARKS[-1]}])")


@dataclass(frozen=True, slots=True)
class RenderedQuestion:
    """The parts of a question that a candidate may see before the report, in the author's order of options."""

    type: str
    stimulus_html: Markup
    scenario_html: Markup
    prompt_html: Markup
    options: tuple[Markup, ...]
    choose: int


@dataclass(frozen=True, slots=True)
class SlotView:
    """One slot of a form as the candidate sees it, with the options in the order drawn for the attempt."""

    number: int | str
    type: str
    stimulus_html: Markup
    scenario_html: Markup
    prompt_html: Markup
    options: tuple[Markup, ...]
    choose: int


def rendered(version: str, question: Question) -> RenderedQuestion:
    """Return the rendered parts of a question, from memory if it was shown before."""
    cache: dict[str, RenderedQuestion] = current_app.extensions.setdefault("rendered questions", {})
    found = cache.get(version)
    if found is None:
        found = RenderedQuestion(
            type=question.type,
            stimulus_html=render(question.stimulus) if question.stimulus else Markup(),
            scenario_html=render(question.scenario),
            prompt_html=render(question.prompt),
            options=tuple(render_inline(option.text) for option in question.options),
            choose=len(question.key),
        )
        _keep(cache, version, found)
    return found


@dataclass(frozen=True, slots=True)
class RenderedRationale:
    """The parts of a question that only a report may show, in the author's order of options."""

    rationales: tuple[Markup, ...]
    takeaway: Markup


def rendered_rationale(version: str, question: Question) -> RenderedRationale:
    """Return the rendered explanations of a question, from memory if they were shown before."""
    cache: dict[str, RenderedRationale] = current_app.extensions.setdefault("rendered rationales", {})
    found = cache.get(version)
    if found is None:
        found = RenderedRationale(
            rationales=tuple(render_inline(option.rationale) for option in question.options),
            takeaway=render_inline(question.takeaway),
        )
        _keep(cache, version, found)
    return found


def slot_view(slot: Slot, question: Question) -> SlotView:
    """Return one slot for the plain page."""
    parts = rendered(slot.version, question)
    return _view(parts, slot.number, tuple(parts.options[number] for number in slot.option_order))


def _view(parts: RenderedQuestion, number: int | str, options: tuple[Markup, ...]) -> SlotView:
    return SlotView(
        number=number,
        type=parts.type,
        stimulus_html=parts.stimulus_html,
        scenario_html=parts.scenario_html,
        prompt_html=parts.prompt_html,
        options=options,
        choose=parts.choose,
    )


def room_section(slot: Slot, question: Question, size: int, *, strike_out: bool) -> Markup:
    """Return one slot's section of the room, with its number and its options put where their marks are."""
    parts = rendered(slot.version, question)
    values = {_NUMBER: str(slot.number), _SIZE: str(size)}
    values.update(zip(_OPTIONS, (parts.options[number] for number in slot.option_order), strict=False))
    pieces = _marked_section(slot.version, parts, strike_out)
    return Markup("".join([values.get(piece, piece) for piece in pieces]))  # noqa: S704 - rendered by Jinja


def _marked_section(version: str, parts: RenderedQuestion, strike_out: bool) -> list[str]:
    """Return a section's markup in pieces, every mark a piece of its own."""
    cache: dict[tuple[str, bool], list[str]] = current_app.extensions.setdefault("rendered sections", {})
    found = cache.get((version, strike_out))
    if found is None:
        marks = tuple(Markup(mark) for mark in _OPTIONS[: len(parts.options)])  # noqa: S704
        html = render_template(
            "candidate/room_question.html", slot=_view(parts, _NUMBER, marks), size=_SIZE, strike_out=strike_out
        )
        found = _AT_MARKS.split(html)
        _keep(cache, (version, strike_out), found)
    return found


def _keep(cache: dict[K, V], key: K, value: V) -> None:
    if len(cache) >= MOST_RENDERED:
        cache.clear()
    cache[key] = value
