"""The library: `Reader.read_many` on canvas pictures, in one process."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from benchmarks.drawn import Drawn
from benchmarks.effort import Effort, Say
from benchmarks.figures import Figure, Goal
from benchmarks.pictures import drawings
from digitlens.quiet import quiet
from digitlens.reading.reader import Reader


def warm_up() -> Reader:
    """A reader that has read: LiteRT is loaded."""
    with quiet():  # LiteRT announces itself once
        reader = Reader()
    reader.read(next(drawings(1)).png)
    return reader


def measure(effort: Effort, peer: bool, say: Say) -> list[Figure]:  # noqa: ARG001 -- no peer has it
    """Measure pictures per second, and how many of them are read right."""
    say(f"read_many: {effort.pictures:,} pictures, {effort.repeats} times")
    pictures = list(drawings(effort.pictures))
    reader = warm_up()
    rates, right = [], 0
    for _ in range(effort.repeats):
        rate, right = _read(reader, pictures)
        rates.append(rate)
    return [
        Figure(
            "read_many",
            f"read_many, {effort.pictures:,} canvas PNGs, one process",
            "1/s",
            median(rates),
            higher=True,
            goal=Goal("ours", 1500),
            range=(min(rates), max(rates)),
        ),
        Figure("read_many_right", "of them read right", "share", right / len(pictures)),
    ]


def _read(reader: Reader, pictures: list[Drawn]) -> tuple[float, int]:
    """Read all pictures. Returns how many a second, and how many were right."""
    start = perf_counter()
    readings = reader.read_many(picture.png for picture in pictures)
    rate = len(pictures) / (perf_counter() - start)
    right = sum(r.text == picture.text for r, picture in zip(readings, pictures, strict=True))
    return rate, right
