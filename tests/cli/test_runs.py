"""`digitlens runs` lists trainings and compares them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from digitlens.training.run import Run
from tests.cli.test_read import digitlens
from tests.training.measure.test_comparison import write


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """A folder with a good run, a bad one, one that a crash broke off, and what is none."""
    for name, wrong, size in (("bad", 60, 900), ("good", 10, 5000)):
        folder = write(tmp_path / name, f'model = "{name}"\nbatch = {size}\n', wrong)
        share = 1 - wrong / 1000
        run = Run(name, "simple", "done", "2026-01-01T00:00:00Z", epochs=3, seed=1, pid=1)
        figures = {"parameters": 1234, "bytes": size, "latency": 51.3, "seconds": 75.2}
        interval = (share - 0.01, share + 0.01)
        replace(run, epoch=3, accuracy=share, interval=interval, **figures).write(folder)
    (tmp_path / "crash").mkdir()
    Run("crash", "deep", "running", "2026-02-01T00:00:00Z", 9, 1, 0, epoch=2).write(
        tmp_path / "crash"
    )
    (tmp_path / "notes").mkdir()
    return tmp_path


def test_list(runs: Path) -> None:
    """Each run has a line with its figures; sorted by accuracy, the best is first."""
    lines = digitlens("runs", "--runs", runs, "--sort", "accuracy").stdout.decode().splitlines()
    assert [line.split()[0] for line in lines] == ["name", "good", "bad", "crash"]
    for text in ("1,234", "5,000", "99.00%", "98.00% to 100.00%", "51 µs", "75 s"):
        assert text in lines[1]
    assert "broken off" in lines[3]
    by_size = digitlens("runs", "--runs", runs, "--sort", "bytes").stdout.decode().splitlines()
    assert [line.split()[0] for line in by_size] == ["name", "bad", "good", "crash"]


def test_compare(runs: Path) -> None:
    """Two runs: what was set otherwise, and whether the difference is more than chance."""
    text = digitlens("runs", "--runs", runs, "good", "bad", "crash").stdout.decode()
    assert "batch" in text
    assert "900" in text
    assert "bad reads 5.00 points less than good: more than chance" in text
    assert "crash and good were not measured on the same digits" in text


def test_json(runs: Path) -> None:
    """With --json it is for programs: a list, or with names a comparison."""
    listed = json.loads(digitlens("runs", "--runs", runs, "--json").stdout)
    assert {run["name"] for run in listed} == {"good", "bad", "crash"}
    compared = json.loads(digitlens("runs", "--runs", runs, "--json", "good", "bad").stdout)
    assert [run["name"] for run in compared["runs"]] == ["good", "bad"]
    assert compared["settings"]["batch"] == [5000, 900]
    assert compared["against_first"]["bad"]["more_than_chance"] is True


def test_none(runs: Path) -> None:
    """A name that no run has is an error that names those there are; no runs are no error."""
    done = digitlens("runs", "--runs", runs, "god")
    assert done.returncode == 2
    assert b"one of bad, crash, good. Received: god" in done.stderr
    empty = digitlens("runs", "--runs", runs / "notes")
    assert b"no runs in" in empty.stdout
    assert empty.returncode == 0
