"""A database that is locked, full or away says when to try again, and then works."""

from __future__ import annotations

import pickle
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, text

from digitlens.corrections import Store, StoreUnavailable
from digitlens.corrections.address import of_file
from tests.corrections.said import glyph, said
from tests.postgres import Postgres


def test_locked(url: str) -> None:
    """While another program holds the database, that is said soon; afterwards it works."""
    store = Store(url if url.startswith("postgres") else f"{url}?timeout=0.2")
    store.add(said("before"))
    plain = create_engine(url)
    with plain.connect() as other:
        if url.startswith("postgres"):
            other.execute(text("LOCK TABLE corrections_submission"))
        else:
            other.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="writing") as caught:
            store.add(said("during"))
        assert caught.value.seconds == 1
        if url.startswith("sqlite"):
            assert len(store.page().rows) == 1  # who only reads does not wait
        other.rollback()
    plain.dispose()
    assert store.add(said("during")).created


def test_full_sqlite(tmp_path: Path) -> None:
    """A disk that is full keeps nothing half; with room again, it goes on."""
    store = Store(of_file(tmp_path / "c.db"))
    receipt = store.add(said("before", glyph(1)))
    store.close()
    engine = store._database._engine

    @event.listens_for(engine, "connect")
    def fill(connection: Any, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(StoreUnavailable, match="room") as caught:
        add_many(store)
    assert caught.value.seconds == 60
    kept = store.counts()
    assert kept.total % 9 == 1
    assert len(store.look(receipt.secret)) == 1
    event.remove(engine, "connect", fill)
    store.close()
    assert store.add(said("after", glyph(5000))).created
    assert store.counts().total == kept.total + 1


def test_full_postgres(postgres: Postgres) -> None:
    """PostgreSQL's word for a disk that is full is understood; nothing is kept half."""
    url = postgres.new_database()
    store = Store(url)
    store.open()
    plain = create_engine(url)
    with plain.begin() as connection:
        connection.execute(text(FULL))
    with pytest.raises(StoreUnavailable, match="room") as caught:
        store.add(said("r"))
    assert caught.value.seconds == 60
    with plain.begin() as connection:
        connection.execute(text("DROP TRIGGER full_disk ON corrections_picture"))
        assert connection.execute(text("SELECT count(*) FROM corrections_submission")).scalar() == 0
    plain.dispose()
    assert store.add(said("r")).created


FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON corrections_picture
FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


def test_a_server_that_goes_away(postgres: Postgres) -> None:
    """While PostgreSQL is down, that is said at once; when it is back, the same store works."""
    store = Store(postgres.new_database())
    store.add(said("before"))
    postgres.halt("immediate")
    try:
        with pytest.raises(StoreUnavailable, match="reached") as caught:
            store.add(said("during"))
        assert caught.value.seconds >= 1
        start = time.monotonic()
        for _ in range(50):  # it is not asked again by each of many who come meanwhile
            with pytest.raises(StoreUnavailable):
                store.page()
        assert time.monotonic() - start < 10
    finally:
        postgres.start()
    wait_for(store)
    assert store.add(said("during", glyph(2))).created
    assert store.counts().total == 2


def test_a_server_that_is_not_there() -> None:
    """Without a server, a store can be made; it says that the server cannot be reached."""
    with pytest.raises(StoreUnavailable, match="reached"):
        Store("postgresql+psycopg://nobody@127.0.0.1:1/none").open()


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    """Where the folder cannot be made, that is said; and once it can, it works."""
    (tmp_path / "file").touch()
    store = Store(of_file(tmp_path / "file" / "c.db"))
    with pytest.raises(StoreUnavailable, match="folder"):
        store.open()
    (tmp_path / "file").unlink()
    wait_for(store)
    assert store.counts().total == 0


def test_a_database_that_was_removed(tmp_path: Path) -> None:
    """Whoever deletes the files of a running server gets an empty database, not a broken one."""
    store = Store(of_file(tmp_path / "c.db"))
    store.add(said("r"))
    store.close()
    for path in tmp_path.iterdir():
        path.unlink()
    assert store.add(said("again")).created
    assert store.counts().total == 1


def test_the_error_survives_pickling() -> None:
    """An error that crosses a process keeps its reason and its seconds."""
    copy = pickle.loads(pickle.dumps(StoreUnavailable("it rains", 3)))  # noqa: S301 -- our own bytes
    assert (copy.reason, copy.seconds) == ("it rains", 3)
    assert "it rains" in str(copy)


def add_many(store: Store) -> None:
    """Add readings of nine glyphs each, more than there is room for."""
    for number in range(100):
        store.add(said(f"r{number}", *(glyph(100 * number + each) for each in range(9))))


def wait_for(store: Store) -> None:
    """Wait until a database answers."""
    deadline = time.monotonic() + 30
    while True:
        try:
            store.open()
        except StoreUnavailable:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return
