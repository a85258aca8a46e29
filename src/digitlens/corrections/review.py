"""Review: pages of corrections, counts, and decisions that may be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from digitlens.corrections import tables
from digitlens.corrections.moments import now
from digitlens.corrections.records import Action, Counts, Decision, check_label
from digitlens.errors import InvalidInput

_glyph, _decision, _change = tables.glyph, tables.decision, tables.change
_STATUS = {
    "accept": "accepted",
    "relabel": "accepted",
    "reject": "rejected",
    "reopen": "pending",
}
_MANY = 500  # ids in one query: databases limit how many
_CHANGED = ("status", "should", "decided", "decision")


def count(connection: Connection) -> Counts:
    """How many there are of each status and each digit."""
    query = select(_glyph.c.folded, _glyph.c.status, _glyph.c.should, func.count()).group_by(
        _glyph.c.folded, _glyph.c.status, _glyph.c.should
    )
    status: dict[str, int] = dict.fromkeys(("pending", "accepted", "rejected"), 0)
    digits = {digit: dict(status) for digit in range(11)}
    folded = 0
    for is_folded, name, should, number in connection.execute(query):
        if is_folded:
            folded += number
            continue
        status[name] += number
        digits[should][name] += number
    return Counts(status, digits, folded)


def versions(connection: Connection) -> list[tuple[str, str]]:
    """Name and version of each model that has read something that is kept, in order."""
    query = select(_glyph.c.model, _glyph.c.version).distinct()
    return sorted((name, version) for name, version in connection.execute(query))


def decide(
    connection: Connection, ids: Sequence[int], action: Action, label: int | None
) -> Decision:
    """Accept, relabel, reject or reopen corrections; those that are so already stay as they are.

    Raises:
        InvalidInput: The action is unknown, or has a label where it takes none or the reverse.
    """
    _check(action, label)
    rows = [row for row in _rows(connection, ids) if _differs(row, action, label)]
    if not rows:
        return Decision("", 0)
    name, moment = uuid4().hex, now()
    values = {"id": name, "action": action, "label": label, "created": moment}
    connection.execute(insert(_decision), values)
    connection.execute(insert(_change), [_before(row, name) for row in rows])
    after = [
        {
            "key": row.id,
            "status": _STATUS[action],
            "should": _should(row, action, label),
            "decided": None if action == "reopen" else moment,
            "decision": name,
        }
        for row in rows
    ]
    _update(connection, after)
    return Decision(name, len(rows))


def undo(connection: Connection, decision: str) -> int:
    """Take a decision back where no other came after it; how many corrections that changes."""
    query = (
        select(_change)
        .join(_glyph, and_(_glyph.c.id == _change.c.glyph_id, _glyph.c.decision == decision))
        .where(_change.c.decision == decision)
        .order_by(_glyph.c.id)
        .with_for_update()
    )
    rows = list(connection.execute(query))
    if rows:
        before = [
            {
                "key": row.glyph_id,
                "status": row.status,
                "should": row.should,
                "decided": row.decided,
                "decision": row.before,
            }
            for row in rows
        ]
        _update(connection, before)
        connection.execute(
            delete(_change).where(_change.c.id == bindparam("key")),
            [{"key": row.id} for row in rows],
        )
    return len(rows)


def _check(action: str, label: int | None) -> None:
    if action not in _STATUS:
        raise InvalidInput("action", ", ".join(_STATUS), repr(action))
    if action == "relabel":
        check_label(label, "label")
    elif label is not None:
        raise InvalidInput("label", f"none for {action}", str(label))


def _rows(connection: Connection, ids: Sequence[int]) -> list[Row[Any]]:
    """The rows of ids, locked in one order, so that two who decide do not wait for one another."""
    wanted = sorted(set(ids))
    rows: list[Row[Any]] = []
    for start in range(0, len(wanted), _MANY):
        query = select(_glyph).where(_glyph.c.id.in_(wanted[start : start + _MANY]))
        rows += connection.execute(query.order_by(_glyph.c.id).with_for_update())
    return rows


def _differs(row: Row[Any], action: Action, label: int | None) -> bool:
    return (row.status, row.should) != (_STATUS[action], _should(row, action, label))


def _should(row: Row[Any], action: Action, label: int | None) -> int:
    if action == "relabel":
        assert label is not None  # noqa: S101 -- it was checked
        return label
    should: int = row.given if action == "reopen" else row.should
    return should


def _before(row: Row[Any], name: str) -> dict[str, Any]:
    return {
        "decision": name,
        "glyph_id": row.id,
        "status": row.status,
        "should": row.should,
        "decided": row.decided,
        "before": row.decision,
    }


def _update(connection: Connection, rows: list[dict[str, Any]]) -> None:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _CHANGED}
    renamed = [
        {"key": row["key"], **{f"new_{name}": row[name] for name in _CHANGED}} for row in rows
    ]
    connection.execute(
        update(_glyph).where(_glyph.c.id == bindparam("key")).values(values), renamed
    )
