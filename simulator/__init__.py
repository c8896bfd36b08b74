"""A self-hosted certification exam simulator."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.app import create_app

__all__ = ["__version__", "create_app"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    # Imported on demand, so that the command line answers `--help` without loading the web stack.
    if name == "create_app":
        from simulator.app import create_app

        return create_app
    raise AttributeError(name)
