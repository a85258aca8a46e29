"""Plots: curves, the confusion matrix and the reliability diagram, each as an SVG.

Colours are variables of CSS with a fallback, so that one picture suits a light page, a dark one and
a viewer that knows neither.
"""

from __future__ import annotations

import io
import re
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator, PercentFormatter

from digitlens.training.measure.evaluation import Evaluation
from digitlens.training.report.found import Found

TEXT, MUTED, LINE = "#1b2130", "#596072", "#d5d1c5"
FIRST, SECOND = "#2549c9", "#b45309"
_VARIABLES = {
    TEXT: "text",
    MUTED: "muted",
    LINE: "line",
    FIRST: "accent",
    SECOND: "second",
}
_SIZE = (4.8, 3.1)  # inches: a phone shows its type at the size that it has here
_STYLE: dict[Any, Any] = {  # matplotlib's own type is the list of all its settings
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": TEXT,
    "axes.titlelocation": "left",
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "font.size": 11,
    "grid.color": LINE,
    "legend.frameon": False,
    "legend.labelcolor": TEXT,
    "lines.linewidth": 2,
    "svg.fonttype": "none",  # type stays type: it can be read aloud, searched and copied
    "svg.hashsalt": "digitlens",  # the same picture is the same file
    "xtick.color": MUTED,
    "ytick.color": MUTED,
}


def plots(found: Found) -> dict[str, str]:
    """Draw what there is to draw: `loss`, `accuracy`, `rate`, `confusion`, `reliability`."""
    drawn = {}
    with mpl.rc_context(_STYLE):
        for name, title in (("loss", "Loss"), ("accuracy", "Accuracy"), ("rate", "Learning rate")):
            if name in found.history:
                drawn[name] = _curve(found, name, title)
        if found.evaluation is not None:
            drawn["confusion"] = _confusion(found.evaluation)
            drawn["reliability"] = _reliability(found.evaluation)
    return drawn


def _curve(found: Found, name: str, title: str) -> str:
    """A quantity by epoch, on the training data and, where it was validated, on held-out data."""
    figure, axes = _axes()
    epochs = np.arange(1, found.epochs + 1)
    marker = "o" if found.epochs < 3 else None  # a line needs two points
    validation = found.history.get(f"val_{name}")
    axes.plot(epochs, found.history[name], color=FIRST, marker=marker, label="training")
    if validation is not None:
        axes.plot(
            epochs, validation, color=SECOND, marker=marker, linestyle="--", label="validation"
        )
        axes.legend()
    if found.best is not None:
        axes.axvline(found.best, color=MUTED, linewidth=1, linestyle=":")
    if name == "accuracy":
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    axes.set_title(title)
    axes.set_xlabel("epoch")
    return _svg(figure, f"{title} by epoch, {found.epochs} epochs")


def _confusion(evaluation: Evaluation) -> str:
    """Counts as text; what is off the diagonal is the more coloured the more often it happened."""
    figure, axes = _axes((4.8, 4.6))
    counts = np.array(evaluation.confusion)
    wrong = counts * (1 - np.eye(10, dtype=np.int64))
    for row, column in np.ndindex(10, 10):
        count = int(counts[row, column])
        if count:
            right = row == column
            alpha = 0.16 if right else 0.15 + 0.3 * count / int(wrong.max())
            color = FIRST if right else SECOND
            corner = (column - 0.5, row - 0.5)
            axes.add_patch(Rectangle(corner, 1, 1, color=color, alpha=alpha, linewidth=0))
            axes.text(column, row, str(count), ha="center", va="center", color=TEXT, fontsize=9)
    axes.set(xlim=(-0.5, 9.5), ylim=(9.5, -0.5), xticks=range(10), yticks=range(10), aspect=1)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.set_xlabel("read as")
    axes.set_ylabel("shows")
    axes.set_title("Confusion")
    return _svg(figure, f"Confusion matrix, {evaluation.count} pictures")


def _reliability(evaluation: Evaluation) -> str:
    """Accuracy by confidence: on the dotted line, the confidence means what it says."""
    figure, axes = _axes((4.8, 4.6))
    axes.plot((0, 1), (0, 1), color=MUTED, linewidth=1, linestyle=":")
    for one in evaluation.bins:
        width = one.high - one.low
        axes.bar(one.low, one.accuracy, width, align="edge", color=FIRST, alpha=0.3, linewidth=0)
    axes.plot(
        [one.confidence for one in evaluation.bins],
        [one.accuracy for one in evaluation.bins],
        color=FIRST,
        marker="o",
    )
    axes.set(xlim=(0, 1), ylim=(0, 1.02), aspect=1)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0))
    axes.set_xlabel("confidence")
    axes.set_ylabel("read right")
    axes.set_title("Reliability")
    error = evaluation.calibration_error
    return _svg(figure, f"Reliability diagram, expected calibration error {error:.4f}")


def _axes(size: tuple[float, float] = _SIZE) -> tuple[Figure, Axes]:
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.add_subplot()
    axes.grid(visible=True, linewidth=0.7)
    axes.set_axisbelow(True)
    return figure, axes


def _svg(figure: Figure, label: str) -> str:
    """The SVG element, with variables for its colours and its type."""
    target = io.StringIO()
    plain = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(target, format="svg", transparent=True, metadata=plain)
    text = target.getvalue()
    text = text[text.index("<svg") :]
    for color, variable in _VARIABLES.items():
        text = text.replace(color, f"var(--{variable}, {color})")
    text = re.sub(r"font-family: [^;\"]+", "font-family: var(--face, sans-serif)", text)
    # Several of these stand on one page, where an id may be given once; none of these is used.
    text = re.sub(r' id="[a-zA-Z0-9.]+_\d+"', "", text)
    return text.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
