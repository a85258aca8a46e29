"""`digitlens evaluate` measures the shipped bundle, or says what it lacks."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_read import digitlens


def test_figures(real_data: Path) -> None:
    """It prints each figure with its interval; with --json, for programs."""
    options = ["--data-dir", str(real_data), "--limit", "300"]
    done = digitlens("evaluate", *options)
    assert b"mnist_test" in done.stdout
    assert b"95 % interval" in done.stdout
    figures = json.loads(digitlens("evaluate", "--json", *options).stdout)
    assert [figure["count"] for figure in figures] == [300, 300]


def test_no_data(tmp_path: Path) -> None:
    """Without MNIST it says where it looked and which variable to set."""
    done = digitlens("evaluate", "--data-dir", str(tmp_path))
    assert done.returncode == 2
    assert b"DIGITLENS_DATA_DIR" in done.stderr
    assert b"Traceback" not in done.stderr
