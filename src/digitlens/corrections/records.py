"""What goes into the store and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from digitlens.errors import InvalidInput
from digitlens.reading.normalize import SIDE

NONE = 10  # what a picture should have been read as that shows no digit

Picture = npt.NDArray[np.uint8]
Status = Literal["pending", "accepted", "rejected"]
Verdict = Literal["wrong", "right"]
Order = Literal["surest", "uncertain", "newest"]
Action = Literal["accept", "relabel", "reject", "reopen"]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a reading, and what it should have been.

    Attributes:
        ink: uint8 (h, w), as it was cut out; 255 is ink.
        seen: uint8 (28, 28), what the network saw; 255 is ink.
        read: 0 to 9, what it was read as.
        confidence: Of that, 0 to 1.
        status: The reading's word for it: `read`, `unsure` or `not_a_digit`.
        should: 0 to 9, or `NONE` for what is not a digit.
        box: Where it stands: x, y, width and height, in pixels of the picture.
    """

    ink: Picture
    seen: Picture
    read: int
    confidence: float
    status: str
    should: int
    box: tuple[int, int, int, int] = (0, 0, 0, 0)

    def __post_init__(self) -> None:
        if self.ink.ndim != 2 or self.ink.dtype != np.uint8 or 0 in self.ink.shape:
            raise _wrong("ink", "uint8 (h, w)", f"{self.ink.dtype} {self.ink.shape}")
        if self.seen.shape != (SIDE, SIDE) or self.seen.dtype != np.uint8:
            raise _wrong("seen", f"uint8 {(SIDE, SIDE)}", f"{self.seen.dtype} {self.seen.shape}")
        if self.read not in range(NONE):
            raise _wrong("read", "a digit, 0 to 9", self.read)
        check_label(self.should, "should")
        if not 0 <= self.confidence <= 1:
            raise _wrong("confidence", "0 to 1", self.confidence)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a person says of one reading.

    Attributes:
        reading: The reading's id: a secret of whoever got the answer, hard to guess. The store
            keeps a digest of it only, and derives the receipt from it, so that the same reading
            has the same receipt whenever and wherever it is said.
        client: Random id that the page has made up, or empty; no address, no name.
        model: Name of the model that read it.
        version: Its version.
        strokes: The drawing, if it was drawn: a list of strokes of points, as JSON has them.
        glyphs: All glyphs of the reading, in reading order.
        verdict: `wrong`, or `right` where the person confirms what was read.
    """

    reading: str
    client: str
    model: str
    version: str
    strokes: list[Any] | None
    glyphs: tuple[Glyph, ...]
    verdict: Verdict

    def __post_init__(self) -> None:
        if not self.reading:
            raise _wrong("reading", "the id of a reading", "an empty one")
        if not self.glyphs:
            raise _wrong("glyphs", "the glyphs of the reading", "none")
        if self.verdict not in ("wrong", "right"):
            raise _wrong("verdict", "wrong or right", repr(self.verdict))
        for name in ("client", "model", "version"):
            if len(getattr(self, name)) > 200 or "\0" in getattr(self, name):
                raise _wrong(name, "up to 200 characters", repr(getattr(self, name)[:20]) + "…")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a person gets for a correction.

    Attributes:
        secret: With it, and with nothing else, it can be looked at and taken back.
        created: Whether the correction is new; not where this reading was already corrected.
        changed: Whether anything is different now: not where the same was said before, nor where
            it was decided since.
    """

    secret: str
    created: bool
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Correction:
    """One glyph that a person corrected or confirmed.

    Attributes:
        id: Of this row in this database; never given to another one.
        reading: Digest of the reading's id, 32 hexadecimal digits; the same in every database.
        position: Of the glyph in the reading, from 0.
        client: Who said it, a random id, or empty.
        model: Name of the model that read it.
        version: Its version.
        ink: uint8 (h, w), as it was cut out; 255 is ink.
        seen: uint8 (28, 28), what the network saw; 255 is ink.
        read: 0 to 9, what it was read as.
        confidence: Of that, 0 to 1.
        judged: The reading's word for it: `read`, `unsure` or `not_a_digit`.
        given: 0 to 9 or `NONE`: what the person said.
        should: The same, unless a review relabelled it.
        status: `pending`, `accepted` or `rejected`.
        created: When it was said first, in UTC.
        decided: When a review last decided on it, in UTC.
        box: x, y, width and height in pixels of the picture.
        strokes: How it was drawn, as JSON has it, where that is known and the reading has no other
            glyph; None where many are listed, which does not need them.
    """

    id: int
    reading: str
    position: int
    client: str
    model: str
    version: str
    ink: Picture = field(repr=False, compare=False)
    seen: Picture = field(repr=False, compare=False)
    read: int
    confidence: float
    judged: str
    given: int
    should: int
    status: Status
    created: datetime
    decided: datetime | None
    box: tuple[int, int, int, int]
    strokes: list[Any] | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which corrections are looked at; what is None does not matter.

    Attributes:
        status: `pending`, `accepted` or `rejected`.
        should: 0 to 9 or `NONE`.
        read: 0 to 9.
        model: Name of the model that read it.
        version: Its version.
        since: Said at this moment or later.
        until: Said before this moment.
    """

    status: Status | None = None
    should: int | None = None
    read: int | None = None
    model: str | None = None
    version: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some corrections, in order.

    Attributes:
        rows: The corrections.
        next: What `Store.page` takes as `after` to go on; None at the end.
    """

    rows: tuple[Correction, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many corrections there are, duplicates left out.

    Attributes:
        status: How many of each status.
        digits: For each digit that they should be, 0 to 9 and `NONE`, how many of each status.
        folded: Duplicates: the same picture, said to be the same by the same client.
    """

    status: dict[str, int]
    digits: dict[int, dict[str, int]]
    folded: int

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.status.values())


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of a review.

    Attributes:
        id: What `Store.undo` takes; empty where nothing had to change.
        changed: How many corrections are different now.
    """

    id: str
    changed: int


def check_label(label: Any, argument: str) -> None:
    """See that something is a digit, or the word for none.

    Raises:
        InvalidInput: It is neither.
    """
    if label not in range(NONE + 1):
        raise _wrong(argument, f"a digit, 0 to 9, or {NONE} for none", label)


def _wrong(argument: str, expected: str, received: object) -> InvalidInput:
    return InvalidInput(argument, expected, str(received))
