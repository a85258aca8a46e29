"""Found: the files of a run that a report is made of, as far as they are there."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitlens.errors import DataError
from digitlens.training.layers.description import Description
from digitlens.training.measure.comparison import settings_of
from digitlens.training.measure.evaluation import Evaluation
from digitlens.training.run import (
    DRAWING,
    EVALUATION,
    FILTERS,
    HISTORY,
    LAYERS,
    MISTAKES,
    Run,
)

_COLUMNS = ("loss", "accuracy", "val_loss", "val_accuracy", "rate", "seconds")
History = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the folder of a run.

    Attributes:
        folder: Where.
        run: How the training stands; None if that is missing or damaged.
        settings: What it was trained with, flat: `augmentation.rotation`; empty if missing.
        history: For each column a value per epoch, NaN where it has none; empty if missing.
        evaluation: On the test set; None if missing or damaged.
        layers: The network, layer by layer; None if missing or damaged.
        drawing: The network as SVG; empty if missing.
        filters: The kernels of each layer, its name and its picture.
        mistakes: Pictures of mistakes by their index.
    """

    folder: Path
    run: Run | None
    settings: dict[str, Any]
    history: History
    evaluation: Evaluation | None
    layers: Description | None
    drawing: str
    filters: dict[str, Path]
    mistakes: dict[int, Path]

    @property
    def epochs(self) -> int:
        """Whole epochs of which there is a history."""
        return len(next(iter(self.history.values()), []))

    @property
    def best(self) -> int | None:
        """The epoch, from 1, with the least validation loss, which is the one that is kept."""
        losses = [math.inf if math.isnan(x) else x for x in self.history.get("val_loss", [])]
        least = min(losses, default=math.inf)
        return losses.index(least) + 1 if math.isfinite(least) else None


def gather(folder: Path) -> Found:
    """Read what there is; a missing or damaged file is as good as none."""
    drawing = folder / DRAWING
    return Found(
        folder=folder,
        run=_run(folder),
        settings=settings_of(folder),
        history=_history(folder / HISTORY),
        evaluation=_evaluation(folder / EVALUATION),
        layers=_layers(folder / LAYERS),
        drawing=drawing.read_text(encoding="utf-8") if drawing.is_file() else "",
        filters={path.stem: path for path in sorted((folder / FILTERS).glob("*.png"))},
        mistakes={
            int(path.stem): path
            for path in (folder / MISTAKES).glob("*.png")
            if path.stem.isdecimal()
        },
    )


def _run(folder: Path) -> Run | None:
    try:
        return Run.read(folder)
    except DataError:
        return None


def _evaluation(path: Path) -> Evaluation | None:
    try:
        return Evaluation.read(path)
    except DataError:
        return None


def _layers(path: Path) -> Description | None:
    try:
        return Description.read(path)
    except DataError:
        return None


def _history(path: Path) -> History:
    try:
        with path.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
    except OSError:
        return {}
    columns = {name: [_number(row.get(name)) for row in rows] for name in _COLUMNS}
    return {name: column for name, column in columns.items() if not all(map(math.isnan, column))}


def _number(text: str | None) -> float:
    try:
        return float(text or "nan")
    except ValueError:
        return math.nan
