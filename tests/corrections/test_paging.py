"""Pages show every correction once, in order, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event

from digitlens.corrections import Correction, Filter, Store
from digitlens.corrections.address import of_file
from digitlens.corrections.records import Order
from digitlens.errors import InvalidInput
from tests.corrections.said import glyph, said


def all_of(store: Store, wanted: Filter, order: Order, limit: int) -> Iterator[Correction]:
    """Go through all pages."""
    after = None
    while True:
        page = store.page(wanted, order, after, limit)
        assert len(page.rows) <= limit
        yield from page.rows
        after = page.next
        if after is None:
            return


def fill(store: Store) -> None:
    """Ten corrections, three of them confirmations, some equally sure."""
    for number in range(10):
        should = 8 if number % 3 == 2 else number % 2
        confidence = (0.5, 0.75, 0.25, 0.9)[number % 4]
        version = "1.0" if number < 6 else "2.0"
        one = glyph(number, should=should, confidence=confidence)
        store.add(said(f"r{number}", one, version=version))


def test_orders(store: Store) -> None:
    """Each order is what its name says, and pages of any size show all of it."""
    fill(store)
    keys: dict[Order, Any] = {
        "surest": lambda row: (row.given != row.read, row.confidence, row.id),
        "uncertain": lambda row: (-row.confidence, -row.id),
        "newest": lambda row: (row.created, row.id),
    }
    for order, key in keys.items():
        for limit in (1, 3, 10, 500):
            rows = list(all_of(store, Filter(), order, limit))
            assert rows == sorted(rows, key=key, reverse=True)
            assert len({row.id for row in rows}) == 10


def test_filters(store: Store) -> None:
    """A filter shows what it wants, and nothing else; filters go together."""
    fill(store)
    rows = store.page(limit=500).rows
    store.decide([row.id for row in rows if row.should == 1], "accept")
    rows = store.page(limit=500).rows
    middle = sorted(row.created for row in rows)[5]
    wanted: list[tuple[Filter, Any]] = [
        (Filter(status="accepted"), lambda row: row.status == "accepted"),
        (Filter(should=8), lambda row: row.should == 8),
        (Filter(read=8), lambda row: row.read == 8),
        (Filter(read=7), lambda row: row.read == 7),
        (Filter(model="digits", version="2.0"), lambda row: row.version == "2.0"),
        (Filter(model="other"), lambda row: row.model == "other"),
        (Filter(since=middle), lambda row: row.created >= middle),
        (Filter(until=middle), lambda row: row.created < middle),
        (
            Filter(status="pending", should=0),
            lambda row: (row.status, row.should) == ("pending", 0),
        ),
    ]
    for each, fits in wanted:
        found = {row.id for row in all_of(store, each, "uncertain", 2)}
        assert found == {row.id for row in rows if fits(row)}, each


def test_pages_stand_still(store: Store) -> None:
    """What is decided or added while somebody turns pages makes no other row go missing."""
    fill(store)
    pending = Filter(status="pending")
    expected = [row.id for row in store.page(pending, "uncertain").rows]
    page = store.page(pending, "uncertain", limit=4)
    store.decide([row.id for row in page.rows], "reject")
    store.add(said("sure", glyph(99, confidence=0.0)))
    rest = store.page(pending, "uncertain", page.next)
    assert [row.id for row in (*page.rows, *rest.rows)] == expected


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"order": "best"}, "order"),
        ({"limit": 0}, "limit"),
        ({"limit": 501}, "limit"),
        ({"after": "surest:x:1"}, "after"),
        ({"after": "newest:1:1"}, "after"),
        ({"after": "surest:nan:1:2"}, "after"),
    ],
)
def test_wrong_pages(store: Store, arguments: dict[str, Any], word: str) -> None:
    """An order, a limit or a place that is none is refused."""
    with pytest.raises(InvalidInput, match=word):
        store.page(**arguments)


def test_a_page_sorts_nothing(tmp_path: Path) -> None:
    """SQLite finds a page in an index, with a status or without: it never sorts all rows."""
    store = Store(of_file(tmp_path / "c.db"))
    fill(store)
    asked: list[tuple[str, Any]] = []
    with create_engine(of_file(tmp_path / "c.db")).connect() as plain:
        engine = store._database._engine

        @event.listens_for(engine, "before_cursor_execute")
        def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
            asked.append((statement, parameters))

        since = store.page().rows[0].created - timedelta(days=1)
        for order in ("surest", "uncertain", "newest"):
            for wanted in (Filter(), Filter(status="pending"), Filter(read=8, since=since)):
                page = store.page(wanted, order, limit=2)
                asked.clear()
                store.page(wanted, order, page.next, limit=2)
                (found,) = [each for each in asked if "ORDER BY" in each[0]]
                plan = plain.exec_driver_sql(f"EXPLAIN QUERY PLAN {found[0]}", found[1]).all()
                said_of_it = " ".join(row[-1] for row in plan)
                assert "TEMP B-TREE" not in said_of_it, (order, wanted, said_of_it)
                assert f"_{order}" in said_of_it, (order, wanted, said_of_it)
