"""The pictures that an answer can include."""

from __future__ import annotations

import numpy as np
from flask.testing import FlaskClient

from digitlens.reading.reader import Reader
from tests.web.pictures import SEVEN, draw, save
from tests.web.test_pngs import decode

PATH = "/api/v1/read?include=seen,steps"


def test_seen_is_what_the_network_saw(client: FlaskClient) -> None:
    """`seen` is the 28×28 of the reader, white ink on black."""
    digit = client.post(PATH, json={"strokes": SEVEN}).json["digits"][0]
    expected = np.rint(Reader().read(SEVEN).seen[0] * 255)
    np.testing.assert_array_equal(decode(digit["seen"]), expected)


def test_steps(client: FlaskClient) -> None:
    """The steps are those of the picture that was sent, none larger than 320 pixels."""
    large = draw(SEVEN).repeat(4, 0).repeat(4, 1)
    answer = client.post(PATH, data=save(large), content_type="image/png").json
    steps = answer["steps"]
    assert decode(steps["picture"]).shape == (320, 320)
    assert decode(steps["picture"])[0, 0] == 255
    assert decode(steps["ink"])[0, 0] == 0
    (digit,) = steps["digits"]
    assert digit["seen"] == answer["digits"][0]["seen"]
    for step in (steps["ink"], digit["cut"], digit["width"]):
        assert max(decode(step).shape) <= 320
        assert decode(step).max() == 255


def test_steps_of_a_blank_page(client: FlaskClient) -> None:
    """Without ink there is a picture, and nothing that was found in it."""
    white = save(np.full((20, 30), 255, np.uint8))
    steps = client.post(PATH, data=white, content_type="image/png").json["steps"]
    assert decode(steps["picture"]).shape == (20, 30)
    assert not decode(steps["ink"]).any()
    assert steps["digits"] == []
