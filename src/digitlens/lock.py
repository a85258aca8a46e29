"""Lock: what only one process of a machine, or of those that share a folder, does at a time."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_LOOK = 0.05  # seconds between two attempts to get the lock


@contextmanager
def hold(path: Path, patience: float = 0.0) -> Iterator[IO[bytes] | None]:
    """Hold the lock of a file; None where another process has it.

    The system lets go of it when the process ends, however it ends.

    Args:
        path: The file; it is made where it is missing, and stays.
        patience: Seconds to wait for it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + patience
    with path.open("ab") as lock:
        while not _try(lock):
            if time.monotonic() >= deadline:
                yield None
                return
            time.sleep(_LOOK)
        yield lock


def _try(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
