"""Run: the folder that a training leaves, and what it says about itself.

Everything that looks at trainings (`digitlens runs`, the Lab, the report) reads these files; none
of them needs Keras.

    RUN/
      run.json          what it is and how it stands (`Run`)
      config.toml       every setting that it was trained with
      history.csv       a line for each epoch: loss, accuracy, val_loss, val_accuracy, rate, seconds
      layers.json       the network, layer by layer; drawing.svg is its picture
      filters/          the kernels of each convolution as a picture, LAYER.png
      evaluation.json   accuracy on the test set, per class, confusion, calibration
      mistakes/         what was misread, as pictures: INDEX.png
      plots/            curves, confusions and reliability, as SVG
      report.html       all of it on one page, without a server
      model.keras       the network of the best epoch
      bundle/           the same as `digitlens serve` takes it
      state/            what an interrupted training goes on from
      stop              somebody wishes that it ends after the batch it is at
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from digitlens.errors import DataError

State = Literal["running", "done", "stopped", "failed"]

RUN = "run.json"
CONFIG = "config.toml"
HISTORY = "history.csv"
LAYERS = "layers.json"
DRAWING = "drawing.svg"
FILTERS = "filters"
EVALUATION = "evaluation.json"
MISTAKES = "mistakes"
REPORT = "report.html"
NETWORK = "model.keras"
BUNDLE = "bundle"
STATE = "state"
STOP = "stop"


@dataclass(frozen=True, slots=True)
class Run:
    """How a training stands.

    Attributes:
        name: Of its folder.
        model: Name of the architecture, or the learner's file.
        state: `running`, `done`, `stopped` by somebody, or `failed`.
        reason: Why it stopped or failed, in a sentence; empty otherwise.
        started: When it began, RFC 3339 in UTC.
        seconds: How long it has trained, breaks left out.
        epoch: Whole epochs that are done.
        epochs: How many there are to be.
        seed: Of everything that is left to chance.
        pid: Of the process that trains.
        parameters: How many the network has.
        bytes: Size of the LiteRT file; 0 before there is one.
        latency: Median microseconds in which LiteRT answers for one digit on one core; 0 before.
        accuracy: On the test set, 0 to 1, as the LiteRT file answers; None before.
        interval: Its 95 % interval; None before.
        data: The sources it was trained on.
        versions: Of the libraries.
    """

    name: str
    model: str
    state: State
    started: str
    epochs: int
    seed: int
    pid: int
    reason: str = ""
    seconds: float = 0.0
    epoch: int = 0
    parameters: int = 0
    bytes: int = 0
    latency: float = 0.0
    accuracy: float | None = None
    interval: tuple[float, float] | None = None
    data: tuple[str, ...] = ("mnist",)
    versions: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write it; who reads it at the same time sees the old one or the new one, whole."""
        part = folder / f".{RUN}.part"
        part.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        part.replace(folder / RUN)

    @classmethod
    def read(cls, folder: Path) -> Run:
        """Read the run of a folder.

        Raises:
            DataError: There is none, or it is damaged.
        """
        try:
            entries: dict[str, Any] = json.loads((folder / RUN).read_text(encoding="utf-8"))
            for name in ("interval", "data"):
                entries[name] = tuple(entries[name]) if entries[name] is not None else None
            return cls(**entries)
        except OSError as error:
            raise DataError(str(folder), f"a run's folder with {RUN}", "none") from error
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(str(folder / RUN), "what a training wrote", repr(error)) from error


def all_runs(folder: Path) -> Iterator[tuple[Path, Run]]:
    """The runs in a folder, by name; what is none, or damaged, is passed over."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            yield path, Run.read(path)
        except DataError:
            continue
