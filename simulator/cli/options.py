"""What the commands share: options, settings from flags, errors in one sentence, JSON on stdout."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from simulator.config import BadSettings, Settings
from simulator.exam.errors import SimulatorError
from simulator.paths import PathMissing
from simulator.server import AddressInUse

F = TypeVar("F", bound=Callable[..., Any])

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def database_options(command: F) -> F:
    """Add the options that say where the database is."""
    data_dir = click.option(
        "--data-dir", type=click.Path(path_type=Path), help="Where the database lives. [env: SIMULATOR_DATA_DIR]"
    )
    url = click.option(
        "--database-url", help="postgresql://... instead of the embedded database. [env: SIMULATOR_DATABASE_URL]"
    )
    return data_dir(url(command))


class Failure(click.ClickException):
    """What went wrong, for a person: one sentence on stderr, exit status 1."""

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        """Print the message."""
        click.echo(f"Error: {self.message}", err=True)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn every error the simulator raises on purpose into a Failure."""
    try:
        yield
    except (AddressInUse, BadSettings, SimulatorError, PathMissing) as error:
        raise Failure(str(error)) from error


def settings_from(**flags: Any) -> Settings:
    """Return the settings, with the flags that were given before the environment."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "SIMULATOR_" + "_".join(str(part) for part in first["loc"]).upper()
        raise Failure(f"{name}: {first['msg']}") from error


def print_json(document: Any) -> None:
    """Print one JSON document."""
    click.echo(json_text(document))


def json_text(document: Any) -> str:
    """Return one JSON document as people read it."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=str)
