"""Ablation: what each ingredient of the shipped recipe brings, with a network that learns fast.

python -m benchmarks.ablation     train what has no run yet, and write docs/ablation.json

The variants see about as many pictures each. A training that is interrupted goes on when
the command is given again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from digitlens.models.bundle import load
from digitlens.settings import Settings
from digitlens.training.measure.suite.ablation import FILE, measure_variant
from digitlens.training.measure.suite.sets import Sources
from digitlens.training.measure.suite.ways import Pipeline, UsualWay, Way
from digitlens.training.run import BUNDLE, Run

DOCS = Path(__file__).parents[1] / "docs"
BASE = (
    "--preset",
    "polish",
    "--model",
    "simple",
    "precision=float32",
    "schedule=one-cycle",
    "epochs=1",
)
STILL = tuple(
    f"augmentation.{name}=0"
    for name in ("rotation", "shear", "stretch", "zoom", "shift", "pen", "elastic", "binary")
)
HOW = (
    "A small network (`simple`) was trained with the recipe of the second part of the one that "
    "ships, but from its first weights, and with one ingredient left out each time. Each saw about "
    "90,000 pictures, one pass over everything. A longer training of a larger network is better "
    "everywhere; what counts here is the difference to the first line. The last two lines are one "
    "of the two networks that ship, and both joined. `python -m benchmarks.ablation` repeats it."
)


def _data(*sources: str) -> str:
    return "data=" + json.dumps(sources)


# Each with its settings; what they are given twice counts the second time.
DRAWN = ("strokes:12000", "styles:3000", "others:12000")
VARIANTS: dict[str, tuple[str, ...]] = {
    "everything": (),
    "no pen strokes": (_data("mnist", *DRAWN[1:]),),
    "nothing that is no digit": (_data("mnist", *DRAWN[:2]),),
    "no damaged pictures": ("worn=0",),
    "no distortion": STILL,
    "MNIST alone": ("epochs=2", "worn=0", _data("mnist")),
}
# Runs of `make train`, measured where they are.
SHIPPED = {"one network that ships": "settle-1", "both joined": "compact-joined"}


@click.command()
def main() -> None:
    """Train the variants, two at a time, measure them, and keep the figures."""
    settings = Settings.from_environment()
    runs = settings.runs_dir
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda name: _train(name, runs), VARIANTS))
    sources = Sources.load(settings.data_dir)
    whole = load(_folder("everything", runs) / BUNDLE)
    ways: dict[str, Way] = {name: Pipeline(load(_folder(name, runs) / BUNDLE)) for name in VARIANTS}
    ways["everything, but no preparation"] = UsualWay(whole)
    for name, run in SHIPPED.items():
        if (runs / run / BUNDLE).exists():
            ways[name] = Pipeline(load(runs / run / BUNDLE))
    rows = []
    for name, way in ways.items():
        rows.append(measure_variant(name, way, sources))
        click.echo(json.dumps(rows[-1]))
    text = json.dumps({"how": HOW, "rows": rows}, indent=2, ensure_ascii=False)
    (DOCS / FILE).write_text(text + "\n", encoding="utf-8")


def _folder(name: str, runs: Path) -> Path:
    return runs / f"ablation-{name.replace(' ', '-')}"


def _train(name: str, runs: Path) -> None:
    folder = _folder(name, runs)
    if not (folder / "run.json").exists():
        _digitlens("train", *BASE, *VARIANTS[name], "--run", str(folder))
    elif Run.read(folder).state != "done":
        _digitlens("train", "--resume", "--run", str(folder))


def _digitlens(*words: str) -> None:
    program = str(Path(sys.executable).parent / "digitlens")
    alone = os.environ | {"TF_NUM_INTRAOP_THREADS": "1"}  # one core for each
    subprocess.run([program, *words], check=True, env=alone)


if __name__ == "__main__":
    main()
