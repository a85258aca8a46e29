"""Every correction is shown in many ways, among what the network knows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitlens.reading.judge import shares_of
from digitlens.reading.normalize import normalize
from digitlens.training.data.augment import Augmentation
from digitlens.training.data.mnist import NONE, Labelled
from digitlens.training.data.prepared import prepared
from tests.training.mnist_like import draw

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.architectures import find  # noqa: E402 -- needs keras
from digitlens.training.retrain.features import extract  # noqa: E402 -- needs keras
from digitlens.training.retrain.parts import Parts  # noqa: E402 -- beside the others
from digitlens.training.retrain.shown import Shown, make_shown  # noqa: E402 -- needs keras
from digitlens.training.retrain.ways import Ways  # noqa: E402 -- beside the others
from digitlens.training.still import (  # noqa: E402 -- needs keras
    freeze_below_last_convolution,
    part,
)

pytestmark = pytest.mark.training
EPOCHS = 2


def digits(label: int, count: int) -> Labelled:
    """Pictures of one digit."""
    inks = [normalize(draw(label, seed)) for seed in range(count)]
    return Labelled(np.rint(np.stack(inks) * 255).astype(np.uint8), np.full(count, label))


def ways(label: int, count: int, called: int) -> Ways:
    """Corrections in two ways each: what they look like, and what people call them."""
    images = digits(label, 2 * count).images.reshape(count, 2, 28, 28)
    return Ways(images, np.full(count, called), np.ones(count))


@pytest.fixture(scope="module")
def shown() -> Shown:
    """Forty zeros, plain and distorted, three mistakes called no digit, two confirmed fours."""
    network = freeze_below_last_convolution(find("lenet5")())
    known = digits(0, 40)
    parts = Parts(known, ways(1, 3, NONE), ways(4, 2, 4), known, known, has_none=True)
    return make_shown(parts, EPOCHS, Augmentation(), *part(network), seed=1)


def test_what_it_is_to_say(shown: Shown) -> None:
    """Of what it knows, what it says; of corrections, mostly what people say."""
    assert np.allclose(shown.shares.sum(axis=1), 1, atol=1e-5)
    first = 80 + 3 * shown.variants[0]
    assert (shown.shares[:80].max(axis=1) < 0.7).all()  # it was never trained
    assert (shown.shares[80:first, NONE] > 0.7).all()
    assert (shown.shares[first:, 4] > 0.7).all()


def test_what_it_knows_is_shown_as_it_is_too() -> None:
    """What is replayed is in it distorted and as it is; for other hands distorted only."""
    network = freeze_below_last_convolution(find("lenet5")())
    known, wide = digits(0, 40), Augmentation(rotation=20)
    corrected = ways(1, 3, NONE), ways(4, 2, 4)
    parts = Parts(known, *corrected, known, known, has_none=True)
    resting, learning = part(network)
    plain = extract(resting, prepared(known.images))[0]
    both = make_shown(parts, EPOCHS, wide, resting, learning, seed=1)
    assert np.array_equal(both.features[0][:40], plain)
    assert not np.array_equal(both.features[0][40:80], plain)
    few = make_shown(replace(parts, for_others=True), EPOCHS, wide, resting, learning, seed=1)
    assert few.mix.base == 40
    assert not np.array_equal(few.features[0][:40], plain)


def test_stays_near_only_where_it_knows(shown: Shown) -> None:
    """Of what is replayed the logits are to stay those that it had; of corrections they are not."""
    rows = np.array([3, 79, 80, len(shown.shares) - 1])
    apart = shown.wanted(rows)
    assert apart[:, -1].tolist() == [1, 1, 0, 0]
    assert np.array_equal(apart[:, :11], shown.shares[rows])
    assert np.array_equal(apart[:, 11:-1], shown.logits[rows])
    others = replace(shown, mix=replace(shown.mix, for_others=True))
    assert others.wanted(rows)[:, -1].tolist() == [0, 0, 0, 0]
    before = shares_of(shown.logits[:80], has_none=True)
    assert np.allclose(before, shown.shares[:80], atol=1e-6)


def test_as_many_pictures_as_are_shown(shown: Shown) -> None:
    """Of each correction there are as many as are shown in all epochs, and one at least."""
    _, mistakes, confirmed = shown.mix.shown
    assert shown.variants[0] == -(-EPOCHS * mistakes // 3) > 1
    assert shown.variants[1] == max(1, -(-EPOCHS * confirmed // 2))
    count = 80 + 3 * shown.variants[0] + 2 * shown.variants[1]
    assert {len(one) for one in (*shown.features, shown.shares)} == {count}


def test_rows(shown: Shown) -> None:
    """An epoch shows each part as often as the mix has it, and the same again when it goes on."""
    rows = shown.rows(np.random.default_rng(3))
    ends = np.cumsum([80, 3 * shown.variants[0], 2 * shown.variants[1]])
    which = np.searchsorted(ends, rows, side="right")
    assert tuple(np.bincount(which, minlength=3)) == shown.mix.shown
    assert np.array_equal(rows, shown.rows(np.random.default_rng(3)))
    mistakes = (rows[which == 1] - 80) // shown.variants[0]
    counts = np.bincount(mistakes, minlength=3)
    assert counts.max() - counts.min() <= 1


def test_of_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more corrections than can be kept in several ways there is one picture each.

    Of more than can be kept at all, so many by chance.
    """
    network = freeze_below_last_convolution(find("lenet5")())
    known, many = (
        digits(0, 4),
        Ways(np.zeros((6_001, 1, 28, 28), np.uint8), np.zeros(6_001, int), np.ones(6_001)),
    )
    many.images[:, 0, 5:20, 14] = 255
    parts = Parts(known, many, ways(4, 1, 4), known, known, has_none=False)
    made = make_shown(parts, 90_000, Augmentation(), *part(network), seed=1)
    assert made.variants[0] == 1
    monkeypatch.setattr("digitlens.training.retrain.shown._MOST", 50)
    made = make_shown(parts, 2, Augmentation(), *part(network), seed=1)
    assert made.mix.mistakes == len(made.weights) == 50
    assert made.rows(np.random.default_rng(1)).max() < len(made.shares)
