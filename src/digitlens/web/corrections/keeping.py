"""Keeping: what one application keeps of what people say, or that it keeps nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import Flask, current_app

from digitlens.errors import StoreUnavailable
from digitlens.reading.result import Reading
from digitlens.settings import Settings
from digitlens.web.corrections.claim import PURPOSE, sign
from digitlens.web.corrections.key import Key
from digitlens.web.corrections.limit import Limit

if TYPE_CHECKING:
    from digitlens.corrections import Store

_KEY = "digitlens.keeping"
_AT_ONCE = 32  # requests that may wait for the database; the other threads go on reading digits
_SOON = 1.0  # seconds after which one that found no place may ask again


class Keeping:
    """Corrections, as the views of one application work with them.

    Args:
        settings: Those of the application.

    Attributes:
        is_on: Whether new corrections are kept.
        key: What the server signs with.
        limit: How often one client may correct something.
    """

    def __init__(self, settings: Settings) -> None:
        self.is_on = settings.corrections == "on"
        self.key = Key(settings.corrections_dir, settings.secret)
        self.limit = Limit(settings.corrections_per_minute)
        self._settings = settings
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        self._opening = threading.Lock()
        self._store: Store | None = None

    def attach(self, app: Flask) -> None:
        """Make this what an application keeps corrections with."""
        app.extensions[_KEY] = self

    def name(self, reading: Reading) -> str | None:
        """The id with which a reading can be corrected; None where nothing is kept."""
        return sign(reading, self.key.for_(PURPOSE)) if self.is_on else None

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store. It is opened by the first who needs it, after the workers were forked.

        Raises:
            StoreError: The database cannot be used, or too many wait for it already.
        """
        if not self._places.acquire(blocking=False):
            raise StoreUnavailable("too many are waiting for the database", _SOON)
        try:
            yield self._opened()
        finally:
            self._places.release()

    def _opened(self) -> Store:
        if self._store is None:
            from digitlens.corrections import open_store  # loads the database's libraries

            with self._opening:
                if self._store is None:
                    self._store = open_store(self._settings, at_once=False)
        return self._store


def keeping() -> Keeping:
    """What the application that answers the request keeps corrections with."""
    found: Keeping = current_app.extensions[_KEY]
    return found
