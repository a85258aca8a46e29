"""Many threads and processes write at once, some are killed: nothing is lost, nothing is half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from digitlens.corrections import Store
from tests.corrections.said import glyph, said

WRITE = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from digitlens.corrections import Store, StoreUnavailable
from tests.corrections.said import glyph, said

url, name, count, threads = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
store = Store(url)

def add(number):
    both = glyph(2 * number, should=number % 10), glyph(2 * number + 1)
    one = said(f"{name}-{number}", *both, client=name, strokes=[[[1, 2]]])
    while True:
        try:
            receipt = store.add(one)
            break
        except StoreUnavailable as error:  # on a machine that is busy with something else
            time.sleep(error.seconds)
    sys.stdout.write(receipt.secret + "\\n")  # acknowledged
    sys.stdout.flush()

with ThreadPoolExecutor(threads) as pool:
    list(pool.map(add, range(count)))
"""


def writer(url: str, name: str, count: int, threads: int = 4) -> subprocess.Popen[str]:
    """Start a process that adds corrections and prints the receipt of each that was kept."""
    command = [sys.executable, "-c", WRITE, url, name, str(count), str(threads)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_writers_at_once(url: str) -> None:
    """Two processes of four threads each: every correction is there, once."""
    processes = [writer(url, name, 40) for name in ("one", "two")]
    receipts = [line for each in processes for line in each.communicate(timeout=120)[0].split()]
    store = Store(url)
    assert len(set(receipts)) == len(receipts) == 80
    assert store.counts().total == 160
    assert all(len(store.look(secret)) == 2 for secret in receipts)


def test_the_same_from_many(store: Store) -> None:
    """A reading that many threads send at the same moment is one correction, made once."""
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: store.add(said("r", glyph(1))), range(24)))
    assert sum(receipt.created for receipt in receipts) == 1
    assert len({receipt.secret for receipt in receipts}) == 1
    assert (store.counts().total, store.counts().folded) == (1, 0)


def test_duplicates_from_many(store: Store) -> None:
    """A picture that many threads send at the same moment still counts once."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.add(said(f"r{number}", glyph(1))), range(24)))
    assert (store.counts().total, store.counts().folded) == (1, 23)


def test_said_and_taken_back_by_many(store: Store) -> None:
    """Duplicates that come and go in many threads leave one that stands for those that stay."""
    secrets = [store.add(said(f"old{number}", glyph(1))).secret for number in range(12)]

    def come_and_go(number: int) -> None:
        store.withdraw(secrets[number])
        store.add(said(f"new{number}", glyph(1)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(come_and_go, range(12)))
    assert (store.counts().total, store.counts().folded) == (1, 11)


@pytest.mark.parametrize("after", [1, 7, 20])
def test_killed(url: str, after: int) -> None:
    """`kill -9` in the middle of writing: what was acknowledged is there, and nothing is half."""
    process = writer(url, "killed", 10_000)
    assert process.stdout
    acknowledged = [process.stdout.readline().strip() for _ in range(after)]
    process.send_signal(signal.SIGKILL)
    acknowledged += process.stdout.read().split("\n")[:-1]  # a line may be cut short
    process.wait()
    store = Store(url)
    for secret in acknowledged:
        assert [row.position for row in store.look(secret)] == [0, 1]
    plain = create_engine(url)
    assert is_whole(plain)
    plain.dispose()
    assert store.add(said("next", glyph(1))).created  # no lock was left


def is_whole(engine: Engine) -> bool:
    """Whether each submission has both glyphs, and each glyph its pictures."""
    counts: list[Any] = []
    with engine.connect() as connection:
        for table in ("submission", "glyph", "picture"):
            found = connection.execute(text(f"SELECT count(*) FROM corrections_{table}"))  # noqa: S608 -- our own names
            counts.append(found.scalar())
    return counts[1] == counts[2] == 2 * counts[0]


def test_a_forked_process(url: str) -> None:
    """A server's workers are forked: each writes with connections of its own."""
    store = Store(url)
    store.add(said("parent", glyph(0)))
    children = []
    for number in (1, 2):
        child = os.fork()
        if not child:
            os._exit(0 if store.add(said(f"child{number}", glyph(number))).created else 1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert store.add(said("parent again", glyph(3))).created
    assert store.counts().total == 4
