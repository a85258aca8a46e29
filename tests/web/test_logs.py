"""Log lines: one for each request and each reading, and nothing that belongs to somebody."""

from __future__ import annotations

import json
import logging
import logging.config
import re

import pytest
from flask.testing import FlaskClient

from digitlens.web.logs import JsonFormatter, configuration
from tests.web.pictures import SEVEN


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """The lines that are written during a test."""
    caplog.set_level(logging.INFO, "digitlens.web")
    return caplog


def entries(lines: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """The lines as JSON, as programs read them."""
    return [json.loads(JsonFormatter().format(record)) for record in lines.records]


def test_one_line_each(client: FlaskClient, lines: pytest.LogCaptureFixture) -> None:
    """A reading and its request have a line each, with status and time."""
    client.post("/api/v1/read", json={"strokes": SEVEN})
    reading, request = lines.messages
    assert re.fullmatch(r"reading: read, digits 1, confidence [01]\.\d+, in [\d.]+ ms", reading)
    assert re.fullmatch(r"POST /api/v1/read 200 in [\d.]+ ms", request)


def test_json_lines(client: FlaskClient, lines: pytest.LogCaptureFixture) -> None:
    """As JSON they have the same, under names."""
    client.post("/api/v1/read", json={"strokes": SEVEN})
    reading, request = entries(lines)
    assert (reading["event"], reading["status"], reading["digits"]) == ("reading", "read", 1)
    assert (request["event"], request["method"]) == ("request", "POST")
    assert (request["path"], request["status"]) == ("/api/v1/read", 200)
    for entry in (reading, request):
        assert isinstance(entry["milliseconds"], float)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", str(entry["time"]))


def test_a_line_for_each_of_a_batch(client: FlaskClient, lines: pytest.LogCaptureFixture) -> None:
    """A batch has a line for each picture that was read."""
    client.post("/api/v1/read/batch", json={"pictures": [{"strokes": SEVEN}] * 3 + [{}]})
    assert [entry["event"] for entry in entries(lines)] == ["reading"] * 3 + ["request"]


def test_nothing_personal(client: FlaskClient, lines: pytest.LogCaptureFixture) -> None:
    """No line has a drawing, what was read in it, a query, or the client's address."""
    address = {"REMOTE_ADDR": "203.0.113.9"}
    path = "/api/v1/read?who=somebody"
    client.post(path, json={"strokes": SEVEN}, environ_base=address)
    client.post(path, json={"strokes": [[[31731, "x"]]]}, environ_base=address)
    reading, first, second = entries(lines)
    common = {"time", "level", "event", "status", "milliseconds"}
    assert set(reading) == common | {"digits", "confidence"}
    assert set(first) == set(second) == common | {"method", "path"}
    for personal in ("31731", "203.0.113.9", "somebody"):
        assert personal not in lines.text + json.dumps(entries(lines))


def test_a_path_cannot_write_lines(client: FlaskClient, lines: pytest.LogCaptureFixture) -> None:
    """A path with a line feed stays in its line, and a long one is cut."""
    client.get("/a%0a2026-01-01 ERROR forged")
    client.get("/" + "x" * 5000)
    forged, long = lines.messages
    assert "\n" not in forged
    assert len(long) < 200


def test_other_lines_as_json() -> None:
    """A line of another library, with a traceback, is one JSON object too."""
    try:
        raise ValueError("twice\nover")
    except ValueError as error:
        seen = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "", 1, "it %s", ("failed",), seen)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["message"] == "it failed"
    assert "ValueError: twice" in json.loads(line)["traceback"]


@pytest.mark.parametrize("form", ["console", "json"])
def test_configuration_is_accepted(form: str) -> None:
    """The configuration is one that `logging` takes, and it has a formatter of that name."""
    taken = configuration(form)
    logging.config.DictConfigurator(taken).configure_formatter(taken["formatters"][form])
    assert taken["handlers"]["out"]["formatter"] == form
