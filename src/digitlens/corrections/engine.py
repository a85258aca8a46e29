"""Engine: connections to SQLite and to PostgreSQL that behave alike.

On either a transaction that writes waits for its turn for some seconds, and no longer; and what is
committed is on the disk.
"""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError

from digitlens.errors import MissingExtra, StoreUnavailable

WAIT = 5  # seconds for which a write waits for others
_CONNECT = 3  # seconds that PostgreSQL has to answer
_REST = 1  # seconds after which a connection is asked whether its server is still there
_RESTED = "digitlens_rested"  # in what the pool notes of a connection: since when
WRITES = "digitlens_writes"  # option of connections whose transactions write
# Connections of one process. Reviewing takes few, and most servers of PostgreSQL allow a hundred.
_POOL: dict[str, Any] = {"pool_size": 2, "max_overflow": 6, "pool_timeout": WAIT}


def build_engine(url: str) -> Engine:
    """Build the engine of a database; nothing is connected yet.

    Args:
        url: As `address` makes it.

    Raises:
        MissingExtra: The libraries for PostgreSQL are not installed.
    """
    parsed = make_url(url)
    return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgres(parsed)


def make_folder(engine: Engine) -> None:
    """Make the folder of a SQLite database: what it holds is nobody else's business.

    Raises:
        StoreUnavailable: It cannot be made.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    try:
        Path(engine.url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"their folder cannot be made ({error.strerror})", 60) from error


def _sqlite(url: URL) -> Engine:
    arguments = {} if "timeout" in url.query else {"timeout": WAIT}
    engine = create_engine(url, connect_args=arguments, **_POOL)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # Python would begin transactions too late
        connection.execute("PRAGMA foreign_keys = ON")
        # With the write-ahead log FULL is what keeps a commit through a power failure.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")  # what is taken back is gone from the file

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that reads first and then writes could not wait for another that writes.
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: URL) -> Engine:
    arguments: dict[str, Any] = {
        "connect_timeout": _CONNECT,
        "tcp_user_timeout": 10_000,  # milliseconds, for a network that swallows everything
        "prepare_threshold": None,  # poolers in front of a server do not know prepared statements
    }
    arguments = {name: value for name, value in arguments.items() if name not in url.query}
    try:
        engine = create_engine(url, connect_args=arguments, **_POOL)
    except ImportError as error:
        raise MissingExtra("a database of PostgreSQL", "postgres") from error

    @event.listens_for(engine, "checkin")
    def rest(_: object, record: Any) -> None:
        record.info[_RESTED] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ask(connection: Any, record: Any, _: object) -> None:
        # Whether a server is still there is asked where its connection has rested: to ask every
        # time costs as much as an insert.
        if time.monotonic() - record.info.get(_RESTED, math.inf) < _REST:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # which makes the pool connect anew

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT}s'")

    return engine
