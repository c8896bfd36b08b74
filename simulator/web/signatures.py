"""Signatures that were verified once need not be verified again: a browser sends the same ones with every save.

Both kinds, the session's cookie and the CSRF token, depend only on what is compared here in full, so the answer
cannot change; checking them anew was half of what saving an answer cost.
"""

from typing import Any

from flask import Flask, Request, Response, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf import CSRFProtect

# A memory that is full starts over.
MOST_REMEMBERED = 10_000


class RememberingSessions(SecureCookieSessionInterface):
    """Flask's signed cookies, each verified once."""

    def __init__(self) -> None:
        self._verified: dict[str, dict[str, Any]] = {}

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session in the request's cookie; an empty one for a cookie that is not ours."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        known = self._verified.get(cookie)
        if known is not None:
            return self.session_class(known)
        opened = super().open_session(app, request)
        if opened:
            if len(self._verified) >= MOST_REMEMBERED:
                self._verified.clear()
            self._verified[cookie] = dict(opened)
        return opened

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send a cookie if the session has changed."""
        if session.modified:
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers.add("Vary", "Cookie")


class RememberingCsrf(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's protection; a token that a script sends with every save is verified once for its session."""

    def __init__(self, app: Flask, script_endpoints: frozenset[str]) -> None:
        self._script_endpoints = script_endpoints
        self._verified: set[tuple[str, str]] = set()
        super().__init__(app)

    def protect(self, apply_exemptions: bool = False) -> None:
        """Raise CSRFError unless the request carries a valid token or needs none."""
        token = request.headers.get("X-CSRFToken")
        if token is None or request.endpoint not in self._script_endpoints or request.is_secure:
            super().protect(apply_exemptions)
            return
        pair = (session.get("csrf_token", ""), token)
        if pair not in self._verified:
            super().protect(apply_exemptions)
            if not g.get("csrf_valid"):
                return
            if len(self._verified) >= MOST_REMEMBERED:
                self._verified.clear()
            self._verified.add(pair)
