"""Headers and limits that hold for every answer."""

import hashlib
from typing import Any

from flask import Flask, Response, abort, request

from simulator.web.errors import JSON_ENDPOINTS
from simulator.web.signatures import RememberingCsrf, RememberingSessions

# No inline script or style, and nothing from anywhere else.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
LARGEST_BODY_BYTES = 64 * 1024
# A browser on this machine asks for one of these. Anything else is a web page elsewhere whose name was made to
# point here (DNS rebinding).
LOCAL_HOSTS = ["127.0.0.1", "localhost"]

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def protect(app: Flask) -> None:
    """Set the headers, the limits, the cookies' flags, and the check of CSRF tokens."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY_BYTES,
        TRUSTED_HOSTS=LOCAL_HOSTS,
        # Browsers keep cookies by host, not by port: two installations on one machine must not share a name.
        SESSION_COOKIE_NAME=f"exam_simulator_{_fingerprint(app.secret_key)}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # The cookie lasts a year from when it was made; signing it anew with every save would be a third of its cost.
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=365 * 24 * 3600,
        # A page may stay open for a whole exam and longer; the token dies with the session's secret.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.session_interface = RememberingSessions()
    RememberingCsrf(app, JSON_ENDPOINTS)
    app.url_value_preprocessor(_refuse_nul)
    app.after_request(_set_headers)


def _fingerprint(secret: str | bytes | None) -> str:
    text = secret.encode() if isinstance(secret, str) else secret or b""
    return hashlib.sha256(b"cookie name" + text).hexdigest()[:8]


def _refuse_nul(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001 - Flask's signature
    """Answer 404 where an id holds a NUL, which no id does and PostgreSQL takes in no text."""
    if values and any("\0" in value for value in values.values() if isinstance(value, str)):
        abort(404)


def _set_headers(response: Response) -> Response:
    response.headers.extend(_HEADERS)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
