"""Write the figures of the README and of `retraining.md`, as they were measured last.

python -m docs.figures
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from digitlens.models.bundle import load
from digitlens.training.measure.suite.results import TOLD_FROM, alphabet_of

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
RESULTS = ROOT / "benchmarks" / "results.json"
ACCURACY = ROOT / "docs" / "accuracy.json"
RETRAINING = ROOT / "docs" / "retraining.md"
HAND = ROOT / "docs" / "learn_a_hand.json"
_CURVE = re.compile(r"(<!-- curve: .*? -->\n)(.*?)(<!-- /curve -->)", re.DOTALL)
_PLACE = re.compile(r"(<!-- figures: .*? -->\n)(.*?)(<!-- /figures -->)", re.DOTALL)


def with_figures(text: str) -> str:
    """The README's text with the figures of today."""
    return _PLACE.sub(lambda found: found[1] + table() + found[3], text)


def with_curve(text: str) -> str:
    """The text of `retraining.md` with what `examples/learn_a_hand.py` measured."""
    return _CURVE.sub(lambda found: found[1] + curve() + found[3], text)


def curve() -> str:
    """What was learned from so many corrections, as a table."""
    head = (
        "| mistakes corrected | answers confirmed | admitted "
        "| misread of the writer's other digits | misread of MNIST |",
        "|--:|--:|---|--:|--:|",
    )
    points = json.loads(HAND.read_text(encoding="utf-8"))
    return "\n".join([*head, *map(_point, points), ""])


def _point(point: dict[str, Any]) -> str:
    admitted = ("yes" if point["admitted"] else "no") if point["seconds"] else "not trained"
    return (
        f"| {point['mistakes']} | {point['confirmed']} | {admitted} "
        f"| {_share(point['writer_before'])} → {_share(point['writer_after'])} "
        f"| {_share(point['mnist_before'])} → {_share(point['mnist_after'])} |"
    )


def table() -> str:
    """The figures as a table."""
    bundle = load()
    metrics = {metric.name: metric for metric in bundle.card.metrics}
    rows = [
        ("MNIST test set, 10,000 digits as they are", _share(metrics["mnist_test"].value)),
        (
            "the same anywhere on a canvas, a third of its size",
            _share(metrics["mnist_canvas"].value),
        ),
    ]
    if ACCURACY.exists():
        rows += _accuracies(json.loads(ACCURACY.read_text(encoding="utf-8")))
    rows.append(("size of the network", f"{len(bundle.model) / 1000:,.0f} kB"))
    if RESULTS.exists():
        rows += _speeds(json.loads(RESULTS.read_text(encoding="utf-8")))
    lines = [f"| {what} | {figure} |" for what, figure in rows]
    return "\n".join(["| | |", "|---|---|", *lines, ""])


def _accuracies(found: dict[str, Any]) -> list[tuple[str, str]]:
    """What the suite measured, with what the usual way makes of the same pictures beside it."""
    strokes = next(entry for entry in found["sets"] if entry["name"] == TOLD_FROM)
    letters = alphabet_of(found["others"])
    middle = {way: found["ladder"][way]["mean"][2]["value"] for way in ("ours", "usual")}
    said = "{} (usual way: {})"
    right, read = (
        said.format(*(_share(entry[way][name]["value"]) for way in ("ours", "usual")))
        for entry, name in ((strokes, "right"), (letters, "read"))
    )
    return [
        ("drawn with thin and thick pens by people it never saw", right),
        ("damaged in fifteen ways", said.format(*(_share(share) for share in middle.values()))),
        ("letters of unknown alphabets that are taken for digits", read),
    ]


def _speeds(results: dict[str, Any]) -> list[tuple[str, str]]:
    """The figures of the benchmarks, with what a server of the usual kind needs beside them."""
    found = {figure["name"]: figure for figure in results["figures"]}
    cores = results["machine"]["cores"]
    return [
        (f"requests per second, {cores} cores", _beside(found["rate"], "{:,.0f}")),
        ("median latency", _beside(found["latency"], "{:.1f} ms")),
        ("memory of the server under load", _beside(found["memory"], "{:,.0f} MiB")),
        ("start to first answer", _beside(found["start"], "{:.1f} s")),
    ]


def _beside(figure: dict[str, Any], form: str) -> str:
    return f"{form.format(figure['ours'])} (usual way: {form.format(figure['peer'])})"


def _share(value: float) -> str:
    return f"{value:.2%}"


if __name__ == "__main__":
    for page, renewed in ((README, with_figures), (RETRAINING, with_curve)):
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
