"""Rows: corrections as they come out of the tables."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import Row, Select, case, exists, null, select

from digitlens.corrections import tables
from digitlens.corrections.moments import from_number
from digitlens.corrections.pictures import unpack
from digitlens.corrections.records import Correction

_GLYPH = tables.glyph.c


def select_corrections() -> Select[Any]:
    """Ask for all that `correction` needs; duplicates are among them."""
    return (
        select(
            tables.glyph, tables.submission.c.reading, tables.picture.c.ink, tables.picture.c.seen
        )
        .join(tables.submission, tables.submission.c.id == _GLYPH.submission_id)
        .join(tables.picture, tables.picture.c.glyph_id == _GLYPH.id)
    )


def with_strokes(query: Select[Any]) -> Select[Any]:
    """Ask for the strokes as well, of glyphs that are the only ones of their reading."""
    other = tables.glyph.alias("other")
    is_alone = ~exists().where(
        other.c.submission_id == _GLYPH.submission_id, other.c.position != _GLYPH.position
    )
    strokes = case((is_alone, tables.submission.c.strokes), else_=null())
    return query.add_columns(strokes.label("strokes"))


def correction(row: Row[Any]) -> Correction:
    """The correction of a row."""
    return Correction(
        id=row.id,
        reading=row.reading,
        position=row.position,
        client=row.client,
        model=row.model,
        version=row.version,
        ink=unpack(row.ink),
        seen=unpack(row.seen),
        read=row.read,
        confidence=row.confidence,
        judged=row.judged,
        given=row.given,
        should=row.should,
        status=row.status,
        created=from_number(row.created),
        decided=None if row.decided is None else from_number(row.decided),
        box=(row.x, row.y, row.width, row.height),
        strokes=_strokes(row._mapping.get("strokes")),
    )


def _strokes(packed: bytes | None) -> list[Any] | None:
    if packed is None:
        return None
    strokes: list[Any] = json.loads(zlib.decompress(packed))
    return strokes
