"""Database: transactions, from any thread and any process, or an error that says when to retry."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from digitlens.corrections.engine import WRITES, build_engine, make_folder
from digitlens.corrections.faults import TOO_MANY, explain, is_collision
from digitlens.corrections.migrate import migrate
from digitlens.corrections.together import Piece, Together, Work
from digitlens.corrections.turn import Turn
from digitlens.errors import StoreUnavailable

_ATTEMPTS = 10  # of a transaction that others get in the way of
_SEATS = 24  # threads of a process that may wait for the database: the others read digits meanwhile
_PAUSE = 1  # seconds for which a database that cannot be opened is not asked again

T = TypeVar("T")


class Database:
    """A database that is opened, and brought up to date, when it is first asked for something.

    Args:
        url: As `address` makes it.
    """

    def __init__(self, url: str) -> None:
        self._engine = build_engine(url)
        self._failure: StoreUnavailable | None
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        # SQLite always reads one moment.
        one_moment = {} if self._is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reading = self._engine.execution_options(**{WRITES: False}, **one_moment)
        self._writing = self._engine.execution_options(**{WRITES: True})
        self._turn = Turn(Path(f"{self._engine.url.database}-turn"))
        self._forget()
        forget = weakref.WeakMethod(self._forget)
        os.register_at_fork(after_in_child=lambda: (found := forget()) and found())

    def open(self) -> None:
        """Connect, and bring the tables up to date.

        Raises:
            StoreTooNew: A newer version of digitlens has made the database.
            StoreError: It is damaged.
            StoreUnavailable: It cannot be used now.
        """
        if self._opened:
            return
        with self._opening:
            if self._failure and time.monotonic() < self._pause:
                raise self._failure
            if not self._opened:
                self._open()

    def _open(self) -> None:
        try:
            make_folder(self._engine)
            migrate(self._engine)
        except (SQLAlchemyError, sqlite3.Error, StoreUnavailable) as error:
            meaning = error if isinstance(error, StoreUnavailable) else explain(error)
            if isinstance(meaning, StoreUnavailable):
                self._failure, self._pause = meaning, time.monotonic() + _PAUSE
            raise meaning from error
        self._opened, self._failure = True, None

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()
        self._opened = False

    def read(self, work: Callable[[Connection], T]) -> T:
        """Let `work` look things up: it sees the database as it is at one moment.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        with self._seat():
            return self._run(work, writes=False)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Let `work` change things: all of it is kept, for good, or nothing.

        Where two changes get in each other's way, `work` is called again.

        Raises:
            StoreUnavailable: The database cannot be used now.
        """
        done: T = self.write_with(_do, work)
        return done

    def write_with(self, work: Work, item: Any) -> Any:
        """The same for what can be done for many at once.

        Args:
            work: Is given the items of all threads that wait with it.
            item: What it is to be done with.

        Returns:
            What the work returns for the item.
        """
        with self._seat():
            self.open()  # which takes its time where there is much to bring up to date
            return self._together.do(work, item)

    def _write_all(self, pieces: Sequence[Piece]) -> list[Any]:
        """Do the work of several threads in one transaction."""
        with self._turn.hold() if self._is_sqlite else nullcontext():
            return self._run(lambda connection: _do_all(connection, pieces), writes=True)

    def _run(self, work: Callable[[Connection], T], writes: bool) -> T:
        for attempt in range(_ATTEMPTS):
            self.open()
            try:
                with (self._writing if writes else self._reading).begin() as connection:
                    return work(connection)
            except SQLAlchemyError as error:
                if is_collision(error) and attempt < _ATTEMPTS - 1:
                    continue
                meaning = explain(error)
                if isinstance(meaning, StoreUnavailable):
                    self._opened = False  # what comes back may be another database, or an empty one
                raise meaning from error
        raise AssertionError  # the last attempt returns or raises

    @contextmanager
    def _seat(self) -> Iterator[None]:
        """A server's threads must not all wait for a database that does not answer."""
        if not self._seats.acquire(blocking=False):
            raise StoreUnavailable(*TOO_MANY)
        try:
            yield
        finally:
            self._seats.release()

    def _forget(self) -> None:
        """Begin without connections, also in a forked process: it leaves its parent's alone."""
        self._engine.dispose(close=False)
        self._opened = False
        self._failure = None
        self._pause = 0.0
        self._seats = threading.Semaphore(_SEATS)
        self._opening = threading.Lock()
        self._together = Together(self._write_all)


def _do_all(connection: Connection, pieces: Sequence[Piece]) -> list[Any]:
    """Do the work of pieces in their order, that of neighbours at once where it is the same."""
    told: list[Any] = []
    for work, same in groupby(pieces, attrgetter("work")):
        told += work(connection, [piece.item for piece in same])
    return told


def _do(connection: Connection, works: Sequence[Callable[[Connection], Any]]) -> list[Any]:
    return [work(connection) for work in works]
