"""Queue: trains what stands in line, one after another, and ends when nobody waits.

Run as `python -m digitlens.training.jobs.queue RUNS`. The Lab starts it when it is needed
(`ensure`). It belongs to no server: it goes on when the page is closed or the server restarts, and
of several servers all find the same one, because only one process can hold the lock of the line.
The training holds that lock too. So where this process is killed, no second training is started
beside one that has lost it.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from digitlens.errors import DataError
from digitlens.training.jobs.line import QUEUE, Job, Line
from digitlens.training.run import NETWORK, STOP, Run

LOG = "log.txt"  # of a run: what its training said
_COMMAND = (sys.executable, "-c", "from digitlens.cli import main; main()")
_NICE = 10  # who reads digits goes first
_PATIENCE = 2.0  # seconds for the lock
_TICK = 0.25  # seconds between two looks for the wish to stop
# Seconds that a training has to leave its batch after the wish, and to measure what it has learnt.
_GRACE, _MEASURE = 45.0, 1800.0
_KILL = 5.0  # seconds more until it is killed
_LONGEST = 300  # characters of a reason
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")


def ensure(line: Line, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes] | None:
    """Start the process that trains, where there is something to do and none does it.

    Args:
        line: What stands in line.
        environment: Variables that are added to those of this process.

    Returns:
        The process where one was started; it is to be polled now and then, or remains as a zombie.
    """
    if not (line.waiting() or line.current()) or line.is_held():
        return None
    with (line.folder / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 -- our own module
            [sys.executable, "-m", "digitlens.training.jobs.queue", str(line.runs.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=os.environ | (environment or {}),
            start_new_session=True,
        )


def work(line: Line, command: Sequence[str] = _COMMAND) -> None:
    """Train everything that stands in line, unless another process does.

    Args:
        line: What stands in line.
        command: What runs `digitlens`.
    """
    with line.hold(_PATIENCE) as lock:
        if lock is None:
            return
        left = line.current()
        if left:  # the process that trained it was killed, and it with it
            wished = (line.runs / left.name / STOP).exists()
            _settle(line, left, "Its process was ended.", wished)
        while job := line.take():
            _train(line, job, command, lock)


def arguments(job: Job, folder: Path) -> list[str]:
    """What `digitlens` is called with to train a job."""
    sources = [part for source in job.data for part in ("--data", source)]
    epochs = ["--epochs", str(job.epochs)] if job.epochs else []
    chosen = ["--run", str(folder), "--model", job.model, "--preset", job.preset]
    return ["train", *chosen, *sources, *epochs]


def _train(line: Line, job: Job, command: Sequence[str], lock: IO[bytes]) -> None:
    folder = line.runs / job.name
    with (folder / LOG).open("ab") as log:
        child = subprocess.Popen(  # noqa: S603 -- names that the Lab has checked, and no shell
            [*command, *arguments(job, folder)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock.fileno()],
        )
    stop = Wish(folder)
    try:
        _watch(child, stop)
    finally:
        _end(child)
        _settle(line, job, _reason(child.returncode, folder / LOG), stop.is_made)


class Wish:
    """The wish that a training ends, from when it is made until the training has ended.

    Args:
        folder: Of the run; the file `stop` in it is the wish.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._since: float | None = None

    @property
    def is_made(self) -> bool:
        """Whether somebody wishes it."""
        return self._since is not None

    def is_ignored(self) -> bool:
        """Look for the wish; whether the training has had its time to heed it."""
        file = self._folder / STOP
        if self._since is None:
            if not file.exists():
                return False
            self._since = time.monotonic()
        elif not file.exists():
            file.touch()  # a training that begins takes it for one of before
        # The network is written when no batch follows any more.
        grace = _MEASURE if (self._folder / NETWORK).exists() else _GRACE
        return time.monotonic() > self._since + grace


def _watch(child: subprocess.Popen[bytes], stop: Wish) -> None:
    """Wait until a training ends, or does not heed the wish to."""
    while child.poll() is None and not stop.is_ignored():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_TICK)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(_KILL)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _settle(line: Line, job: Job, reason: str, is_wished: bool) -> None:
    """Note how a training ended that could not say it itself."""
    folder = line.runs / job.name
    try:
        run = Run.read(folder)
    except DataError:
        epochs = job.epochs or 0
        run = Run(job.name, job.model, "running", job.queued, epochs, 0, 0, data=job.data)
    if is_wished and run.state in ("running", "failed"):  # with no epoch done, there is no network
        replace(run, state="stopped", reason=run.reason or "Somebody stopped it.").write(folder)
    elif run.state == "running":
        replace(run, state="failed", reason=reason).write(folder)
    (folder / STOP).unlink(missing_ok=True)
    line.finish()


def _reason(status: int, log: Path) -> str:
    if status < 0:
        return f"Its process was ended by signal {-status} ({signal.Signals(-status).name})."
    lines = _ESCAPES.sub("", log.read_text(encoding="utf-8", errors="replace")).split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return (f"It ended with status {status}: {said}" if said else f"Status {status}.")[:_LONGEST]


def main(command: Sequence[str] = _COMMAND) -> None:
    """Work, apart from the server that started it: with signals of its own, at low priority.

    Args:
        command: What runs `digitlens`.
    """
    # A server's workers keep signals from their threads; what they start inherits that.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT, signal.SIGTERM))
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    os.nice(_NICE)
    if len(sys.argv) != 2:
        sys.exit(
            f"usage: python -m digitlens.training.jobs.queue RUNS (the folder that has {QUEUE})"
        )
    work(Line(Path(sys.argv[1])), command)


if __name__ == "__main__":
    main()
