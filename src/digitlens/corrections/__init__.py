"""Corrections: what people say a reading should have been, kept for review and training.

    store = open_store(Settings.from_environment())
    receipt = store.add(Submission(...))
    store.withdraw(receipt.secret)

The database's libraries are loaded when a store is opened: reading digits does without them.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from digitlens.corrections.records import (
    NONE,
    Correction,
    Counts,
    Decision,
    Filter,
    Glyph,
    Page,
    Receipt,
    Submission,
)
from digitlens.errors import MissingExtra, StoreError, StoreTooNew, StoreUnavailable
from digitlens.settings import Settings

if TYPE_CHECKING:
    from digitlens.corrections.store import Store

__all__ = [
    "NONE",
    "Correction",
    "Counts",
    "Decision",
    "Filter",
    "Glyph",
    "Page",
    "Receipt",
    "Store",
    "StoreError",
    "StoreTooNew",
    "StoreUnavailable",
    "Submission",
    "open_store",
]


def open_store(settings: Settings, at_once: bool = True) -> Store:
    """Open the store that the settings name.

    Args:
        settings: Their folder or database URL is where it is.
        at_once: Whether the database is opened and brought up to date now, and not only when it is
            first asked for something. A server that reads digits without it waits for the latter.

    Raises:
        SettingsError: The URL is of no database that can be used.
        MissingExtra: The libraries of the database are not installed.
        StoreTooNew: A newer version of digitlens has made the database.
        StoreUnavailable: It cannot be used now.
    """
    if find_spec("sqlalchemy") is None or find_spec("alembic") is None:
        raise MissingExtra("keeping corrections", "serve")
    from digitlens.corrections.address import address
    from digitlens.corrections.store import Store

    store = Store(address(settings))
    if at_once:
        store.open()
    return store


def __getattr__(name: str) -> Any:
    # `from digitlens.corrections import Store` loads the database's libraries, which the others
    # do without.
    if name == "Store":
        from digitlens.corrections.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
