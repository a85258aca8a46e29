"""Threads that write at once share a transaction, and none spoils another's."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, make_url, text

from digitlens.corrections import Store, StoreUnavailable, engine, together, turn
from digitlens.errors import InvalidInput
from tests.corrections.said import glyph, said
from tests.running import until


@pytest.fixture
def shared(store: Store) -> Store:
    """A store of either kind, with a correction of two glyphs."""
    store.add(said("twice", glyph(100), glyph(101)))
    return store


@contextmanager
def held_up(url: str) -> Iterator[None]:
    """Let nobody write, as another process does that writes."""
    if url.startswith("sqlite"):
        with Path(make_url(url).database + "-turn").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    else:
        other = create_engine(url)
        with other.begin() as connection:
            connection.execute(text("LOCK TABLE corrections_submission IN EXCLUSIVE MODE"))
            yield
        other.dispose()


def wait_until_waiting(store: Store, count: int) -> None:
    """Wait until one thread leads, and so many wait for it."""
    held = store._database._together
    until(lambda: held._is_led and len(held._waiting) == count, f"{count} to wait")


def test_one_transaction(shared: Store, url: str) -> None:
    """What gathers while another process writes is kept by one transaction for the rest."""
    commits = []
    event.listen(shared._database._engine, "commit", lambda _: commits.append(1))
    with ThreadPoolExecutor(10) as pool:
        with held_up(url):
            first = pool.submit(shared.add, said("first", glyph(0)))
            wait_until_waiting(shared, 0)
            rest = [pool.submit(shared.add, said(f"r{n}", glyph(n))) for n in range(1, 10)]
            wait_until_waiting(shared, 9)
        assert all(each.result().created for each in (first, *rest))
    assert len(commits) == 2
    assert shared.counts().total == 12


def test_one_that_fails(shared: Store, url: str) -> None:
    """One that is refused is told so; what came with it is kept."""
    with ThreadPoolExecutor(10) as pool:
        with held_up(url):
            futures: list[Future[Any]] = [pool.submit(shared.counts)]
            futures += [pool.submit(shared.add, said("first", glyph(0)))]
            wait_until_waiting(shared, 0)
            futures += [pool.submit(shared.add, said(f"r{n}", glyph(n))) for n in range(1, 5)]
            wrong = pool.submit(shared.add, said("twice", glyph(100)))
            wait_until_waiting(shared, 5)
        assert all(each.result() for each in futures)
        assert isinstance(wrong.exception(), InvalidInput)
    assert shared.counts().total == 7


def test_a_turn_that_does_not_come(
    shared: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever: not who leads, nor who waits for that; then all goes on."""
    monkeypatch.setattr(turn, "WAIT", 0.3)
    monkeypatch.setattr(engine, "WAIT", 0.3)
    monkeypatch.setattr(together, "WAIT", 0.1)
    with ThreadPoolExecutor(3) as pool, held_up(url):
        first = pool.submit(shared.add, said("first", glyph(0)))
        wait_until_waiting(shared, 0)
        second = pool.submit(shared.add, said("second", glyph(1)))
        reasons = {getattr(each.exception(), "seconds", None) for each in (first, second)}
    assert reasons == {1}
    assert shared.add(said("first", glyph(0))).created
    assert shared.add(said("second", glyph(1))).created


def test_a_crowd(shared: Store, url: str) -> None:
    """Only so many wait for the database: the threads that read digits are not all held up."""
    start = threading.Barrier(31, timeout=30)

    def add(number: int) -> bool:
        start.wait()
        try:
            return shared.add(said(f"r{number}", glyph(number))).created
        except StoreUnavailable as error:
            return error.seconds != 1

    with ThreadPoolExecutor(31) as pool:
        with held_up(url):
            futures = [pool.submit(add, number) for number in range(31)]
            until(lambda: sum(each.done() for each in futures) == 7, "seven to be sent away")
        assert sum(each.result() for each in futures) == 24
    assert shared.counts().total == 26
