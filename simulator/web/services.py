"""What the views of one application work with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app
from sqlalchemy import Engine

from simulator.store.catalogue import Catalogue
from simulator.store.writer import Writer

EXTENSION = "simulator"


@dataclass(frozen=True, slots=True)
class Services:
    """The database, who commits to it, what is kept in memory, and the clock (aware UTC)."""

    engine: Engine
    writer: Writer
    catalogue: Catalogue
    clock: Callable[[], datetime]


def services() -> Services:
    """Return the current application's services."""
    return cast(Services, current_app.extensions[EXTENSION])


def now() -> datetime:
    """Return the current time by the application's clock."""
    return services().clock()


def catalogue() -> Catalogue:
    """Return what the application keeps in memory of the bank."""
    return services().catalogue
