"""Batch: many pictures in one request, each with its own reading or its own problem."""

from __future__ import annotations

from typing import Any

from digitlens.reading import files
from digitlens.web import answers
from digitlens.web.problems import TOO_LARGE, Problem, refusal
from digitlens.web.service import Service
from digitlens.web.submitted import Submitted

_TIMES = 8  # the most pixels of one picture, that those of a batch may have together


def read(
    serving: Service, submitted: list[Submitted | Problem], include: frozenset[str]
) -> list[dict[str, Any]]:
    """Read the pictures of a batch.

    Args:
        serving: What reads.
        submitted: The pictures, and the problems with those that could not be taken.
        include: As `answers.read` takes it.

    Returns:
        For each, in their order, an object with either its `reading` or its `problem`.
    """
    serving = serving.steady()
    left = _TIMES * serving.settings.max_pixels
    results = []
    for one in submitted:
        if isinstance(one, Submitted):
            left -= count_pixels(one.picture)
        try:
            results.append({"reading": _read(serving, one, include, left)})
        except Problem as problem:
            results.append({"problem": problem.details()})
    return results


def _read(
    serving: Service, one: Submitted | Problem, include: frozenset[str], left: int
) -> dict[str, Any]:
    if isinstance(one, Problem):
        raise one
    if left < 0:
        most = f"{_TIMES * serving.settings.max_pixels:,} pixels in all pictures up to this one"
        raise refusal(TOO_LARGE, one.argument, f"up to {most}", f"{-left:,} more")
    return answers.read(serving, one, include)


def count_pixels(picture: object) -> int:
    """Count the pixels of a picture that comes as a file, from its header; 0 where it has none."""
    return files.count_pixels(picture) if isinstance(picture, bytes) else 0
