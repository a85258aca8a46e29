"""Networks: every architecture on board is trained with `standard`, and `simple` with `quick`.

python -m benchmarks.networks             train what has no run yet, and keep the figures
python -m docs.architectures              write them into docs/architectures.md

A training that is interrupted goes on when the command is given again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import click

from digitlens.settings import Settings
from digitlens.training.run import Run

RESULTS = Path(__file__).parent / "networks.json"
NAMES = ("simple", "dropout", "batchnorm", "lenet5", "tiny", "compact", "m5", "deep")
TRAININGS = (("simple", "quick"), *((name, "standard") for name in NAMES))
KEPT = ("model", "epochs", "parameters", "bytes", "latency", "seconds", "accuracy", "interval")


@click.command()
def main() -> None:
    """Train, and keep what came of it in benchmarks/networks.json."""
    runs = Settings.from_environment().runs_dir
    results = {f"{model}-{preset}": _figures(runs, model, preset) for model, preset in TRAININGS}
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    for name, figures in results.items():
        click.echo(f"{name:20} {figures['accuracy']:.2%}  {figures['seconds']:,.0f} s")


def _figures(runs: Path, model: str, preset: str) -> dict[str, object]:
    folder = runs / f"{model}-{preset}"
    if not (folder / "run.json").exists():
        _train("--model", model, "--preset", preset, "--run", str(folder))
    elif Run.read(folder).state != "done":
        _train("--resume", "--run", str(folder))
    run = asdict(Run.read(folder))
    return {key: run[key] for key in KEPT}


def _train(*options: str) -> None:
    program = str(Path(sys.executable).parent / "digitlens")
    subprocess.run([program, "train", *options], check=True)


if __name__ == "__main__":
    main()
