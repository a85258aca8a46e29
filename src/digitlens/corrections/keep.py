"""Keep: a correction is said, said otherwise, looked at, and taken back."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from digitlens.corrections import tables
from digitlens.corrections.folding import alike, hand_over, hold_head, is_there
from digitlens.corrections.moments import now
from digitlens.corrections.pictures import look, pack, pack_ink
from digitlens.corrections.receipts import reading_digest, receipt_hash, receipt_secret
from digitlens.corrections.records import Correction, Glyph, Receipt, Submission
from digitlens.corrections.rows import correction, select_corrections
from digitlens.errors import InvalidInput

_submission, _glyph, _picture = tables.submission, tables.glyph, tables.picture
# Statements are built once: building one takes as long as SQLite takes for it.
ADD_SUBMISSION = {  # returns nothing where the reading is there already
    dialect.__name__.rpartition(".")[2]: dialect.insert(_submission)
    .on_conflict_do_nothing(index_elements=[_submission.c.reading])
    .returning(_submission.c.id)
    for dialect in (sqlite, postgresql)
}
_ADD_GLYPH = insert(_glyph).values(folded=is_there).returning(_glyph.c.id, _glyph.c.folded)
_ADD_PICTURE = insert(_picture)
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


def add(connection: Connection, said: Submission) -> Receipt:
    """Keep what a person says; said before of the same reading, change what it should be.

    Raises:
        InvalidInput: This reading was corrected before, and had other glyphs.
    """
    secret = receipt_secret(said.reading)
    key = _add_submission(connection, said, secret)
    if key is None:
        return Receipt(secret, created=False, changed=_change(connection, said))
    moment = now()
    for position, each in enumerate(said.glyphs):
        _add_glyph(connection, key, position, each, said, moment)
    return Receipt(secret, created=True)


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


def surprise(read: int, given: int, confidence: float) -> float:
    """Order of `surest`: the wrong ones first, by confidence; then the right ones, -1 to 0."""
    return confidence if given != read else confidence - 1


def _add_submission(connection: Connection, said: Submission, secret: str) -> int | None:
    strokes = None
    if said.strokes is not None:
        strokes = zlib.compress(json.dumps(said.strokes, separators=(",", ":")).encode())
    values = {
        "reading": reading_digest(said.reading),
        "receipt": receipt_hash(secret),
        "verdict": said.verdict,
        "strokes": strokes,
    }
    statement = ADD_SUBMISSION[connection.dialect.name]
    key: int | None = connection.execute(statement, values).scalar()
    return key


def _add_glyph(
    connection: Connection, key: int, position: int, each: Glyph, said: Submission, moment: int
) -> None:
    likeness = alike(said.client, look(each.seen), each.should)
    x, y, width, height = each.box
    values = {
        "submission_id": key,
        "position": position,
        "client": said.client,
        "model": said.model,
        "version": said.version,
        "look": likeness["alike_look"],
        **{"x": x, "y": y, "width": width, "height": height},
        "read": each.read,
        "confidence": each.confidence,
        "judged": each.status,
        "given": each.should,
        "should": each.should,
        "surprise": surprise(each.read, each.should, each.confidence),
        "status": "pending",
        "created": moment,
        **likeness,
    }
    number, is_folded = connection.execute(_ADD_GLYPH, values).one()
    if is_folded:
        hold_head(connection, likeness)
    pictures = {"glyph_id": number, "ink": pack_ink(each.ink), "seen": pack(each.seen)}
    connection.execute(_ADD_PICTURE, pictures)


def _change(connection: Connection, said: Submission) -> bool:
    """Change what the glyphs of a submission should be, those that nobody has decided on yet."""
    reading = {"reading": reading_digest(said.reading)}
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
