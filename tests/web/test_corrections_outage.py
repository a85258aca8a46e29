"""Where the database cannot be used, corrections wait; digits are read all the same."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.running import Server
from tests.web.pictures import SEVEN

API = "/api/v1/corrections"
BODY = {"strokes": SEVEN, "should": "1"}
KIND = {"Content-Type": "application/json"}


def test_a_locked_database(start_server: Callable[..., Server], tmp_path: Path) -> None:
    """While another process holds it, a correction is told when to come back, readings go on."""
    folder = tmp_path / "kept"
    server = start_server(options=["--corrections-dir", str(folder), "--workers", "1"])

    def read() -> str:
        answer = server.ask("POST", "/api/v1/read", json.dumps({"strokes": SEVEN}), KIND)
        assert answer.status == 200
        return str(answer.json["id"])

    def say(name: str) -> int:
        body = json.dumps(BODY | {"reading": name})
        answer = server.ask("POST", API, body, KIND)
        if answer.status == 503:
            assert answer.json["type"] == "/api/docs#not-now"
            assert int(answer.headers["retry-after"]) >= 1
        return answer.status

    assert say(read()) == 201
    holder = sqlite3.connect(folder / "corrections.db", isolation_level=None)
    holder.execute("begin exclusive")
    waiting = read()
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(say(waiting)))
    thread.start()
    while thread.is_alive():
        read()
    assert statuses == [503]
    holder.execute("rollback")
    holder.close()
    assert say(waiting) == 201


def test_a_database_that_is_not_there(
    client_with: Callable[..., FlaskClient], tmp_path: Path
) -> None:
    """A database that cannot be reached is no reason not to read."""
    url = "postgresql://127.0.0.1:1/none?connect_timeout=2"
    client = client_with(corrections_dir=tmp_path, database_url=url)
    read = client.post("/api/v1/read", json={"strokes": SEVEN})
    assert read.status_code == 200
    answer = client.post(API, json=BODY | {"reading": read.json["id"]})
    assert (answer.status_code, answer.json["type"]) == (503, "/api/docs#not-now")
    assert int(answer.headers["Retry-After"]) >= 1
    assert client.get("/api/v1/review").status_code == 503
    assert client.post("/api/v1/read", json={"strokes": SEVEN}).status_code == 200


def test_a_folder_that_cannot_be_written(
    client_with: Callable[..., FlaskClient], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where no key can be kept, ids hold as long as the server runs, and the log says so."""
    (tmp_path / "file").write_text("no folder")
    client = client_with(corrections_dir=tmp_path / "file")
    read = client.post("/api/v1/read", json={"strokes": SEVEN})
    assert read.json["id"]
    assert "the key cannot be kept" in caplog.text
    answer = client.post(API, json=BODY | {"reading": read.json["id"]})
    assert answer.status_code == 503
