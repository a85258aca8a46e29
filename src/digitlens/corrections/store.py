"""Store: the corrections, in SQLite or PostgreSQL, for any number of threads and processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from digitlens.corrections import keep, review
from digitlens.corrections.database import Database
from digitlens.corrections.exchange.dump import dump
from digitlens.corrections.exchange.parse import Rows
from digitlens.corrections.exchange.restore import restore, unfold
from digitlens.corrections.moments import to_number
from digitlens.corrections.packed import pack_up
from digitlens.corrections.paging import filtered, page
from digitlens.corrections.records import (
    Action,
    Correction,
    Counts,
    Decision,
    Filter,
    Order,
    Page,
    Receipt,
    Submission,
)
from digitlens.corrections.rows import correction, select_corrections, with_strokes
from digitlens.corrections.tables import glyph

_AT_A_TIME = 500  # rows that are fetched at a time


class Store:
    """The corrections.

    Every method may be called from any thread, also in a process that was forked since, and raises
    StoreUnavailable where the database is locked, full or out of reach: what was to be changed is
    unchanged then, as far as the store knows, and may be said again.

    Args:
        url: Of the database, as `digitlens.corrections.address` makes it. Nothing is connected
            before something is asked for, or `open` is called.

    Raises:
        MissingExtra: The libraries for PostgreSQL are not installed.
    """

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def open(self) -> None:
        """Connect, and bring the tables up to date; every other method does so by itself.

        Raises:
            StoreTooNew: A newer version of digitlens has made the database; it is left as it is.
            StoreError: It is damaged.
            StoreUnavailable: It cannot be used now.
        """
        self._database.open()

    def close(self) -> None:
        """Close all connections; a store that is asked again opens anew."""
        self._database.close()

    def add(self, submission: Submission) -> Receipt:
        """Keep a correction; when this returns, it is on the disk.

        The same reading again is the same correction, with the same receipt. Said otherwise, it
        changes what its glyphs should be, except those that a review has decided on.

        Raises:
            InvalidInput: The reading was corrected before, and had another number of glyphs.
        """
        receipt: Receipt = self._database.write_with(keep.add, pack_up(submission))
        return receipt

    def withdraw(self, secret: str) -> int:
        """Remove what a receipt stands for, whatever was decided; how many glyphs that were."""
        return self._database.write(lambda connection: keep.withdraw(connection, secret))

    def look(self, secret: str) -> list[Correction]:
        """What a receipt stands for, in reading order; empty where it was taken back."""
        return self._database.read(lambda connection: keep.look_up(connection, secret))

    def count_since(self, client: str, since: datetime) -> int:
        """How many glyphs a client has corrected since a moment, duplicates as well."""
        number = to_number(since)
        return self._database.read(lambda connection: keep.count_since(connection, client, number))

    def page(
        self,
        wanted: Filter | None = None,
        order: Order = "surest",
        after: str | None = None,
        limit: int = 50,
    ) -> Page:
        """Some corrections, without duplicates.

        Args:
            wanted: Which ones; all without it.
            order: `surest`: those first where the model was surest and the person disagreed;
                `uncertain`: those first where it was least sure; `newest`: the latest first.
            after: `Page.next` of the page before it.
            limit: How many, 1 to 500.

        Raises:
            InvalidInput: The order is unknown, the limit is none, or `after` is of another order.
        """
        return self._database.read(
            lambda connection: page(connection, wanted or Filter(), order, after, limit)
        )

    def get(self, ids: Sequence[int]) -> list[Correction]:
        """The corrections with these ids, in the order of the ids; those that are gone left out."""
        query = select_corrections().where(glyph.c.id.in_(list(ids))).order_by(glyph.c.id)
        return self._database.read(
            lambda connection: [correction(row) for row in connection.execute(query)]
        )

    def counts(self) -> Counts:
        """How many there are of each status and each digit."""
        return self._database.read(review.count)

    def versions(self) -> list[tuple[str, str]]:
        """Name and version of each model that has read something that is kept, in order."""
        return self._database.read(review.versions)

    def decide(self, ids: Sequence[int], action: Action, label: int | None = None) -> Decision:
        """Decide on corrections; those that are so already, or gone, stay as they are.

        Args:
            ids: Of the corrections.
            action: `accept` them as they are; `relabel`: accept them as `label`; `reject` them;
                `reopen` them, as the person said them.
            label: What they should be, 0 to 9 or `NONE`, to relabel them.

        Raises:
            InvalidInput: The action is unknown, or does not go with the label.
        """
        return self._database.write(
            lambda connection: review.decide(connection, ids, action, label)
        )

    def undo(self, decision: str) -> int:
        """Take a decision back, where no other came after it; how many corrections that changes."""
        return self._database.write(lambda connection: review.undo(connection, decision))

    def accepted(self) -> Iterator[Correction]:
        """What may be trained on: accepted corrections, as `each` gives them."""
        return self.each(Filter(status="accepted"))

    def each(self, wanted: Filter) -> Iterator[Correction]:
        """All corrections that a filter wants, without duplicates, in order, with their strokes.

        They are fetched some at a time: what is decided while this runs may be among them or not.
        """
        last = 0
        while rows := self._each_after(wanted, last):
            yield from rows
            last = rows[-1].id

    def dump(self, take: Callable[[dict[str, Any]], object]) -> int:
        """Give `take` everything that is kept at one moment; how many readings that is."""
        return self._database.read(lambda connection: dump(connection, take))

    def restore(self, submissions: Sequence[Rows]) -> int:
        """Add what was dumped, except readings that are there; how many were added.

        All of them are kept, or none. `unfold` is to be called after the last ones.
        """
        return self._database.write(lambda connection: restore(connection, submissions))

    def unfold(self) -> int:
        """Let one of the duplicates stand for those that nobody stands for; how many that were."""
        return self._database.write(unfold)

    def _each_after(self, wanted: Filter, last: int) -> list[Correction]:
        query = (
            with_strokes(filtered(select_corrections(), wanted))
            .where(glyph.c.id > last)
            .order_by(glyph.c.id)
            .limit(_AT_A_TIME)
        )
        return self._database.read(
            lambda connection: [correction(row) for row in connection.execute(query)]
        )
