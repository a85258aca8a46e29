"""Fixtures: the same tests run on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from digitlens.corrections import Store
from digitlens.corrections.address import of_file
from tests.postgres import Postgres, find_programs


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running server of PostgreSQL, shared by all tests; each has a database of its own."""
    programs = find_programs()
    if programs is None:
        assert os.environ.get("CI") != "true", "CI installs PostgreSQL; its initdb was not found"
        pytest.skip("needs PostgreSQL: no initdb was found")
    server = Postgres(programs).start()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of either kind."""
    if request.param == "sqlite":
        return of_file(tmp_path / "kept" / "corrections.db")
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store on an empty database of either kind."""
    opened = Store(url)
    opened.open()
    yield opened
    opened.close()
