"""What POST /api/v1/read refuses, and what it says."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from digitlens.web import schemas
from tests.web.pictures import SEVEN, SEVEN_PNG, as_url, bomb, draw, save

JSON = "application/json"
PNG = "image/png"


def fields(**sent: Any) -> dict[str, Any]:
    """The arguments that send a form."""
    return {"data": sent, "content_type": "multipart/form-data"}


def body(data: bytes | str, kind: str) -> dict[str, Any]:
    """The arguments that send a raw body."""
    return {"data": data, "content_type": kind}


# What is sent, the status, and the argument that is to blame.
REFUSED: dict[str, tuple[Callable[[], dict[str, Any]], int, str]] = {
    "nothing": (lambda: {}, 400, "body"),
    "empty picture": (lambda: body(b"", PNG), 400, "body"),
    "empty json": (lambda: body(b"", JSON), 400, "body"),
    "object without a picture": (lambda: {"json": {}}, 400, "body"),
    "empty text": (lambda: {"json": {"image": ""}}, 400, "image"),
    "empty data url": (lambda: {"json": {"image": "data:image/png;base64,"}}, 400, "image"),
    "empty form": (lambda: fields(), 400, "image"),
    "another field": (lambda: fields(file=(io.BytesIO(SEVEN_PNG), "a.png")), 400, "image"),
    "field without a file": (lambda: fields(image="text"), 400, "image"),
    "empty file": (lambda: fields(image=(io.BytesIO(b""), "a.png")), 400, "image"),
    "form without its boundary": (lambda: body(b"--x", "multipart/form-data"), 400, "image"),
    "bomb": (lambda: body(bomb(), PNG), 413, "body"),
    "bomb in json": (lambda: {"json": {"image": as_url(bomb())}}, 413, "image"),
    "bomb in a form": (lambda: fields(image=(io.BytesIO(bomb()), "a.png")), 413, "image"),
    "no type": (lambda: {"data": SEVEN_PNG}, 415, "Content-Type"),
    "text": (lambda: body(b"7", "text/plain"), 415, "Content-Type"),
    "svg": (lambda: body(b"<svg/>", "image/svg+xml"), 415, "Content-Type"),
    "curl's default": (
        lambda: body(b"7", "application/x-www-form-urlencoded"),
        415,
        "Content-Type",
    ),
    "no picture": (lambda: body(b"this is no picture", PNG), 422, "body"),
    "no picture in json": (lambda: {"json": {"image": "bm90IGEgcGljdHVyZQ=="}}, 422, "image"),
    "truncated": (lambda: body(SEVEN_PNG[: len(SEVEN_PNG) // 2], PNG), 422, "body"),
    "truncated jpeg": (lambda: body(save(draw(SEVEN), "JPEG")[:800], "image/jpeg"), 422, "body"),
    "two files": (
        lambda: fields(image=[(io.BytesIO(SEVEN_PNG), "a.png"), (io.BytesIO(SEVEN_PNG), "b.png")]),
        422,
        "image",
    ),
    "no json": (lambda: body(b"{", JSON), 422, "body"),
    "no utf-8": (lambda: body(b'{"image": "\xff\xfe"}', JSON), 422, "body"),
    "a list": (lambda: {"json": [1, 2]}, 422, "body"),
    "null": (lambda: {"json": None, "content_type": JSON, "data": b"null"}, 422, "body"),
    "two pictures": (lambda: {"json": {"image": "", "strokes": []}}, 422, "body"),
    "unknown field": (lambda: {"json": {"strokes": SEVEN, "pen": 3}}, 422, "pen"),
    "image of a wrong type": (lambda: {"json": {"image": 7}}, 422, "image"),
    "image is null": (lambda: {"json": {"image": None}}, 422, "image"),
    "no base64": (lambda: {"json": {"image": "data:image/png;base64,***"}}, 422, "image"),
    "base64 cut short": (lambda: {"json": {"image": as_url(SEVEN_PNG)[:-3]}}, 422, "image"),
    "not ascii": (lambda: {"json": {"image": "ünïcode"}}, 422, "image"),
    "null bytes": (lambda: {"json": {"image": "\0" * 40}}, 422, "image"),
    "data url with text": (lambda: {"json": {"image": "data:text/plain,seven"}}, 422, "image"),
    "web address": (lambda: {"json": {"image": "https://example.org/7.png"}}, 422, "image"),
    "strokes of a wrong type": (lambda: {"json": {"strokes": 7}}, 422, "strokes"),
    "stroke of a wrong type": (lambda: {"json": {"strokes": [7]}}, 422, "strokes[0]"),
    "point of a wrong type": (lambda: {"json": {"strokes": [[7]]}}, 422, "strokes[0][0]"),
    "text as a number": (lambda: {"json": {"strokes": [[["1", 2]]]}}, 422, "strokes[0][0][0]"),
    "true as a number": (lambda: {"json": {"strokes": [[[True, 2]]]}}, 422, "strokes[0][0][0]"),
    "three coordinates": (lambda: {"json": {"strokes": [[[1, 2, 3]]]}}, 422, "strokes[0][0]"),
    "one coordinate": (lambda: {"json": {"strokes": [[[1]]]}}, 422, "strokes[0][0]"),
    "nan": (lambda: body('{"strokes": [[[1, NaN]]]}', JSON), 422, "strokes[0][0][1]"),
    "infinity": (lambda: body('{"strokes": [[[1, 1e999]]]}', JSON), 422, "strokes[0][0][1]"),
    "huge": (lambda: {"json": {"strokes": [[[1, 1e300]]]}}, 422, "strokes[0][0][1]"),
    "huge integer": (lambda: {"json": {"strokes": [[[1, 10**400]]]}}, 422, "strokes[0][0][1]"),
    "long integer": (lambda: body('{"pixels": [%s]}' % ("9" * 5000), JSON), 422, "body"),
    "many points": (lambda: {"json": {"strokes": [[[1, 2]] * 100_001]}}, 422, "strokes"),
    "a million points": (lambda: {"json": {"strokes": [[[1, 2]] * 1_000_000]}}, 422, "strokes"),
    "a million strokes": (lambda: {"json": {"strokes": [[]] * 1_000_000}}, 422, "strokes"),
    "783 pixels": (lambda: {"json": {"pixels": [0] * 783}}, 422, "pixels"),
    "785 pixels": (lambda: {"json": {"pixels": [0] * 785}}, 422, "pixels"),
    "a million pixels": (lambda: {"json": {"pixels": [0] * 1_000_000}}, 422, "pixels"),
    "pixel of 256": (lambda: {"json": {"pixels": [0] * 783 + [256]}}, 422, "pixels[783]"),
    "pixel of -1": (lambda: {"json": {"pixels": [-1] + [0] * 783}}, 422, "pixels[0]"),
    "pixel is nan": (
        lambda: body('{"pixels": [%s NaN]}' % ("0," * 783), JSON),
        422,
        "pixels[783]",
    ),
    "rows of pixels": (lambda: {"json": {"pixels": [[0] * 28] * 28}}, 422, "pixels[0]"),
    "deeply nested": (lambda: body('{"strokes": ' + "[" * 100_000, JSON), 422, "body"),
    "deep but whole": (
        lambda: body('{"strokes": ' + "[" * 5000 + "]" * 5000 + "}", JSON),
        422,
        "body",
    ),
    "deep objects": (lambda: body('{"a":' * 50_000 + "1" + "}" * 50_000, JSON), 422, "body"),
    "lone surrogate": (lambda: body(b'{"image": "\\ud800"}', JSON), 422, ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses(client: FlaskClient, case: str) -> None:
    """A refusal has the right status and says which argument is wrong and what was expected."""
    send, status, argument = REFUSED[case]
    answer = client.post("/api/v1/read", **send())
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"
    problem = schemas.Problem.model_validate_json(answer.data)
    assert problem.status == status
    assert problem.argument
    assert argument in ("", problem.argument)
    assert problem.expected
    assert problem.received
    assert problem.expected in problem.detail
    assert len(answer.data) < 1500


def test_unsupported_type_lists_the_supported(client: FlaskClient) -> None:
    """Who sends a type that is not supported reads which ones are."""
    answer = client.post("/api/v1/read", data=b"7", content_type="application/pdf").json
    for kind in ("image/png", "image/jpeg", "image/webp", "multipart/form-data", JSON):
        assert kind in answer["expected"]
    assert answer["received"] == "application/pdf"


def test_unknown_include(client: FlaskClient) -> None:
    """What cannot be included is refused, not ignored."""
    answer = client.post("/api/v1/read?include=seen,heard", json={"strokes": SEVEN})
    assert answer.status_code == 422
    assert answer.json["argument"] == "include[1]"


def test_limit_of_pixels(client_with: Callable[..., FlaskClient]) -> None:
    """The setting bounds the pixels of a picture, and is named in the refusal."""
    client = client_with(max_pixels=10_000)
    answer = client.post("/api/v1/read", data=SEVEN_PNG, content_type=PNG)
    assert answer.status_code == 413
    assert "10,000 pixels" in answer.json["expected"]
    assert "280" in answer.json["received"]


def test_limit_of_points(client_with: Callable[..., FlaskClient]) -> None:
    """The setting bounds the points of a drawing."""
    client = client_with(max_points=3)
    assert client.post("/api/v1/read", json={"strokes": SEVEN}).status_code == 200
    answer = client.post("/api/v1/read", json={"strokes": [*SEVEN, [[1, 1]]]})
    assert answer.status_code == 422
    assert (answer.json["argument"], answer.json["expected"]) == ("strokes", "up to 3 points")


@pytest.mark.parametrize("kind", [PNG, JSON])
def test_limit_of_bytes(client_with: Callable[..., FlaskClient], kind: str) -> None:
    """A body over the limit is refused by its length, in whatever form it comes."""
    client = client_with(max_bytes=1000)
    answer = client.post("/api/v1/read", data=b"x" * 1001, content_type=kind)
    assert answer.status_code == 413
    assert answer.json["expected"] == "up to 1,000 bytes"
    assert answer.json["received"] == "1,001 bytes"


def test_limit_of_bytes_in_a_form(client_with: Callable[..., FlaskClient]) -> None:
    """A form over the limit is refused too."""
    client = client_with(max_bytes=1000)
    answer = client.post("/api/v1/read", data={"image": (io.BytesIO(b"x" * 2000), "a.png")})
    assert answer.status_code == 413


def test_form_with_too_many_fields(client: FlaskClient) -> None:
    """A form of thousands of fields is refused, and the refusal is not about bytes."""
    answer = client.post("/api/v1/read", **fields(**{f"f{n}": "x" for n in range(2000)}))
    assert answer.status_code == 413
    assert "bytes" not in answer.json["expected"]


def test_long_query(client: FlaskClient) -> None:
    """However much is to be included that there is not, the refusal is about the first."""
    answer = client.post("/api/v1/read?include=" + "x," * 20_000, json={"strokes": SEVEN})
    assert answer.status_code == 422
    assert answer.json["argument"] == "include[0]"


def test_says_nothing_of_a_drawing(client: FlaskClient) -> None:
    """A refusal does not repeat what was drawn."""
    strokes = [[[12345, 54321], [1, "x"]]]
    answer = client.post("/api/v1/read", json={"strokes": strokes})
    assert answer.status_code == 422
    assert "12345" not in answer.text
    assert "54321" not in answer.text


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_other_methods(client: FlaskClient, method: str) -> None:
    """Another method is a problem that says which there are."""
    answer = client.open("/api/v1/read", method=method)
    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/read", "/api/v1/read/", "/api/%00"])
def test_other_paths(client: FlaskClient, path: str) -> None:
    """A path that there is not is a problem."""
    answer = client.post(path)
    assert answer.status_code == 404
    assert schemas.Problem.model_validate_json(answer.data).type == "about:blank"


@pytest.mark.parametrize(("form", "options"), [("GIF", {}), ("TIFF", {"compression": "tiff_lzw"})])
def test_other_bombs(client: FlaskClient, form: str, options: dict[str, str]) -> None:
    """Whatever format a huge picture has, it is refused for its pixels."""
    data = save(np.zeros((5000, 5000), np.uint8), form, **options)
    answer = client.post("/api/v1/read", data=data, content_type=f"image/{form.lower()}")
    assert answer.status_code == 413
    assert "5000" in answer.json["received"]
