"""Pictures for the tests of the web, and what they are as files."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from typing import Any

import cv2
import numpy as np
from PIL import Image

SEVEN = [[[90, 60], [180, 60], [130, 220]]]  # strokes


def draw(*numbers: list[list[list[int]]], width: int = 280) -> Any:
    """Draw strokes in black on white: uint8 (280, width)."""
    paper = np.full((280, width), 255, np.uint8)
    for strokes in numbers:
        for stroke in strokes:
            cv2.polylines(paper, [np.array(stroke)], False, 0, 14, cv2.LINE_AA)
    return paper


def save(picture: Any, form: str = "PNG", **options: Any) -> bytes:
    """The bytes of a picture as a file."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, form, **options)
    return file.getvalue()


def as_url(data: bytes, kind: str = "image/png") -> str:
    """A file as a data URL."""
    return f"data:{kind};base64," + base64.b64encode(data).decode()


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few kB that says it has 2.5 gigapixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 4_000_000, 9)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SEVEN_PNG = save(draw(SEVEN))
