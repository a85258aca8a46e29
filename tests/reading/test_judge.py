"""Logits become a digit with a confidence, a doubt between digits, or the word that it is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digitlens.models.card import Card, Thresholds
from digitlens.reading.judge import evidence, judge, probabilities
from digitlens.reading.result import Box, Digit

CARD = Card("test", "1", "", 1.0, Thresholds(sure=0.6, evidence=0.0), has_none=True)
LOGITS = arrays.arrays(np.float32, (3, 10), elements=st.floats(-30, 30, width=32))


def one(*logits: tuple[int, float], card: Card = CARD) -> Digit:
    """What is said of a glyph whose logits are -9 but for these."""
    row = np.full((1, 10), -9, np.float32)
    for digit, logit in logits:
        row[0, digit] = logit
    return judge(row, [Box(0, 0, 9, 9)], card)[0]


@given(LOGITS, st.floats(0.25, 4), st.booleans())
def test_probabilities(logits: np.ndarray, temperature: float, has_none: bool) -> None:
    """They add up to 1, and the highest logit has the highest one."""
    shares = probabilities(logits, temperature, has_none)
    assert shares.sum(axis=1) == pytest.approx(1)
    assert (shares > 0).all() or has_none is False
    rows = np.arange(len(logits))
    assert (shares[rows, logits.argmax(axis=1)] >= shares.max(axis=1) - 1e-12).all()


@given(LOGITS)
def test_no_more_sure(logits: np.ndarray) -> None:
    """Knowing of what is no digit makes no reader surer; where evidence is high, as sure."""
    plain, honest = probabilities(logits, 1.0), probabilities(logits, 1.0, has_none=True)
    assert (honest.max(axis=1) <= plain.max(axis=1) + 1e-9).all()
    clear = evidence(logits) > 12
    assert honest[clear] == pytest.approx(plain[clear], abs=1e-4)


def test_none() -> None:
    """Where nothing speaks for a digit, none is likelier than another, and none is named."""
    said = one()
    assert said.status == "not_a_digit"
    assert said.confidence == pytest.approx(0.1, abs=0.01)
    assert said.alternatives == ()


def test_two() -> None:
    """Between two digits it is unsure, and names the other one alone."""
    said = one((4, 3.0), (9, 2.8))
    assert (said.status, said.digit, said.alternatives) == ("unsure", 4, (9,))


def test_doubt_whether_it_is_one() -> None:
    """A digit that may be none is unsure, and still not taken for all the others."""
    said = one((4, 0.1))
    assert (said.status, said.digit) == ("unsure", 4)
    assert len(said.alternatives) == 1


def test_sure() -> None:
    """A digit that nothing speaks against is read."""
    said = one((7, 12.0))
    assert (said.status, said.digit, said.alternatives) == ("read", 7, ())
    assert said.confidence > 0.999


def test_never_shown_others() -> None:
    """A network that never saw what is no digit keeps all probability among the ten."""
    said = one((4, 0.1), card=replace(CARD, has_none=False))
    assert said.confidence > 0.99
