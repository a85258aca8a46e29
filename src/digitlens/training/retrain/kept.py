"""Kept: accepted corrections as a training takes them, and as its run keeps them.

A run holds on to what it was started with: when it goes on after a break, it is the same training,
whatever was decided in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from digitlens.corrections.records import Correction
from digitlens.errors import DataError
from digitlens.reading.normalize import SIDE
from digitlens.reading.stages import HALF
from digitlens.training.data.mnist import NONE, Labelled
from digitlens.training.retrain.holdout import By, hold_out
from digitlens.training.retrain.mix import balance
from digitlens.training.retrain.ways import FEW, WAYS, Ways, as_is, write_ways

FILE = "corrections.npz"  # in the folder of the run


@dataclass(frozen=True, slots=True)
class Kept:
    """Accepted corrections, and which of them are held out.

    Attributes:
        images: uint8 (n, 28, 28), 255 is ink: as the network is shown them.
        labels: int64 (n,), 0 to 9, or `NONE`.
        taken_for: int64 (n,), what each was read as, in the same way.
        names: str (n,), `READING:POSITION`, the same in every database.
        clients: str (n,), who said it; empty where that is not known.
        is_mistake: bool (n,), whether it was misread, not confirmed.
        is_held: bool (n,), which the gate asks about.
        by: What was held out as a whole: `client` or `reading`.
        ways_of_mistakes: uint8 (m, k, 28, 28), of each mistake that is not held out: how else the
            same hand writes it.
        ways_of_confirmed: The same of the others that are not held out.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    taken_for: npt.NDArray[np.int64]
    names: npt.NDArray[np.str_]
    clients: npt.NDArray[np.str_]
    is_mistake: npt.NDArray[np.bool_]
    is_held: npt.NDArray[np.bool_]
    by: By
    ways_of_mistakes: npt.NDArray[np.uint8]
    ways_of_confirmed: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def for_others(self) -> bool:
        """Whether the model is to read other hands than those that it learns from."""
        return self.by == "client"

    @property
    def mistakes(self) -> Ways:
        """What was misread, to learn from.

        What these hands do often, other hands may do rarely: so kinds of mistakes are balanced
        where the model is to read other hands, and not where it is to read these.
        """
        rows = self.is_mistake & ~self.is_held
        kinds = list(zip(self.taken_for[rows].tolist(), self.labels[rows].tolist(), strict=True))
        weights = balance(kinds) if self.for_others else np.ones(len(kinds))
        return Ways(self.ways_of_mistakes, self.labels[rows], weights)

    @property
    def confirmed(self) -> Ways:
        """What was read right, to learn from."""
        labels = self.labels[~self.is_mistake & ~self.is_held]
        return Ways(self.ways_of_confirmed, labels, np.ones(len(labels)))

    @property
    def held(self) -> Labelled:
        """What the gate asks about."""
        return Labelled(self.images[self.is_held], self.labels[self.is_held])

    def write(self, path: Path) -> None:
        """Write it."""
        with path.open("wb") as file:
            np.savez_compressed(file, **{f.name: getattr(self, f.name) for f in fields(self)})

    @classmethod
    def read(cls, path: Path) -> Kept:
        """Read what was written.

        Raises:
            DataError: It is missing or damaged.
        """
        try:
            with np.load(path) as found:
                entries: dict[str, Any] = {f.name: found[f.name] for f in fields(cls)}
        except (OSError, ValueError, KeyError) as error:
            raise DataError(str(path), "the corrections of a retraining", repr(error)) from error
        return cls(**(entries | {"by": str(entries["by"])}))


def keep(
    corrections: Iterable[Correction], has_none: bool, learned: Collection[str] = ()
) -> tuple[Kept, list[str]]:
    """Turn corrections into what is learned from and what is held out.

    Left out are glyphs without ink, glyphs that were said to be two different things, repeats of
    the same ink, and what is no digit where the model was never taught what that is.

    Args:
        corrections: Accepted ones.
        has_none: Whether the model was trained on what is no digit.
        learned: Names of those that the active model was trained on.

    Returns:
        The corrections, and a line about each kind that was left out.
    """
    usable, said = _usable(list(corrections), has_none)
    images = np.zeros((len(usable), SIDE, SIDE), np.uint8)
    for row, one in zip(images, usable, strict=True):
        row[:] = as_is(one)
    clients = [one.client for one in usable]
    readings = [one.reading for one in usable]
    known = {name.rpartition(":")[0] for name in learned}
    is_mistake = [one.should != read_as(one) for one in usable]
    kinds = [(one.should, read_as(one)) for one in usable]
    holdout = hold_out(clients, readings, is_mistake, known, kinds)
    to_learn: dict[bool, list[Correction]] = {True: [], False: []}
    for one, wrong, held in zip(usable, is_mistake, holdout.is_held, strict=True):
        if not held:
            to_learn[wrong].append(one)
    kept = Kept(
        images,
        np.array([one.should for one in usable], np.int64),
        np.array([read_as(one) for one in usable], np.int64),
        np.array([name_of(one) for one in usable], np.str_),
        np.array(clients, np.str_),
        np.array(is_mistake, bool),
        holdout.is_held,
        holdout.by,
        write_ways(to_learn[True], WAYS),
        write_ways(to_learn[False], FEW),
    )
    return kept, said


def name_of(correction: Correction) -> str:
    """What a correction is called in every database: its reading and its place in it."""
    return f"{correction.reading}:{correction.position}"


def read_as(correction: Correction) -> int:
    """What it was read as: 0 to 9, or `NONE` where it was called no digit."""
    return NONE if correction.judged == "not_a_digit" else correction.read


def _usable(found: list[Correction], has_none: bool) -> tuple[list[Correction], list[str]]:
    labels: dict[bytes, set[int]] = {}
    for one in found:
        labels.setdefault(_key(one), set()).add(one.should)
    left: Counter[str] = Counter()
    seen: set[bytes] = set()
    usable = []
    for one in found:
        reason = _why_not(one, labels[_key(one)], seen, has_none)
        seen.add(_key(one))
        if reason:
            left[reason] += 1
        else:
            usable.append(one)
    return usable, [f"{count:,} left out: {reason}" for reason, count in left.items()]


def _why_not(one: Correction, labels: set[int], seen: set[bytes], has_none: bool) -> str:
    if one.ink.max() <= HALF:
        return "there is no ink"
    if len(labels) > 1:
        return "people say different things of the same ink"
    if _key(one) in seen:
        return "the same ink once more"
    if one.should == NONE and not has_none:
        return "they are no digits, and this model was never taught what is none"
    return ""


def _key(one: Correction) -> bytes:
    return repr(one.ink.shape).encode() + one.ink.tobytes()
