"""Measure what the course says: `python -m docs.lessons.measure`, ten minutes on two cores.

It gives the commands of the course, and runs its programs, on the whole of MNIST. What comes of it
is docs/learn/measured.json; `python -m docs.lessons` puts it into the pages and pictures. A run
that was done is not done again.
"""

from __future__ import annotations

import json
import os
import platform
import runpy
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from digitlens.settings import Settings
from digitlens.training.layers.description import Description
from digitlens.training.measure.evaluation import Evaluation
from digitlens.training.run import EVALUATION, LAYERS, NETWORK, Run, all_runs
from docs.lessons.pages import MEASURED

ROOT = Path(__file__).parents[2]
PROGRAMS = ROOT / "examples" / "learn"
_TRAIN = "digitlens train --preset quick"
_OWN = "--model examples/learn/networks"
TRAININGS = {
    "first": f"{_TRAIN} --run first",
    "no-convolution": f"{_TRAIN} {_OWN}/no_convolution.py --run no-convolution",
    "once": f"{_TRAIN} --epochs 1 --run once",
    "without-pooling": f"{_TRAIN} --epochs 1 {_OWN}/without_pooling.py --run without-pooling",
    "without-dense": f"{_TRAIN} {_OWN}/without_dense.py --run without-dense",
    "half": f"{_TRAIN} {_OWN}/half.py --run half",
}


def main() -> None:
    """Measure everything, and write it down after each step."""
    runs = Settings.from_environment().runs_dir
    found: dict[str, Any] = json.loads(MEASURED.read_text()) if MEASURED.exists() else {}
    found["how"] = how()
    for name, order in TRAININGS.items():
        train(runs, name, order)
        found.setdefault("runs", {})[name] = figures(runs / name)
        write(found)
    found["kernels"] = kernels(runs / "first" / NETWORK)
    shifted = ("first", "no-convolution")
    found["shifted"] = run_program("shifted", *(str(runs / name) for name in shifted))
    for name in ("convolution", "pooling", "softmax", "dropout", "batchnorm"):
        found[name] = run_program(name)
        write(found)


def how() -> dict[str, Any]:
    """What it was measured on."""
    libraries = ("digitlens", "keras", "tensorflow", "numpy", "ai-edge-litert")
    versions = {name: version(name) for name in libraries}
    return {
        "data": "MNIST: 60,000 digits, 5,000 of them held out; 10,000 for the test",
        "cores": os.cpu_count(),
        "versions": versions | {"python": platform.python_version()},
    }


def train(runs: Path, name: str, order: str) -> None:
    """Give a command of the course, unless its run is done."""
    if any(path.name == name and run.state == "done" for path, run in all_runs(runs)):
        return
    command = [str(Path(sys.executable).parent / "digitlens"), *order.split()[1:]]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 -- our own command


def figures(folder: Path) -> dict[str, Any]:
    """What is told of a run."""
    run, described = Run.read(folder), Description.read(folder / LAYERS)
    evaluation = Evaluation.read(folder / EVALUATION)
    return {
        "parameters": run.parameters,
        "multiplications": described.multiplications,
        "bytes": run.bytes,
        "latency": round(run.latency, 1),
        "accuracy": evaluation.accuracy,
        "interval": evaluation.interval,
        "mistakes": len(evaluation.mistakes),
        "epochs": run.epochs,
        "seconds": run.seconds,
    }


def kernels(network: Path) -> list[list[list[float]]]:
    """The filters of the first convolution: 32 times 3×3 weights."""
    import keras

    weights = keras.models.load_model(network, compile=False).layers[1].get_weights()[0]
    return [weights[:, :, 0, n].round(3).tolist() for n in range(weights.shape[-1])]


def load_program(name: str) -> dict[str, Any]:
    """The functions of one of the course's programs."""
    return runpy.run_path(str(PROGRAMS / f"{name}.py"))


def run_program(name: str, *arguments: str) -> Any:
    """Run one of the course's programs, which asserts what it shows."""
    return load_program(name)["main"](*arguments)


def write(found: dict[str, Any]) -> None:
    """Write down what was measured so far."""
    MEASURED.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
