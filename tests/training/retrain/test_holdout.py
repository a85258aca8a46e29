"""What is held out is a client, or a reading, as a whole, and stays so."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pytest

from digitlens.training.retrain import holdout
from digitlens.training.retrain.holdout import Holdout


def hold_out(clients: list[str], readings: list[str], learned: Collection[str] = ()) -> Holdout:
    """Hold out of corrections that are all of mistakes."""
    return holdout.hold_out(clients, readings, [True] * len(readings), learned)


def many(clients: int, each: int) -> tuple[list[str], list[str]]:
    """So many clients with so many readings of one digit each."""
    names = [f"client {c}" for c in range(clients) for _ in range(each)]
    return names, [f"{name}, {row}" for row, name in enumerate(names)]


def test_by_client() -> None:
    """With many clients a quarter of the corrections is held out, whole clients of it."""
    clients, readings = many(40, 10)
    found = hold_out(clients, readings)
    assert found.by == "client"
    held = {client for client, is_held in zip(clients, found.is_held, strict=True) if is_held}
    kept = {client for client, is_held in zip(clients, found.is_held, strict=True) if not is_held}
    assert not held & kept
    assert found.is_held.sum() == 100


@pytest.mark.parametrize(("clients", "each"), [(1, 100), (4, 25)])
def test_few_clients(clients: int, each: int) -> None:
    """Of few clients whole readings are held out."""
    found = hold_out(*many(clients, each))
    assert found.by == "reading"
    assert found.is_held.sum() == 25


def test_one_client_said_most() -> None:
    """A client who said most of it is neither held out nor trained on as a whole."""
    clients, readings = many(9, 2)
    clients += ["busy"] * 100
    readings += [f"busy {row}" for row in range(100)]
    assert hold_out(clients, readings).by == "reading"


@pytest.mark.parametrize(("count", "held"), [(2, 1), (10, 5), (20, 9), (30, 9), (400, 100)])
def test_half_of_few(count: int, held: int) -> None:
    """Of few corrections up to half are held out: fewer would tell nothing."""
    assert hold_out(*many(1, count)).is_held.sum() == held


def test_glyphs_of_a_reading_stay_together() -> None:
    """Digits that were read together are held out together."""
    readings = [f"reading {row // 4}" for row in range(80)]
    is_held = hold_out(["one"] * 80, readings).is_held
    assert all(len(set(is_held[row : row + 4])) == 1 for row in range(0, 80, 4))


def test_stays_held_out() -> None:
    """More corrections hold out more of the old ones or fewer, but never others in their place."""
    clients, readings = many(40, 10)
    before = hold_out(clients, readings).is_held
    after = hold_out(*many(70, 10)).is_held[:400]
    assert not (before & ~after).any() or not (after & ~before).any()
    assert (before & after).sum() >= 50


def test_learned_ones_are_not_held_out() -> None:
    """What the active model has learned from is no test of the next one, while there is other."""
    clients, readings = many(40, 10)
    first = hold_out(clients, readings).is_held
    learned = {reading for reading, is_held in zip(readings, first, strict=True) if not is_held}
    assert np.array_equal(hold_out(clients, readings, learned).is_held, first)
    assert not (hold_out(clients, readings, set(readings[:200])).is_held[:200]).any()


def test_unknown_clients() -> None:
    """Readings of whom nobody knows who said them count as clients of their own."""
    _, readings = many(1, 40)
    assert hold_out([""] * 40, readings).by == "client"


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_to_hold_out(count: int) -> None:
    """Of nothing, and of one reading, nothing is held out."""
    assert hold_out(*many(1, count)).is_held.sum() == 0


def test_mistakes_count() -> None:
    """Nine of twenty mistakes are held out, and about as large a share of the confirmations."""
    clients, readings = many(1, 400)
    is_mistake = [row % 20 == 0 for row in range(400)]
    is_held = holdout.hold_out(clients, readings, is_mistake).is_held
    assert is_held[::20].sum() == 9
    assert is_held.sum() == 180


def test_one_client_found_all_mistakes() -> None:
    """Where only one of many clients was misread, mistakes are held out by reading."""
    clients, readings = many(10, 10)
    found = holdout.hold_out(clients, readings, [row < 10 for row in range(100)])
    assert found.by == "reading"
    assert found.is_held[:10].sum() == 5


def test_some_of_each_kind() -> None:
    """Of one hand's mistakes as large a share of each kind is held out, and of each one is left."""
    clients, readings = many(1, 40)
    kinds = [(9, 5)] * 20 + [(1, 7)] * 15 + [(4, 9)] * 5
    is_held = holdout.hold_out(clients, readings, [True] * 40, (), kinds).is_held
    assert [int(is_held[rows].sum()) for rows in (slice(20), slice(20, 35), slice(35, 40))] == [
        5,
        4,
        1,
    ]
