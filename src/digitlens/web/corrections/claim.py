"""Claims: the id of a reading says, signed, what was read in which picture.

Nothing is kept of a reading that nobody corrects. So its id holds what a correction needs to know:
when it was read, a digest of the glyphs, what each was read as, and by which model. Who corrects
sends the picture again, and its glyphs must have that digest: nobody can claim what was not read.
"""

from __future__ import annotations

import binascii
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest
from secrets import token_bytes
from time import time_ns

import numpy as np

from digitlens.reading.result import DigitStatus, Reading
from digitlens.reading.stages import Seen

PURPOSE = "reading"
LONGEST = 4096  # characters of an id that are looked at
_FORMAT = 2
# Format, nanoseconds since 1970, chance, digest, count of the glyphs. Without chance, two workers
# that read the same picture at the same tick of the clock gave out the same id.
_HEAD = struct.Struct(">BQ8s16sH")
_DIGIT = struct.Struct(">BI")  # digit and status, confidence
_SIGNATURE = 16
_STATUSES: tuple[DigitStatus, ...] = ("read", "unsure", "not_a_digit")
_CODES = {status: code << 4 for code, status in enumerate(_STATUSES)}
_ONE = 0xFFFFFFFF  # a confidence of 1


@dataclass(frozen=True, slots=True)
class ClaimedDigit:
    """What a glyph was read as: 0 to 9, the confidence from 0 to 1, and the status."""

    digit: int
    confidence: float
    status: DigitStatus


@dataclass(frozen=True, slots=True)
class Claim:
    """What the server said of a picture.

    Attributes:
        name: Names the reading: 32 hexadecimal digits, another one each time something is read.
        digest: Of the glyphs, 16 bytes.
        digits: What each was read as, in reading order.
        model: Name of the model that read.
        version: Its version.
    """

    name: str
    digest: bytes
    digits: tuple[ClaimedDigit, ...]
    model: str
    version: str


def sign(reading: Reading, key: bytes) -> str:
    """The id of a reading, in letters that an address may have.

    Args:
        reading: What was read.
        key: 32 bytes, those of `Key.for_(PURPOSE)`.
    """
    chance = token_bytes(8)
    parts = [_HEAD.pack(_FORMAT, time_ns(), chance, digest(reading.seen), len(reading.digits))]
    for one in reading.digits:
        code = one.digit | _CODES[one.status]
        parts.append(_DIGIT.pack(code, round(one.confidence * _ONE)))
    parts.append("\0".join(reading.model).encode())
    said = b"".join(parts)
    signature = blake2b(said, key=key, digest_size=_SIGNATURE).digest()
    return _encode(said + signature)


def verify(text: str, key: bytes) -> Claim | None:
    """What an id says; None where this server did not give it out.

    Args:
        text: Whatever somebody sent.
        key: As `sign` takes it.
    """
    data = _decode(text)
    said, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
    expected = blake2b(said, key=key, digest_size=_SIGNATURE).digest()
    if not compare_digest(signature, expected) or said[0] != _FORMAT:
        return None
    return _parse(said, signature.hex())


def digest(seen: Iterable[Seen]) -> bytes:
    """A digest of what the network saw.

    Args:
        seen: Glyphs, float32 (28, 28), 0 to 1.

    Returns:
        16 bytes.
    """
    # As levels, so that the last bit of a float may differ between machines.
    levels = (np.rint(glyph * np.float32(255)).astype(np.uint8).tobytes() for glyph in seen)
    return blake2b(b"".join(levels), digest_size=16).digest()


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    """What a text stands for; nothing where `_encode` would have written it otherwise."""
    if len(text) > LONGEST or not text.isascii():
        return b""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""
    # The last letter may have bits that stand for nothing, and what is no letter is passed over.
    return data if _encode(data) == text else b""


def _parse(said: bytes, name: str) -> Claim:
    """What was signed: it is whole, and of the form that `sign` gave it."""
    _, _, _, digest, count = _HEAD.unpack_from(said)
    start, end = _HEAD.size, _HEAD.size + count * _DIGIT.size
    digits = tuple(
        ClaimedDigit(code & 0xF, share / _ONE, _STATUSES[code >> 4])
        for code, share in _DIGIT.iter_unpack(said[start:end])
    )
    model, _, version = said[end:].decode().partition("\0")
    return Claim(name, digest, digits, model, version)
