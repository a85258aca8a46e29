"""History: the epochs of a run, all or those after one that is known already."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

from digitlens.training.run import HISTORY

COLUMNS = ("epoch", "loss", "accuracy", "val_loss", "val_accuracy", "rate", "seconds")


def read_history(folder: Path, since: int = 0) -> dict[str, Any]:
    """Read the epochs of a run.

    Args:
        folder: Of the run.
        since: The last epoch that is known.

    Returns:
        `columns`, the `rows` after that epoch, and the `last` epoch there is; 0 before the first.
        A figure that is no number is None.
    """
    try:
        text = (folder / HISTORY).read_text(encoding="utf-8")
    except OSError:
        text = ""
    rows = [row for line in csv.DictReader(text.splitlines()) if (row := _row(line))]
    last = max((int(row[0] or 0) for row in rows), default=0)
    after = [row for row in rows if (row[0] or 0) > since]
    return {"columns": COLUMNS, "rows": after, "last": last}


def _row(line: dict[str, str]) -> list[float | None] | None:
    """The figures of a line; None where it is not whole."""
    try:
        figures = [float(line[name]) for name in COLUMNS]
    except (KeyError, TypeError, ValueError):
        return None
    return [figure if math.isfinite(figure) else None for figure in figures]
