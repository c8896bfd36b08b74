"""Bringing a database to the schema that this version of the simulator needs."""

import re

from sqlalchemy import Engine, inspect, text

from simulator.exam.errors import SimulatorError
from simulator.paths import migrations
from simulator.store.engine import WRITES, unavailable_as_such


class SchemaOutdated(SimulatorError):
    """The database's schema is not the one that this version needs."""


def head() -> str:
    """Return the newest revision that ships, the first part of its file's name (`0001_initial.py`)."""
    names = [path.name for path in (migrations() / "versions").glob("[0-9]*_*.py")]
    return max(re.match(r"\d+", name)[0] for name in names)  # type: ignore[index]


def current(engine: Engine) -> str | None:
    """Return the revision the database is at, or None for an empty one."""
    with unavailable_as_such(), engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return revision


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest revision; an up-to-date one costs one query."""
    revision = current(engine)
    if revision == head():
        return
    if revision is not None and revision > head():
        raise SchemaOutdated(f"the database is at revision {revision}, newer than this simulator's {head()}: update it")
    # Alembic takes a while to load, and most starts don't need it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    with unavailable_as_such(), engine.execution_options(**{WRITES: True}).connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def check(engine: Engine) -> None:
    """Raise SchemaOutdated, with what to do, unless the database is at the newest revision."""
    revision = current(engine)
    if revision != head():
        raise SchemaOutdated(
            f"the database is at revision {revision or 'none'}, this simulator needs {head()}: "
            "run `simulator db upgrade`"
        )
