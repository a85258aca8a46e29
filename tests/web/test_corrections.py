"""Corrections by the API: said, looked at, taken back; and what is refused."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from digitlens.web.corrections import schemas
from tests.web.pictures import SEVEN, SEVEN_PNG, as_url, draw, save

API = "/api/v1/corrections"
STROKES = {"strokes": SEVEN}
TWO_PNG = save(draw([[[60, 60], [60, 220]]], [[[150, 60], [240, 60], [190, 220]]], width=320))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where corrections are kept."""
    return tmp_path / "corrections"


@pytest.fixture
def asked(client_with: Callable[..., FlaskClient], folder: Path) -> FlaskClient:
    """Asks an application that keeps corrections there."""
    return client_with(corrections_dir=folder)


def read(client: FlaskClient, **picture: Any) -> str:
    """Have a picture read; the id of the reading."""
    name: str = client.post("/api/v1/read", json=picture or STROKES).json["id"]
    return name


def say(client: FlaskClient, reading: str, should: str = "1", **more: Any) -> TestResponse:
    """Say what a reading of the strokes should have been."""
    return client.post(API, json={"reading": reading, "should": should} | STROKES | more)


def test_a_correction_is_kept(asked: FlaskClient) -> None:
    """What was said can be looked at with the receipt: pictures, what was read, what it is."""
    answer = say(asked, read(asked))
    assert answer.status_code == 201, answer.text
    schemas.ReceiptAnswer.model_validate_json(answer.data)
    assert (answer.json["created"], answer.json["verdict"]) == (True, "wrong")
    kept = asked.get(answer.headers["Location"])
    assert kept.status_code == 200
    schemas.KeptAnswer.model_validate_json(kept.data)
    (digit,) = kept.json["digits"]
    assert (digit["digit"], digit["should"], digit["review"]) == (7, "1", "pending")
    assert digit["confidence"] > 0.9
    assert digit["box"]["height"] > 100
    card = asked.get("/api/v1/model").json
    assert (kept.json["model"], kept.json["version"]) == (card["name"], card["version"])


def test_the_same_reading_is_one_correction(asked: FlaskClient, folder: Path) -> None:
    """Said twice it is kept once, with one receipt; said otherwise it is changed."""
    reading = read(asked)
    first, again, other = (say(asked, reading, should) for should in ("1", "1", "2"))
    assert [r.status_code for r in (first, again, other)] == [201, 200, 200]
    assert len({r.json["receipt"] for r in (first, again, other)}) == 1
    assert [r.json["changed"] for r in (first, again, other)] == [True, False, True]
    assert asked.get(first.headers["Location"]).json["digits"][0]["should"] == "2"
    with sqlite3.connect(folder / "corrections.db") as database:
        assert database.execute("select count(*) from corrections_glyph").fetchone() == (1,)


def test_what_was_right_can_be_said(asked: FlaskClient) -> None:
    """A correction with what was read confirms it."""
    assert say(asked, read(asked), "7").json["verdict"] == "right"


def test_a_correction_is_taken_back(asked: FlaskClient, folder: Path) -> None:
    """Deleted by its receipt, nothing of it is kept; once more there is nothing to delete."""
    answer = say(asked, read(asked))
    assert asked.delete(answer.headers["Location"]).status_code == 204
    assert asked.get(answer.headers["Location"]).status_code == 404
    again = asked.delete(answer.headers["Location"])
    assert (again.status_code, again.json["type"]) == (404, "/api/docs#no-such-correction")
    with sqlite3.connect(folder / "corrections.db") as database:
        for table in ("submission", "glyph", "picture"):
            count = database.execute(f"select count(*) from corrections_{table}").fetchone()  # noqa: S608 -- our own names
            assert count == (0,)


