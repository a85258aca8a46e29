"""Pictures and strokes of a few kB that are meant to keep a server busy do not."""

from __future__ import annotations

import time

import numpy as np
import pytest
from flask.testing import FlaskClient

from tests.web.pictures import save


def grid(step: int, dot: int, side: int = 640) -> np.ndarray:
    """Black dots on white, each a part of its own."""
    paper = np.full((side, side), 255, np.uint8)
    for row in range(step // 2, side - dot, step):
        for column in range(step // 2, side - dot, step):
            paper[row : row + dot, column : column + dot] = 0
    return paper


def noise(cell: int) -> np.ndarray:
    """Random black cells on white."""
    random = np.random.default_rng(0)
    cells = (random.random((640 // cell, 640 // cell)) < 0.9).astype(np.uint8) * 255
    return np.kron(cells, np.ones((cell, cell), np.uint8))


# Seconds. Each takes a tenth of one; what this guards against took minutes.
PATIENCE = 10

HOSTILE = {"dots": grid(8, 3), "larger dots": grid(12, 5), "noise": noise(1), "cells": noise(4)}


@pytest.mark.parametrize("name", HOSTILE)
def test_picture_of_many_parts(client: FlaskClient, name: str) -> None:
    """Thousands of parts are answered soon, whatever the answer is."""
    start = time.perf_counter()
    answer = client.post("/api/v1/read", data=save(HOSTILE[name]), content_type="image/png")
    assert answer.status_code < 500
    assert time.perf_counter() - start < PATIENCE


def test_strokes_of_many_parts(client: FlaskClient) -> None:
    """So are thousands of short strokes apart from each other."""
    strokes = [[[x, y], [x + 3, y]] for x in range(0, 2000, 20) for y in range(0, 2000, 20)]
    start = time.perf_counter()
    answer = client.post("/api/v1/read", json={"strokes": strokes})
    assert answer.status_code < 500
    assert time.perf_counter() - start < PATIENCE


def test_thin_pen_on_a_large_canvas(client: FlaskClient) -> None:
    """A pen of one pixel on a large picture is read or refused, and no fault of ours."""
    import cv2

    paper = np.full((640, 640), 255, np.uint8)
    cv2.circle(paper, (320, 320), 300, 0, 1)
    answer = client.post("/api/v1/read", data=save(paper), content_type="image/png")
    assert answer.status_code == 200
