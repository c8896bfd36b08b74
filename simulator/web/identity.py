"""Who is asking. Without accounts a candidate is whoever holds the browser's signed cookie."""

import secrets
from typing import cast

from flask import Blueprint, abort, current_app, redirect, render_template, session, url_for
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from simulator.exam.errors import NotFound

bp = Blueprint("identity", __name__)

COOKIE_FIELD = "candidate"
MOVE_VALID_MINUTES = 15


def find_candidate() -> str | None:
    """Return the id of the candidate who is asking, if this browser has been one."""
    return cast(str | None, session.get(COOKIE_FIELD))


def get_candidate() -> str:
    """Return the id of the candidate who is asking; a browser without one can own nothing, so NotFound."""
    candidate_id = find_candidate()
    if candidate_id is None:
        raise NotFound("candidate", "this browser")
    return candidate_id


def new_id() -> str:
    """Return a fresh unguessable id of 128 bits."""
    return secrets.token_urlsafe(16)


def become_candidate() -> str:
    """Return the id of the candidate who is asking, making one for a new browser; whoever writes admits them."""
    candidate_id = find_candidate() or new_id()
    _remember(candidate_id)
    return candidate_id


def _remember(candidate_id: str) -> None:
    session[COOKIE_FIELD] = candidate_id
    session.permanent = True


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(cast(str, current_app.secret_key), salt="move-to-another-browser")


@bp.get("/move")
def move() -> str:
    """Show a link with which another browser goes on as this candidate."""
    candidate_id = find_candidate()
    link = None
    if candidate_id is not None:
        link = url_for("identity.join", token=_serializer().dumps(candidate_id), _external=True)
    return render_template("candidate/move.html", link=link, valid_minutes=MOVE_VALID_MINUTES)


class JoinForm(FlaskForm):  # type: ignore[misc]
    """Only the CSRF token: a link must not change who somebody is before they confirm it."""


@bp.route("/join/<token>", methods=["GET", "POST"])
def join(token: str) -> str | Response:
    """Go on in this browser as the candidate who made the link."""
    try:
        candidate_id = cast(str, _serializer().loads(token, max_age=MOVE_VALID_MINUTES * 60))
    except BadSignature:
        abort(404, "This link is not valid, or no longer. Make a new one in the browser where you started.")
    form = JoinForm()
    if form.validate_on_submit():
        _remember(candidate_id)
        return redirect(url_for("reports.history"), code=303)
    return render_template("candidate/join.html", form=form, token=token)
