"""The Flask application: wiring, and nothing that touches a file, a database or the network at import."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from simulator import __version__, paths
from simulator.config import Settings, prepare_data_directory, secret_key
from simulator.store.catalogue import Catalogue
from simulator.store.engine import open_engine
from simulator.store.writer import open_writer
from simulator.web import (
    compare,
    filters,
    identity,
    my_data,
    pages,
    plain,
    practice,
    question_reports,
    quick_check,
    readiness,
    real_results,
    reports,
    reviews,
    sitting,
)
from simulator.web.errors import handle_errors
from simulator.web.security import protect
from simulator.web.services import EXTENSION, Services


def utc_now() -> datetime:
    """Return the current time, aware, in UTC."""
    return datetime.now(UTC)


def create_app(settings: Settings | None = None, *, clock: Callable[[], datetime] = utc_now) -> Flask:
    """Return the application for these settings; its database must be at the newest schema."""
    settings = settings or Settings()
    prepare_data_directory(settings)
    app = Flask("simulator", template_folder=str(paths.templates()), static_folder=str(paths.static()))
    app.secret_key = secret_key(settings)
    engine = open_engine(settings.database, connections=settings.threads)
    app.extensions[EXTENSION] = Services(engine, open_writer(engine), Catalogue(), clock)
    protect(app)
    handle_errors(app)
    filters.register_filters(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in (
        pages.bp,
        sitting.bp,
        plain.bp,
        reports.bp,
        identity.bp,
        practice.bp,
        quick_check.bp,
        readiness.bp,
        compare.bp,
        reviews.bp,
        question_reports.bp,
        real_results.bp,
        my_data.bp,
    ):
        app.register_blueprint(blueprint)

    @app.context_processor
    def _common() -> dict[str, Any]:
        return {"version": __version__, "now": clock()}

    return app
