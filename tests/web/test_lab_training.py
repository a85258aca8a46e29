"""A training that is started from the Lab, with the real process, the real command and Keras."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digitlens.training.jobs.line import Line
from tests.running import Server, until
from tests.training.mnist_like import write_folder

pytestmark = pytest.mark.training

API = "/api/v1/lab"
PATIENCE = 120.0  # seconds, in which even a busy machine loads TensorFlow


def test_outlives_the_server(start_server: Callable[..., Server], tmp_path: Path) -> None:
    """A training goes on while there is no server; the next one shows it and how it ended.

    The data are not MNIST's, which the training finds out and says: a short training.
    """
    write_folder(tmp_path / "data", train=20, test=10)
    runs = tmp_path / "runs"
    server = start_server(
        options=["--runs-dir", str(runs)],
        environment={"DIGITLENS_DATA_DIR": str(tmp_path / "data")},
    )
    wanted = json.dumps({"model": "tiny", "preset": "quick"})
    answer = server.ask("POST", f"{API}/runs", wanted, {"Content-Type": "application/json"})
    assert (answer.status, answer.json["name"]) == (202, "tiny-quick")

    def run() -> dict[str, Any]:
        found: list[dict[str, Any]] = server.ask("GET", f"{API}/runs").json["runs"]
        return found[0] if found else {"state": ""}

    until(lambda: run()["state"] == "starting", "the training to have its turn")
    server.stop()
    assert Line(runs).is_held()
    server.start()
    assert run()["state"] in ("starting", "running")
    said = "the training to load its libraries and to say why it ended"
    until(lambda: "expected MD5" in run().get("reason", ""), said, PATIENCE)
    until(lambda: not Line(runs).is_held(), "the process that trains to leave", PATIENCE)
    assert "tiny-quick" in (runs / "tiny-quick" / "log.txt").read_text()
