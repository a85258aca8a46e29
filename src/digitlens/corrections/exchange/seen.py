"""Seen: pictures of 28×28 with nothing but a label become corrections.

What a network reads in them, and how sure it is, is what the given one says: files of pictures do
not tell, and reviews order by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from secrets import token_bytes

import numpy as np

from digitlens.corrections.exchange.forms import Taken
from digitlens.corrections.exchange.parse import GlyphRows, Rows
from digitlens.corrections.moments import now
from digitlens.corrections.packed import surprise
from digitlens.corrections.pictures import look, pack
from digitlens.corrections.records import Picture
from digitlens.corrections.store import Store
from digitlens.models.bundle import Bundle
from digitlens.reading.judge import judge
from digitlens.reading.network import Network
from digitlens.reading.normalize import SIDE
from digitlens.reading.result import Box, Digit

CLIENT = "import"
_AT_A_TIME = 128  # pictures of one transaction

Labelled = tuple[int, Picture]  # 0 to 9 or NONE, and uint8 (28, 28), 255 is ink


def take_in(store: Store, pictures: Iterable[Labelled], bundle: Bundle, accept: bool) -> Taken:
    """Take in pictures; those with the same label that were imported before stay as they are.

    Args:
        store: Where they go.
        pictures: With their labels.
        bundle: The model that says what it reads in them.
        accept: Whether they are accepted at once, or wait for a review.

    Raises:
        StoreUnavailable: The database cannot be used now.
    """
    network, taken = Network(bundle), Taken(0, 0)
    remaining = iter(pictures)
    while some := list(islice(remaining, _AT_A_TIME)):
        rows = list(_rows(some, network, bundle, accept))
        added = store.restore(rows)
        taken += Taken(added, len(rows) - added)
    return taken


def _rows(
    pictures: list[Labelled], network: Network, bundle: Bundle, accept: bool
) -> Iterator[Rows]:
    glyphs = np.stack([seen for _, seen in pictures]).astype(np.float32)[..., None]
    boxes = [Box(0, 0, SIDE, SIDE)] * len(pictures)
    digits = judge(network.logits(glyphs / np.float32(255)), boxes, bundle.card)
    model = {"model": bundle.card.name, "version": bundle.card.version}
    for (label, seen), digit in zip(pictures, digits, strict=True):
        yield _row(label, seen, digit, model, accept)


def _row(label: int, seen: Picture, digit: Digit, model: dict[str, str], accept: bool) -> Rows:
    moment = now()
    packed = pack(seen)
    values = {
        **model,
        "client": CLIENT,
        "position": 0,
        "look": look(seen),
        **{"x": 0, "y": 0, "width": SIDE, "height": SIDE},
        "read": digit.digit,
        "confidence": digit.confidence,
        "judged": digit.status,
        "given": label,
        "should": label,
        "surprise": surprise(digit.digit, label, digit.confidence),
        "status": "accepted" if accept else "pending",
        "folded": False,
        "created": moment,
        "decided": moment if accept else None,
        "decision": None,
    }
    submission = {
        "reading": blake2b(bytes([label]) + seen.tobytes(), digest_size=16).hexdigest(),
        "receipt": token_bytes(32),  # nobody has it
        "verdict": "right" if label == digit.digit else "wrong",
        "strokes": None,
    }
    return Rows(submission, [GlyphRows(values, {"ink": packed, "seen": packed}, [], [])])
