"""The production server: granian, one process with a thread for each request under way.

One process, because on SQLite one writer serves all requests best (see docs/decisions). The command line prepares
the database and then becomes the launcher: a fresh interpreter that holds nothing but the server, which starts
the worker that holds the application. What the two need to know goes through the environment.
"""

import logging
import os
import socket
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from simulator.config import Settings

BACKLOG = 1024
WATCH_SECONDS = 0.5
# A server that was killed a moment ago gives its port back when its worker notices.
PORT_PATIENCE_SECONDS = 2 * WATCH_SECONDS


class AddressInUse(Exception):
    """The port can't be listened on; the message says what to do."""


def application() -> Any:
    """Return the WSGI application; the worker process calls this once its interpreter is up."""
    from simulator.app import create_app
    from simulator.config import Settings

    Thread(target=_end_with_launcher, args=(os.getppid(),), name="watch", daemon=True).start()
    settings = Settings()
    configure_logging(settings)
    app = create_app(settings)
    print(f"Exam Simulator is ready: http://{settings.host}:{settings.port} (Ctrl+C stops it)", flush=True)  # noqa: T201
    return app


def _end_with_launcher(launcher: int) -> None:
    """End this process when its launcher is gone: killed, it takes no worker along, and the port would stay taken.

    Ending at once is safe, because nothing is acknowledged before it is on the disk.
    """
    while os.getppid() == launcher:
        time.sleep(WATCH_SECONDS)
    os._exit(1)


def configure_logging(settings: "Settings") -> None:
    """Log to stderr, as text or as one JSON object a line."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if settings.log_format == "json" else logging.Formatter(TEXT_FORMAT))
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler])


TEXT_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON; a traceback is a field of it."""
        import json

        fields = {
            "at": self.formatTime(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def check_port(host: str, port: int) -> None:
    """Raise AddressInUse if the address stays taken, before anything is started."""
    give_up_at = time.monotonic() + PORT_PATIENCE_SECONDS
    while (problem := _bind_problem(host, port)) is not None:
        if time.monotonic() >= give_up_at:
            raise AddressInUse(
                f"port {port} on {host} can't be used ({problem}). "
                "Stop what uses it, or choose another one with --port."
            )
        time.sleep(0.1)


def _bind_problem(host: str, port: int) -> str | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror
    return None


def launch(settings: "Settings") -> NoReturn:
    """Become the server; this process's memory of packs and migrations goes with it."""
    environment = dict(os.environ)
    for name, value in settings.model_dump(mode="json").items():
        environment[f"SIMULATOR_{name.upper()}"] = str(value)
    # Threads would each get a memory arena of their own, and hardly share what is freed.
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, "-m", "simulator.server"], environment)  # noqa: S606


def main() -> None:
    """Serve until interrupted, by the settings in the environment."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        target="simulator.server:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=os.environ["SIMULATOR_HOST"],
        port=int(os.environ["SIMULATOR_PORT"]),
        workers=1,
        blocking_threads=int(os.environ["SIMULATOR_THREADS"]),
        backlog=BACKLOG,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main()
