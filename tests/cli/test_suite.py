"""`digitlens evaluate --suite` measures everything and writes the page, or says what it lacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_read import digitlens


def test_quick(real_data: Path, tmp_path: Path) -> None:
    """A quick run measures a few pictures of each set, and writes where it is told to."""
    options = ["--data-dir", str(real_data), "--out", str(tmp_path / "docs"), "--json"]
    done = digitlens("evaluate", "--suite", "--quick", *options)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads((tmp_path / "docs" / "accuracy.json").read_text(encoding="utf-8"))
    assert json.loads(done.stdout) == found
    assert b"read right" in done.stderr
    assert "# Accuracy" in (tmp_path / "docs" / "accuracy.md").read_text(encoding="utf-8")


def test_no_data(tmp_path: Path) -> None:
    """Without data it says what is missing, before anything is measured."""
    done = digitlens("evaluate", "--suite", "--data-dir", str(tmp_path))
    assert done.returncode == 2
    assert b"DIGITLENS_DATA_DIR" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("--suite", "--limit", "3"), ("--suite", "--data", "mnist"), ("--quick",)]
)
def test_misused(arguments: tuple[str, ...]) -> None:
    """What does not belong together is refused."""
    done = digitlens("evaluate", *arguments)
    assert done.returncode == 2
    assert b"--suite" in done.stderr
