"""Turn: processes that write to one SQLite database take turns.

SQLite has them ask again and again, at longer and longer intervals, and one that writes all the
time keeps the others out for seconds. A lock of a file beside the database can be asked for every
millisecond at no cost. It keeps nobody out who does not know of it: SQLite's own locks do that.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digitlens.corrections.engine import WAIT
from digitlens.corrections.faults import LOCKED
from digitlens.errors import StoreUnavailable

_LOOK = 0.001  # seconds between two attempts


class Turn:
    """The turn of this process; one thread at a time asks for it.

    Args:
        path: Of the file with the lock.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the turn.

        Raises:
            StoreUnavailable: It did not come in time, or the file cannot be made.
        """
        try:
            lock = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreUnavailable(
                f"their folder cannot be written to ({error.strerror})", 60
            ) from error
        try:
            self._wait(lock)
            yield
        finally:
            os.close(lock)  # which lets go of it

    def _wait(self, lock: int) -> None:
        until = time.monotonic() + WAIT
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise StoreUnavailable(*LOCKED) from None
                time.sleep(_LOOK)
            else:
                return
