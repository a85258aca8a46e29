"""Ahead: what a page will ask for is made ready while a browser still loads the page.

Libraries that not every server needs are loaded by the first request that does. Whoever opens a
page is about to send one, and need not wait for them then.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from digitlens.errors import StoreError
from digitlens.web.corrections.keeping import Keeping


def expect_drawing() -> None:
    """Load what takes drawings."""
    _start(_load_entries)


def expect_review(kept: Keeping) -> None:
    """Load what lists corrections, and open their database."""
    _start(_open_review, kept)


def _start(task: Callable[..., None], *arguments: Keeping) -> None:
    threading.Thread(target=task, args=arguments, daemon=True).start()


def _load_entries() -> None:
    from digitlens.web import entries  # noqa: F401


def _open_review(kept: Keeping) -> None:
    # What is wrong with the database is said to whoever asks for corrections.
    with suppress(StoreError), kept.store() as store:
        store.open()
    from digitlens.web import checks  # noqa: F401
    from digitlens.web.review import say, schemas  # noqa: F401
