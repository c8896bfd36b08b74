"""A small load generator: keep-alive connections that each send the next request when the last is answered."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What came of one run; latencies in seconds, sorted."""

    latencies: list[float]
    seconds: float
    failures: int

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def quantile_ms(self, share: float) -> float:
        return 1000 * self.latencies[min(len(self.latencies) - 1, int(share * len(self.latencies)))]


class _Connection(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], done: asyncio.Future[None], expected: frozenset[int]) -> None:
        self.requests, self.done, self.expected = requests, done, expected
        self.latencies: list[float] = []
        self.failures = 0
        self.buffer = b""
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self._send()

    def _send(self) -> None:
        request = next(self.requests, None)
        if request is None:
            self.done.set_result(None)
            self.transport.close()
            return
        self.sent_at = time.perf_counter()
        self.transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head_end = self.buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        head = self.buffer[:head_end].lower()
        marker = head.find(b"content-length: ")
        length = int(head[marker + 16 :].split(b"\r\n", 1)[0]) if marker >= 0 else 0
        if len(self.buffer) < head_end + 4 + length:
            return
        self.latencies.append(time.perf_counter() - self.sent_at)
        self.failures += int(head[9:12]) not in self.expected
        self.buffer = b""
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.failures += 1
            self.done.set_result(None)


async def _run(port: int, requests: list[bytes], connections: int, expected: frozenset[int]) -> Result:
    loop = asyncio.get_running_loop()
    queue = iter(requests)
    open_ones: list[_Connection] = []
    waiting = []
    started = time.perf_counter()
    for _ in range(connections):
        done = loop.create_future()
        _, protocol = await loop.create_connection(lambda d=done: _Connection(queue, d, expected), "127.0.0.1", port)
        open_ones.append(protocol)
        waiting.append(done)
    await asyncio.gather(*waiting)
    seconds = time.perf_counter() - started
    latencies = sorted(latency for connection in open_ones for latency in connection.latencies)
    return Result(latencies, seconds, sum(connection.failures for connection in open_ones))


def run(port: int, requests: list[bytes], *, connections: int, expected: frozenset[int] = frozenset((200,))) -> Result:
    """Send all requests over so many connections and return how it went."""
    return asyncio.run(_run(port, requests, connections, expected))


def request(
    method: str, path: str, *, cookie: str = "", headers: dict[str, str] | None = None, body: bytes = b""
) -> bytes:
    """Return the bytes of one HTTP request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
