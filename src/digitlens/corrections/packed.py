"""Packed: what a person says, as the rows that the database keeps of it.

It is packed before its transaction begins: pictures take longer to encode than to write, and while
one writes to SQLite nobody else can.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from typing import Any

from digitlens.corrections.folding import alike
from digitlens.corrections.moments import now
from digitlens.corrections.pictures import look, pack, pack_ink
from digitlens.corrections.receipts import reading_digest, receipt_hash, receipt_secret
from digitlens.corrections.records import Glyph, Submission

_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PackedGlyph:
    """One glyph.

    Attributes:
        row: Of the glyph table; without the key of its submission, until there is one.
        likeness: What it has in common with those like it, as `folding.alike` gives it.
        pictures: Of the picture table, but for the key of the glyph.
    """

    row: _Row
    likeness: _Row
    pictures: _Row

    def of(self, key: int) -> PackedGlyph:
        """The same, as one of the submission with this key."""
        return replace(self, row={"submission_id": key, **self.row})

    @property
    def place(self) -> tuple[int, int]:
        """Where it belongs: the key of its submission, and its position there."""
        return self.row["submission_id"], self.row["position"]


@dataclass(frozen=True, slots=True)
class Packed:
    """A submission.

    Attributes:
        said: What was packed.
        secret: Of its receipt.
        row: Of the submission table.
        glyphs: Its glyphs, in reading order.
    """

    said: Submission
    secret: str
    row: _Row
    glyphs: tuple[PackedGlyph, ...]

    @property
    def reading(self) -> str:
        """The digest of the reading's id."""
        return str(self.row["reading"])


def pack_up(said: Submission) -> Packed:
    """Pack what a person says, at this moment."""
    secret = receipt_secret(said.reading)
    row = {
        "reading": reading_digest(said.reading),
        "receipt": receipt_hash(secret),
        "verdict": said.verdict,
        "strokes": _strokes(said.strokes),
    }
    moment = now()
    glyphs = (_glyph(said, place, each, moment) for place, each in enumerate(said.glyphs))
    return Packed(said, secret, row, tuple(glyphs))


def surprise(read: int, given: int, confidence: float) -> float:
    """Order of `surest`: the wrong ones first, by confidence; then the right ones, -1 to 0."""
    return confidence if given != read else confidence - 1


def _strokes(strokes: list[Any] | None) -> bytes | None:
    if strokes is None:
        return None
    return zlib.compress(json.dumps(strokes, separators=(",", ":")).encode())


def _glyph(said: Submission, position: int, each: Glyph, moment: int) -> PackedGlyph:
    likeness = alike(said.client, look(each.seen), each.should)
    x, y, width, height = each.box
    row = {
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
    }
    return PackedGlyph(row, likeness, {"ink": pack_ink(each.ink), "seen": pack(each.seen)})
