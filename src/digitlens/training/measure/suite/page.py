"""Page: what was measured, as docs/accuracy.md, with its JSON and its diagrams."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from digitlens.training.measure.suite.ablation import FILE, ablation_section, read_ablation
from digitlens.training.measure.suite.prose import HOW, INTRODUCTION, LADDER, OTHERS, SURE
from digitlens.training.measure.suite.reliability import Series, diagram
from digitlens.training.measure.suite.results import DIAGRAM
from digitlens.training.measure.suite.summary import summary_table, weaknesses
from digitlens.training.measure.suite.tables import WAYS, digits_table, ladder_table, others_table

PAGE, RESULTS, IMAGES = "accuracy.md", "accuracy.json", "images"
_GROUPS = {
    "mnist": "### MNIST\n\nDigits of its test set, in three forms.",
    "pen": (
        "### Pens\n\nDigits of six people whose strokes were never trained on nor chosen by, drawn "
        "180 pixels large in the middle of a canvas of 280×280, black on white."
    ),
    "size": "### Sizes\n\nThe same strokes with a pen of 7 % of their size, at least 2 pixels.",
    "place": "### Places and ground\n\nThe same strokes, 100 pixels large with a pen of 8.",
    "cut": (
        "### Cut out\n\nDigits with no room around them, black on white, as data sets have them. "
        "What is left of an upright 1 is a black bar."
    ),
    "scan": "### Scans\n\nForms of other people, scanned long ago and kept as 8×8 pixels.",
}
_SERIES = dict(zip(DIAGRAM, ("MNIST", "pen strokes", "damaged at strength 0.6"), strict=True))


def write(found: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write the page, and what belongs to it.

    Args:
        found: As `run` gives it.
        folder: Where to; `ablation.json` there becomes a section of the page.

    Returns:
        The files.

    Raises:
        DataError: `ablation.json` is damaged.
    """
    text = page(found, read_ablation(folder / FILE))
    (folder / IMAGES).mkdir(parents=True, exist_ok=True)
    files = {folder / PAGE: text, folder / RESULTS: json.dumps(found, indent=1) + "\n"}
    for way, called in WAYS:
        series = [Series(name, found["diagram"][way][key]) for key, name in _SERIES.items()]
        files[folder / IMAGES / _image(way)] = diagram(called, series)
    for path, content in files.items():
        path.write_text(content, encoding="utf-8")
    return list(files)


def page(found: Mapping[str, Any], ablation: Mapping[str, Any] | None = None) -> str:
    """The page as Markdown.

    Args:
        found: As `run` gives it, also read back from its JSON.
        ablation: As `read_ablation` gives it.
    """
    model = found["model"]
    told = f"{model['name']}, version {model['version']}, {model['bytes'] / 1000:,.0f} kB"
    parts = [
        INTRODUCTION.format(model=told, pictures=found["pictures"]),
        summary_table(found),
        "## Digits",
        *_digits(found["sets"]),
        LADDER.format(digits=found["ladder"]["digits"]),
        ladder_table(found["ladder"]),
        OTHERS,
        others_table(found["others"]),
        SURE,
        "\n".join(
            f"![Reliability diagram, {called}](images/{_image(way)})" for way, called in WAYS
        ),
    ]
    if ablation:
        parts.append(ablation_section(ablation).rstrip())
    parts += ["## Where it is weak", weaknesses(found), HOW]
    return "\n\n".join(parts) + "\n"


def _digits(entries: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        grouped.setdefault(entry["group"], []).append(entry)
    for group, words in _GROUPS.items():
        if group in grouped:
            yield words
            yield digits_table(grouped[group])
        else:
            yield f"{words.splitlines()[0]}\n\nLeft out: scikit-learn, which has them, is missing."


def _image(way: str) -> str:
    return f"reliability-{way}.svg"
