"""What was said of a set is asked once, and again only when something has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from digitlens.models.bundle import load
from digitlens.training.measure.suite.answers import Answers, Kept
from digitlens.training.measure.suite.paper import Picture
from digitlens.training.measure.suite.sets import PictureSet
from digitlens.training.measure.suite.ways import Answer


class Parrot:
    """Reads every picture as a 3, and counts how many it was shown."""

    shown = 0

    def read(self, pictures: Sequence[Picture]) -> list[Answer]:
        """Read pictures."""
        self.shown += len(pictures)
        return [Answer("3", 0.8, 0.7, True) for _ in pictures]


def some(count: int) -> PictureSet:
    """White pictures that are said to show 0, 1, 2, and so on."""
    labels = np.arange(count, dtype=np.int64) % 10
    return PictureSet("some", "pen", "some", labels, lambda _: np.full((5, 5), 255, np.uint8))


def test_right() -> None:
    """Right is the text that is exactly the digit."""
    said = [Answer(text, 0.9, 0.9, True) for text in ("3", "33", "", "8")]
    assert Answers.of(said, [3, 3, 3, 3]).right.tolist() == [True, False, False, False]


def test_resumed(tmp_path: Path) -> None:
    """A set that was read is not read again, and says the same."""
    parrot, kept = Parrot(), Kept.of(load(None), tmp_path, None)
    first = kept.answers(some(600), {"parrot": parrot})["parrot"]
    assert parrot.shown == 600
    assert first.right.sum() == 60
    again = kept.answers(some(600), {"parrot": parrot})["parrot"]
    assert parrot.shown == 600
    assert (again.right == first.right).all()
    assert (again.confidence == 0.8).all()
    kept.remove()
    assert not list(tmp_path.iterdir())


def test_changed(tmp_path: Path) -> None:
    """Another model, other thresholds or another number of pictures have a folder of their own."""
    bundle = load(None)
    other = replace(bundle, model=bundle.model + b"\0")
    colder = replace(bundle, card=replace(bundle.card, temperature=0.5))
    found = [
        Kept.of(*each).folder
        for each in (
            (bundle, tmp_path, None),
            (bundle, tmp_path, 7),
            (other, tmp_path, None),
            (colder, tmp_path, None),
        )
    ]
    assert len(set(found)) == 4
    assert found[0] == Kept.of(bundle, tmp_path, None).folder
