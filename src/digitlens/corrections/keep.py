"""Keep: a correction is said, said otherwise, looked at, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from digitlens.corrections import tables
from digitlens.corrections.folding import alike, hand_over, hold_head, is_there
from digitlens.corrections.packed import Packed, PackedGlyph, surprise
from digitlens.corrections.receipts import receipt_hash
from digitlens.corrections.records import Correction, Receipt
from digitlens.corrections.rows import correction, select_corrections
from digitlens.errors import InvalidInput

_submission, _glyph, _picture = tables.submission, tables.glyph, tables.picture
# Statements are built once: building one takes as long as SQLite takes for it.
ADD_SUBMISSION = {  # returns nothing where the reading is there already
    dialect.__name__.rpartition(".")[2]: dialect.insert(_submission)
    .on_conflict_do_nothing(index_elements=[_submission.c.reading])
    .returning(_submission.c.id, _submission.c.reading)
    for dialect in (sqlite, postgresql)
}
_ADD_GLYPH = (
    insert(_glyph)
    .values(folded=is_there)
    .returning(_glyph.c.submission_id, _glyph.c.position, _glyph.c.id, _glyph.c.folded)
)
# What returns something is sent with many rows at once, what does not with one after the other.
_ADD_PICTURE = insert(_picture).returning(_picture.c.glyph_id)
_GIVE = (
    update(_glyph)
    .where(_glyph.c.id == bindparam("key"))
    .values(folded=is_there)
    .returning(_glyph.c.folded)
)
_BY_READING = select(_submission.c.id).where(_submission.c.reading == bindparam("reading"))
_BY_RECEIPT = select(_submission.c.id).where(_submission.c.receipt == bindparam("receipt"))
_GLYPHS = (
    select(_glyph)
    .where(_glyph.c.submission_id == bindparam("key"))
    .order_by(_glyph.c.position)
    .with_for_update()
)


def add(connection: Connection, said: Sequence[Packed]) -> list[Receipt]:
    """Keep what people say; said before of the same reading, change what it should be.

    Raises:
        InvalidInput: A reading was corrected before, and had other glyphs.
    """
    keys = _add_submissions(connection, said)
    fresh = [(keys.pop(each.reading, None), each) for each in said]
    glyphs = [glyph.of(key) for key, each in fresh if key is not None for glyph in each.glyphs]
    # Rows do not see others of the same statement: those that are like one of them come after it.
    firsts: dict[tuple[Any, ...], PackedGlyph] = {}
    doubles = [glyph for glyph in glyphs if firsts.setdefault(_key(glyph), glyph) is not glyph]
    for some in filter(None, (list(firsts.values()), doubles)):
        _add_glyphs(connection, some)
    return [_receipt(connection, key, each) for key, each in fresh]


def withdraw(connection: Connection, secret: str) -> int:
    """Remove all that a receipt stands for; how many glyphs that were."""
    key = connection.execute(
        _BY_RECEIPT.with_for_update(), {"receipt": receipt_hash(secret)}
    ).scalar()
    if key is None:
        return 0
    gone = connection.execute(_GLYPHS, {"key": key}).all()
    connection.execute(delete(_submission).where(_submission.c.id == key))
    for each in gone:
        hand_over(connection, each)
    return len(gone)


def look_up(connection: Connection, secret: str) -> list[Correction]:
    """What a receipt stands for, in reading order."""
    query = (
        select_corrections()
        .where(_submission.c.receipt == receipt_hash(secret))
        .order_by(_glyph.c.position)
    )
    return [correction(row) for row in connection.execute(query)]


def count_since(connection: Connection, client: str, since: int) -> int:
    """How many glyphs a client has corrected since a moment, folded ones as well."""
    query = select(func.count()).where(_glyph.c.client == client, _glyph.c.created >= since)
    return connection.execute(query).scalar_one()


def _add_submissions(connection: Connection, said: Sequence[Packed]) -> dict[str, int]:
    """The keys of those whose reading was not there, by its digest."""
    statement = ADD_SUBMISSION[connection.dialect.name]
    added = connection.execute(statement, [each.row for each in said])
    return {row.reading: row.id for row in added}


def _key(glyph: PackedGlyph) -> tuple[Any, ...]:
    """What it has in common with those like it, as a key."""
    return tuple(glyph.likeness.values())


def _add_glyphs(connection: Connection, glyphs: Sequence[PackedGlyph]) -> None:
    """Add glyphs that are unlike each other, or like some that were added before."""
    rows = [{**glyph.row, **glyph.likeness} for glyph in glyphs]
    added = {(row[0], row[1]): row for row in connection.execute(_ADD_GLYPH, rows)}
    pictures = []
    for glyph in glyphs:
        row = added[glyph.place]
        if row.folded:
            hold_head(connection, glyph.likeness)
        pictures.append({"glyph_id": row.id, **glyph.pictures})
    connection.execute(_ADD_PICTURE, pictures)


def _receipt(connection: Connection, key: int | None, said: Packed) -> Receipt:
    """The receipt of what was added under a key, or without one is there already."""
    if key is not None:
        return Receipt(said.secret, created=True)
    return Receipt(said.secret, created=False, changed=_change(connection, said))


def _change(connection: Connection, packed: Packed) -> bool:
    """Change what the glyphs of a submission should be, those that nobody has decided on yet."""
    said, reading = packed.said, {"reading": packed.reading}
    key = connection.execute(_BY_READING.with_for_update(), reading).scalar_one()
    before = connection.execute(_GLYPHS, {"key": key}).all()
    if len(before) != len(said.glyphs):
        received = f"{len(said.glyphs)}, and {len(before)} when it was corrected first"
        raise InvalidInput("glyphs", "the glyphs of the reading", received)
    otherwise = [
        (row, each.should)
        for row, each in zip(before, said.glyphs, strict=True)
        if row.status == "pending" and row.given != each.should
    ]
    for row, should in otherwise:
        _give(connection, row, should)
    if otherwise:
        verdict = {"verdict": said.verdict}
        connection.execute(update(_submission).where(_submission.c.id == key), verdict)
    return bool(otherwise)


def _give(connection: Connection, row: Row[Any], given: int) -> None:
    likeness = alike(row.client, row.look, given)
    values = {
        "key": row.id,
        "given": given,
        "should": given,
        "surprise": surprise(row.read, given, row.confidence),
        **likeness,
    }
    if connection.execute(_GIVE, values).scalar_one():
        hold_head(connection, likeness)
    hand_over(connection, row)
