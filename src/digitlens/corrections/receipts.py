"""Secrets: what a reading's id and a receipt leave in the database, which gives neither away.

The receipt is derived from the reading's id and not drawn, so that whoever says the same again has
the same receipt, from any worker, also after the corrections have moved to another database.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import blake2b, sha256


def reading_digest(reading: str) -> str:
    """What is kept of a reading's id: 32 hexadecimal digits."""
    return blake2b(reading.encode(), digest_size=16, person=b"reading").hexdigest()


def receipt_secret(reading: str) -> str:
    """The receipt of a correction of this reading: 32 characters that may stand in a URL."""
    digest = blake2b(reading.encode(), digest_size=24, person=b"receipt").digest()
    return urlsafe_b64encode(digest).decode("ascii")


def receipt_hash(secret: str) -> bytes:
    """What is kept of a receipt: its SHA-256."""
    return sha256(secret.encode()).digest()
