"""The benchmarks run and say what they measured; how fast it was depends on the machine."""

from __future__ import annotations

import http.server
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.figures import Figure, Goal
from benchmarks.pictures import drawings
from PIL import Image

from benchmarks import client, report
from tests.running import Server

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a short run without the peer and without MNIST leaves."""
    out = tmp_path_factory.mktemp("benchmarks") / "results.json"
    environment = {n: v for n, v in os.environ.items() if n != "DIGITLENS_DATA_DIR"}
    command = [sys.executable, "-m", "benchmarks", "--quick", "--no-peer", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = report.read(out)
    found["printed"] = done.stdout
    return found


def test_every_figure_is_measured_or_says_why_not(results: dict[str, Any]) -> None:
    """All figures have a value, but MNIST's, which needs the data set."""
    figures = {figure["name"]: figure for figure in results["figures"]}
    missing = {name for name, figure in figures.items() if figure["ours"] is None}
    assert missing == {"mnist_test"}
    assert "DIGITLENS_DATA_DIR" in figures["mnist_test"]["skipped"]
    for name in ("rate", "latency", "memory", "start", "read_many", "stage_decode", "stage_read"):
        assert figures[name]["ours"] > 0


def test_answers_under_load_are_right(results: dict[str, Any]) -> None:
    """No request of the load fails, and what was drawn is what is read."""
    figures = {figure["name"]: figure["ours"] for figure in results["figures"]}
    assert figures["failed"] == 0
    assert figures["right"] >= 0.9
    assert figures["read_many_right"] >= 0.9


def test_results_tell_nothing_of_whose_machine_it_is(results: dict[str, Any]) -> None:
    """The results hold no path and no host's name."""
    text = json.dumps(results | {"printed": ""})
    assert str(ROOT) not in text
    assert os.uname().nodename not in text


def test_the_table_has_every_figure(results: dict[str, Any]) -> None:
    """What is printed has a line for each figure."""
    for figure in results["figures"]:
        assert figure["what"] in results["printed"]


def test_ratio_says_how_many_times_better() -> None:
    """More requests and less time are both a ratio above 1, and the goal is held against it."""
    rate = Figure("rate", "", "1/s", 1200, 20, higher=True, goal=Goal("ratio", 60))
    latency = Figure("latency", "", "ms", 1, 29, goal=Goal("ratio", 30))
    assert (rate.ratio, rate.reached) == (60, True)
    assert (latency.ratio, latency.reached) == (29, False)


def test_a_goal_without_its_peer_is_neither_reached_nor_missed() -> None:
    """Without the peer there is no ratio to judge."""
    assert Figure("rate", "", "1/s", 1200, goal=Goal("ratio", 60)).reached is None


def test_the_most_that_a_figure_may_be() -> None:
    """A goal may be a most instead of a least."""
    goal = Goal("ours", 0.2, most=True)
    assert goal.is_reached(0.1)
    assert not goal.is_reached(0.3)


def test_pictures_are_what_a_canvas_hands_out() -> None:
    """Each is a PNG of 280×280 with transparency, and no two are alike."""
    found = list(drawings(20))
    assert len({drawn.png for drawn in found}) == 20
    for drawn in found:
        with Image.open(io.BytesIO(drawn.png)) as image:
            assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (280, 280))


def test_the_client_keeps_connections_open(server: Server) -> None:
    """The client of our own gets an answer to each request, and none fails."""
    pictures = [drawn.png for drawn in drawings(5)]
    times, failed = client.drive(("127.0.0.1", server.port), "/api/v1/read", pictures, 3, 0.5)
    assert len(times) > 3
    assert failed == 0


class _Closing(http.server.BaseHTTPRequestHandler):
    """A server of HTTP/1.0: it refuses, and closes the connection."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def closing() -> Iterator[tuple[str, int]]:
    """The address of a server that closes the connection after each answer."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Closing) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield ("127.0.0.1", running.server_port)
        running.shutdown()


def test_the_client_opens_closed_connections_again(closing: tuple[str, int]) -> None:
    """A server that closes its connections is asked on; answers that are errors are counted."""
    times, failed = client.drive(closing, "/", [b"picture"], 2, 0.3)
    assert len(times) > 2
    assert failed == len(times)


def test_the_page_has_the_last_results() -> None:
    """docs/benchmarks.md is what `python -m benchmarks --write-docs` writes."""
    kept = report.read(ROOT / "benchmarks" / "results.json")
    page = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert page == report.page(kept)
