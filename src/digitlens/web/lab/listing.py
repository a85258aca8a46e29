"""Listing: all runs, the line and the model that answers, as one piece of JSON.

Many people watch the same trainings. So the piece is made at most twice a second in a worker, and
who has it already is told so by its tag.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import Any

from digitlens.errors import DataError
from digitlens.models.bundle import MODEL_FILE
from digitlens.training.jobs.alive import is_alive
from digitlens.training.jobs.line import NAME, Line
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
    RUN,
    Run,
)
from digitlens.web.lab.described import describe
from digitlens.web.serving import Serving

_REST = 0.5  # seconds for which a piece is given out again
_LEFT_OUT = ("pid", "versions")
PARTS = (BUNDLE, CONFIG, HISTORY, LAYERS, DRAWING, FILTERS, EVALUATION, MISTAKES, REPORT)


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of JSON, and a tag that is another one when they are."""

    body: bytes
    tag: str

    @classmethod
    def of(cls, said: object) -> Piece:
        """The piece that says something."""
        body = json.dumps(said).encode()
        return cls(body, blake2b(body, digest_size=12).hexdigest())


class Listing:
    """What there is, for one worker.

    Args:
        line: The line, with the folder of the runs.
        serving: The model that answers.
    """

    def __init__(self, line: Line, serving: Serving) -> None:
        self._line, self._serving = line, serving
        self._lock = threading.Lock()
        self._piece, self._until = Piece.of({}), 0.0

    def piece(self) -> Piece:
        """The piece of now, or of half a second ago."""
        with self._lock:
            if monotonic() >= self._until:
                self._piece = Piece.of(self._say())
                self._until = monotonic() + _REST
            return self._piece

    def forget(self) -> None:
        """Something was changed: the next piece is a new one."""
        self._until = 0.0

    def find(self, name: str) -> tuple[Path, Run] | None:
        """The folder of a run, and how it stands; None where there is none of that name."""
        folder = self._line.runs / name
        if not NAME.fullmatch(name):
            return None
        try:
            return folder, truly(Run.read(folder))
        except DataError:
            run = self._starting()
            return (folder, run) if run and run.name == name else None

    def _starting(self) -> Run | None:
        """The run that has not said a word yet: what trains it is still loading its libraries."""
        job = self._line.current()
        return Run(job.name, job.model, "running", job.queued, 0, 0, 0) if job else None

    def _say(self) -> dict[str, Any]:
        self._serving.look()
        run, own, own_folder = self._serving.run, self._serving.own, self._serving.own_folder
        folder = self._line.runs / run / BUNDLE if run else own_folder
        return {
            "runs": sorted(self._runs(), key=lambda run: run["started"], reverse=True),
            "line": [asdict(job) for job in self._line.waiting()],
            "serving": {"run": run, **describe(self._serving.reader().card, _size(folder))},
            "own": describe(own.card, _size(own_folder)),
        }

    def _runs(self) -> Iterator[dict[str, Any]]:
        starting = self._starting()
        names = {path.parent.name for path in self._line.runs.glob(f"*/{RUN}")}
        for name in names:
            if found := self.find(name):
                yield say_run(*found)
        if starting and starting.name not in names:
            yield say_run(self._line.runs / starting.name, starting) | {"state": "starting"}


def _size(bundle: Path) -> int:
    file = bundle / MODEL_FILE
    return file.stat().st_size if file.exists() else 0


def truly(run: Run) -> Run:
    """How a run stands: one that runs by its own word, but has no process, has failed."""
    if run.state == "running" and not is_alive(run.pid):
        return replace(run, state="failed", reason="Its process is gone.")
    return run


def say_run(folder: Path, run: Run) -> dict[str, Any]:
    """What the API says of a run, and which of its parts there are."""
    said = {key: value for key, value in asdict(run).items() if key not in _LEFT_OUT}
    # The folder's name is what it is found by, wherever it was copied to.
    parts = [part for part in PARTS if (folder / part).exists()]
    return said | {"name": folder.name, "parts": parts, "stopping": (folder / "stop").exists()}


def say_filters(folder: Path) -> list[str]:
    """The layers of a run that have a picture of their filters."""
    return sorted(path.stem for path in (folder / FILTERS).glob("*.png"))
