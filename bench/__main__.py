"""Saves, pages, starts and submissions a second, beside a bare endpoint in the same run; memory of all processes.

Everything runs on this machine, the load generator included, so figures are lower than a client elsewhere would
see; the ratios are what counts. `--json` prints one document, `--quick` is for trying the benchmark itself.
"""

import argparse
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import load

CERTIFICATION = "aws-mls-c01"
SIZE = 65
# A widely used PHP system, well tuned, on a like machine: 8 concurrent, per second; whole memory in MiB.
PEER = {"save": 136, "page": 39, "start": 28, "submit": 33, "memory": 760}
# Its processor time for each, in milliseconds: the figure that a busy machine distorts least.
PEER_CPU = {"save": 14, "page": 48, "start": 72, "submit": 59}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(arguments: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    """Run a server until the block ends; gives its process id once it answers."""
    server = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(300):
            time.sleep(0.1)
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
            except OSError:
                continue
        warm_up = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        warm_up.request("GET", "/")
        warm_up.getresponse().read()
        yield server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def family(pid: int) -> list[int]:
    """Return a process and its children."""
    pids = [pid]
    for other in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(other.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError):
            continue
        if parent == pid:
            pids.append(int(other.parent.name))
    return pids


def cpu_seconds(pid: int) -> float:
    """Return the processor time, user and system, of a process and its children."""
    fields = [Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split() for one in family(pid)]
    return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid: int) -> float:
    """Return the proportional set size of a process and its children: shared pages are counted once."""
    total = 0
    for one in family(pid):
        match = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE)
        total += int(match[1]) if match else 0
    return total / 1024


@dataclass
class Candidate:
    """One candidate's cookie and CSRF token, and the attempt they started."""

    cookie: str
    token: str
    attempt: str = ""
    epoch: int = 0


