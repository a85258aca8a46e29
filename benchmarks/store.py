"""The store alone: how many corrections a second it keeps, and how fast pages of many are.

python -m benchmarks.store [--database-url URL] [--count 2000] [--rows 50000]

It fills a new SQLite database, or an empty one that is named, and says what it measured. Processor
times are said besides, because other programs on a machine take none of those.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex
from statistics import median
from time import perf_counter, process_time

import click
import numpy as np

from digitlens.corrections import Filter, Glyph, Store, Submission
from digitlens.corrections.address import address, of_file
from digitlens.corrections.exchange.parse import GlyphRows, Rows, parse
from digitlens.corrections.keep import surprise
from digitlens.settings import Settings

WORKERS, THREADS = 2, 8
_REPEATS = 15
_AT_A_TIME = 500  # readings of one transaction while the database is filled


def said(reading: str, rng: np.random.Generator) -> Submission:
    """A correction like one of a drawing: one glyph, a stroke of forty points."""
    ink, seen = np.zeros((120, 70), np.uint8), np.zeros((28, 28), np.uint8)
    ink[10:110, 30:44] = 255
    seen[4:24, 11:17] = rng.integers(0, 256, (20, 6), dtype=np.uint8)
    strokes = [rng.integers(0, 280, (40, 2)).tolist()]
    read, confidence = int(rng.integers(10)), float(rng.random())
    glyph = Glyph(ink, seen, read, confidence, "read", int(rng.integers(11)), (5, 5, 70, 120))
    return Submission(reading, token_hex(8), "digits", "1.0", strokes, (glyph,), "wrong")


def write(url: str, count: int) -> tuple[int, float]:
    """Keep corrections with as many threads as a worker may have clients, and count them."""
    store, rng = Store(url), np.random.default_rng()
    store.open()
    waiting = [said(token_hex(16), rng) for _ in range(count)]
    start = process_time()
    with ThreadPoolExecutor(THREADS) as pool:
        kept = sum(receipt.created for receipt in pool.map(store.add, waiting))
    return kept, process_time() - start


def fill(store: Store, count: int) -> None:
    """Add many corrections fast; they differ in what pages are ordered and filtered by."""
    sample: list[Rows] = []
    store.dump(lambda entry: sample.append(parse(entry)))
    rng = np.random.default_rng(0)
    for start in range(0, count, _AT_A_TIME):
        some = range(start, min(start + _AT_A_TIME, count))
        store.restore([_like(sample[number % len(sample)], rng) for number in some])


def _like(rows: Rows, rng: np.random.Generator) -> Rows:
    values = dict(rows.glyphs[0].glyph)
    read, given, confidence = int(rng.integers(10)), int(rng.integers(11)), float(rng.random())
    values |= {"look": rng.bytes(16), "read": read, "given": given, "should": given}
    values |= {"confidence": confidence, "surprise": surprise(read, given, confidence)}
    values["status"] = ("pending", "accepted", "rejected")[int(rng.integers(3))]
    values["created"] += int(rng.integers(10**12))
    submission = rows.submission | {"reading": rng.bytes(16).hex(), "receipt": rng.bytes(32)}
    return Rows(submission, [GlyphRows(values, rows.glyphs[0].picture, [], [])])


def looks(store: Store) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a review asks for."""
    pending = Filter(status="pending")
    yield "first page, surest", lambda: store.page(pending, "surest")
    yield "first page, uncertain", lambda: store.page(pending, "uncertain")
    yield "first page, newest of all", lambda: store.page(None, "newest")
    after = None
    for _ in range(20):
        after = store.page(pending, "surest", after, 500).next
    yield "page after the first 10,000", lambda: store.page(pending, "surest", after)
    rare = Filter(status="pending", should=10, read=3)
    yield "first page of a rare kind", lambda: store.page(rare, "surest")
    yield "page of nothing", lambda: store.page(Filter(model="no such"), "surest")
    yield "counts", store.counts
    yield "versions", store.versions


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """Median of wall and of processor time."""
    walls, processors = [], []
    for _ in range(_REPEATS):
        wall, processor = perf_counter(), process_time()
        work()
        walls.append((perf_counter() - wall) * 1000)
        processors.append((process_time() - processor) * 1000)
    return median(walls), median(processors)


@click.command()
@click.option("--database-url", default="", help="An empty database of PostgreSQL.  [SQLite]")
@click.option("--count", default=2000, help="Corrections that are written one by one.")
@click.option("--rows", default=50_000, help="Corrections that pages are made of.")
def main(database_url: str, count: int, rows: int) -> None:
    """Measure the store."""
    with tempfile.TemporaryDirectory() as folder:
        given = address(Settings(database_url=database_url))
        url = given if database_url else of_file(Path(folder) / "c.db")
        store = Store(url)
        store.open()
        store.close()
        start = perf_counter()
        with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
            done = pool.starmap(write, [(url, count // WORKERS)] * WORKERS)
        wall = perf_counter() - start
        kept, processor = sum(each[0] for each in done), sum(each[1] for each in done)
        assert store.counts().total == kept  # noqa: S101 -- none was lost
        click.echo(f"{kept:,} kept by {WORKERS} processes of {THREADS} threads, all are there")
        click.echo(
            f"{kept / wall:,.0f} a second; {processor / kept * 1000:.2f} ms of processor each"
        )
        fill(store, rows - kept)
        click.echo(f"with {store.counts().total:,} corrections, in ms, and of processor:")
        for name, work in looks(store):
            click.echo("{:30} {:8.1f} {:8.1f}".format(name, *milliseconds(work)))
        store.close()


if __name__ == "__main__":
    main()
