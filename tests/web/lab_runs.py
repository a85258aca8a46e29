"""Folders of runs as trainings leave them, with networks that nobody trained."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from digitlens.models import bundle
from digitlens.models.card import Card
from digitlens.training.layers.description import Layer, describe_layers
from digitlens.training.layers.drawing import draw
from digitlens.training.measure.evaluation import assess, write_mistakes
from digitlens.training.run import (
    BUNDLE,
    CONFIG,
    DRAWING,
    EVALUATION,
    FILTERS,
    HISTORY,
    LAYERS,
    MISTAKES,
    REPORT,
    Run,
)
from tests.training.mnist_like import draw as draw_digit

LAYERS_OF_IT = [
    Layer("picture", "InputLayer", "input", "picture", (28, 28, 1), 0, 0, "The picture."),
    Layer("conv", "Conv2D", "convolution", "conv 3×3", (26, 26, 4), 40, 24336, "It looks."),
    Layer("flatten", "Flatten", "shape", "flatten", (2704,), 0, 0, "One long row."),
    Layer("out", "Dense", "dense", "dense", (10,), 27050, 27040, "It answers."),
]


def make_run(runs: Path, name: str, state: str = "done", epoch: int = 3, **changes: Any) -> Path:
    """Make a run's folder: all of it where it is done, otherwise what there is so far."""
    folder = runs / name
    folder.mkdir(parents=True)
    started = f"2026-01-01T00:00:{len(list(runs.iterdir())):02}Z"
    run = Run(name, "simple", state, started, 5, 1, os.getpid(), epoch=epoch, seconds=9.0 * epoch)  # type: ignore[arg-type]  # a literal
    (folder / CONFIG).write_text("epochs = 5\n")
    write_history(folder, epoch)
    write_network(folder)
    if state == "done":
        write_results(folder)
        run = replace(run, accuracy=0.9876, interval=(0.985, 0.989), bytes=100_000, latency=85.0)
    replace(run, **changes).write(folder)
    return folder


def write_history(folder: Path, epochs: int) -> None:
    """Write so many epochs."""
    lines = ["epoch,loss,accuracy,val_loss,val_accuracy,rate,seconds"]
    for e in range(1, epochs + 1):
        lines.append(f"{e},{0.5 / e},{1 - 0.1 / e},{0.4 / e},{1 - 0.08 / e},0.001,9.0")
    (folder / HISTORY).write_text("\n".join(lines) + "\n")


def write_network(folder: Path) -> None:
    """Write a network of four layers, its drawing, and the filters of one of them."""
    description = describe_layers("simple", "Keras", LAYERS_OF_IT)
    description.write(folder / LAYERS)
    (folder / DRAWING).write_text(draw(description), encoding="utf-8")
    (folder / FILTERS).mkdir()
    Image.new("L", (32, 8), 128).save(folder / FILTERS / "conv.png")


def write_results(folder: Path) -> None:
    """Write an evaluation with mistakes, a report, and a bundle that bears the run's name."""
    labels = np.arange(60, dtype=np.int64) % 10
    logits = np.eye(10, dtype=np.float32)[labels] * 9
    logits[[4, 14, 7]] = np.eye(10, dtype=np.float32)[[9, 9, 1]] * 5  # two 4s are 9, a 7 is 1
    evaluation = assess(logits, labels, 1.0)
    evaluation.write(folder / EVALUATION)
    images = np.stack([draw_digit(int(label), seed) for seed, label in enumerate(labels)])
    write_mistakes(folder / MISTAKES, images, evaluation)
    (folder / REPORT).write_text(
        "<!doctype html><title>Report</title><style>h1 { color: rgb(1, 2, 3) }</style>"
        "<h1>Report</h1>"
        "<script>document.title = 'a script ran'</script>"
    )
    shutil.copytree(bundle.DEFAULT, folder / BUNDLE)
    card = Card.read(folder / BUNDLE / bundle.CARD_FILE)
    replace(card, name=folder.name, version="9").write(folder / BUNDLE / bundle.CARD_FILE)