def admit(port: int, count: int) -> list[Candidate]:
    """Open the instructions as so many browsers."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    candidates = []
    for _ in range(count):
        connection.request("GET", f"/certifications/{CERTIFICATION}")
        response = connection.getresponse()
        page = response.read().decode()
        cookie = response.getheader("Set-Cookie", "").split(";")[0]
        match = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert match, "the page has no token"
        candidates.append(Candidate(cookie, match[1]))
    return candidates


def start_one(connection: http.client.HTTPConnection, candidate: Candidate) -> None:
    """Begin an attempt and take it over, as a browser does."""
    connection.request(
        "POST",
        f"/certifications/{CERTIFICATION}/attempts",
        urlencode({"csrf_token": candidate.token, "accommodation": "none"}),
        {"Cookie": candidate.cookie, "Content-Type": "application/x-www-form-urlencoded"},
    )
    response = connection.getresponse()
    response.read()
    assert response.status == 303, response.status
    candidate.cookie = (response.getheader("Set-Cookie") or candidate.cookie).split(";")[0]
    candidate.attempt = response.getheader("Location", "").rsplit("/", 1)[1]
    connection.request(
        "POST",
        f"/attempts/{candidate.attempt}/hold",
        b"{}",
        {"Cookie": candidate.cookie, "X-CSRFToken": candidate.token},
    )
    candidate.epoch = json.loads(connection.getresponse().read())["epoch"]


def form_request(path: str, candidate: Candidate, **fields: str) -> bytes:
    body = urlencode({"csrf_token": candidate.token, **fields}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return load.request("POST", path, cookie=candidate.cookie, headers=headers, body=body)


def save_requests(candidates: list[Candidate], count: int) -> list[bytes]:
    """Return saves that go round all candidates and slots, with rising sequences."""
    requests = []
    for number in range(count):
        candidate = candidates[number % len(candidates)]
        turn = number // len(candidates)
        body = {
            "epoch": candidate.epoch,
            "sequence": turn + 1,
            "response": [turn % 4],
            "flagged": False,
            "confidence": "sure",
            "struck": [],
            "spent_ms": 1000 * turn,
            "age_ms": 5,
        }
        headers = {"Content-Type": "application/json", "X-CSRFToken": candidate.token}
        path = f"/attempts/{candidate.attempt}/answers/{turn % SIZE + 1}"
        requests.append(
            load.request("PUT", path, cookie=candidate.cookie, headers=headers, body=json.dumps(body).encode())
        )
    return requests


def measure(name: str, port: int, pid: int, requests: list[bytes], expected: int = 200) -> dict[str, float]:
    """Send half of the requests over 8 connections and half over 32."""
    half = len(requests) // 2
    cpu = cpu_seconds(pid)
    eight = load.run(port, requests[:half], connections=8, expected=frozenset((expected,)))
    many = load.run(port, requests[half:], connections=32, expected=frozenset((expected,)))
    if eight.failures or many.failures:
        sys.exit(f"{name}: {eight.failures + many.failures} requests failed")
    figures = {
        "per_second_8": eight.per_second,
        "p50_ms_8": eight.quantile_ms(0.5),
        "per_second_32": many.per_second,
        "p99_ms_32": many.quantile_ms(0.99),
        "cpu_ms_each": 1000 * (cpu_seconds(pid) - cpu) / len(requests),
    }
    print(f"{name:<22}" + "".join(f"{key} {value:8.2f}   " for key, value in figures.items()), file=sys.stderr)
    return figures


def bench_floor(kind: str, count: int, threads: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            "BENCH_FLOOR": kind,
            "BENCH_DATABASE": f"{folder}/floor.sqlite3",
            "BENCH_PORT": str(port),
            "SIMULATOR_THREADS": str(threads),
        }
        candidates = [Candidate("", "", f"attempt-{number:014}", 1) for number in range(200)]
        with process(["-m", "bench.floor"], port, environment) as pid:
            return measure(f"floor, {kind}", port, pid, save_requests(candidates, count))


def bench_simulator(count: int, people: int, threads: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {"SIMULATOR_DATA_DIR": folder, "SIMULATOR_THREADS": str(threads)}
        with process(["-m", "simulator.cli", "serve", "--port", str(port)], port, environment) as pid:
            candidates = admit(port, people)
            connection = http.client.HTTPConnection("127.0.0.1", port)
            for candidate in candidates:
                start_one(connection, candidate)
            figures: dict[str, Any] = {"save": measure("save", port, pid, save_requests(candidates, count))}
            pages = [load.request("GET", f"/attempts/{c.attempt}", cookie=c.cookie) for c in candidates]
            figures["page"] = measure("exam page (65 at once)", port, pid, pages * max(1, 1000 // people))
            fresh = admit(port, 2 * people)
            path = f"/certifications/{CERTIFICATION}/attempts"
            starts = [form_request(path, candidate, accommodation="none") for candidate in fresh]
            figures["start"] = measure("start", port, pid, starts, expected=303)
            submits = [form_request(f"/attempts/{c.attempt}/submit", c) for c in candidates]
            figures["submit"] = measure("submit and grade", port, pid, submits, expected=303)
            reports = [load.request("GET", f"/attempts/{c.attempt}/report", cookie=c.cookie) for c in candidates]
            figures["report"] = measure("report", port, pid, reports[:200])
            figures["memory_mib"] = memory_mib(pid)
            return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--threads", type=int, default=16)
    options = parser.parse_args()
    count, people = (2_000, 40) if options.quick else (20_000, 400)
    floor = {kind: bench_floor(kind, count, options.threads) for kind in ("group", "each")}
    ours = bench_simulator(count, people, options.threads)
    ratios = {
        "saves against the group-committing floor": ours["save"]["per_second_32"] / floor["group"]["per_second_32"],
        "saves against the plain floor": ours["save"]["per_second_32"] / floor["each"]["per_second_32"],
        "p99 of saves against the group-committing floor": ours["save"]["p99_ms_32"] / floor["group"]["p99_ms_32"],
        "p99 of saves against the plain floor": ours["save"]["p99_ms_32"] / floor["each"]["p99_ms_32"],
        **{
            f"{name} against the PHP system": ours[name]["per_second_8"] / PEER[name]
            for name in ("save", "page", "start", "submit")
        },
        **{
            f"processor time of the PHP system against ours, {name}": ms / ours[name]["cpu_ms_each"]
            for name, ms in PEER_CPU.items()
        },
        "memory of the PHP system against ours": PEER["memory"] / ours["memory_mib"],
    }
    if options.json:
        print(json.dumps({"floor": floor, "simulator": ours, "ratios": ratios}, indent=2))
        return
    print(f"memory {ours['memory_mib']:.0f} MiB")
    for name, ratio in ratios.items():
        print(f"{ratio:8.2f}  {name}")


if __name__ == "__main__":
    main()
