"""Accuracy: the shipped model on MNIST's test set, as it is and on a canvas."""

from __future__ import annotations

from benchmarks.effort import Effort, Say
from benchmarks.figures import Figure, Goal
from benchmarks.library import warm_up
from digitlens.models.card import Metric
from digitlens.settings import Settings
from digitlens.training.measure.evaluate import evaluate

_WHY = "set DIGITLENS_DATA_DIR to a folder that has mnist/"


def measure(effort: Effort, peer: bool, say: Say) -> list[Figure]:  # noqa: ARG001 -- no peer has it
    """Measure how much the shipped model reads right."""
    data_dir = Settings.from_environment().data_dir
    if data_dir is None:
        return [Figure("mnist_test", "MNIST test set, shipped model", "%", skipped=_WHY)]
    say("MNIST: both variants of the test set")
    test, canvas = evaluate(warm_up(), data_dir, effort.limit)
    loss = (test.value - canvas.value) * 100
    return [
        _figure(test, "MNIST test set, shipped model", Goal("ours", 99.6)),
        _figure(canvas, "the same pictures, anywhere on a 280×280 canvas"),
        Figure(
            "canvas_loss",
            "how much less of them is read on the canvas",
            "points",
            loss,
            goal=Goal("ours", 0.2, most=True),
        ),
    ]


def _figure(metric: Metric, what: str, goal: Goal | None = None) -> Figure:
    interval = (metric.low * 100, metric.high * 100)
    value = metric.value * 100
    return Figure(metric.name, what, "%", value, higher=True, goal=goal, range=interval)
