"""A correction is kept whole, said again or otherwise, looked at and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from digitlens.corrections import NONE, Filter, Store
from digitlens.corrections.keep import surprise
from digitlens.errors import InvalidInput
from tests.corrections.said import glyph, picture, said


def test_everything_is_kept(store: Store) -> None:
    """What comes out is what went in, the pictures to the last level."""
    before = datetime.now(UTC)
    given = (glyph(1, should=4, confidence=1 / 3), glyph(2, should=NONE))
    receipt = store.add(said("r", *given))
    first, second = store.look(receipt.secret)
    assert (first.position, second.position) == (0, 1)
    assert first.reading == second.reading
    assert (first.client, first.model, first.version) == ("somebody", "digits", "1.0")
    assert (first.read, first.confidence, first.judged) == (8, 1 / 3, "unsure")
    assert (first.given, first.should, second.should) == (4, 4, NONE)
    assert (first.status, first.decided, first.box) == ("pending", None, (1, 2, 30, 40))
    assert before <= first.created <= datetime.now(UTC)
    for kept, original in zip((first, second), given, strict=True):
        np.testing.assert_array_equal(kept.ink, original.ink)
        np.testing.assert_array_equal(kept.seen, original.seen)


def test_the_same_reading_is_one_correction(store: Store) -> None:
    """Said twice, there is one, and it has the same receipt."""
    first = store.add(said("r"))
    again = store.add(said("r"))
    assert first.created
    assert not again.created
    assert not again.changed
    assert again.secret == first.secret
    assert store.counts().total == 1


def test_said_otherwise(store: Store) -> None:
    """While it is undecided, another word for the same reading replaces the first."""
    store.add(said("r", glyph(should=3)))
    receipt = store.add(said("r", glyph(should=8), verdict="right"))
    assert receipt.changed
    (kept,) = store.look(receipt.secret)
    assert (kept.given, kept.should) == (8, 8)
    assert store.page(order="surest").rows[0].id == kept.id


def test_decided_stays(store: Store) -> None:
    """What a review has decided, the person can take back, and not change."""
    receipt = store.add(said("r", glyph(should=3)))
    store.decide([store.look(receipt.secret)[0].id], "accept")
    again = store.add(said("r", glyph(should=5)))
    assert not again.changed
    assert store.look(receipt.secret)[0].should == 3


def test_a_reading_keeps_its_glyphs(store: Store) -> None:
    """The same reading with another number of glyphs is refused, and changes nothing."""
    receipt = store.add(said("r", glyph(1), glyph(2)))
    with pytest.raises(InvalidInput, match="glyphs"):
        store.add(said("r", glyph(1)))
    assert len(store.look(receipt.secret)) == 2


def test_taken_back(store: Store) -> None:
    """A receipt takes back all of its own and nothing else; then it may be said anew."""
    receipt = store.add(said("r", glyph(1), glyph(2)))
    other = store.add(said("other", glyph(3)))
    assert store.withdraw("no receipt") == 0
    assert store.withdraw(receipt.secret) == 2
    assert store.withdraw(receipt.secret) == 0
    assert store.look(receipt.secret) == []
    assert len(store.look(other.secret)) == 1
    again = store.add(said("r", glyph(1), glyph(2)))
    assert again.created
    assert again.secret == receipt.secret


def test_numbers_are_not_given_again(store: Store) -> None:
    """A page that is open in a browser may name what was taken back: it must not mean another."""
    receipt = store.add(said("r"))
    gone = store.look(receipt.secret)[0].id
    store.withdraw(receipt.secret)
    assert store.look(store.add(said("next")).secret)[0].id > gone
    assert store.get([gone]) == []
    assert store.decide([gone], "accept").changed == 0


def test_large_ink_is_reduced(store: Store) -> None:
    """A glyph as large as a wall keeps its shape, on 320 pixels; a small one every pixel."""
    wall = glyph(1)
    wall = type(wall)(picture(5, 3200, 100), wall.seen, 1, 0.9, "read", 2)
    kept = store.look(store.add(said("r", wall)).secret)[0]
    assert kept.ink.shape == (320, 10)


def test_how_many_lately(store: Store) -> None:
    """A client's corrections since a moment are counted, duplicates as well, nobody else's."""
    start = datetime.now(UTC)
    for number in range(3):
        store.add(said(f"r{number}", glyph(1)))
    store.add(said("other", client="another"))
    assert store.count_since("somebody", start) == 3
    assert store.count_since("somebody", datetime.now(UTC) + timedelta(minutes=1)) == 0


def test_nobody_reads_a_receipt_in_the_database(store: Store) -> None:
    """Neither the reading's id nor the receipt stands in what is kept."""
    receipt = store.add(said("the-id-of-a-reading"))
    (kept,) = store.look(receipt.secret)
    assert kept.reading not in ("the-id-of-a-reading", receipt.secret)
    assert store.look(kept.reading) == []


def test_order_of_surprise() -> None:
    """The surest mistake comes first, then the less sure ones, then what was confirmed."""
    order = [surprise(7, 1, 0.99), surprise(7, 1, 0.4), surprise(7, 7, 0.99), surprise(7, 7, 0.4)]
    assert order == sorted(order, reverse=True)


def test_accepted_only(store: Store) -> None:
    """Only what was accepted is trained on, all of it, however many."""
    for number in range(12):
        store.add(said(f"r{number}", glyph(number)))
    ids = [row.id for row in store.page(Filter(), "newest").rows]
    store.decide(ids[:7], "accept")
    store.decide(ids[7:9], "reject")
    assert [each.id for each in store.accepted()] == sorted(ids[:7])


def test_strokes_to_learn_from(store: Store) -> None:
    """A drawing's strokes come along, where they are those of one glyph; listings do without."""
    strokes = [[[1, 2], [3.5, 4]]]
    store.add(said("drawn", glyph(1), strokes=strokes))
    store.add(said("two at once", glyph(2), glyph(3), strokes=strokes))
    store.add(said("a picture", glyph(4)))
    rows = store.page(Filter(), "newest").rows
    store.decide([row.id for row in rows], "accept")
    assert [each.strokes for each in store.accepted()] == [strokes, None, None, None]
    assert all(row.strokes is None for row in rows)


@pytest.mark.parametrize(
    ("field", "value"), [("reading", ""), ("glyphs", ()), ("verdict", "maybe"), ("model", "\0")]
)
def test_what_is_said_wrongly(field: str, value: object) -> None:
    """What cannot be kept is refused before any database is asked."""
    values = {"reading": "r", "client": "", "model": "m", "version": "1", "strokes": None}
    values |= {"glyphs": (glyph(),), "verdict": "wrong", field: value}  # type: ignore[dict-item] -- wrong on purpose
    with pytest.raises(InvalidInput, match=field):
        type(said("r"))(**values)  # type: ignore[arg-type] -- the same


@pytest.mark.parametrize("should", [-1, 11])
def test_no_such_digit(should: int) -> None:
    """A glyph should be a digit or none; there is nothing else."""
    with pytest.raises(InvalidInput, match="should"):
        glyph(should=should)
