"""Tables are brought up to date when a store is opened, once, and never halfway."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from digitlens.corrections import Store, StoreError, StoreTooNew, StoreUnavailable, migrate
from digitlens.corrections.address import of_file
from digitlens.corrections.tables import metadata
from digitlens.corrections.version import HEAD, TABLE
from tests.corrections.said import said

OPEN = """
import sys
from digitlens.corrections import Store
from tests.corrections.said import glyph, said
sys.stdin.readline()
store = Store(sys.argv[1])
store.open()
print(store.add(said(sys.argv[2], glyph(int(sys.argv[2])))).created)
"""


@pytest.fixture
def plain(url: str) -> Any:
    """An engine without ours around it, to look at a database from outside."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir()
    engine = create_engine(url)
    yield engine
    engine.dispose()


def test_migrations_lead_to_the_tables(url: str, plain: Engine) -> None:
    """What the migrations make is what the code expects, and the newest is named as such."""
    Store(url).open()
    with plain.connect() as connection:
        options = {"version_table": TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    assert ScriptDirectory(str(migrate.MIGRATIONS)).get_current_head() == HEAD


def test_many_start_at_once(url: str) -> None:
    """Processes that open an empty database at the same moment all find it right."""
    command = [sys.executable, "-c", OPEN, url]
    processes = [
        subprocess.Popen(
            [*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for number in range(4)
    ]
    for process in processes:
        assert process.stdin
        process.stdin.write("now\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120)[0] for process in processes]
    assert answers == ["True\n"] * 4
    assert Store(url).counts().total == 4


def test_a_newer_database_is_refused(url: str, plain: Engine) -> None:
    """A database of a newer version is not touched, and the error says what is the matter."""
    store = Store(url)
    store.add(said("r"))
    store.close()
    with plain.begin() as connection:
        connection.execute(text(f"UPDATE {TABLE} SET version_num = '9999'"))  # noqa: S608 -- our own name
    before = contents(plain)
    with pytest.raises(StoreTooNew, match="newer version of digitlens"):
        Store(url).open()
    with pytest.raises(StoreTooNew):
        Store(url).add(said("another"))
    assert contents(plain) == before


def test_an_interrupted_migration_leaves_nothing(
    url: str, plain: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that fails halfway leaves no table; the next start does all of it."""
    upgrade = migrate._upgrade

    def fail_at_the_end(connection: Any) -> None:
        upgrade(connection)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrate, "_upgrade", fail_at_the_end)
    with pytest.raises(KeyboardInterrupt):
        Store(url).open()
    assert inspect(plain).get_table_names() == []
    monkeypatch.undo()
    assert Store(url).add(said("r")).created


def test_write_ahead_log(tmp_path: Path) -> None:
    """SQLite writes ahead to a log, so that who reads and who writes do not wait for each other."""
    path = tmp_path / "c.db"
    Store(of_file(path)).open()
    with create_engine(of_file(path)).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_no_database(tmp_path: Path) -> None:
    """A file that is something else is refused and left as it is."""
    path = tmp_path / "c.db"
    path.write_bytes(b"my diary " * 1000)
    with pytest.raises(StoreError, match="damaged") as caught:
        Store(of_file(path)).open()
    assert not isinstance(caught.value, StoreUnavailable)
    assert path.read_bytes() == b"my diary " * 1000


def contents(engine: Engine) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f"SELECT * FROM {name}")).all()  # noqa: S608 -- our own names
            for name in inspect(connection).get_table_names()
        }
