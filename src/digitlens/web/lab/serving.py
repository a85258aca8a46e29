"""Serving: which model answers, the server's own or that of a run; the same in every worker.

Workers share nothing but files. The choice is one, RUNS/.serving, and each worker looks at it at
most once a second.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from time import monotonic

from digitlens.errors import BundleError
from digitlens.models.card import Card
from digitlens.reading.reader import Reader
from digitlens.training.jobs.line import NAME
from digitlens.training.run import BUNDLE

SERVING = ".serving"
_REST = 1.0  # seconds between two looks
_LOG = logging.getLogger("digitlens.web")

_Stamp = tuple[int, ...]


class Serving:
    """The reader that answers.

    Args:
        runs: The folder of the runs.
        own: The server's own reader, which answers where no run was chosen.
    """

    def __init__(self, runs: Path, own: Reader) -> None:
        self.own = own
        self.run: str | None = None
        self._runs, self._file = runs, runs / SERVING
        self._reader = own
        self._stamp: _Stamp = ()
        self._next = 0.0

    def reader(self) -> Reader:
        """The reader that answers now."""
        if monotonic() >= self._next:
            self.look()
        return self._reader

    def look(self) -> None:
        """Look at the choice, and load its model where it is another one."""
        self._next = monotonic() + _REST
        stamp = self._stamps()
        if stamp == self._stamp:
            return
        name, reader = self._load()
        if name != self.run:
            _LOG.info("%s answers now", f"the model of the run {name}" if name else "the own model")
        self.run, self._reader, self._stamp = name, reader, stamp

    def choose(self, name: str | None) -> None:
        """Let the model of a run answer, or with None the server's own; in every worker.

        Args:
            name: Of a run that there is.

        Raises:
            BundleError: The run has no model that can be used.
        """
        if name is None:
            self._file.unlink(missing_ok=True)
        else:
            Reader(self._runs / name / BUNDLE, self.own.limits)
            part = self._file.with_suffix(".part")
            part.write_text(json.dumps({"run": name}) + "\n", encoding="utf-8")
            part.replace(self._file)
        self.look()

    def _stamps(self) -> _Stamp:
        """What changes when the choice does, or the model that was chosen."""
        card = self._runs / (self._chosen() or "") / BUNDLE / "card.json"
        return (*_stamp(self._file), *_stamp(card)) if self._file.exists() else ()

    def _load(self) -> tuple[str | None, Reader]:
        name = self._chosen()
        if name is None:
            return None, self.own
        try:
            return name, Reader(self._runs / name / BUNDLE, self.own.limits)
        except BundleError as error:
            _LOG.error("the run %s cannot answer, the own model does: %s", name, error)
            return None, self.own

    def _chosen(self) -> str | None:
        try:
            name = json.loads(self._file.read_bytes())["run"]
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return name if isinstance(name, str) and NAME.fullmatch(name) else None


def describe(card: Card, size: int) -> dict[str, object]:
    """What the Lab says of a model by its card; the accuracy is None where that has none.

    Args:
        card: Of the model.
        size: Bytes of its file.
    """
    metric = next((m for m in card.metrics if m.name == "mnist_test"), None)
    return {
        "name": card.name,
        "version": card.version,
        "parameters": card.training.get("parameters", 0),
        "bytes": size,
        "accuracy": metric.value if metric else None,
        "interval": (metric.low, metric.high) if metric else None,
    }


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ino, found.st_size
