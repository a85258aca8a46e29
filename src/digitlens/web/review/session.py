"""Session: a signed cookie that says whether its bearer has logged in, and until when.

The server keeps none of them. A cookie is of no use when the admin token is another one, as that is
part of what it is signed with.
"""

from __future__ import annotations

import binascii
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest
from os import urandom
from time import time

COOKIE = "digitlens_review"
SECONDS = 12 * 3600  # that a login lasts
_FORM = struct.Struct(">?Q16s")  # logged in, seconds since 1970 until when, nonce
_SIGNATURE = 32
_LONGEST = 200  # characters of a cookie that are looked at


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor of the review.

    Attributes:
        is_admin: Whether they have shown the admin token.
        until: Seconds since 1970 after which the session is over.
        nonce: 16 random bytes, which no other session has.
    """

    is_admin: bool
    until: int
    nonce: bytes


def begin(is_admin: bool) -> Session:
    """A new session; after a login it is another one than before."""
    return Session(is_admin, int(time()) + SECONDS, urandom(16))


def write(session: Session, key: bytes) -> str:
    """The cookie of a session, signed with 32 bytes."""
    said = _FORM.pack(session.is_admin, session.until, session.nonce)
    return urlsafe_b64encode(said + _sign(said, key)).decode("ascii")


def read(cookie: str, key: bytes) -> Session | None:
    """The session of a cookie; None where this server did not write it, or it is over."""
    if len(cookie) > _LONGEST or not cookie.isascii():
        return None
    try:
        data = urlsafe_b64decode(cookie)
    except (binascii.Error, ValueError):
        return None
    said, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
    if not compare_digest(signature, _sign(said, key)):
        return None
    session = Session(*_FORM.unpack(said))
    return session if session.until > time() else None


def csrf(session: Session, key: bytes) -> str:
    """What a page of this session says with every change, and no page of another website knows."""
    return blake2b(b"csrf" + session.nonce, key=key, digest_size=16).hexdigest()


def is_csrf(text: str, session: Session, key: bytes) -> bool:
    """Whether a text is that; it takes as long whatever it is."""
    return compare_digest(text.encode(), csrf(session, key).encode())


def _sign(said: bytes, key: bytes) -> bytes:
    return blake2b(said, key=key, digest_size=_SIGNATURE).digest()
