"""Holdout: which corrections the gate asks about, so that no model may learn from them.

A hand that a network has learned from is no test of other hands. So all that one client has said is
held out, or none of it. Where too few clients said something, or one said most of it, that would
hold out nearly nothing or nearly all: then whole readings are held out, of each kind of mistake its
share, and what the gate finds out is how well these few hands were learned. Which ones are held out
follows from their names, and what the active model has learned from comes last: what one retraining
holds out, the next one does, too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

import numpy as np
import numpy.typing as npt

_SHARE = 0.25  # of the corrections are held out
_ENOUGH = 9  # mistakes held out that suffice to tell better from chance; up to half for them
_CLIENTS = 5  # that must have found mistakes for whole clients to be held out
_LARGEST = 0.5  # share of the mistakes that one client may have found, for the same

By = Literal["client", "reading"]


@dataclass(frozen=True, slots=True)
class Holdout:
    """What is held out.

    Attributes:
        by: What is held out as a whole: clients, or readings.
        is_held: bool (n,), which of the corrections.
    """

    by: By
    is_held: npt.NDArray[np.bool_]


def hold_out(
    clients: Sequence[str],
    readings: Sequence[str],
    is_mistake: Sequence[bool],
    learned: Collection[str] = (),
    kinds: Sequence[Hashable] = (),
) -> Holdout:
    """Choose what is held out: a quarter of the mistakes, up to half where there are few.

    What people said was right is held out along with the mistakes, as large a share of it.

    Args:
        clients: Who said each correction; empty where that is not known, and then each of their
            readings counts as a client of its own.
        readings: Which reading each belongs to.
        is_mistake: Whether it was misread, not confirmed.
        learned: The readings that the active model was trained on.
        kinds: What each was taken for what; all are of one kind without it.

    Returns:
        The choice. Of two readings at least one is held out and one is not; of one, none is.
    """
    named = [c or f"reading {reading}" for c, reading in zip(clients, readings, strict=True)]
    wrong = [client for client, counts in zip(named, is_mistake, strict=True) if counts]
    by: By = "client" if _suffice(wrong or named) else "reading"
    groups = named if by == "client" else list(readings)
    known = {groups[row] for row, reading in enumerate(readings) if reading in learned}
    mistakes = Counter(group for group, counts in zip(groups, is_mistake, strict=True) if counts)
    others = Counter(group for group in groups if group not in mistakes)
    whole = mistakes.total()
    ranks = _ranks(mistakes, _kind_of(groups, kinds, is_mistake)) if by == "reading" else {}
    held = _first(mistakes, known, ranks, max(_SHARE * whole, min(_ENOUGH, whole / 2)))
    share = sum(mistakes[group] for group in held) / whole if whole else _SHARE
    held |= _first(others, known, {}, share * others.total())
    return Holdout(by, np.array([group in held for group in groups], bool))


def _suffice(clients: Sequence[str]) -> bool:
    sizes = Counter(clients)
    return len(sizes) >= _CLIENTS and max(sizes.values()) <= _LARGEST * sizes.total()


def _first(
    weights: Counter[str], known: set[str], ranks: dict[str, float], wanted: float
) -> set[str]:
    """The first groups that weigh enough, in an order that is chance but always the same."""
    order = sorted(weights, key=lambda group: (group in known, ranks.get(group, 0), _draw(group)))
    held: set[str] = set()
    weight = 0
    for group in order[:-1]:  # something must be left to learn from
        if weight >= wanted:
            break
        held.add(group)
        weight += weights[group]
    return held


def _kind_of(
    groups: Sequence[str], kinds: Sequence[Hashable], is_mistake: Sequence[bool]
) -> dict[str, Hashable]:
    """The kind of each group: that of its first mistake."""
    rows = list(zip(groups, kinds or [None] * len(groups), is_mistake, strict=True))
    return {group: kind for group, kind, counts in reversed(rows) if counts}


def _ranks(groups: Collection[str], kinds: dict[str, Hashable]) -> dict[str, float]:
    """Where in its kind each group stands, 0 to 1: the first of all have as much of every kind."""
    alike: defaultdict[Hashable, list[str]] = defaultdict(list)
    for group in sorted(groups, key=_draw):
        alike[kinds.get(group)].append(group)
    return {
        group: (place + 0.5) / len(those)
        for those in alike.values()
        for place, group in enumerate(those)
    }


def _draw(group: str) -> bytes:
    return blake2b(group.encode(), digest_size=8).digest()
