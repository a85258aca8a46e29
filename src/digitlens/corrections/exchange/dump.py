"""Dump: everything the database holds, a submission at a time, as JSON can say it.

    {"reading": …, "receipt": …, "verdict": …, "client": …, "model": …, "version": …, "strokes": …,
     "glyphs": [{"position": 0, "box": [x, y, width, height], "ink": …, "seen": …, "read": …,
                 "confidence": …, "judged": …, "given": …, "should": …, "status": …, "folded": …,
                 "created": …, "decided": …, "decision": …,
                 "changes": [{"decision": …, "action": …, "label": …, "at": …, "status": …,
                              "should": …, "decided": …, "before": …}]}]}

Pictures are PNGs in base64, digests hexadecimal, moments RFC 3339 to the microsecond. The numbers
of rows are left out: another database has its own. `restore` takes it back in.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from digitlens.corrections import tables
from digitlens.corrections.moments import from_number

_submission, _glyph, _change = tables.submission, tables.glyph, tables.change
_AT_A_TIME = 200  # submissions that are fetched at a time

Entry = dict[str, Any]

_SUBMISSIONS = (
    select(_submission)
    .where(_submission.c.id > bindparam("last"))
    .order_by(_submission.c.id)
    .limit(_AT_A_TIME)
)
_GLYPHS = (
    select(_glyph, tables.picture.c.ink, tables.picture.c.seen)
    .join(tables.picture, tables.picture.c.glyph_id == _glyph.c.id)
    .where(_glyph.c.submission_id.between(bindparam("first"), bindparam("last")))
    .order_by(_glyph.c.submission_id, _glyph.c.position)
)
_CHANGES = (
    select(_change, tables.decision.c.action, tables.decision.c.label, tables.decision.c.created)
    .join(tables.decision, tables.decision.c.id == _change.c.decision)
    .join(_glyph, _glyph.c.id == _change.c.glyph_id)
    .where(_glyph.c.submission_id.between(bindparam("first"), bindparam("last")))
    .order_by(_change.c.id)
)


def dump(connection: Connection, take: Callable[[Entry], object]) -> int:
    """Give everything that is kept, as it is at one moment.

    Args:
        connection: In a transaction that reads.
        take: Takes each submission.

    Returns:
        How many submissions there are.
    """
    last, count = 0, 0
    while rows := connection.execute(_SUBMISSIONS, {"last": last}).all():
        last = rows[-1].id
        these = {"first": rows[0].id, "last": last}
        glyphs = _by(connection.execute(_GLYPHS, these).all(), "submission_id")
        changes = _by(connection.execute(_CHANGES, these).all(), "glyph_id")
        for row in rows:
            take(_entry(row, [_glyph_entry(each, changes[each.id]) for each in glyphs[row.id]]))
            count += 1
    return count


def _by(rows: Any, name: str) -> defaultdict[int, list[Row[Any]]]:
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _entry(row: Row[Any], glyphs: list[Entry]) -> Entry:
    shared = {name: glyphs[0].pop(name) for name in ("client", "model", "version")}
    for each in glyphs[1:]:
        for name in shared:
            each.pop(name)
    return {
        "reading": row.reading,
        "receipt": row.receipt.hex(),
        "verdict": row.verdict,
        **shared,
        "strokes": None if row.strokes is None else json.loads(zlib.decompress(row.strokes)),
        "glyphs": glyphs,
    }


def _glyph_entry(row: Row[Any], changes: list[Row[Any]]) -> Entry:
    return {
        **{name: getattr(row, name) for name in ("client", "model", "version")},
        "position": row.position,
        "box": [row.x, row.y, row.width, row.height],
        "ink": b64encode(row.ink).decode("ascii"),
        "seen": b64encode(row.seen).decode("ascii"),
        **{
            name: getattr(row, name) for name in ("read", "confidence", "judged", "given", "should")
        },
        "status": row.status,
        "folded": row.folded,
        "created": _moment(row.created),
        "decided": _moment(row.decided),
        "decision": row.decision,
        "changes": [_change_entry(each) for each in changes],
    }


def _change_entry(row: Row[Any]) -> Entry:
    return {
        **{name: getattr(row, name) for name in ("decision", "action", "label")},
        "at": _moment(row.created),
        **{name: getattr(row, name) for name in ("status", "should")},
        "decided": _moment(row.decided),
        "before": row.before,
    }


def _moment(number: int | None) -> str | None:
    return None if number is None else from_number(number).isoformat()
