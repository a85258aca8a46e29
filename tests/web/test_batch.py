"""POST /api/v1/read/batch: many pictures, each with its own reading or its own problem."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from digitlens.web import batch, schemas
from tests.web.pictures import SEVEN, SEVEN_PNG, as_url, bomb, save

BATCH = "/api/v1/read/batch"
ONE = [[[0, 0], [0, 100]]]


def files(*contents: bytes) -> dict[str, Any]:
    """The arguments that send files in a form."""
    return {"data": {"image": [(io.BytesIO(data), f"{n}.png") for n, data in enumerate(contents)]}}


def test_json(client: FlaskClient) -> None:
    """Each picture of a list has its reading or its problem, in their order."""
    pictures = [
        {"strokes": SEVEN},
        {"image": as_url(b"no picture")},
        {"strokes": ONE},
        {"pixels": [0] * 783},
        {"pixels": [0] * 784},
        7,
        {"image": as_url(bomb())},
    ]
    answer = client.post(BATCH, json={"pictures": pictures})
    assert answer.status_code == 200
    results = schemas.BatchAnswer.model_validate_json(answer.data).results
    said = [
        one.reading.text if isinstance(one, schemas.BatchReading) else one.problem.status
        for one in results
    ]
    assert said == ["7", 422, "1", 422, "", 422, 413]
    arguments = [one["problem"]["argument"] for one in answer.json["results"] if "problem" in one]
    assert arguments == [
        "pictures[1].image",
        "pictures[3].pixels",
        "pictures[5]",
        "pictures[6].image",
    ]


def test_files(client: FlaskClient) -> None:
    """The files of a form are read in their order, and an empty one has a problem."""
    answer = client.post(BATCH, **files(SEVEN_PNG, b"", SEVEN_PNG))
    first, second, third = answer.json["results"]
    assert first["reading"]["text"] == third["reading"]["text"] == "7"
    assert second["problem"]["argument"] == "image[1]"


def test_include(client: FlaskClient) -> None:
    """What is included is included in each of the readings."""
    answer = client.post(BATCH + "?include=seen,steps", json={"pictures": [{"strokes": SEVEN}] * 2})
    for one in answer.json["results"]:
        reading = schemas.ReadAnswer.model_validate(one["reading"])
        assert reading.steps
        assert reading.digits[0].seen


def test_agrees_with_single_readings(client: FlaskClient) -> None:
    """A picture is read in a batch as it is read alone."""
    alone = client.post("/api/v1/read", data=SEVEN_PNG, content_type="image/png").json
    together = client.post(BATCH, **files(SEVEN_PNG)).json["results"][0]["reading"]
    for reading in (alone, together):
        del reading["milliseconds"], reading["id"]
    assert alone == together


def test_many(client: FlaskClient) -> None:
    """As many pictures as the limit allows are read, and one more is too many."""
    answer = client.post(BATCH, json={"pictures": [{"strokes": ONE}] * 256})
    assert [one["reading"]["text"] for one in answer.json["results"]] == ["1"] * 256
    answer = client.post(BATCH, json={"pictures": [{"strokes": ONE}] * 257})
    assert answer.status_code == 413
    assert (answer.json["argument"], answer.json["received"]) == ("pictures", "257")


def test_many_mnist_pictures(client: FlaskClient) -> None:
    """The limit on the parts of JSON leaves room for a whole batch of pixels."""
    answer = client.post(BATCH, json={"pictures": [{"pixels": [0] * 784}] * 256})
    assert answer.status_code == 200
    assert {one["reading"]["status"] for one in answer.json["results"]} == {"blank"}


REFUSED: dict[str, tuple[dict[str, Any], int, str]] = {
    "nothing": ({}, 400, "body"),
    "no list": ({"json": {}}, 422, "pictures"),
    "another type": ({"json": {"pictures": {"a": 1}}}, 422, "pictures"),
    "empty list": ({"json": {"pictures": []}}, 400, "pictures"),
    "list alone": ({"json": [{"strokes": ONE}]}, 422, "body"),
    "unknown field": ({"json": {"pictures": [], "x": 1}}, 400, "pictures"),
    "too many parts": ({"json": {"pictures": [[]] * 1_000_000}}, 422, "pictures"),
    "raw picture": ({"data": SEVEN_PNG, "content_type": "image/png"}, 415, "Content-Type"),
    "form without files": ({"data": {"a": "b"}}, 415, "Content-Type"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses(client: FlaskClient, case: str) -> None:
    """A request that is no batch is refused as a whole."""
    sent, status, argument = REFUSED[case]
    answer = client.post(BATCH, **sent)
    assert answer.status_code == status, answer.text
    assert schemas.Problem.model_validate_json(answer.data).argument == argument


def test_pixels_together(client_with: Callable[..., FlaskClient]) -> None:
    """A small body with many large pictures cannot keep the server busy for long."""
    large = save(np.full((300, 300), 255, np.uint8))
    client = client_with(max_pixels=90_000)
    results = client.post(BATCH, **files(*[large] * 10)).json["results"]
    assert ["reading" in one for one in results] == [True] * 8 + [False] * 2
    assert results[8]["problem"]["status"] == 413


@pytest.mark.parametrize(
    ("picture", "pixels"), [(SEVEN_PNG, 280 * 280), (b"no picture", 0), (SEVEN, 0)]
)
def test_count_pixels(picture: object, pixels: int) -> None:
    """Only a file has pixels that can be counted before it is decoded."""
    assert batch.count_pixels(picture) == pixels
