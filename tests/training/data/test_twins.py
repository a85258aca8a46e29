"""Pictures that are the same are found, and only they."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digitlens.training.data.twins import are_among, count_repeats, keys


@given(numbers=st.lists(st.integers(0, 5), max_size=12), known=st.sets(st.integers(0, 5)))
def test_same_pictures(numbers: list[int], known: set[int]) -> None:
    """For pictures that are numbers, twins are what sets of the numbers say."""
    images = np.array(numbers, np.uint8).reshape(-1, 1, 1)
    others = np.array(sorted(known), np.uint8).reshape(-1, 1, 1)
    assert are_among(images, set(keys(others))).tolist() == [n in known for n in numbers]
    assert count_repeats(images) == len(numbers) - len(set(numbers))
