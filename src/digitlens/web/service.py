"""What the views work with: the settings and the reader of the application they run in."""

from __future__ import annotations

from copy import copy
from queue import SimpleQueue
from time import perf_counter

from flask import Flask, current_app

from digitlens.reading.reader import Reader
from digitlens.reading.result import Reading
from digitlens.settings import Settings
from digitlens.web.logs import log_reading
from digitlens.web.serving import Serving

_KEY = "digitlens"


class Service:
    """The settings and the reader of one application.

    Requests come in as many threads as there are clients that send or receive slowly. Only
    `settings.threads` of them read at a time: that is what bounds memory, and more would not be
    faster.

    Args:
        settings: Its settings.
        serving: Says which model reads.
    """

    def __init__(self, settings: Settings, serving: Serving) -> None:
        self.settings = settings
        self.serving = serving
        self.turn = _Turns(settings.threads)
        self._steady: Reader | None = None

    @property
    def reader(self) -> Reader:
        """What reads now."""
        return self._steady or self.serving.reader()

    def steady(self) -> Service:
        """The same with the model of now, for a request of which every part is to have one."""
        service = copy(self)
        service._steady = self.reader
        return service

    def attach(self, app: Flask) -> None:
        """Make this the service of an application."""
        app.extensions[_KEY] = self

    def read(self, picture: object) -> tuple[Reading, float]:
        """Read one picture.

        Args:
            picture: As `Reader.read` takes it.

        Returns:
            What was read, and the milliseconds that took.

        Raises:
            InvalidInput: It cannot be read.
        """
        with self.turn:
            start = perf_counter()
            reading = self.reader.read(picture)
            milliseconds = round((perf_counter() - start) * 1000, 3)
        log_reading(reading, milliseconds)
        return reading, milliseconds


class _Turns:
    """A semaphore as a queue of tokens: in C, where threading's own is in Python.

    Args:
        count: How many may have a turn at a time.
    """

    def __init__(self, count: int) -> None:
        self._tokens: SimpleQueue[None] = SimpleQueue()
        for _ in range(count):
            self._tokens.put(None)

    def __enter__(self) -> None:
        self._tokens.get()

    def __exit__(self, *error: object) -> None:
        self._tokens.put(None)


def service() -> Service:
    """The service of the application that answers the request."""
    found: Service = current_app.extensions[_KEY]
    return found