FORMS: dict[str, dict[str, Any]] = {
    "strokes": STROKES,
    "image": {"image": as_url(SEVEN_PNG)},
    "pixels": {"pixels": [255 if 12 < i % 28 < 16 and 4 < i // 28 < 24 else 0 for i in range(784)]},
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_picture_can_be_corrected(asked: FlaskClient, form: str) -> None:
    """Whatever can be read in JSON can be corrected in JSON."""
    picture = FORMS[form]
    answer = asked.post(API, json={"reading": read(asked, **picture), "should": "2"} | picture)
    assert answer.status_code == 201, answer.text


def test_several_digits_in_a_form(asked: FlaskClient) -> None:
    """A file in a form is corrected digit by digit, x for what is none, with how it was drawn."""
    reading = asked.post("/api/v1/read", data=TWO_PNG, content_type="image/png").json
    assert reading["text"] == "17"
    drawn = json.dumps([[[60, 60], [60, 220]], [[150, 60], [240, 60], [190, 220]]])
    fields = {"reading": reading["id"], "should": "x2", "client": "somebody", "drawn": drawn}
    answer = asked.post(API, data=fields | {"image": (io.BytesIO(TWO_PNG), "two.png")})
    assert answer.status_code == 201, answer.text
    kept = asked.get(answer.headers["Location"]).json["digits"]
    assert [digit["should"] for digit in kept] == ["x", "2"]


def test_a_batch_can_be_corrected(asked: FlaskClient) -> None:
    """Each picture of a batch has an id of its own."""
    results = asked.post("/api/v1/read/batch", json={"pictures": [STROKES, STROKES]}).json[
        "results"
    ]
    ids = [result["reading"]["id"] for result in results]
    assert len(set(ids)) == 2
    assert [say(asked, name).status_code for name in ids] == [201, 201]


REFUSED: dict[str, tuple[Callable[[str], dict[str, Any]], int, str]] = {
    "another picture": (
        lambda name: {"reading": name, "strokes": [[[0, 0], [0, 9]]]},
        422,
        "strokes",
    ),
    "a changed id": (
        lambda name: {"reading": name[:-1] + ("A" if name[-1] != "A" else "B")},
        422,
        "reading",
    ),
    "no id": (lambda _: {"reading": "made-up"}, 422, "reading"),
    "an id that is no text": (lambda _: {"reading": 7}, 422, "reading"),
    "two for one": (lambda name: {"reading": name, "should": "12"}, 422, "should"),
    "a letter": (lambda name: {"reading": name, "should": "l"}, 422, "should"),
    "a name for a client": (lambda name: {"reading": name, "client": "Ann B."}, 422, "client"),
    "a field too many": (lambda name: {"reading": name, "name": "Ann"}, 422, "name"),
    "a drawing that is none": (
        lambda name: {"reading": name, "drawn": [[1, 2]]},
        422,
        "drawn[0][0]",
    ),
    "too long a drawing": (
        lambda name: {"reading": name, "drawn": [[[0, 0]] * 20_001]},
        413,
        "drawn",
    ),
    "two pictures": (lambda name: {"reading": name, "image": as_url(SEVEN_PNG)}, 422, "body"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses(asked: FlaskClient, folder: Path, case: str) -> None:
    """What was not read, or is not said as it should be, is refused by name; nothing is kept."""
    make, status, argument = REFUSED[case]
    body = {"should": "1"} | STROKES | make(read(asked))
    answer = asked.post(API, json=body)
    assert (answer.status_code, answer.json["argument"]) == (status, argument), answer.text
    assert not (folder / "corrections.db").exists()


def test_refuses_other_bodies(asked: FlaskClient) -> None:
    """A correction is JSON or a form, with a picture."""
    assert asked.post(API, data=SEVEN_PNG, content_type="image/png").status_code == 415
    assert asked.post(API, data=b"", content_type="application/json").status_code == 400
    fields = {"reading": read(asked), "should": "1"}
    assert asked.post(API, json=fields).status_code == 400
    assert asked.post(API, data=fields, content_type="multipart/form-data").status_code == 400
    picture = {"image": (io.BytesIO(SEVEN_PNG), "seven.png")}
    answer = asked.post(API, data=fields | {"name": "Ann"} | picture)
    assert (answer.status_code, answer.json["argument"]) == (422, "'name'")


def test_other_websites_say_nothing(asked: FlaskClient) -> None:
    """A page of another website lets nobody's browser correct or take back anything."""
    body = {"reading": read(asked), "should": "1"} | STROKES
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert asked.post(API, json=body, headers=headers).status_code == 403
        assert asked.delete(f"{API}/whatever", headers=headers).status_code == 403


def test_a_limit_for_each_client(client_with: Callable[..., FlaskClient], folder: Path) -> None:
    """Who says too much hears when to go on; the others, and readings, are not held up."""
    client = client_with(corrections_dir=folder, corrections_per_minute=2)
    readings = [read(client) for _ in range(4)]
    assert [say(client, name).status_code for name in readings[:2]] == [201, 201]
    answer = say(client, readings[2])
    assert (answer.status_code, answer.json["type"]) == (429, "/api/docs#too-many")
    assert 1 <= int(answer.headers["Retry-After"]) <= 30
    body = {"reading": readings[2], "should": "1"} | STROKES
    other = client.post(API, json=body, environ_base={"REMOTE_ADDR": "10.0.0.7"})
    assert other.status_code == 201
    assert read(client)


def test_keeping_can_be_switched_off(client_with: Callable[..., FlaskClient], folder: Path) -> None:
    """Switched off, readings have no id and nothing new is kept; what was kept can be deleted."""
    client = client_with(corrections_dir=folder)
    reading = read(client)
    kept = say(client, reading).headers["Location"]
    off = client_with(corrections_dir=folder, corrections="off")
    assert "id" not in off.post("/api/v1/read", json=STROKES).json
    answer = say(off, reading, "2")
    assert (answer.status_code, answer.json["type"]) == (403, "/api/docs#keeping-off")
    assert off.get(kept).json["digits"][0]["should"] == "1"
    assert off.delete(kept).status_code == 204
    assert 'id="feedback"' not in off.get("/").text
    assert 'id="feedback"' in client.get("/").text


def test_nothing_is_kept_of_what_nobody_corrected(asked: FlaskClient, folder: Path) -> None:
    """Readings leave nothing behind but the key that signs their ids."""
    for _ in range(3):
        read(asked)
    assert [path.name for path in folder.iterdir()] == ["key"]


def test_ids_hold_for_all_that_share_the_folder(
    client_with: Callable[..., FlaskClient], asked: FlaskClient, folder: Path, tmp_path: Path
) -> None:
    """A server that shares the folder, or the secret, knows the ids; any other one does not."""
    assert say(client_with(corrections_dir=folder), read(asked)).status_code == 201
    assert say(client_with(corrections_dir=tmp_path / "other"), read(asked)).status_code == 422
    one, two = (
        client_with(corrections_dir=tmp_path / name, secret="together")  # noqa: S106 -- made up
        for name in ("a", "b")
    )
    assert say(two, read(one)).status_code == 201
    assert not (tmp_path / "a" / "key").exists()


def test_receipts_are_in_no_log(asked: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """A line of the log says that a correction was looked at, and not with which receipt."""
    where = say(asked, read(asked)).headers["Location"]
    caplog.clear()
    with caplog.at_level("INFO", logger="digitlens.web"):
        asked.get(where)
    assert f"{API}/<receipt>" in caplog.text
    assert where.rpartition("/")[2] not in caplog.text
