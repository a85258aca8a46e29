"""The settings say which database is meant; reading digits loads none of its libraries."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from digitlens.corrections import open_store
from digitlens.corrections.address import address
from digitlens.errors import SettingsError
from digitlens.settings import Settings


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgres://u:p@host/name", "postgresql+psycopg://u:p@host/name"),
        (
            "postgresql://host/name?sslmode=require",
            "postgresql+psycopg://host/name?sslmode=require",
        ),
        ("postgresql+psycopg:///name", "postgresql+psycopg:///name"),
        ("sqlite:////var/lib/c.db", "sqlite:////var/lib/c.db"),
    ],
)
def test_urls(given: str, meant: str) -> None:
    """PostgreSQL's URLs are taken as hosts write them."""
    assert address(Settings(database_url=given)) == meant


@pytest.mark.parametrize(
    "given", ["mysql://u:secret@host/name", "corrections.db", "sqlite://", "x"]
)
def test_no_urls(given: str) -> None:
    """What is no URL of a database that is known is refused, without telling its password."""
    with pytest.raises(SettingsError, match="DIGITLENS_DATABASE_URL") as caught:
        address(Settings(database_url=given))
    assert "secret" not in str(caught.value)


def test_the_folder(tmp_path: Path) -> None:
    """Without a URL it is SQLite in the folder, which is made, and is nobody else's to read."""
    folder = tmp_path / "deep" / "corrections"
    open_store(Settings(corrections_dir=folder)).close()
    assert (folder / "corrections.db").is_file()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_is_made_before_it_is_asked_for(tmp_path: Path) -> None:
    """A server may have a store that it never asks."""
    store = open_store(Settings(corrections_dir=tmp_path / "c"), at_once=False)
    assert not (tmp_path / "c").exists()
    assert store.counts().total == 0
    assert (tmp_path / "c").exists()


def test_reading_loads_no_database() -> None:
    """Neither reading nor what others need to speak of corrections loads SQLAlchemy."""
    code = (
        "import sys, digitlens, digitlens.corrections, digitlens.reading.reader\n"
        "print([name for name in sys.modules if name.startswith(('sqlalchemy', 'alembic'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
