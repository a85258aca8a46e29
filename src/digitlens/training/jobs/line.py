"""Line: the trainings that wait for their turn, as files that any process may look at.

    RUNS/.queue/
      NAME.json     a training that waits: a `Job`; the earliest has its turn first
      current       the one that has its turn, the same
      lock          held by the process that trains, and by the training itself
      log           what that process says

A file appears, moves and disappears as a whole, so that nobody ever sees half a job, and two who
want the same one cannot both have it. `digitlens.training.jobs.queue` is the process that trains.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import IO, Any

from digitlens.lock import hold

QUEUE = ".queue"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")  # of a run's folder
_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Job:
    """A training that somebody wants.

    Attributes:
        name: Of the folder that its run gets.
        model: Name of the architecture.
        preset: Name of the preset.
        data: The sources it is trained on.
        epochs: How many, where they are not the preset's.
        queued: When it was wanted, RFC 3339 in UTC.
    """

    name: str
    model: str
    preset: str
    data: tuple[str, ...] = ("mnist",)
    epochs: int | None = None
    queued: str = ""

    @classmethod
    def read(cls, path: Path) -> Job | None:
        """Read a job; None where there is none, or one that is of no use."""
        try:
            entries: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            entries["data"] = tuple(entries["data"])
            job = cls(**entries)
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return job if NAME.fullmatch(job.name) else None


class Line:
    """The line of a folder of runs.

    Args:
        runs: That folder.
    """

    def __init__(self, runs: Path) -> None:
        self.runs = runs
        self.folder = runs / QUEUE

    def waiting(self) -> list[Job]:
        """The jobs that wait, in the order in which they will have their turn."""
        if not self.folder.is_dir():
            return []
        jobs = [job for path in self.folder.glob("[!.]*.json") if (job := Job.read(path))]
        return sorted(jobs, key=lambda job: (job.queued, job.name))

    def current(self) -> Job | None:
        """The job that has its turn."""
        return Job.read(self.folder / _CURRENT)

    def add(
        self, model: str, preset: str, data: tuple[str, ...] = ("mnist",), epochs: int | None = None
    ) -> Job:
        """Put a training at the end of the line; returns it, with the name that it got."""
        self.folder.mkdir(parents=True, exist_ok=True)
        queued = datetime.now(UTC).isoformat()
        for number in count(1):
            name = f"{model}-{preset}" + (f"-{number}" if number > 1 else "")
            job = Job(name, model, preset, data, epochs, queued)
            if not (self.runs / name).exists() and self._write(job):
                return job
        raise AssertionError  # the numbers do not end

    def remove(self, name: str) -> bool:
        """Take a job out of the line; False where it does not wait there (any more)."""
        if not NAME.fullmatch(name):
            return False
        try:
            (self.folder / f"{name}.json").unlink()
        except FileNotFoundError:
            return False
        return True

    def take(self) -> Job | None:
        """Give the first one that waits its turn; for the one that holds the lock."""
        for job in self.waiting():
            (self.runs / job.name).mkdir(exist_ok=True)
            try:
                (self.folder / f"{job.name}.json").rename(self.folder / _CURRENT)
            except FileNotFoundError:  # it was taken out in this moment
                with contextlib.suppress(OSError):
                    (self.runs / job.name).rmdir()
                continue
            return job
        return None

    def finish(self) -> None:
        """Nobody has a turn any more."""
        (self.folder / _CURRENT).unlink(missing_ok=True)

    @contextlib.contextmanager
    def hold(self, patience: float = 0.0) -> Iterator[IO[bytes] | None]:
        """Hold the lock that only one process has; None where another has it.

        Args:
            patience: Seconds to wait for it: who only asks whether it is held, holds it that long.
        """
        with hold(self.folder / "lock", patience) as lock:
            yield lock

    def is_held(self) -> bool:
        """Whether a process trains, or one that did has left its training behind."""
        if not self.folder.is_dir():
            return False
        with self.hold() as lock:
            return lock is None

    def _write(self, job: Job) -> bool:
        """Write a job unless there is one of its name, as a whole."""
        part = self.folder / f".{job.name}.{os.getpid()}.part"
        part.write_text(json.dumps(asdict(job)) + "\n", encoding="utf-8")
        try:
            os.link(part, self.folder / f"{job.name}.json")
        except FileExistsError:
            return False
        finally:
            part.unlink()
        return True
