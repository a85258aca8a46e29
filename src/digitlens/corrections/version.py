"""Version: which tables this digitlens knows, told apart without the database's libraries."""

from __future__ import annotations

from pathlib import Path

HEAD = "0001"  # the newest of migrations/versions: where a database has it, Alembic is not needed
TABLE = "corrections_version"  # what Alembic notes it in


def peek(path: Path) -> str | None:
    """The version of a database in SQLite; None where that takes a closer look.

    Args:
        path: Of its file. It is neither made nor changed.
    """
    import sqlite3  # a server without corrections does without it

    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
    except sqlite3.Error:
        return None
    try:
        found = connection.execute(f"SELECT version_num FROM {TABLE}").fetchone()  # noqa: S608 -- our own name
    except sqlite3.Error:
        return None
    finally:
        connection.close()
    return str(found[0]) if found else None
