"""A server brings its database up to date when it starts, or says why it does not start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, text

from digitlens.corrections import Store
from digitlens.corrections.address import FILE, of_file
from digitlens.corrections.version import HEAD, TABLE, peek
from tests.cli.test_read import digitlens
from tests.running import Server
from tests.web.pictures import SEVEN_PNG


def test_newer_database(tmp_path: Path) -> None:
    """On a database of a newer version the server does not start, and the database stays as is."""
    store = Store(of_file(tmp_path / FILE))
    store.open()
    store.close()
    with create_engine(of_file(tmp_path / FILE)).begin() as connection:
        connection.execute(text(f"UPDATE {TABLE} SET version_num = '9999'"))  # noqa: S608 -- our own name
    done = digitlens("serve", "--port", "0", "--corrections-dir", tmp_path)
    assert done.returncode == 2
    assert b"newer version of digitlens" in done.stderr
    assert peek(tmp_path / FILE) == "9999"


def test_older_database(tmp_path: Path, start_server: Callable[..., Server]) -> None:
    """A database that lacks our tables has them when the server answers."""
    with create_engine(of_file(tmp_path / FILE)).begin() as connection:
        connection.execute(text("CREATE TABLE somebodys (number INTEGER)"))
    start_server(options=["--corrections-dir", str(tmp_path)])
    assert peek(tmp_path / FILE) == HEAD


def test_database_that_is_away(start_server: Callable[..., Server]) -> None:
    """Without its database the server starts and reads digits, and its log says why."""
    away = "postgresql://nobody:secret@127.0.0.1:1/none"
    server = start_server(environment={"DIGITLENS_DATABASE_URL": away})
    headers = {"Content-Type": "image/png"}
    assert server.ask("POST", "/api/v1/read", SEVEN_PNG, headers).json["text"] == "7"
    log = server.log.read_text()
    assert "corrections cannot be kept for now: their database cannot be reached" in log
    assert "secret" not in log
