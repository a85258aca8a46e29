"""Serving: which model answers, the same in every worker, and in every machine that shares files.

It is that of a run where somebody chose one in the Lab; else the active version of the library;
else the server's own. Workers share nothing but files: RUNS/.serving is the one choice,
MODELS/active.json the other, and each worker looks at both at most once a second. A request that
has begun keeps the reader that it has. A model that cannot be used changes nothing: the one before
it goes on answering.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from time import monotonic

from digitlens.errors import DigitlensError
from digitlens.models.bundle import CARD_FILE, DEFAULT
from digitlens.models.library import NAME, Library
from digitlens.models.pointer import SHIPPED
from digitlens.reading.reader import Reader
from digitlens.training.run import BUNDLE

SERVING = ".serving"
_REST = 1.0  # seconds between two looks
_LOG = logging.getLogger("digitlens.web")

_Stamp = tuple[int, ...]


class Serving:
    """The reader that answers.

    Args:
        runs: The folder of the runs.
        first: The server's own reader.
        library: The versions, of which the active one is the server's own model; without it,
            `first` is and stays that.
        folder: Where the bundle of `first` lies.

    Attributes:
        own: The reader of the server's own model, which answers where no run was chosen.
        own_folder: Where that model's bundle lies.
        run: The run that was chosen, if any.
    """

    def __init__(
        self, runs: Path, first: Reader, library: Library | None = None, folder: Path = DEFAULT
    ) -> None:
        self.own, self.own_folder = first, folder
        self.run: str | None = None
        self._first, self._library = first, library
        self._runs, self._file = runs, runs / SERVING
        self._reader = first
        self._version_stamp: _Stamp = ()
        self._run_stamp: _Stamp = ()
        self._failure = ""
        self._next = 0.0

    def reader(self) -> Reader:
        """The reader that answers now."""
        if monotonic() >= self._next:
            self.look()
        return self._reader

    def look(self) -> None:
        """Look which model is to answer, and load it where it is another one."""
        self._next = monotonic() + _REST
        self._look_for_version()
        self._look_for_run()

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

    def _look_for_version(self) -> None:
        if self._library is None:
            return
        stamp = _stamp(self._library.pointer_file)
        if stamp == self._version_stamp:
            return
        try:
            name = self._library.active_name()
            folder = self._library.place(name)
            own = self.own if folder == self.own_folder else self._load_version(name, folder)
        except DigitlensError as error:  # tried again: where folders are shared, files come late
            if str(error) != self._failure:
                _LOG.error("the active version cannot answer, the one before does: %s", error)
            self._failure = str(error)
            return
        if self.own is self._reader:
            self._reader = own
        if folder != self.own_folder:
            _LOG.info("the version %s of the model is active now", name)
        self.own, self.own_folder, self._version_stamp = own, folder, stamp

    def _load_version(self, name: str, folder: Path) -> Reader:
        return self._first if name == SHIPPED else Reader(folder, self._first.limits)

    def _look_for_run(self) -> None:
        stamp = self._stamps()
        if stamp == self._run_stamp:
            return
        name, reader = self._load()
        if name != self.run:
            _LOG.info("%s answers now", f"the model of the run {name}" if name else "the own model")
        self.run, self._reader, self._run_stamp = name, reader, stamp

    def _stamps(self) -> _Stamp:
        """What changes when the choice of a run does, or the model of that run."""
        card = self._runs / (self._chosen() or "") / BUNDLE / CARD_FILE
        return (*_stamp(self._file), *_stamp(card)) if self._file.exists() else ()

    def _load(self) -> tuple[str | None, Reader]:
        name = self._chosen()
        if name is None:
            return None, self.own
        try:
            return name, Reader(self._runs / name / BUNDLE, self.own.limits)
        except DigitlensError as error:
            _LOG.error("the run %s cannot answer, the own model does: %s", name, error)
            return None, self.own

    def _chosen(self) -> str | None:
        try:
            name = json.loads(self._file.read_bytes())["run"]
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return name if isinstance(name, str) and NAME.fullmatch(name) else None


def _stamp(path: Path) -> _Stamp:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ino, found.st_size
