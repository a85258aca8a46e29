"""Migrate: bring the tables up to date when the store is opened, once, whoever comes first."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from digitlens.corrections.engine import WAIT, WRITES
from digitlens.corrections.version import HEAD, TABLE
from digitlens.errors import StoreTooNew

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x64_69_67_69_74_73  # PostgreSQL's advisory locks have numbers; this one is ours


def migrate(engine: Engine) -> None:
    """Bring a database up to date; one that is, is only looked at.

    Two that start at once do not collide: the second waits, and then finds it done. Everything is
    one transaction: one that is interrupted leaves the database as it was.

    Raises:
        StoreTooNew: A newer version of digitlens has made the database; it is left as it is.
    """
    with engine.begin() as connection:
        found = version(connection)
    if found == HEAD:
        return
    _check(engine, found)
    if engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if version(connection) != HEAD:
            _upgrade(connection)


def version(connection: Connection) -> str | None:
    """The version of a database; None where it has no tables yet."""
    if not inspect(connection).has_table(TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {TABLE}"))  # noqa: S608 -- our own name
    return found.scalar_one_or_none()


def _check(engine: Engine, found: str | None) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if found is not None and found not in known:
        where = engine.url.render_as_string(hide_password=True)
        raise StoreTooNew(
            f"{where} was made by a newer version of digitlens (its tables are of version {found}, "
            f"this digitlens knows {HEAD}); it was left as it is"
        )


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _use_write_ahead_log(engine: Engine) -> None:
    """Let readers read while somebody writes; the file remembers it.

    SQLite does not wait where two want this at once, so that we do.
    """
    until = time.monotonic() + WAIT
    connection = engine.raw_connection()
    try:
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return
    finally:
        connection.close()
