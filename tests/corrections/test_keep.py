"""What many people say at once is kept as if one had said it after the other."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from digitlens.corrections import Correction, Filter, Receipt, Store, Submission, keep
from digitlens.corrections.packed import pack_up
from tests.corrections.said import glyph, said

_MOST = 3  # glyphs of a reading


def crowd(random: Random) -> list[Submission]:
    """What few people say of few pictures: some repeat themselves, others, or change their mind."""
    counts = [random.randint(1, _MOST) for _ in range(12)]
    readings = random.choices(range(12), k=20)
    return [
        said(
            f"r{reading}",
            *(
                # Which pictures a reading has stays the same whenever it is corrected.
                glyph((reading + place) % 4, should=random.choice((3, 5)))
                for place in range(counts[reading])
            ),
            client=f"c{reading % 2}",
            strokes=[[[reading, 0]]],
        )
        for reading in readings
    ]


def kept(store: Store, receipts: list[Receipt]) -> list[tuple[object, ...]]:
    """All that can be seen of what was kept, but for the numbers and times of rows."""
    secrets = sorted({receipt.secret for receipt in receipts})
    rows = [[_plain(row) for row in store.look(secret)] for secret in secrets]
    standing = sorted(str(_plain(row)) for row in store.each(Filter()))
    return [(receipts, rows, standing, store.counts())]


def _plain(row: Correction) -> tuple[object, ...]:
    pictures = (row.ink.tobytes(), row.seen.tobytes())
    empty = np.zeros((1, 1), np.uint8)
    return replace(row, id=0, created=row.created.min, ink=empty, seen=empty), pictures


@pytest.mark.parametrize("seed", range(4))
def test_at_once_or_one_after_the_other(store: Store, seed: int) -> None:
    """Duplicates, changes of mind and several glyphs are sorted out within one transaction."""
    people = crowd(Random(seed))  # noqa: S311 -- the same people each time
    receipts = [store.add(each) for each in people]
    apart = kept(store, receipts)
    for secret in {receipt.secret for receipt in receipts}:
        store.withdraw(secret)
    assert (store.counts().total, store.counts().folded) == (0, 0)
    packed = [pack_up(each) for each in people]
    together = store._database.write(lambda connection: keep.add(connection, packed))
    assert str(kept(store, together)) == str(apart)
    assert {receipt.created for receipt in together} == {True, False}
