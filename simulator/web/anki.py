"""Missed questions as an Anki package: one deck a certification, one note a question."""

import hashlib
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

from flask import render_template

from simulator.exam.question import Option, Question
from simulator.exam.question_types.options import LETTERS
from simulator.operations.my_data import MissedDeck
from simulator.web.markdown import render, render_inline
from simulator.web.reviewed_view import accepted_words

if TYPE_CHECKING:
    from genanki import Deck, Model, Package

DECKS = "Exam Simulator"
FIELDS = ("Question", "Options", "Answer", "Id")
FRONT = "{{Question}}{{Options}}"
BACK = '{{Question}}<hr id="answer">{{Answer}}'
# Anki puts .nightMode (and .night_mode on phones) on the card in dark mode.
CSS = """
.card { max-width: 44em; margin: 0 auto; padding: 1em; font: 18px/1.5 system-ui, sans-serif; }
.card { color: #14181f; background: #fff; }
.prompt { font-weight: 600; }
.options { padding-left: 0; list-style: none; }
.option { margin: .5em 0; padding: .5em .8em; border: 1px solid #c5ccd6; border-radius: 8px; }
.option--key { border: 2px solid #126b3b; }
.mark { font-weight: 700; color: #126b3b; }
.rationale, .source { font-size: .9em; color: #565f6d; }
.option p { display: inline; }
pre { overflow-x: auto; }
table { border-collapse: collapse; }
td, th { padding: .2em .6em; border: 1px solid #c5ccd6; text-align: left; }
.nightMode.card, .night_mode.card, .nightMode .card, .night_mode .card { color: #e8ebf0; background: #161a20; }
.nightMode .option, .night_mode .option, .nightMode td, .nightMode th { border-color: #4a5462; }
.nightMode .option--key, .night_mode .option--key { border-color: #62d196; }
.nightMode .mark, .night_mode .mark { color: #62d196; }
.nightMode .rationale, .nightMode .source, .night_mode .rationale, .night_mode .source { color: #a3adba; }
.nightMode a, .night_mode a { color: #8fb3ff; }
"""


def package_decks(decks: Iterable[MissedDeck], *, now: datetime) -> bytes:
    """Return an .apkg file; the same question has the same ids in every one, so that importing again updates it."""
    # A fifth of a second, which only those who want a deck should wait for.
    import genanki

    model = genanki.Model(
        _number("model"),
        f"{DECKS}: question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
        css=CSS,
    )
    package = genanki.Package([_deck(model, deck) for deck in decks])
    return _written(package, now)


def _deck(model: "Model", missed: MissedDeck) -> "Deck":
    import genanki

    # "::" would make a deck inside a deck.
    deck = genanki.Deck(_number("deck", missed.certification_id), f"{DECKS}::{missed.title.replace('::', ': ')}")
    for question_id, question in missed.questions.items():
        deck.add_note(
            genanki.Note(
                model=model,
                guid=genanki.guid_for(DECKS, question_id),
                fields=[*_sides(question), question_id],
                sort_field=question_id,
                tags=[_tag(name) for name in (missed.certification_id, question.domain, *question.skills)],
            )
        )
    return deck


def _sides(question: Question) -> list[str]:
    """Return question, options and answer as HTML, sanitised as on the pages; the fields of Anki are all HTML."""
    options = [
        {
            "letter": LETTERS[number],
            "text": render_inline(option.text),
            "rationale": render_inline(option.rationale),
            "key": "Key" if option.correct else f"Place {option.place}" if option.place else "",
        }
        for number, option in enumerate(_on_card(question))
    ]
    prompts = [
        {
            "text": render_inline(prompt.text),
            "letter": LETTERS[prompt.option],
            "rationale": render_inline(prompt.rationale),
        }
        for prompt in question.prompts
    ]
    html = {
        "stimulus": render(question.stimulus),
        "scenario": render(question.scenario),
        "prompt": render(question.prompt),
        "takeaway": render_inline(question.takeaway),
    }
    return [
        _inert(
            render_template(
                f"my_data/anki/{part}.html",
                **html,
                options=options,
                prompts=prompts,
                answer=_typed(question),
                references=question.references,
            )
        )
        for part in ("question", "options", "answer")
    ]


def _on_card(question: Question) -> list[Option]:
    """Return the options as they stand on the card; the author's order of an ordering could be its key."""
    if question.type != "ordering":
        return list(question.options)
    return sorted(question.options, key=lambda option: hashlib.sha256(option.text.encode()).digest())


def _typed(question: Question) -> dict[str, str] | None:
    """Return the answer to be typed and why it is right; None for questions with options."""
    if question.answer is None:
        return None
    words = ", or ".join(accepted_words(question))
    return {"text": words, "rationale": render_inline(question.answer.rationale)}


def _inert(html: str) -> str:
    """Return the HTML without what Anki itself reads in it: the mark between fields, and [sound:...] and [latex]."""
    return html.replace("\x1f", "").replace("[", "&#91;")


def _tag(name: str) -> str:
    return "".join("-" if character.isspace() else character for character in name)


def _number(*names: str) -> int:
    """Return a number that is always the same for a name, in the range in which Anki has its own."""
    digest = hashlib.sha256("\0".join((DECKS, *names)).encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def _written(package: "Package", now: datetime) -> bytes:
    """Return the package's bytes. Its own way to write leaves a file behind in the temporary folder each time."""
    timestamp = now.timestamp()
    with closing(sqlite3.connect(":memory:")) as collection:
        package.write_to_db(collection.cursor(), timestamp, count(int(timestamp * 1000)))
        collection.commit()
        database = collection.serialize()
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", database)
        archive.writestr("media", "{}")
    return content.getvalue()
