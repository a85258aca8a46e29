"""Whatever is sent, the API answers with something that is no fault of the server."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitlens.web import schemas
from digitlens.web.intake import FORM_TYPE, IMAGE_TYPES, JSON_TYPE
from tests.web.pictures import SEVEN_PNG, as_url, bomb, draw, save

PATHS = st.sampled_from(["/api/v1/read", "/api/v1/read/batch"])
TYPES = st.sampled_from([*IMAGE_TYPES, JSON_TYPE, FORM_TYPE, "text/plain", "", ";", "image/"])
FILES = [
    SEVEN_PNG,
    bomb(),
    *(save(draw([[[9, 9], [90, 200]]]), f) for f in ("JPEG", "GIF", "TIFF")),
]
QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

NUMBERS = st.one_of(st.integers(), st.floats(), st.booleans(), st.none())
JSONS = st.recursive(
    NUMBERS | st.text(max_size=20) | st.sampled_from([as_url(file) for file in FILES]),
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.dictionaries(
            st.sampled_from(["image", "strokes", "pixels", "pictures", "x"]), inner, max_size=3
        )
    ),
    max_leaves=30,
)
POINTS = st.lists(st.one_of(st.integers(-(10**12), 10**12), st.floats(width=32)), max_size=3)
STROKES = st.lists(st.lists(POINTS, max_size=6), max_size=4)


def check(answer: Any) -> None:
    """An answer is a reading or a problem, of a status that is not the server's fault."""
    assert answer.status_code in (200, 400, 413, 415, 422), answer.text
    if answer.status_code != 200:
        schemas.Problem.model_validate_json(answer.data)


@QUIET
@given(path=PATHS, data=st.binary(max_size=300), kind=TYPES)
def test_any_bytes(app: Flask, path: str, data: bytes, kind: str) -> None:
    """Any bytes of any type."""
    check(app.test_client().post(path, data=data, content_type=kind))


@QUIET
@given(path=PATHS, found=JSONS)
def test_any_json(app: Flask, path: str, found: Any) -> None:
    """Any JSON, with the names of our fields in any place."""
    check(app.test_client().post(path, data=json.dumps(found), content_type=JSON_TYPE))


@QUIET
@given(strokes=STROKES)
def test_any_strokes(app: Flask, strokes: Any) -> None:
    """Any strokes, however large or small, with all that can be included."""
    path = "/api/v1/read?include=seen,steps"
    sent = json.dumps({"strokes": strokes})
    check(app.test_client().post(path, data=sent, content_type=JSON_TYPE))


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says what is damaged
@QUIET
@given(file=st.sampled_from(FILES), damage=st.data())
def test_damaged_pictures(app: Flask, file: bytes, damage: st.DataObject) -> None:
    """Pictures with bytes changed, or cut off."""
    damaged = bytearray(file[: damage.draw(st.integers(1, len(file)), "length")])
    for _ in range(damage.draw(st.integers(0, 8), "changes")):
        place = damage.draw(st.integers(0, min(len(damaged), 400) - 1), "place")
        damaged[place] = damage.draw(st.integers(0, 255), "byte")
    answer = app.test_client().post("/api/v1/read", data=bytes(damaged), content_type="image/png")
    check(answer)


@QUIET
@given(parts=st.lists(st.binary(max_size=40), max_size=6))
def test_any_form(app: Flask, parts: list[bytes]) -> None:
    """Forms whose parts are anything at all."""
    head = b'Content-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
    body = b"".join(b"--x\r\n" + (head if n % 2 else b"") + p for n, p in enumerate(parts))
    kind = f"{FORM_TYPE}; boundary=x"
    check(app.test_client().post("/api/v1/read", data=body + b"\r\n--x--", content_type=kind))


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=", "multipart/form-data; charset=x"]
)
def test_odd_boundaries(app: Flask, kind: str) -> None:
    """Forms whose type does not say what separates their parts."""
    check(app.test_client().post("/api/v1/read", data=b"--\r\n\r\n----", content_type=kind))
