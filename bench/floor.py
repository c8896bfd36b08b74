"""The floor: a bare Flask endpoint that does one durable upsert a request, on the same server and database.

It has no candidates, no checks and no CSRF token; it parses the JSON and writes the row. On SQLite it comes in
two kinds, chosen by BENCH_FLOOR: `group`, one thread that commits what has come in meanwhile, by bare sqlite3, the
fastest there is; and `each`, where every request commits on its thread's own connection, as one would write it first.
"""

import json
import os
import queue
import sqlite3
import threading
from typing import Any

from flask import Flask, request

UPSERT = """
INSERT INTO answer (attempt_id, slot, response, flagged, confidence, struck, spent_ms, sequence)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (attempt_id, slot) DO UPDATE SET response = excluded.response, flagged = excluded.flagged,
  confidence = excluded.confidence, struck = excluded.struck, spent_ms = excluded.spent_ms, sequence = excluded.sequence
WHERE answer.sequence < excluded.sequence
"""
TABLE = """
CREATE TABLE IF NOT EXISTS answer (attempt_id TEXT, slot INTEGER, response TEXT, flagged INTEGER, confidence TEXT,
  struck TEXT, spent_ms INTEGER, sequence INTEGER, PRIMARY KEY (attempt_id, slot))
"""


def connect() -> sqlite3.Connection:
    connection = sqlite3.connect(
        os.environ["BENCH_DATABASE"], timeout=30, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(TABLE)
    return connection


class GroupCommit:
    def __init__(self) -> None:
        self.jobs: queue.SimpleQueue[tuple[tuple[Any, ...], threading.Event]] = queue.SimpleQueue()
        threading.Thread(target=self.serve, daemon=True).start()

    def write(self, values: tuple[Any, ...]) -> None:
        done = threading.Event()
        self.jobs.put((values, done))
        done.wait()

    def serve(self) -> None:
        connection = connect()
        while True:
            batch = [self.jobs.get()]
            while len(batch) < 64 and not self.jobs.empty():
                batch.append(self.jobs.get())
            connection.execute("BEGIN IMMEDIATE")
            for values, _ in batch:
                connection.execute(UPSERT, values)
            connection.execute("COMMIT")
            for _, done in batch:
                done.set()


class EachCommits:
    def __init__(self) -> None:
        self.local = threading.local()

    def write(self, values: tuple[Any, ...]) -> None:
        if not hasattr(self.local, "connection"):
            self.local.connection = connect()
        self.local.connection.execute(UPSERT, values)


def application() -> Flask:
    app = Flask("floor")
    writer = GroupCommit() if os.environ["BENCH_FLOOR"] == "group" else EachCommits()

    @app.put("/attempts/<attempt_id>/answers/<int:slot>")
    def save(attempt_id: str, slot: int) -> dict[str, Any]:
        body = request.get_json()
        writer.write(
            (
                attempt_id,
                slot,
                json.dumps(body["response"]),
                body["flagged"],
                body["confidence"],
                json.dumps(body["struck"]),
                body["spent_ms"],
                body["sequence"],
            )
        )
        return {"saved": True, "sequence": body["sequence"]}

    return app


def main() -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        target="bench.floor:application",
        factory=True,
        interface=Interfaces.WSGI,
        port=int(os.environ["BENCH_PORT"]),
        workers=1,
        blocking_threads=int(os.environ["SIMULATOR_THREADS"]),
        backlog=1024,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main()
