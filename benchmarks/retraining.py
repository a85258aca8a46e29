"""A retraining with 500 corrections: run as `python -m benchmarks.retraining`.

Six people who were kept out of all training write their digits again and again; half of what is
corrected was misread, half is confirmed. The active version learns from that, in a library of its
own that is thrown away. Said are the time that it took and what the gate found.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import click
import numpy as np

from digitlens import Reader, Reading
from digitlens.corrections import Filter, Glyph, Store, Submission, open_store
from digitlens.models.library import Library
from digitlens.quiet import quiet
from digitlens.reading.limits import Limits
from digitlens.reading.prepare import prepare, show_stages
from digitlens.settings import Settings
from digitlens.training.data.drawings import load_pendigits
from digitlens.training.data.hand import vary

_AT_A_TIME = 500
Strokes = list[list[list[float]]]


@click.command()
@click.option(
    "--count", type=click.IntRange(20), default=500, show_default=True, help="Corrections."
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=5,
    show_default=True,
    help="Another one draws other mistakes.",
)
def main(count: int, seed: int) -> None:
    """Measure how long a retraining takes, and what comes of it."""
    with quiet():
        from digitlens.training.retrain.retrain import Wish, retrain

    given = Settings.from_environment()
    active = Library(given.models_dir).active()
    with TemporaryDirectory() as name:
        folder = Path(name)
        settings = replace(given, corrections_dir=folder / "corrections", database_url="")
        store = open_store(settings)
        _say(store, Reader(active.folder), settings.data_dir, count, seed)
        library = Library(folder / "models")
        if active.name != "shipped":
            library.add(active.folder)
            library.promote(active.name)
        began = perf_counter()
        wish = Wish(library, settings.data_dir, folder / "run", promote=True)
        retrain(wish, store.accepted, click.echo)
        seconds = perf_counter() - began
        store.close()
        verdict = json.loads((folder / "run" / "verdict.json").read_text(encoding="utf-8"))
    click.echo(f"\n{count} corrections: {seconds:.0f} s")
    click.echo("admitted" if verdict["admitted"] else "not admitted")
    for reason in verdict["reasons"]:
        click.echo(f"  {reason}")


def _say(store: Store, reader: Reader, data_dir: Path | None, count: int, seed: int) -> None:
    """Correct as many mistakes as readings are confirmed, and accept all of it."""
    left = Counter({"wrong": count // 2, "right": count - count // 2})
    pages = _written(data_dir, seed)
    while left.total():
        some = [next(pages) for _ in range(_AT_A_TIME)]
        readings = reader.read_many([strokes for _, _, strokes in some])
        for (writer, label, strokes), reading in zip(some, readings, strict=True):
            verdict = "right" if reading.text == str(label) else "wrong"
            if len(reading.digits) == 1 and left[verdict]:
                left[verdict] -= 1
                number = left.total()
                store.add(_submission(f"{number}", str(writer), strokes, reading, label, reader))
    while rows := store.page(Filter(status="pending"), limit=500).rows:
        store.decide([row.id for row in rows], "accept")


def _written(data_dir: Path | None, seed: int) -> Iterator[tuple[int, int, Strokes]]:
    """Writer, label and strokes of what the six write, each time a little otherwise."""
    rng = np.random.default_rng(seed)
    drawings = [drawing for drawing in load_pendigits(data_dir) if drawing.part == "test"]
    while True:
        for index in rng.permutation(len(drawings)):
            one = drawings[index]
            strokes = [(200 * points).round(1).tolist() for points in vary(one.strokes, rng)]
            yield one.writer, one.label, strokes


def _submission(
    name: str, client: str, strokes: Strokes, reading: Reading, label: int, reader: Reader
) -> Submission:
    """What the page would send."""
    (digit,) = reading.digits
    seen = np.rint(prepare(strokes, Limits()).glyphs[0, :, :, 0] * 255).astype(np.uint8)
    ink = np.ascontiguousarray(show_stages(strokes, Limits()).glyphs[0].cut)
    glyph = Glyph(ink, seen, digit.digit, digit.confidence, digit.status, label)
    drawn: list[Any] = strokes
    card = reader.card
    verdict = "right" if reading.text == str(label) else "wrong"
    return Submission(name, client, card.name, card.version, drawn, (glyph,), verdict)


if __name__ == "__main__":
    main()
