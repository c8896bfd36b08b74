"""Errors to answers: the one place that knows which error is which status, page or JSON."""

import logging

from flask import Flask, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError
from werkzeug.wrappers import Response

from simulator.exam.errors import (
    AnswerTooLate,
    AttemptClosed,
    AttemptNotClosed,
    BankTooSmall,
    InvalidResponse,
    InvalidResult,
    NotFound,
    NothingToPractise,
    QuestionHeld,
    StaleEpoch,
    StoreUnavailable,
    TooManyReports,
)

RETRY_AFTER_SECONDS = 2
# What the room's scripts call; they get JSON, whatever goes wrong.
JSON_ENDPOINTS = frozenset(("sitting.hold", "sitting.save", "sitting.state"))

log = logging.getLogger(__name__)

TITLES = {
    400: ("This request can't be understood", "Go back and try again."),
    404: ("There is nothing here", "Check the address, or start from the list of exams."),
    405: ("This address does not do that", "Go back and use the page's buttons."),
    409: ("This can't be done now", "Go back to the exam's page."),
    413: ("That is too much at once", "Send less: a request may have up to 64 KiB."),
    429: ("That is enough for one day", "Go on tomorrow. What you have sent until now is stored."),
    500: ("Something went wrong here", "Try again. What you have saved is safe."),
    503: ("The database is busy or away", "Wait a moment and try again. Nothing that was saved is lost."),
}


def handle_errors(app: Flask) -> None:
    """Register the answers to all errors."""
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(NotFound, lambda error: _answer(404, "not_found", str(error), speak=False))
    app.register_error_handler(InvalidResponse, lambda error: _answer(400, "invalid", str(error)))
    app.register_error_handler(BankTooSmall, lambda error: _answer(409, "bank_too_small", str(error)))
    app.register_error_handler(NothingToPractise, lambda error: _answer(409, "nothing_to_practise", str(error)))
    app.register_error_handler(QuestionHeld, lambda error: _answer(409, "held", str(error)))
    app.register_error_handler(InvalidResult, lambda error: _answer(400, "invalid", str(error)))
    app.register_error_handler(TooManyReports, lambda error: _answer(429, "too_many", str(error)))
    app.register_error_handler(AnswerTooLate, _too_late)
    app.register_error_handler(StaleEpoch, lambda error: _answer(409, "stale", str(error)))
    app.register_error_handler(AttemptClosed, _closed)
    app.register_error_handler(AttemptNotClosed, _not_closed)
    app.register_error_handler(StoreUnavailable, _unavailable)
    app.register_error_handler(Exception, _unexpected)


def _answer(status: int, code: str, message: str, *, speak: bool = True, **more: str) -> ResponseReturnValue:
    message = message if speak else ""
    if request.endpoint in JSON_ENDPOINTS:
        return jsonify(error=code, message=message, **more), status
    title, advice = TITLES.get(status, TITLES[400 if status < 500 else 500])
    page = render_template(
        "error.html",
        status=status,
        title=title,
        message=message,
        what_to_do=advice,
        retry_url=request.full_path if status == 503 and request.method == "GET" else None,
    )
    return page, status


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        # Raised before there is anything to build a page with: the request's host is not ours.
        return Response(f"{error.description}\n", status=400, mimetype="text/plain")
    if error.code is None or error.code < 400:
        return error
    # Werkzeug's own words are for developers; ours, given to abort(), are for people.
    own_words = error.description if error.description != type(error).description else ""
    code = {404: "not_found", 413: "too_large"}.get(error.code, "invalid")
    response = make_response(_answer(error.code, code, own_words or "", speak=bool(own_words)))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(error.valid_methods)
    return response


def _closed(error: AttemptClosed) -> ResponseReturnValue:
    attempt_id = (request.view_args or {})["attempt_id"]
    report_url = url_for("reports.report", attempt_id=attempt_id)
    if request.endpoint in JSON_ENDPOINTS:
        return _answer(409, "closed", str(error), report_url=report_url)
    return redirect(report_url, code=303)


def _too_late(error: AnswerTooLate) -> ResponseReturnValue:
    if request.endpoint in JSON_ENDPOINTS:
        return _answer(409, "late", str(error))
    return redirect(url_for("reports.report", attempt_id=(request.view_args or {})["attempt_id"]), code=303)


def _not_closed(error: AttemptNotClosed) -> ResponseReturnValue:  # noqa: ARG001
    attempt_id = (request.view_args or {})["attempt_id"]
    return redirect(url_for("sitting.room", attempt_id=attempt_id), code=303)


def _unavailable(error: StoreUnavailable) -> ResponseReturnValue:
    log.warning("store unavailable: %s", error.__cause__)
    response = make_response(_answer(503, "unavailable", ""))
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.error("unexpected error at %s", request.endpoint, exc_info=error)
    return _answer(500, "internal", "")


def _csrf(error: CSRFError) -> ResponseReturnValue:
    """Let the candidate go on: with a fresh token for scripts, with the same form again for people."""
    if request.endpoint in JSON_ENDPOINTS:
        return jsonify(error="csrf", message=error.description, csrf_token=generate_csrf()), 400
    if _from_elsewhere():
        return _answer(400, "csrf", "This form was sent from another site.")
    fields = [(name, value) for name, values in request.form.lists() for value in values if name != "csrf_token"]
    return render_template("csrf.html", fields=fields, action=request.path), 400


def _from_elsewhere() -> bool:
    origin = request.headers.get("Origin")
    return origin is not None and origin != request.host_url.rstrip("/")
