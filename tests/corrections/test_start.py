"""What a server does about its database before it takes requests."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from digitlens.corrections import Store, StoreError, StoreTooNew, version
from digitlens.corrections.address import FILE, of_file
from digitlens.corrections.start import prepare
from digitlens.corrections.version import HEAD, TABLE, peek
from digitlens.errors import SettingsError
from digitlens.settings import Settings
from tests.corrections.said import said
from tests.postgres import Postgres


def test_nothing_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without corrections nothing is made; with a database that is up to date nothing is done."""
    monkeypatch.setattr(subprocess, "run", None)  # no process is started for it
    settings = Settings(corrections_dir=tmp_path / "c")
    assert prepare(settings) is None
    assert not (tmp_path / "c").exists()
    Store(of_file(tmp_path / "c" / FILE)).add(said("r"))
    assert peek(tmp_path / "c" / FILE) == HEAD
    assert prepare(settings) is None


def test_an_older_database(tmp_path: Path) -> None:
    """A database without our tables gets them."""
    engine = create_engine(of_file(tmp_path / FILE))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE somebodys (number INTEGER)"))
    assert prepare(Settings(corrections_dir=tmp_path)) is None
    assert {"somebodys", "corrections_glyph", TABLE} <= set(inspect(engine).get_table_names())


def test_a_newer_database(tmp_path: Path) -> None:
    """The server does not start on what a newer version has made."""
    store = Store(of_file(tmp_path / FILE))
    store.add(said("r"))
    store.close()
    with create_engine(of_file(tmp_path / FILE)).begin() as connection:
        connection.execute(text(f"UPDATE {version.TABLE} SET version_num = '9999'"))  # noqa: S608 -- our own name
    with pytest.raises(StoreTooNew, match="9999"):
        prepare(Settings(corrections_dir=tmp_path))


def test_no_database(tmp_path: Path) -> None:
    """The server does not start on what is no database, nor on a URL that is none."""
    (tmp_path / FILE).write_bytes(b"my diary " * 1000)
    with pytest.raises(StoreError, match="damaged"):
        prepare(Settings(corrections_dir=tmp_path))
    with pytest.raises(SettingsError):
        prepare(Settings(database_url="mysql://host/name"))


def test_postgres(postgres: Postgres) -> None:
    """PostgreSQL gets its tables; where it is away the server starts, and knows why."""
    url = postgres.new_database()
    assert prepare(Settings(database_url=url)) is None
    assert inspect(create_engine(url)).has_table(TABLE)
    away = Settings(database_url="postgresql://nobody@127.0.0.1:1/none")
    assert "reached" in (prepare(away) or "")
