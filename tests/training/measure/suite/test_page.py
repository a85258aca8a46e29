"""The page says what was measured, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from digitlens.errors import DataError
from digitlens.training.data.corrupt import CORRUPTIONS
from digitlens.training.measure.suite.page import page, write

FIGURE = {"value": 0.9912, "low": 0.985, "high": 0.995, "count": 1499}


def test_files(measured: dict[str, Any], tmp_path: Path) -> None:
    """Page, JSON and diagrams are written; the JSON gives the same page again."""
    files = {path.name for path in write(measured, tmp_path)}
    assert files == {
        "accuracy.md",
        "accuracy.json",
        "reliability-ours.svg",
        "reliability-usual.svg",
    }
    text = (tmp_path / "accuracy.md").read_text(encoding="utf-8")
    assert page(json.loads((tmp_path / "accuracy.json").read_text(encoding="utf-8"))) == text
    for image in re.findall(r"\]\((images/[^)]+)\)", text):
        assert (tmp_path / image).exists()


def test_rows(measured: dict[str, Any]) -> None:
    """Each set and each way of damage has its row, with both ways of reading in the table."""
    text = page(measured)
    for entry in [*measured["sets"], *measured["others"]]:
        assert f"| {entry['what']} | {entry['count']:,} |" in text or entry["group"] == "ladder"
    for name in CORRUPTIONS:
        assert text.count(f"| {name} | digitlens |") == text.count(f"| {name} | usual way |") == 1


def test_tables(measured: dict[str, Any]) -> None:
    """All rows of a table have as many cells as its head."""
    for block in page(measured).split("\n\n"):
        if block.startswith("|"):
            assert len({line.count("|") for line in block.splitlines()}) == 1, block


def test_weakness(measured: dict[str, Any]) -> None:
    """What is worst is named with its figure."""
    names = {name: figures[4]["value"] for name, figures in measured["ladder"]["ours"].items()}
    del names["mean"]
    worst = min(names.values())
    text = page(measured)
    assert f"({100 * worst:.1f} %)" in text[text.index("## Where it is weak") :]


def test_ablation(measured: dict[str, Any], tmp_path: Path) -> None:
    """With a file of ablations there is a section of them, without it there is none."""
    assert "ingredient" not in page(measured)
    row = {"name": "without strokes"} | dict.fromkeys(
        ("mnist", "strokes", "damaged", "auroc"), FIGURE
    )
    ablation = {"how": "Each was trained alike.", "rows": [row]}
    (tmp_path / "ablation.json").write_text(json.dumps(ablation))
    write(measured, tmp_path)
    text = (tmp_path / "accuracy.md").read_text(encoding="utf-8")
    assert "Each was trained alike." in text
    assert "| without strokes |" + 3 * " 99.12 (98.50–99.50) |" + " 0.9912" in text


@pytest.mark.parametrize("content", ["{", "[]", '{"how": "", "rows": [{"name": "a"}]}'])
def test_damaged_ablation(measured: dict[str, Any], tmp_path: Path, content: str) -> None:
    """A file of something else is named, and no page is written."""
    (tmp_path / "ablation.json").write_text(content)
    with pytest.raises(DataError, match=r"ablation\.json"):
        write(measured, tmp_path)
    assert not (tmp_path / "accuracy.md").exists()


def test_without_scans(measured: dict[str, Any]) -> None:
    """Without scikit-learn the page says what is left out."""
    sets = [entry for entry in measured["sets"] if entry["group"] != "scan"]
    assert "Left out: scikit-learn" in page(measured | {"sets": sets})
