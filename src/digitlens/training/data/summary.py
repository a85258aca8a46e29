"""Summary: what is in the data, as figures and as mean pictures."""

from __future__ import annotations

from typing import Any

import numpy as np

from digitlens.training.data.mnist import NONE
from digitlens.training.data.sheet import Picture, draw_sheet
from digitlens.training.data.sources import Gathered


def summarize(gathered: Gathered) -> dict[str, Any]:
    """Count pictures, per source and class, repeats, and those of MNIST's test set.

    Returns:
        As JSON has it; `in_test_set` is None where that is not known.
    """
    sources = [
        {
            "source": name,
            "pictures": len(data),
            "per_class": np.bincount(data.labels, minlength=10)[:10].tolist(),
            "none": int((data.labels == NONE).sum()),
        }
        for name, data in gathered.sources
    ]
    return {
        "sources": sources,
        "pictures": len(gathered.data),
        "repeats": gathered.repeats,
        "in_test_set": None if gathered.leaked is None else gathered.leaks,
        "to_train_on": len(gathered.training),
    }


def draw_means(gathered: Gathered) -> Picture:
    """Draw the mean of all pictures, and of each digit that there is, as one row of a sheet."""
    images, labels = gathered.data.images, gathered.data.labels
    means = {"all": images.mean(axis=0)}
    means |= {caption(label): images[labels == label].mean(axis=0) for label in np.unique(labels)}
    pictures = (np.stack(list(means.values())) / 255).astype(np.float32)
    return draw_sheet(pictures, list(means), columns=len(means))


def caption(label: int) -> str:
    """A label in a word: the digit, or `none`."""
    return "none" if label == NONE else str(label)
