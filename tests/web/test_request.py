"""The request of the application."""

from __future__ import annotations

import io
from time import perf_counter
from typing import cast

from flask import Flask, request

from digitlens.web.request import PictureRequest


def test_files_stay_in_memory(app: Flask) -> None:
    """A large file of a form is not written to the disk."""
    data = {"image": (io.BytesIO(b"x" * 2_000_000), "large.png")}
    with app.test_request_context(method="POST", data=data):
        file = request.files["image"]
        assert isinstance(file.stream, io.BytesIO)
        assert len(file.read()) == 2_000_000


def test_knows_when_it_came(app: Flask) -> None:
    """A request says when it came, on the clock that measures how long it took."""
    before = perf_counter()
    with app.test_request_context():
        assert before <= cast(PictureRequest, request).start <= perf_counter()
