"""Faults: what the database's errors mean for who asked."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InterfaceError,
    InternalError,
    NoResultFound,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from digitlens.errors import StoreError, StoreUnavailable

LOCKED = ("another program is writing to their database", 1)
_FULL = ("there is no room left for their database", 60)
TOO_MANY = ("too many ask their database at a time", 1)
_AWAY = ("their database cannot be reached", 5)
# By the name of SQLite's result code, and by PostgreSQL's (SQLSTATE), without their endings.
_REASONS = {
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_FULL": _FULL,
    "55P03": LOCKED,  # lock_not_available
    "40": LOCKED,  # serialization_failure, deadlock_detected: many times in a row
    "53100": _FULL,  # disk_full
    "53300": TOO_MANY,  # too_many_connections
}
_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_GONE = (OperationalError, InternalError, InterfaceError, sqlite3.OperationalError)
_MISSING = "42P01"  # undefined_table: somebody has emptied the database


Fault = SQLAlchemyError | sqlite3.Error


def is_collision(error: Fault) -> bool:
    """Whether two wrote at once and one had to give way: it may simply try again."""
    return isinstance(error, IntegrityError | NoResultFound) or _code(error).startswith("40")


def explain(error: Fault) -> Exception:
    """The error that says what a database's means; the same where it is a mistake of ours."""
    code = _code(error)
    if code.startswith(_DAMAGED):
        return StoreError(f"the database of corrections is damaged, or is none: {_origin(error)}")
    for start, reason in _REASONS.items():
        if code.startswith(start):
            return StoreUnavailable(*reason)
    if isinstance(error, IntegrityError):
        return StoreError(f"what came does not go with what is kept: {_origin(error)}")
    if isinstance(error, PoolTimeout):
        return StoreUnavailable(*TOO_MANY)
    if isinstance(error, _GONE) or code == _MISSING:
        return StoreUnavailable(*_AWAY)
    return error


def _code(error: Fault) -> str:
    """The database's own name for an error; empty where it has none."""
    origin = _origin(error)
    return getattr(origin, "sqlite_errorname", None) or getattr(origin, "sqlstate", None) or ""


def _origin(error: Fault) -> BaseException:
    return (error.orig or error) if isinstance(error, DBAPIError) else error
