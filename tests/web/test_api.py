"""What POST /api/v1/read answers to pictures, and GET /api/v1/model."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image

from digitlens.models.bundle import load
from digitlens.web import schemas
from tests.web.pictures import SEVEN, SEVEN_PNG, as_url, draw, save

TWO_DIGITS = draw([[[60, 60], [60, 220]]], [[[150, 60], [240, 60], [190, 220]]], width=320)


def mnist_pixels() -> list[int]:
    """A 7 as MNIST has it: white on black, 28×28."""
    small = Image.fromarray(255 - draw(SEVEN)).resize((28, 28), Image.Resampling.BOX)
    return list(np.asarray(small).ravel().tolist())


def raw(data: bytes, kind: str) -> dict[str, Any]:
    """The arguments that send a raw body."""
    return {"data": data, "content_type": kind}


FORMS: dict[str, Callable[[], dict[str, Any]]] = {
    "png": lambda: raw(SEVEN_PNG, "image/png"),
    "jpeg": lambda: raw(save(draw(SEVEN), "JPEG"), "image/jpeg"),
    "jpg": lambda: raw(save(draw(SEVEN), "JPEG"), "image/jpg"),
    "webp": lambda: raw(save(draw(SEVEN), "WEBP"), "image/webp"),
    "gif": lambda: raw(save(draw(SEVEN), "GIF"), "image/gif"),
    "bmp": lambda: raw(save(draw(SEVEN), "BMP"), "image/bmp"),
    "tiff": lambda: raw(save(draw(SEVEN), "TIFF"), "image/tiff"),
    "type with a parameter": lambda: raw(SEVEN_PNG, "Image/PNG; charset=binary"),
    "another picture than the type says": lambda: raw(SEVEN_PNG, "image/jpeg"),
    "form": lambda: {"data": {"image": (io.BytesIO(SEVEN_PNG), "seven.png")}},
    "data url": lambda: {"json": {"image": as_url(SEVEN_PNG)}},
    "base64": lambda: {"json": {"image": as_url(SEVEN_PNG).partition(",")[2]}},
    "base64 in lines": lambda: {"json": {"image": "\n".join(as_url(SEVEN_PNG).partition(",")[2])}},
    "strokes": lambda: {"json": {"strokes": SEVEN}},
    "pixels": lambda: {"json": {"pixels": mnist_pixels()}},
}


@pytest.mark.parametrize("form", FORMS)
def test_reads_every_form(client: FlaskClient, form: str) -> None:
    """A 7 is read in each form that the contract names."""
    answer = client.post("/api/v1/read", **FORMS[form]())
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/json"
    assert (answer.json["text"], answer.json["status"]) == ("7", "read")


@pytest.mark.parametrize("query", ["", "?include=seen", "?include=steps", "?include=seen,steps"])
def test_answers_as_documented(client: FlaskClient, query: str) -> None:
    """An answer has exactly the fields of its model."""
    answer = client.post("/api/v1/read" + query, json={"strokes": SEVEN})
    schemas.ReadAnswer.model_validate_json(answer.data)
    assert ("steps" in answer.json) == ("steps" in query)
    assert ("seen" in answer.json["digits"][0]) == ("seen" in query)


def test_reads_several_digits(client: FlaskClient) -> None:
    """The digits come in reading order, each with its own box within the picture."""
    answer = client.post("/api/v1/read", data=save(TWO_DIGITS), content_type="image/png").json
    assert answer["text"] == "17"
    assert answer["size"] == {"width": 320, "height": 280}
    left, right = (digit["box"] for digit in answer["digits"])
    assert 40 <= left["x"] < left["x"] + left["width"] <= right["x"]
    assert right["x"] + right["width"] <= 260


def test_probabilities_belong_to_the_digit(client: FlaskClient) -> None:
    """The ten add up to 1, and the largest is the digit's, which is its confidence."""
    digit = client.post("/api/v1/read", json={"strokes": SEVEN}).json["digits"][0]
    shares = digit["probabilities"]
    assert sum(shares) == pytest.approx(1, abs=1e-5)
    assert shares.index(max(shares)) == digit["digit"] == 7
    assert digit["confidence"] == max(shares)


def test_boxes_are_in_the_upright_picture(client: FlaskClient) -> None:
    """A photo that is stored lying is turned, and its size is that after the turn."""
    exif = Image.Exif()
    exif[0x0112] = 6  # shown turned clockwise by a quarter
    lying = np.rot90(draw(SEVEN, width=200)).copy()
    data = save(lying, "JPEG", exif=exif)
    answer = client.post("/api/v1/read", data=data, content_type="image/jpeg").json
    assert answer["text"] == "7"
    assert answer["size"] == {"width": 200, "height": 280}


def test_milliseconds_are_those_of_the_reading(client: FlaskClient) -> None:
    """A large photo takes longer than a small drawing, and both take some time."""
    small = client.post("/api/v1/read", data=SEVEN_PNG, content_type="image/png").json
    noise = np.random.default_rng(1).integers(0, 255, (2000, 2000), np.uint8)
    large = client.post("/api/v1/read", data=save(noise), content_type="image/png").json
    assert 0 < small["milliseconds"] < large["milliseconds"]


@pytest.mark.parametrize(
    "picture",
    [
        np.full((280, 280), 255, np.uint8),
        np.zeros((280, 280), np.uint8),
        np.zeros((1, 1), np.uint8),
        np.full((1, 1), 255, np.uint8),
    ],
    ids=["white page", "black page", "black pixel", "white pixel"],
)
def test_blank(client: FlaskClient, picture: Any) -> None:
    """Where there is no ink, the answer is `blank` and no digit."""
    answer = client.post("/api/v1/read", data=save(picture), content_type="image/png")
    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["text"]) == ("blank", "")
    assert answer.json["digits"] == []


@pytest.mark.parametrize("strokes", [[[[5, 5]]], [], [[]], [[[5, 5], [5, 5]]]])
def test_few_points_are_no_error(client: FlaskClient, strokes: Any) -> None:
    """One point is a dot, and none is a blank page."""
    answer = client.post("/api/v1/read?include=seen,steps", json={"strokes": strokes})
    assert answer.status_code == 200, answer.text


def test_model(client: FlaskClient) -> None:
    """The model's card is that of the bundle that reads."""
    answer = client.get("/api/v1/model")
    card = schemas.ModelAnswer.model_validate_json(answer.data)
    read = client.post("/api/v1/read", json={"strokes": SEVEN}).json
    assert card.sha256 == load().card.sha256
    assert read["model"] == {"name": card.name, "version": card.version}
