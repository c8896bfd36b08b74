"""A form: the drawn, ordered questions of one attempt."""

from dataclasses import dataclass
from typing import Any

from simulator.exam.question import content_hash


@dataclass(frozen=True, slots=True)
class Slot:
    """One position of a form; `option_order[i]` is the author's number of the option shown at place i."""

    number: int
    question_id: str
    version: str
    domain: str
    scored: bool
    option_order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The slots in order, numbered from 1, and the seed they were drawn with."""

    seed: int
    slots: tuple[Slot, ...]


def to_document(form: Form) -> dict[str, Any]:
    """Return the form as plain JSON values; a slot is a list, because an attempt keeps dozens of them."""
    return {
        "seed": form.seed,
        "slots": [
            [slot.question_id, slot.version, slot.domain, slot.scored, list(slot.option_order)] for slot in form.slots
        ],
    }


def from_document(document: dict[str, Any]) -> Form:
    """Return the form that `to_document` made this document of."""
    slots = tuple(
        Slot(number, question_id, version, domain, scored, tuple(option_order))
        for number, (question_id, version, domain, scored, option_order) in enumerate(document["slots"], start=1)
    )
    return Form(document["seed"], slots)


def form_hash(form: Form) -> str:
    """Return what identifies exactly this form: the same questions, versions and orders give the same hash."""
    return content_hash(to_document(form))
