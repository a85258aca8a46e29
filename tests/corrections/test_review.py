"""Decisions change what they are meant to change, and can be undone."""

from __future__ import annotations

from typing import Any

import pytest

from digitlens.corrections import NONE, Store
from digitlens.errors import InvalidInput
from tests.corrections.said import glyph, said


@pytest.fixture
def ids(store: Store) -> list[int]:
    """Five corrections that wait: should be 0, 1, 2, 3 and 4."""
    for number in range(5):
        store.add(said(f"r{number}", glyph(number, should=number)))
    return sorted(row.id for row in store.page().rows)


def states(store: Store, ids: list[int]) -> list[tuple[str, int]]:
    """Status and label of each."""
    return [(row.status, row.should) for row in store.get(ids)]


def test_each_action(store: Store, ids: list[int]) -> None:
    """Accepted as it is, accepted as something else, rejected, and open again as it was said."""
    assert store.decide(ids[:2], "accept").changed == 2
    store.decide([ids[2]], "relabel", NONE)
    store.decide([ids[3]], "reject")
    assert states(store, ids) == [
        ("accepted", 0),
        ("accepted", 1),
        ("accepted", NONE),
        ("rejected", 3),
        ("pending", 4),
    ]
    store.decide(ids, "reopen")
    assert states(store, ids) == [("pending", digit) for digit in range(5)]
    assert all(row.decided is None for row in store.get(ids))


def test_when_it_was_decided(store: Store, ids: list[int]) -> None:
    """A decision has its moment; what was decided so already keeps that of the first."""
    store.decide(ids[:1], "accept")
    first = store.get(ids)[0].decided
    assert first is not None
    assert store.decide(ids[:2], "accept").changed == 1
    assert store.get(ids)[0].decided == first


def test_nothing_to_decide(store: Store, ids: list[int]) -> None:
    """Where nothing is different, there is no decision to undo."""
    decision = store.decide(ids, "reopen")
    assert (decision.id, decision.changed) == ("", 0)
    assert store.undo(decision.id) == 0
    assert store.undo("no decision") == 0


def test_undo(store: Store, ids: list[int]) -> None:
    """Many are as they were before, with one word; undone twice is undone once."""
    store.decide(ids[:1], "relabel", 9)
    before = store.get(ids)
    decision = store.decide(ids, "reject")
    assert store.undo(decision.id) == 5
    assert store.get(ids) == before
    assert store.undo(decision.id) == 0


def test_undo_leaves_what_came_later(store: Store, ids: list[int]) -> None:
    """An earlier decision is undone only where no other came after it; then one by one."""
    first = store.decide(ids[:3], "accept")
    second = store.decide(ids[:1], "reject")
    assert store.undo(first.id) == 2
    assert [status for status, _ in states(store, ids[:3])] == ["rejected", "pending", "pending"]
    assert store.undo(second.id) == 1
    assert store.undo(first.id) == 1
    assert states(store, ids[:1]) == [("pending", 0)]


def test_counts(store: Store, ids: list[int]) -> None:
    """Counts say how many there are of each status and of each digit."""
    store.decide(ids[:2], "accept")
    store.decide(ids[2:3], "relabel", 0)
    counts = store.counts()
    assert counts.status == {"pending": 2, "accepted": 3, "rejected": 0}
    assert counts.digits[0] == {"pending": 0, "accepted": 2, "rejected": 0}
    assert (sorted(counts.digits), counts.total) == (list(range(11)), 5)


def test_many_at_once(store: Store) -> None:
    """As many as somebody selects, in one decision."""
    for number in range(700):
        store.add(said(f"r{number // 7}-{number}", glyph(number)))
    ids = [row.id for row in store.page(limit=500).rows]
    ids += [row.id for row in store.page(after=store.page(limit=500).next, limit=500).rows]
    decision = store.decide(ids, "accept")
    assert decision.changed == 700
    assert store.undo(decision.id) == 700


@pytest.mark.parametrize(
    ("action", "label", "word"),
    [("relabel", None, "label"), ("relabel", 11, "label"), ("accept", 3, "label"), ("eat", 1, "")],
)
def test_wrong_decisions(store: Store, action: Any, label: int | None, word: str) -> None:
    """An action that is none, or a label that does not go with it, is refused."""
    with pytest.raises(InvalidInput, match=word or "action"):
        store.decide([1], action, label)
