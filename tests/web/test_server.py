"""The server process: bodies as they come over a wire, slow clients, and workers that die."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.running import Server, until
from tests.web.pictures import SEVEN, SEVEN_PNG

READ = "/api/v1/read"
PNG = {"Content-Type": "image/png"}
JSON = {"Content-Type": "application/json"}


def pieces(data: bytes, size: int = 1000) -> Iterator[bytes]:
    """A body in pieces, which is sent in chunks and without its length."""
    return (data[start : start + size] for start in range(0, len(data), size))


def begin(server: Server) -> socket.socket:
    """Begin to send a picture, and leave it at that."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    connection.sendall(
        f"POST {READ} HTTP/1.1\r\nHost: a\r\n".encode()
        + b"Content-Type: image/png\r\nContent-Length: 9999\r\n\r\n"
        + SEVEN_PNG[:100]
    )
    return connection


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes 100 kB."""
    log = tmp_path_factory.mktemp("small") / "log"
    running = Server(log, options=["--max-bytes", "100000"]).start()
    yield running
    running.stop()


def test_reads(server: Server) -> None:
    """A digit is read through the real server, and the headers are there."""
    answer = server.ask("POST", READ, SEVEN_PNG, PNG)
    assert (answer.status, answer.json["text"]) == (200, "7")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_chunks(small: Server) -> None:
    """A picture, a form and JSON that come in chunks are read like others."""
    assert small.ask("POST", READ, pieces(SEVEN_PNG), PNG).json["text"] == "7"
    text = json.dumps({"strokes": SEVEN}).encode()
    assert small.ask("POST", READ, pieces(text, 7), JSON).json["text"] == "7"
    part = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    form = pieces(part + SEVEN_PNG + b"\r\n--x--\r\n")
    assert small.ask("POST", READ, form, kind).json["text"] == "7"


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [100_001, 250_000])
@pytest.mark.parametrize(
    "kind", ["image/png", "application/json", "multipart/form-data; boundary=x"]
)
def test_body_over_the_limit(small: Server, kind: str, size: int, chunked: bool) -> None:
    """It is refused with 413, in chunks too, and a client that sends all of it gets that answer."""
    part = b'--x\r\nContent-Disposition: form-data; name="image"; filename="a"\r\n\r\n'
    data = part + b"x" * (size - len(part))
    body = pieces(data) if chunked else data
    answer = small.ask("POST", READ, body, {"Content-Type": kind})
    assert answer.status == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["expected"] == "up to 100,000 bytes"


def test_body_at_the_limit(small: Server) -> None:
    """As many bytes as the limit are taken, in chunks too; these are no picture."""
    for body in (b"x" * 100_000, pieces(b"x" * 100_000)):
        assert small.ask("POST", READ, body, PNG).status == 422


def test_slow_clients_keep_nobody_out(server: Server) -> None:
    """While many send their pictures slowly, others are answered."""
    with ExitStack() as unfinished:
        for _ in range(30):
            unfinished.enter_context(begin(server))
        assert server.ask("GET", "/healthz").status == 200
        assert server.ask("POST", READ, SEVEN_PNG, PNG).json["text"] == "7"


def test_client_that_leaves(server: Server) -> None:
    """Who goes away in the middle of a body does no harm."""
    for _ in range(5):
        begin(server).close()
    assert server.ask("POST", READ, SEVEN_PNG, PNG).json["text"] == "7"


def test_many_at_once(server: Server) -> None:
    """Many clients at once each get the answer to their own drawing."""
    one = [[[0, 0], [0, 100]]]
    sent = [SEVEN, one] * 40

    def read(strokes: object) -> str:
        body = json.dumps({"strokes": strokes})
        return str(server.ask("POST", READ, body, JSON).json["text"])

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(read, sent)) == ["7", "1"] * 40


def test_no_request_brings_it_down(server: Server) -> None:
    """What is no HTTP at all is answered or dropped, and the next one is served."""
    for garbage in (b"\0" * 100, b"GET / HTTP/9.9\r\n\r\n", b"POST " + b"x" * 70_000 + b"\r\n\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as odd:
            odd.sendall(garbage)
    assert server.ask("GET", "/readyz").status == 200


def test_worker_comes_back(own_server: Server) -> None:
    """A worker that is killed is replaced, and reads on."""
    until(lambda: len(own_server.workers()) == 2, "both workers")
    killed = own_server.workers()[0]
    os.kill(killed, signal.SIGKILL)

    def another_reads() -> bool:
        try:
            reads = own_server.ask("GET", "/readyz").status == 200
            now = own_server.workers()
            return reads and killed not in now and len(now) == 2
        except OSError:
            return False

    until(another_reads, "another worker to read")
    assert own_server.ask("POST", READ, SEVEN_PNG, PNG).json["text"] == "7"


def test_several_workers(start_server: Callable[..., Server]) -> None:
    """As many workers as are asked for answer, on one port that was free."""
    server = start_server(options=["--workers", "3"])
    until(lambda: len(server.workers()) == 3, "all workers")
    for _ in range(20):
        assert server.ask("POST", READ, SEVEN_PNG, PNG).json["text"] == "7"


def test_log_is_json(start_server: Callable[..., Server]) -> None:
    """With `--log-format json`, each line of the output is a JSON object."""
    server = start_server(options=["--log-format", "json"])
    server.ask("POST", READ, SEVEN_PNG, PNG)
    server.stop()
    events = [json.loads(line)["event"] for line in server.output().splitlines() if line[0] == "{"]
    assert events[0] == "serving"
    assert events[-2:] == ["reading", "request"]


def test_log_has_a_line_each(own_server: Server) -> None:
    """A reading through the server has its two lines, and Granian adds none."""
    own_server.ask("POST", READ, SEVEN_PNG, PNG)
    own_server.stop()
    lines = own_server.output().splitlines()
    assert sum("reading: read" in line for line in lines) == 1
    assert sum(bool(re.search(rf"POST {READ} 200 in [\d.]+ ms", line)) for line in lines) == 1
    assert not any("granian" in line.lower() for line in lines)
