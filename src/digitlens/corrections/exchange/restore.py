"""Restore: rows that were parsed come into the database; what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from digitlens.corrections import tables
from digitlens.corrections.exchange.parse import GlyphRows, Rows
from digitlens.corrections.folding import alike, is_there
from digitlens.corrections.keep import ADD_SUBMISSION

_glyph = tables.glyph
# A row that was folded stays so, also where the one that stands for it comes later.
_ADD_GLYPH = (
    insert(_glyph)
    .values(folded=or_(bindparam("was_folded", type_=_glyph.c.folded.type), is_there))
    .returning(_glyph.c.id)
)
_ADD_DECISION = {
    name: dialect.insert(tables.decision).on_conflict_do_nothing()
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def restore(connection: Connection, submissions: Sequence[Rows]) -> int:
    """Add submissions, except those whose reading is there; how many were added."""
    return sum(_restore(connection, each) for each in submissions)


def _restore(connection: Connection, rows: Rows) -> bool:
    statement = ADD_SUBMISSION[connection.dialect.name]
    key = connection.execute(statement, rows.submission).scalar()
    if key is None:
        return False
    for each in rows.glyphs:
        _restore_glyph(connection, key, each)
    return True


def _restore_glyph(connection: Connection, key: int, rows: GlyphRows) -> None:
    values = dict(rows.glyph)
    likeness = alike(values["client"], values["look"], values["given"])
    values |= {"submission_id": key, "was_folded": values.pop("folded"), **likeness}
    number = connection.execute(_ADD_GLYPH, values).scalar_one()
    connection.execute(insert(tables.picture), {"glyph_id": number, **rows.picture})
    if rows.changes:
        connection.execute(_ADD_DECISION[connection.dialect.name], rows.decisions)
        changes = [{"glyph_id": number, **each} for each in rows.changes]
        connection.execute(insert(tables.change), changes)


def unfold(connection: Connection) -> int:
    """Let one of those stand for the others that nobody stands for; how many that were.

    After an import there are none, unless its file was cut short or edited.
    """
    other = _glyph.alias()
    stands = (
        select(other.c.id)
        .where(
            other.c.client == _glyph.c.client,
            other.c.look == _glyph.c.look,
            other.c.given == _glyph.c.given,
            ~other.c.folded,
        )
        .exists()
    )
    firsts = (
        select(func.min(_glyph.c.id))
        .where(_glyph.c.folded, ~stands)
        .group_by(_glyph.c.client, _glyph.c.look, _glyph.c.given)
    )
    ids = list(connection.execute(firsts).scalars())
    if ids:
        statement = update(_glyph).where(_glyph.c.id == bindparam("key"))
        connection.execute(statement, [{"key": each, "folded": False} for each in ids])
    return len(ids)
