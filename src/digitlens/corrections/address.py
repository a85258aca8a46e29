"""Address: which database the settings mean, as SQLAlchemy wants its URL."""

from __future__ import annotations

from pathlib import Path

from digitlens.errors import SettingsError
from digitlens.settings import Settings

FILE = "corrections.db"
_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")


def address(settings: Settings) -> str:
    """The URL of the database that keeps the corrections.

    Hosts write `postgres://` or `postgresql://` for the same thing; both are taken.

    Raises:
        SettingsError: It is neither PostgreSQL's nor SQLite's.
    """
    if not settings.database_url:
        return of_file(settings.corrections_dir / FILE)
    scheme, found, rest = settings.database_url.partition("://")
    if found and scheme in _POSTGRES:
        return f"postgresql+psycopg://{rest}"
    if found and scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return settings.database_url
    # What comes after the scheme may have a password.
    raise SettingsError("DIGITLENS_DATABASE_URL", "postgresql://… or sqlite:///…", f"{scheme}://…")


def of_file(path: Path) -> str:
    """The URL of a SQLite database in a file."""
    return f"sqlite:///{path.absolute()}"
