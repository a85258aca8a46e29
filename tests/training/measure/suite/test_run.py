"""A run has a figure with its interval for every set and both ways, and leaves nothing behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digitlens.models.bundle import load
from digitlens.training.data.corrupt import CORRUPTIONS
from digitlens.training.measure.suite.ablation import measure_variant
from digitlens.training.measure.suite.run import run
from digitlens.training.measure.suite.ways import Pipeline
from tests.training.measure.suite.material import sources


def figures(entries: Any) -> Iterator[dict[str, float]]:
    """Every figure in entries of JSON."""
    if isinstance(entries, dict):
        if "low" in entries and "value" in entries:
            yield entries
        else:
            for value in entries.values():
                yield from figures(value)
    elif isinstance(entries, list):
        for value in entries:
            yield from figures(value)


def test_figures(measured: dict[str, Any]) -> None:
    """Each lies in its interval, and both are between 0 and 1."""
    found = list(figures(measured))
    assert len(found) > 2 * (4 * 20 + 5 * 15)
    for figure in found:
        assert 0 <= figure["low"] <= figure["value"] <= figure["high"] <= 1, figure


def test_complete(measured: dict[str, Any]) -> None:
    """Every group is there, every way of damage, and the model that was measured."""
    groups = {entry["group"] for entry in measured["sets"]}
    assert {"mnist", "pen", "size", "place", "ladder"} <= groups
    assert set(measured["ladder"]["ours"]) == {*CORRUPTIONS, "mean"}
    assert measured["model"]["sha256"] == load(None).card.sha256
    assert len(measured["others"]) == 9


def test_people(measured: dict[str, Any]) -> None:
    """What each person wrote is counted apart, and together it is the set."""
    strokes = next(entry for entry in measured["sets"] if entry["name"] == "strokes")
    for way in ("ours", "usual"):
        people = strokes[way]["by_person"]
        assert len(people) == 2
        right = sum(round(each["value"] * each["count"]) for each in people)
        assert right == round(strokes[way]["right"]["value"] * strokes["count"])


def test_preparation(measured: dict[str, Any]) -> None:
    """Small digits in a corner are read with the preparation, and not without it."""
    sets = {entry["name"]: entry for entry in measured["sets"]}
    for name in ("size-24", "place-corner"):
        ours, usual = (sets[name][way]["right"]["value"] for way in ("ours", "usual"))
        assert ours > usual


def test_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suite that was stopped goes on, ends as it would have, and leaves nothing behind."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    class Stop(Exception):
        pass

    lines = []

    def stop(line: str) -> None:
        lines.append(line)
        if len(lines) == 9:
            raise Stop

    with pytest.raises(Stop):
        run(load(None), sources(), stop, 2)
    kept = list((tmp_path / "digitlens" / "suite").rglob("*.npz"))
    assert len(kept) == 9
    resumed = run(load(None), sources(), lines.append, 2)
    assert not list((tmp_path / "digitlens" / "suite").iterdir())
    assert json.dumps(resumed) == json.dumps(run(load(None), sources(), lines.append, 2))


def test_variant() -> None:
    """A variant of the training gets its four figures."""
    row = measure_variant("everything", Pipeline(load(None)), sources())
    assert row["name"] == "everything"
    assert row["mnist"]["count"] == 30
    assert {"strokes", "damaged", "auroc"} < set(row)
