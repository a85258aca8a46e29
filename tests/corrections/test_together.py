"""In SQLite, threads that write at once share a transaction, and none spoils another's."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from digitlens.corrections import Store, StoreUnavailable, together, turn
from digitlens.corrections.address import of_file
from digitlens.errors import InvalidInput
from tests.corrections.said import glyph, said
from tests.running import until


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Store]:
    """A store in SQLite."""
    store = Store(of_file(tmp_path / "c.db"))
    store.add(said("twice", glyph(100), glyph(101)))
    yield store
    store.close()


@contextmanager
def held_up(folder: Path) -> Iterator[None]:
    """Hold the turn, as another process would that writes."""
    with (folder / "c.db-turn").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wait_until_waiting(store: Store, count: int) -> None:
    """Wait until one thread leads, and so many wait for it."""
    held = store._database._together
    until(lambda: held._is_led and len(held._waiting) == count, f"{count} to wait")


def test_one_transaction(sqlite: Store, tmp_path: Path) -> None:
    """What gathers while another process writes is kept by one transaction for the rest."""
    commits = []
    event.listen(sqlite._database._engine, "commit", lambda _: commits.append(1))
    with ThreadPoolExecutor(10) as pool:
        with held_up(tmp_path):
            first = pool.submit(sqlite.add, said("first", glyph(0)))
            wait_until_waiting(sqlite, 0)
            rest = [pool.submit(sqlite.add, said(f"r{n}", glyph(n))) for n in range(1, 10)]
            wait_until_waiting(sqlite, 9)
        assert all(each.result().created for each in (first, *rest))
    assert len(commits) == 2
    assert sqlite.counts().total == 12


def test_one_that_fails(sqlite: Store, tmp_path: Path) -> None:
    """One that is refused is told so; what came with it is kept."""
    with ThreadPoolExecutor(10) as pool:
        with held_up(tmp_path):
            futures: list[Future[Any]] = [pool.submit(sqlite.counts)]
            futures += [pool.submit(sqlite.add, said("first", glyph(0)))]
            wait_until_waiting(sqlite, 0)
            futures += [pool.submit(sqlite.add, said(f"r{n}", glyph(n))) for n in range(1, 5)]
            wrong = pool.submit(sqlite.add, said("twice", glyph(100)))
            wait_until_waiting(sqlite, 5)
        assert all(each.result() for each in futures)
        assert isinstance(wrong.exception(), InvalidInput)
    assert sqlite.counts().total == 7


def test_a_turn_that_does_not_come(
    sqlite: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever: not who leads, nor who waits for that; then all goes on."""
    monkeypatch.setattr(turn, "WAIT", 0.3)
    monkeypatch.setattr(together, "WAIT", 0.1)
    with ThreadPoolExecutor(3) as pool, held_up(tmp_path):
        first = pool.submit(sqlite.add, said("first", glyph(0)))
        wait_until_waiting(sqlite, 0)
        second = pool.submit(sqlite.add, said("second", glyph(1)))
        reasons = {getattr(each.exception(), "seconds", None) for each in (first, second)}
    assert reasons == {1}
    assert sqlite.add(said("first", glyph(0))).created
    assert sqlite.add(said("second", glyph(1))).created


def test_a_crowd(sqlite: Store, tmp_path: Path) -> None:
    """Only so many wait for the database: the threads that read digits are not all held up."""
    start = threading.Barrier(31, timeout=30)

    def add(number: int) -> bool:
        start.wait()
        try:
            return sqlite.add(said(f"r{number}", glyph(number))).created
        except StoreUnavailable as error:
            return error.seconds != 1

    with ThreadPoolExecutor(31) as pool:
        with held_up(tmp_path):
            futures = [pool.submit(add, number) for number in range(31)]
            until(lambda: sum(each.done() for each in futures) == 7, "seven to be sent away")
        assert sum(each.result() for each in futures) == 24
    assert sqlite.counts().total == 26
