"""Ablation: what each ingredient of the training brought: four figures of every variant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from digitlens.errors import DataError
from digitlens.training.measure.suite.answers import ask
from digitlens.training.measure.suite.digits import digit_sets, mixed_pens
from digitlens.training.measure.suite.figures import auroc, mean_share, share
from digitlens.training.measure.suite.ladder import MIDDLE_STRENGTH, ladder, plain
from digitlens.training.measure.suite.others import other_sets
from digitlens.training.measure.suite.results import Entries, figures
from digitlens.training.measure.suite.sets import Sources
from digitlens.training.measure.suite.tables import area, percent, table
from digitlens.training.measure.suite.ways import Way

FILE = "ablation.json"
_FIGURES = ("mnist", "strokes", "damaged", "auroc")
_MIDDLE = f"-{MIDDLE_STRENGTH}"
_EACH = 100  # damaged digits of MNIST and of pen strokes, in each way


def measure_variant(name: str, way: Way, sources: Sources) -> Entries:
    """Measure a network that was trained with more or less than another: a row of the file.

    Args:
        name: What it was trained with.
        way: How it reads.
        sources: What the pictures are made from.
    """
    middle = (one for one in ladder(plain(sources, _EACH)) if one.name.endswith(_MIDDLE))
    mnist, strokes, letters, *damaged = (
        ask(pictures, {name: way})[name]
        for pictures in (
            next(digit_sets(sources)),
            mixed_pens(sources.written),
            next(other_sets(sources)),
            *middle,
        )
    )
    return {"name": name} | figures(
        mnist=share(mnist.right),
        strokes=share(strokes.right),
        damaged=mean_share(np.stack([each.right for each in damaged])),
        auroc=auroc(strokes.score, letters.score),
    )


def read_ablation(path: Path) -> Mapping[str, Any] | None:
    """Read it.

    The file is `{"how": "…", "rows": […]}`: sentences on how the variants were trained, and for
    each what `measure_variant` gives.

    Returns:
        What it says; None where there is no file.

    Raises:
        DataError: It says something else.
    """
    if not path.exists():
        return None
    try:
        found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        ablation_section(found)
    except (ValueError, KeyError, TypeError) as error:
        expected = (
            "rows with name, mnist, strokes, damaged and auroc, each with value, low and high"
        )
        raise DataError(str(path), expected, repr(error)) from error
    return found


def ablation_section(found: Mapping[str, Any]) -> str:
    """The section of the page."""
    rows = [
        (
            row["name"],
            *(percent(row[name]) for name in _FIGURES[:-1]),
            area(row[_FIGURES[-1]]),
        )
        for row in found["rows"]
    ]
    head = (
        "trained with",
        "MNIST test, read right %",
        "pen strokes, read right %",
        "damaged, read right %",
        "letters, AUROC",
    )
    return "\n".join(
        ["## What each ingredient brought", "", found["how"], "", table(head, rows), ""]
    )
