"""Simulators to sit exams on: the real command as a process that can be killed, and one in this process
whose clock a test can move. Both keep their data in a folder of the test's own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask
from playwright.sync_api import BrowserContext
from sqlmodel import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from simulator import paths
from simulator.app import create_app
from simulator.config import Settings
from simulator.exam.attempt import Answer
from simulator.exam.form import Form, from_document
from simulator.exam.question import Question
from simulator.exam.question_types import type_of
from simulator.operations.importing import import_pack
from simulator.packs.loading import LoadedPack, find_packs, load_pack, read_skills
from simulator.store.catalogue import Catalogue
from simulator.store.engine import WRITES, open_engine
from simulator.store.queries.attempts import OPERATOR, get_attempt, load_answers
from simulator.store.schema import upgrade
from simulator.web.services import EXTENSION

DATABASE = "simulator.sqlite3"
READY_SECONDS = 60


def prepare_data(folder: Path) -> None:
    """Make a database at the newest schema with the packs that ship."""
    engine = open_engine(f"sqlite:///{folder / DATABASE}", connections=1)
    upgrade(engine)
    skills = frozenset(read_skills(paths.questions() / "skills.yaml"))
    with Session(engine.execution_options(**{WRITES: True})) as session:
        for path in find_packs(paths.questions()):
            import_pack(session, load_pack(path, skills=skills), now=datetime.now(UTC))
        session.commit()
    engine.dispose()


class Records:
    """What stands in a server's database, read past the server."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    @property
    def database(self) -> Path:
        return self.data_dir / DATABASE

    def _read(self, work: Callable[[Session], Any]) -> Any:
        engine = open_engine(f"sqlite:///{self.database}", connections=1)
        try:
            with Session(engine) as session:
                return work(session)
        finally:
            engine.dispose()

    def answers(self, attempt_id: str) -> dict[int, Answer]:
        """Return what is saved, by slot."""
        return self._read(lambda session: load_answers(session, attempt_id))  # type: ignore[no-any-return]

    def responses(self, attempt_id: str) -> dict[int, list[int]]:
        """Return the options saved as chosen, by slot; slots that were only seen are left out."""
        return {slot: list(answer.response) for slot, answer in self.answers(attempt_id).items() if answer.response}

    def form(self, attempt_id: str) -> Form:
        """Return the form that was drawn."""
        return self._read(lambda session: from_document(get_attempt(session, attempt_id, actor=OPERATOR).form))  # type: ignore[no-any-return]

    def questions(self, attempt_id: str) -> dict[int, Question]:
        """Return the questions with their keys, by slot."""
        form = self.form(attempt_id)
        versions = [slot.version for slot in form.slots]
        found = self._read(lambda session: Catalogue().questions(session, versions))
        return {slot.number: found[slot.version] for slot in form.slots}

    def keys(self, attempt_id: str) -> dict[int, list[Any]]:
        """Return the responses that earn everything, as displayed, by slot."""
        questions = self.questions(attempt_id)
        return {
            slot.number: list(
                type_of(questions[slot.number]).arrange(
                    type_of(questions[slot.number]).key(questions[slot.number]), slot.option_order
                )
            )
            for slot in self.form(attempt_id).slots
        }


class RealServer(Records):
    """`simulator serve` in processes of its own."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(data_dir)
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and return when requests are answered."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SIMULATOR_")}
        command = [sys.executable, "-m", "simulator.cli", "serve", "--port", str(self.port)]
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with (self.data_dir / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--data-dir", str(self.data_dir)],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=paths.PACKAGE.parent,
                start_new_session=True,
            )
        self._wait_until_ready()

    def kill(self) -> None:
        """End all its processes at once, with no chance to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as an interrupt does."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        ended = process.poll()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        process.wait(timeout=30)
        assert ended is None, f"simulator serve ended by itself with status {ended}:\n{self._log()}"

    def _log(self) -> str:
        return (self.data_dir / "server.log").read_text()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            with suppress(URLError, OSError), urlopen(f"{self.url}/about", timeout=5) as response:
                if response.status == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"simulator serve did not get ready:\n{self._log()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class SettableClock:
    """A clock that goes on by itself and can be moved."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move(self, by: timedelta) -> None:
        """Let time pass at once."""
        self._ahead += by


class Recorder:
    """WSGI middleware that keeps everything that is sent to browsers."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.sent: list[tuple[str, bytes]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        headers: list[str] = []

        def start(status: str, fields: list[tuple[str, str]], *rest: Any) -> Any:
            headers.extend([status, *(f"{name}: {value}" for name, value in fields)])
            return start_response(status, fields, *rest)

        answer = self._app(environ, start)
        try:
            body = b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
        name = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        self.sent.append((name, "\n".join(headers).encode() + b"\n\n" + body))
        return [body]


class _Handler(WSGIRequestHandler):
    """Says nothing about requests, and hangs up on them while the line is cut."""

    def handle(self) -> None:
        if not getattr(self.server, "cut", False):
            super().handle()

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


class LocalServer(Records):
    """The application in this process, with a clock that a test can move."""

    def __init__(self, data_dir: Path, prepared: Path) -> None:
        super().__init__(data_dir)
        data_dir.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(prepared / DATABASE, self.database)
        self.clock = SettableClock()
        self.app: Flask = create_app(Settings(data_dir=data_dir, database_url="", secret_key=""), clock=self.clock)
        self.recorder = Recorder(self.app)
        self._http = make_server("127.0.0.1", 0, self.recorder, threaded=True, request_handler=_Handler)
        self.url = f"http://127.0.0.1:{self._http.port}"
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def add_pack(self, pack: LoadedPack) -> None:
        """Add a pack beside those that ship."""
        engine = open_engine(f"sqlite:///{self.database}", connections=1)
        with Session(engine.execution_options(**{WRITES: True})) as session:
            import_pack(session, pack, now=datetime.now(UTC))
            session.commit()
        engine.dispose()

    def start(self) -> None:
        """Start answering."""
        self._thread.start()

    @contextmanager
    def cut_off(self, *contexts: BrowserContext) -> Iterator[None]:
        """Cut the network of these browsers.

        What Playwright takes offline are pages; a service worker goes on to reach the server, which therefore
        hangs up on whoever comes.
        """
        self._http.cut = True  # type: ignore[attr-defined]
        for context in contexts:
            context.set_offline(True)
        yield
        self._http.cut = False  # type: ignore[attr-defined]
        for context in contexts:
            context.set_offline(False)

    def stop(self) -> None:
        """Stop answering, and close the database."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
        services = self.app.extensions[EXTENSION]
        services.writer.close()
        services.engine.dispose()
