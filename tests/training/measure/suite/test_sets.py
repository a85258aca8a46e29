"""Every set makes the pictures it promises, the same ones each time."""

from __future__ import annotations

import numpy as np
import pytest

from digitlens.training.data.drawings import TEST_ALPHABETS, TEST_WRITERS
from digitlens.training.data.mnist import NONE
from digitlens.training.measure.suite.digits import PENS, THREE_PENS
from digitlens.training.measure.suite.run import all_sets
from digitlens.training.measure.suite.sets import PictureSet, Sources
from tests.training.measure.suite.material import sources

SETS = all_sets(sources(), 4)


@pytest.mark.parametrize("pictures", SETS, ids=lambda one: one.name)
def test_pictures(pictures: PictureSet) -> None:
    """They are grey pictures, not all alike, and a second look shows the same."""
    assert 1 < len(pictures) <= 8
    drawn = [pictures.draw(n) for n in range(len(pictures))]
    for number, picture in enumerate(drawn):
        assert picture.dtype == np.uint8
        assert picture.ndim == 2
        assert (pictures.draw(number) == picture).all()
    assert any(one.shape != drawn[0].shape or (one != drawn[0]).any() for one in drawn[1:])


def test_names() -> None:
    """No two sets have one name: what was said of one is kept under it."""
    names = [one.name for one in SETS]
    assert len(set(names)) == len(names)
    assert {f"pen-{pen}" for pen in (*PENS, *THREE_PENS)} <= set(names)


def test_labels() -> None:
    """Digits are labelled as digits, and others as none."""
    for one in SETS:
        assert (one.labels == NONE).all() if one.group == "others" else one.labels.max() < 10


def test_take() -> None:
    """Some of a set are spread over all of it, and keep what they show."""
    whole = next(one for one in all_sets(sources()) if one.name == "pen-12")
    some = whole.take(4)
    assert some.labels.tolist() == [0, 3, 6, 9]
    assert (some.draw(1) == whole.draw(3)).all()
    assert whole.take(None) is whole


def test_unseen(real_data) -> None:
    """From the real data come test writers and test alphabets, and no others."""
    found = Sources.load(real_data)
    assert {drawing.writer for drawing in found.written} == TEST_WRITERS
    alphabets = {drawing.name.split("/")[0] for drawing in found.characters}
    assert alphabets == TEST_ALPHABETS
