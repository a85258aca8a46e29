"""Others: how much of the machine is taken by programs that are not part of the measurement."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")  # of the kernel's clock, per second
_IDLE = (3, 4, 7)  # columns of /proc/stat that nobody here worked in: idle, iowait, steal


class Others:
    """What other programs take of all cores, from now on.

    Args:
        pids: Processes that belong to the measurement, besides this one and those that it waits
            for.
    """

    def __init__(self, pids: Iterable[int]) -> None:
        self._pids = list(pids)
        self._start = time.perf_counter(), _busy(), self._ours()

    def share(self) -> float:
        """Their share of the machine since then, 0 to 1."""
        start, busy, ours = self._start
        seconds = (time.perf_counter() - start) * len(os.sched_getaffinity(0))
        taken = (_busy() - busy) - (self._ours() - ours)
        return max(0.0, taken / seconds)

    def _ours(self) -> float:
        """Seconds of work of this process, of those that have ended, and of the others named."""
        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        own = sum(one.ru_utime + one.ru_stime for one in used)
        return own + sum(_seconds(pid) for pid in self._pids)


def _busy() -> float:
    """Seconds that all cores have worked since the machine started."""
    line = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    columns = [int(number) for number in line.split()[1:9]]
    return sum(n for place, n in enumerate(columns) if place not in _IDLE) / _TICKS


def _seconds(pid: int) -> float:
    """Seconds that a process has worked."""
    numbers = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / _TICKS
