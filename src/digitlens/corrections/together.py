"""Together: threads that write at the same moment share one transaction.

SQLite lets one transaction write at a time; in SQLite and in PostgreSQL each costs a beginning, an
end, and a wait for the disk. So whoever comes first does what all others want that wait by then, in
one transaction; meanwhile the next ones gather. Where threads had to wait, others are on their way,
and whoever is next leaves them a moment. Nobody is told that something is kept before the disk has
it.
"""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from digitlens.corrections.engine import WAIT
from digitlens.corrections.faults import TOO_MANY
from digitlens.errors import StoreUnavailable

_MOST = 64  # pieces of one transaction
_GATHER = 0.004  # seconds that whoever had to wait leaves the others: about half a transaction

# Does what several threads want in one go, and returns what each of them is to be told.
Work = Callable[[Connection, Sequence[Any]], Sequence[Any]]


class Piece:
    """What one thread wants to be written.

    Args:
        work: Does it.
        item: What it is done with.
    """

    def __init__(self, work: Work, item: Any) -> None:
        self.work = work
        self.item = item
        self.woken = threading.Event()
        self.is_done = False
        self.leads = False
        self._result: Any = None
        self._error: Exception | None = StoreUnavailable(*TOO_MANY)  # where its thread is stopped

    def succeed(self, result: Any) -> None:
        """Note what the work returned, which is kept."""
        self._result, self._error = result, None

    def fail(self, error: Exception) -> None:
        """Note why nothing of it was kept."""
        # An error that several threads raise would gather the traces of all of them.
        self._error = copy.copy(error)

    def outcome(self) -> Any:
        """What the work returned, or raised."""
        if self._error is not None:
            raise self._error
        return self._result


class Together:
    """Gathers the work of threads.

    Args:
        run: Writes pieces in one transaction, and returns what each is to be told when it is kept.
    """

    def __init__(self, run: Callable[[Sequence[Piece]], list[Any]]) -> None:
        self._run = run
        self._mutex = threading.Lock()
        self._waiting: list[Piece] = []
        self._is_led = False

    def do(self, work: Work, item: Any) -> Any:
        """Do some work with an item, in a transaction with that of other threads.

        Returns:
            What the work returns for the item.

        Raises:
            StoreUnavailable: The database cannot be used now, or its turn did not come.
        """
        piece = Piece(work, item)
        with self._mutex:
            self._waiting.append(piece)
            piece.leads, self._is_led = not self._is_led, True
        if not piece.leads:
            self._wait(piece)
            if not piece.is_done:
                time.sleep(_GATHER)
        if not piece.is_done:
            self._lead()
        return piece.outcome()

    def _wait(self, piece: Piece) -> None:
        """Wait until the piece is done, or leads."""
        if piece.woken.wait(WAIT):
            return
        with self._mutex:
            if piece in self._waiting and not piece.leads:
                self._waiting.remove(piece)
                raise StoreUnavailable(*TOO_MANY)
        piece.woken.wait()  # it is being written

    def _lead(self) -> None:
        """Write what waits, and let the next one lead; the thread's own piece is the first."""
        with self._mutex:
            pieces, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        try:
            self._write(pieces)
        finally:
            for piece in pieces:
                piece.is_done = True
            self._hand_over()
            for piece in pieces:
                piece.woken.set()

    def _write(self, pieces: Sequence[Piece]) -> None:
        try:
            results = self._run(pieces)
        except Exception as error:
            # What is wrong with one of them keeps none of the others from being kept; what is
            # wrong with the database does.
            if len(pieces) > 1 and not isinstance(error, StoreUnavailable):
                for piece in pieces:
                    self._write([piece])
                return
            for piece in pieces:
                piece.fail(error)
        else:
            for piece, result in zip(pieces, results, strict=True):
                piece.succeed(result)

    def _hand_over(self) -> None:
        with self._mutex:
            self._is_led = bool(self._waiting)
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].woken.set()
