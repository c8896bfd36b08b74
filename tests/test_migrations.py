"""Migrations lead to exactly the tables that the code describes, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text
from sqlmodel import SQLModel

from simulator.exam.errors import StoreUnavailable
from simulator.paths import migrations
from simulator.store import tables  # noqa: F401 - registers the tables
from simulator.store.engine import WRITES, open_engine
from simulator.store.schema import SchemaOutdated, check, current, head, upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it."""
    url = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("new_postgres_database")().replace("postgresql://", "postgresql+psycopg://")
    engine = open_engine(url, connections=1)
    yield engine
    engine.dispose()


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations()))
    return config


def table_names(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def test_upgrading_an_empty_database_gives_exactly_the_tables_of_the_code(empty):
    upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    assert table_names(empty) == set(SQLModel.metadata.tables) | {"alembic_version"}


def test_partial_indexes_are_there(empty):
    upgrade(empty)
    with empty.connect() as connection:
        indexes = {index["name"]: index for index in inspect(connection).get_indexes("attempt")}
    assert indexes["uq_attempt_open"]["unique"]
    where = indexes["uq_attempt_open"]["dialect_options"][f"{empty.dialect.name}_where"]
    assert "state" in str(where)


def test_head_is_what_alembic_says_it_is():
    assert [head()] == ScriptDirectory.from_config(alembic_config()).get_heads()


def test_a_second_upgrade_changes_nothing_and_costs_one_look(empty):
    upgrade(empty)
    seen: list[str] = []
    event.listen(empty, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
    upgrade(empty)
    assert len(seen) <= 4
    assert not any(word in statement for statement in seen for word in ("CREATE", "ALTER", "INSERT", "UPDATE"))


def test_every_migration_can_be_undone(empty):
    upgrade(empty)
    config = alembic_config()
    with empty.execution_options(**{WRITES: True}).connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        connection.commit()
    assert table_names(empty) == {"alembic_version"}
    upgrade(empty)
    assert current(empty) == head()


def test_an_empty_database_is_outdated_until_it_is_upgraded(empty):
    assert current(empty) is None
    with pytest.raises(SchemaOutdated, match=r"revision none.*simulator db upgrade"):
        check(empty)
    upgrade(empty)
    check(empty)


def test_a_database_from_the_future_is_left_alone(empty):
    upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for act in (upgrade, check):
        with pytest.raises(SchemaOutdated, match="9999"):
            act(empty)


def test_a_database_that_is_away_is_unavailable(tmp_path):
    engine = open_engine(f"postgresql+psycopg://postgres:@/x?host={tmp_path}")
    with pytest.raises(StoreUnavailable):
        upgrade(engine)
