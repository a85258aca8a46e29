"""Ahead: what a page will ask for is made ready while a browser still loads the page.

Libraries that not every server needs are loaded by the first request that does. Whoever opens a
page is about to send one, and need not wait for them then.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from digitlens.errors import DigitlensError
from digitlens.web.corrections.keeping import Keeping

_LOADING, _OPENING = threading.Lock(), threading.Lock()


def expect_drawing() -> None:
    """Load what takes drawings."""
    _start(_LOADING, _load_entries)


def expect_review(kept: Keeping) -> None:
    """Load what lists corrections, and open their database."""
    _start(_OPENING, _open_review, kept)


def _start(busy: threading.Lock, task: Callable[..., None], *arguments: Keeping) -> None:
    """Start a task, unless it is being done; a page comes all the same where no thread can."""
    if not busy.acquire(blocking=False):
        return

    def run() -> None:
        try:
            with suppress(DigitlensError):  # which is said to whoever asks for what is missing
                task(*arguments)
        finally:
            busy.release()

    try:
        threading.Thread(target=run, daemon=True).start()
    except RuntimeError:
        busy.release()


def _load_entries() -> None:
    from digitlens.web import entries  # noqa: F401


def _open_review(kept: Keeping) -> None:
    from digitlens.web import checks  # noqa: F401
    from digitlens.web.review import say, schemas  # noqa: F401

    with kept.store() as store:
        store.open()
