"""Your data: what is kept about a candidate, to take away or to delete."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from io import StringIO
from typing import Any

from flask import Blueprint, Response, redirect, render_template, session, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from simulator.exam.errors import NotFound
from simulator.operations.my_data import Part, delete_candidate, export_candidate, find_kept, list_missed
from simulator.store.queries.my_data import ResponseLine, stream_responses
from simulator.web.anki import package_decks
from simulator.web.forms.my_data import DeleteForm
from simulator.web.identity import find_candidate, get_candidate
from simulator.web.services import catalogue, now
from simulator.web.unit_of_work import reading, write

bp = Blueprint("my_data", __name__)

# What makes a spreadsheet take a cell for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ROWS_AT_ONCE = 500


@bp.get("/me")
def home() -> str:
    """Show what is kept, and what can be done with it."""
    candidate_id, known = find_candidate(), catalogue()
    kept, missed = None, 0
    if candidate_id is not None:
        with reading() as store:
            kept = find_kept(store, actor=candidate_id)
            missed = sum(len(deck.questions) for deck in list_missed(store, known, actor=candidate_id))
    return render_template("my_data/home.html", kept=kept, missed=missed)


@bp.get("/me/export.json")
def export_json() -> ResponseReturnValue:
    """Send one JSON document with everything, piece by piece."""
    candidate_id, moment = _kept_candidate(), now()

    def pieces() -> Iterator[str]:
        with reading() as store:
            yield from _json_pieces(export_candidate(store, actor=candidate_id, now=moment))

    return _download(pieces(), "application/json", "json")


def _json_pieces(parts: Iterable[Part]) -> Iterator[str]:
    """Give a JSON object with these members; members that are given one by one are lists of them."""
    separator = "{\n"
    for name, value in parts:
        yield f"{separator}{json.dumps(name)}: "
        separator = ",\n"
        if isinstance(value, Iterator):
            yield from _json_list(value)
        else:
            yield json.dumps(value, ensure_ascii=False)
    yield "\n}\n"


def _json_list(items: Iterator[dict[str, Any]]) -> Iterator[str]:
    separator = "[\n"
    for item in items:
        yield separator + json.dumps(item, ensure_ascii=False)
        separator = ",\n"
    yield "[]" if separator == "[\n" else "\n]"


@bp.get("/me/responses.csv")
def export_csv() -> ResponseReturnValue:
    """Send all graded responses as one table, piece by piece."""
    candidate_id = _kept_candidate()

    def pieces() -> Iterator[str]:
        with reading() as store:
            yield from _csv_pieces(stream_responses(store, actor=candidate_id))

    return _download(pieces(), "text/csv", "csv")


def _csv_pieces(lines: Iterable[ResponseLine]) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer)
    writer.writerow(field.name for field in fields(ResponseLine))
    for number, line in enumerate(lines):
        if number % ROWS_AT_ONCE == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
        writer.writerow(_cell(value) for value in asdict(line).values())
    yield buffer.getvalue()


def _cell(value: Any) -> Any:
    """Return what a spreadsheet shows as it is: times in ISO 8601, and no text that it would run as a formula."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


@bp.get("/me/missed.apkg")
def export_anki() -> ResponseReturnValue:
    """Send the missed questions as an Anki package."""
    candidate_id, moment = _kept_candidate(), now()
    with reading() as store:
        decks = list_missed(store, catalogue(), actor=candidate_id)
    if not decks:
        raise NotFound("missed question of", candidate_id)
    return _download(iter((package_decks(decks, now=moment),)), "application/octet-stream", "apkg")


def _kept_candidate() -> str:
    """Return the candidate who is asking, if anything is kept about them; a download must not begin in vain."""
    candidate_id = get_candidate()
    with reading() as store:
        if find_kept(store, actor=candidate_id) is None:
            raise NotFound("candidate", candidate_id)
    return candidate_id


def _download(pieces: Iterator[str] | Iterator[bytes], mimetype: str, suffix: str) -> Response:
    name = f"exam-simulator-{now():%Y-%m-%d}.{suffix}"
    response = Response(stream_with_context(pieces), mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.route("/me/delete", methods=["GET", "POST"])
def delete() -> ResponseReturnValue:
    """Delete everything, after a confirmation that nobody gives by accident."""
    candidate_id = find_candidate()
    form = DeleteForm()
    if candidate_id is not None and form.validate_on_submit():
        actor = candidate_id
        write(lambda store: delete_candidate(store, actor=actor))
        session.clear()
        return redirect(url_for("my_data.deleted"), code=303)
    kept = None
    if candidate_id is not None:
        with reading() as store:
            kept = find_kept(store, actor=candidate_id)
    return render_template("my_data/delete.html", kept=kept, form=form), 400 if form.errors else 200


@bp.get("/me/deleted")
def deleted() -> ResponseReturnValue:
    """Say that it is done, and let this browser forget its own copies; never those of somebody who has come since."""
    if find_candidate() is not None:
        return redirect(url_for("my_data.home"), code=303)
    return render_template("my_data/deleted.html")
