"""The same picture, said to be the same by the same client, counts once."""

from __future__ import annotations

from digitlens.corrections import Store
from tests.corrections.said import glyph, said


def test_the_same_again_counts_once(store: Store) -> None:
    """However often a client sends a picture with one label, reviews see it once."""
    for number in range(4):
        store.add(said(f"r{number}", glyph(1)))
    assert len(store.page().rows) == 1
    assert (store.counts().total, store.counts().folded) == (1, 3)


def test_what_is_not_the_same(store: Store) -> None:
    """Another client, another label, another picture: each counts."""
    store.add(said("a", glyph(1)))
    store.add(said("b", glyph(1), client="another"))
    store.add(said("c", glyph(1, should=5)))
    store.add(said("d", glyph(2)))
    assert (store.counts().total, store.counts().folded) == (4, 0)


def test_twice_in_one_reading(store: Store) -> None:
    """Two equal glyphs of one reading are duplicates, too; the receipt stands for both."""
    receipt = store.add(said("a", glyph(1), glyph(1)))
    assert (store.counts().total, store.counts().folded) == (1, 1)
    assert len(store.look(receipt.secret)) == 2
    assert store.withdraw(receipt.secret) == 2
    assert (store.counts().total, store.counts().folded) == (0, 0)


def test_a_duplicate_takes_over(store: Store) -> None:
    """Where the first is taken back, the next stands for the rest, as it was decided."""
    receipts = [store.add(said(f"r{number}", glyph(1))) for number in range(3)]
    store.decide([row.id for row in store.page().rows], "relabel", 7)
    store.withdraw(receipts[0].secret)
    (row,) = store.page().rows
    assert row.id == store.look(receipts[1].secret)[0].id
    assert (row.status, row.should, row.given) == ("accepted", 7, 3)
    assert store.counts().folded == 1
    assert [each.id for each in store.accepted()] == [row.id]


def test_taking_back_a_duplicate_changes_nothing_else(store: Store) -> None:
    """The first one stays as it is while duplicates of it go."""
    first, second = (store.add(said(f"r{number}", glyph(1))) for number in range(2))
    store.withdraw(second.secret)
    assert [row.id for row in store.page().rows] == [store.look(first.secret)[0].id]
    assert store.counts().folded == 0


def test_said_otherwise_is_another(store: Store) -> None:
    """A duplicate that is said otherwise counts; one that becomes a duplicate counts no more."""
    store.add(said("a", glyph(1, should=3)))
    store.add(said("b", glyph(1, should=3)))
    store.add(said("b", glyph(1, should=5)))
    assert (store.counts().total, store.counts().folded) == (2, 0)
    store.add(said("b", glyph(1, should=3)))
    assert (store.counts().total, store.counts().folded) == (1, 1)
    store.add(said("a", glyph(1, should=9)))
    assert sorted(row.should for row in store.page().rows) == [3, 9]
