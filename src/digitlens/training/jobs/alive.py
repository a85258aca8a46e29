"""Alive: whether the process of a training is still there."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def is_alive(pid: int) -> bool:
    """Whether a process that may be a training runs on this machine.

    The number of one that has ended is given to another some day. Where the system tells what a
    process is (Linux), one that is no Python does not count, nor one that has ended and waits to be
    noticed.
    """
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it is there, and somebody else's
    return not _PROC.joinpath("self").exists() or _is_python(_PROC / str(pid))


def _is_python(process: Path) -> bool:
    try:
        state = (process / "stat").read_bytes().rpartition(b")")[2].split()[0]
        command = (process / "cmdline").read_bytes()
    except OSError:
        return False
    return state != b"Z" and (b"python" in command or b"digitlens" in command)
