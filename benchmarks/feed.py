"""The feed: how fast one core distorts digits, and how fast the shipped network trains on them.

python -m benchmarks.feed
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from statistics import median
from time import perf_counter

import click
import numpy as np
import numpy.typing as npt

from benchmarks import report
from benchmarks.effort import FULL, QUICK, Effort, Say
from benchmarks.figures import Figure, Goal
from benchmarks.pictures import drawings
from digitlens.models.bundle import load
from digitlens.quiet import quiet
from digitlens.reading.limits import Limits
from digitlens.reading.prepare import prepare
from digitlens.training.data.augment import Augmentation, augment_many

_ALL = Augmentation(elastic=0.8, binary=0.2)  # and what is on by default: every distortion
_BATCH = 128


def measure(effort: Effort, peer: bool, say: Say) -> list[Figure]:  # noqa: ARG001 -- no peer has it
    """Measure both, and how many times faster the feed is than the network can eat."""
    inks = _digits(effort.pictures)
    say(f"feed: {len(inks):,} digits, {effort.repeats} times")
    shown = [_feed(inks, seed) for seed in range(effort.repeats)]
    say(f"training of the shipped network: {len(inks):,} digits, {effort.repeats} times")
    trained = _train(inks, effort.repeats)
    times = median(shown) / median(trained)
    name = load().card.name
    return [
        _rate("feed", "digits distorted in every way, on one core", shown),
        _rate("training", f"digits that {name} trains on, on all cores", trained),
        Figure(
            "feed_times",
            "how many times faster the feed is than the training",
            "times",
            times,
            higher=True,
            goal=Goal("ours", 3),
        ),
    ]


def _digits(count: int) -> npt.NDArray[np.uint8]:
    """Drawn digits as reading cuts them out: uint8 (count, 28, 28)."""
    glyphs = (glyph for drawn in drawings(count) for glyph in prepare(drawn.png, Limits()).glyphs)
    return np.stack([np.rint(g[:, :, 0] * 255).astype(np.uint8) for g in islice(glyphs, count)])


def _feed(inks: npt.NDArray[np.uint8], seed: int) -> float:
    """Distort all digits, batch by batch. Returns how many a second."""
    with _one_core():
        start = perf_counter()
        for number, first in enumerate(range(0, len(inks), _BATCH)):
            augment_many(inks[first : first + _BATCH], _ALL, np.random.default_rng((seed, number)))
        return len(inks) / (perf_counter() - start)


@contextmanager
def _one_core() -> Iterator[None]:
    """Keep this thread on one core, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _train(inks: npt.NDArray[np.uint8], repeats: int) -> list[float]:
    """Train on digits that are ready. Returns how many a second, in each epoch after the first."""
    with quiet():
        import keras

        from digitlens.training.architectures import find
        from digitlens.training.logits import end_in_logits

        network = end_in_logits(find(load().card.name)())
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer="adam", loss=loss)
    seen = inks[..., None].astype(np.float32) / 255
    labels = np.arange(len(inks)) % 10  # any: what they are costs no time
    rates = []
    for _ in range(repeats + 1):  # the first one compiles
        start = perf_counter()
        network.fit(seen, labels, batch_size=_BATCH, verbose=0)
        rates.append(len(inks) / (perf_counter() - start))
    return rates[1:]


def _rate(name: str, what: str, rates: list[float]) -> Figure:
    least, most = min(rates), max(rates)
    return Figure(name, what, "1/s", median(rates), higher=True, range=(least, most))


@click.command()
@click.option("--quick", is_flag=True, help="A short run, to see that everything works.")
def main(quick: bool) -> None:
    """Measure the feed and print a table."""
    effort = QUICK if quick else FULL
    figures = measure(effort, False, lambda line: click.echo(line, err=True))
    click.echo("\n" + report.table(report.results(figures, effort)))


if __name__ == "__main__":
    main()
