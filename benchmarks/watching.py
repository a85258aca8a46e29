"""What it costs that people watch a training: run as `python -m benchmarks.watching RUNS`.

A server with two workers serves the folder RUNS. Twenty clients ask as the Lab's page does, and one
reads drawings, alone and beside them.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.running import Server

WATCHERS = 20
PAUSE = 1.5  # seconds between two questions of the page, static/js/lab/poll.js
COUNT = 1000
_PATH = "/api/v1/lab/runs"
_ONE = json.dumps({"strokes": [[[0, 0], [0, 100]]]})


def main() -> None:
    """Measure, and print medians in milliseconds."""
    with TemporaryDirectory() as folder:
        server = Server(Path(folder) / "log", options=["--runs-dir", sys.argv[1]]).start()
        try:
            tag = server.ask("GET", _PATH).headers["etag"]
            print(f"a question, nothing new  {_median(server, _question(tag)):.2f} ms")
            print(f"a reading                {_median(server, _read):.2f} ms")
            with _watched(server, tag):
                print(f"a reading, {WATCHERS} watching  {_median(server, _read):.2f} ms")
        finally:
            server.stop()


def _median(server: Server, ask: Callable[[http.client.HTTPConnection], None]) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    times = []
    for _ in range(COUNT):
        start = perf_counter()
        ask(connection)
        connection.getresponse().read()
        times.append((perf_counter() - start) * 1000)
    return median(times)


def _question(tag: str) -> Callable[[http.client.HTTPConnection], None]:
    return lambda connection: connection.request("GET", _PATH, headers={"If-None-Match": tag})


def _read(connection: http.client.HTTPConnection) -> None:
    connection.request("POST", "/api/v1/read", _ONE, {"Content-Type": "application/json"})


@contextmanager
def _watched(server: Server, tag: str) -> Iterator[None]:
    over = threading.Event()

    def watch() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        while not over.wait(PAUSE):
            _question(tag)(connection)
            connection.getresponse().read()

    watchers = [threading.Thread(target=watch) for _ in range(WATCHERS)]
    for watcher in watchers:
        watcher.start()
    yield
    over.set()
    for watcher in watchers:
        watcher.join()


if __name__ == "__main__":
    main()
