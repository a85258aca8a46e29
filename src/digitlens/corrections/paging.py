"""Paging: corrections in an order, some at a time, from where the last page ended.

A page begins where an index says, and does not count what comes before it: the thousandth page is
as fast as the first, and what is added or decided meanwhile moves nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, tuple_

from digitlens.corrections import tables
from digitlens.corrections.moments import to_number
from digitlens.corrections.records import Filter, Order, Page
from digitlens.corrections.rows import correction, select_corrections
from digitlens.errors import InvalidInput

MOST = 500  # rows of a page
_GLYPH = tables.glyph.c
# The column of each order, and whether the largest comes first.
_ORDERS: dict[str, tuple[Column[Any], bool]] = {
    "surest": (_GLYPH.surprise, True),
    "uncertain": (_GLYPH.confidence, False),
    "newest": (_GLYPH.created, True),
}


def page(
    connection: Connection, wanted: Filter, order: Order, after: str | None, limit: int
) -> Page:
    """Some corrections, in order; `Store.page` describes it."""
    if order not in _ORDERS:
        raise InvalidInput("order", ", ".join(_ORDERS), repr(order))
    if not 1 <= limit <= MOST:
        raise InvalidInput("limit", f"1 to {MOST}", str(limit))
    column, down = _ORDERS[order]
    query = filtered(select_corrections(), wanted)
    place = tuple_(column, _GLYPH.id)
    if after is not None:
        start = tuple_(*_parse(after, order))
        query = query.where(place < start if down else place > start)
    ends = (column.desc(), _GLYPH.id.desc()) if down else (column, _GLYPH.id)
    rows = list(connection.execute(query.order_by(*ends).limit(limit + 1)))
    last = rows[limit - 1] if len(rows) > limit else None
    follow = None if last is None else f"{order}:{getattr(last, column.name)!r}:{last.id}"
    return Page(tuple(correction(row) for row in rows[:limit]), follow)


def filtered(query: Select[Any], wanted: Filter) -> Select[Any]:
    """Keep what a filter wants, without duplicates."""
    conditions: list[ColumnElement[bool]] = [~_GLYPH.folded]
    for name in ("status", "should", "read", "model", "version"):
        value = getattr(wanted, name)
        if value is not None:
            conditions.append(_GLYPH[name] == value)
    if wanted.since is not None:
        conditions.append(_GLYPH.created >= to_number(wanted.since))
    if wanted.until is not None:
        conditions.append(_GLYPH.created < to_number(wanted.until))
    return query.where(*conditions)


def _parse(after: str, order: str) -> tuple[float, int]:
    """Where a page ended: the key of its last row, and its id."""
    name, _, place = after.partition(":")
    key, _, number = place.partition(":")
    try:
        if name == order:
            return (int(key) if order == "newest" else float(key)), int(number)
    except ValueError:
        pass
    raise InvalidInput("after", f"the end of a page in the order {order}", repr(after[:50]))
