"""Decode: a file, bytes, an array or a PIL image becomes a grey image."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import ExifTags, Image, ImageOps

from digitlens.errors import InvalidInput, PictureTooLarge, UnreadablePicture
from digitlens.reading.arrays import check_array, to_8_bits
from digitlens.reading.limits import Limits
from digitlens.reading.stages import Grey
from digitlens.reading.transparency import fill

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that exchange width and height
_OPAQUE = 0xFF000000  # an RGBA pixel as one little-endian number is at least this, if opaque
_PHOTO_SIDE = 1600  # a JPEG is decoded at a fraction of its size while it stays larger than this


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded picture.

    Attributes:
        grey: uint8 (h, w), 0 is black. Large photos are decoded at a fraction of their size.
        size: Width and height of the upright picture, in pixels.
    """

    grey: Grey
    size: tuple[int, int]


def decode(picture: object, limits: Limits) -> Decoded:
    """Decode a picture to grey, upright, with its transparent parts filled in.

    Args:
        picture: A path, the bytes of a file, a PIL image, or an array as `check_array` takes it.
        limits: Checked before anything is decoded.

    Raises:
        UnreadablePicture: There is no such file, or it is no picture, or a damaged one.
        PictureTooLarge: The picture is over the limits.
        InvalidInput: An object that is no picture.
    """
    if isinstance(picture, str | Path):
        return _from_bytes(_read_file(Path(picture), limits), limits, str(picture))
    if isinstance(picture, bytes | bytearray | memoryview):
        return _from_bytes(bytes(picture), limits, "picture")
    if isinstance(picture, np.ndarray):
        levels = check_array(picture, limits)
        if levels.ndim == 2:
            return Decoded(levels, (levels.shape[1], levels.shape[0]))
        picture = Image.fromarray(levels)
    if isinstance(picture, Image.Image):
        limits.check_pixels(*picture.size, "picture")
        return _decode_image(picture, "picture")
    raise InvalidInput(
        "picture", "a path, bytes, an array, a PIL image or strokes", type(picture).__name__
    )


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        limits.check_bytes(size, str(path))
        return path.read_bytes()
    except OSError as error:
        raise UnreadablePicture(str(path), "a picture file", error.strerror or "no file") from error


def _from_bytes(data: bytes, limits: Limits, argument: str) -> Decoded:
    limits.check_bytes(len(data), argument)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            limits.check_pixels(*image.size, argument)
            return _decode_image(image, argument)
    except (UnreadablePicture, PictureTooLarge):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(argument, f"up to {limits.max_pixels:,} pixels", "more") from error
    except Exception as error:  # a damaged file makes Pillow raise almost anything
        reason = "other bytes" if not data else f"{len(data):,} bytes that are none"
        raise UnreadablePicture(argument, "a picture: " + ", ".join(FORMATS), reason) from error


def _decode_image(image: Image.Image, argument: str) -> Decoded:
    size = image.size
    if image.format == "JPEG":
        image.draft("L", (_PHOTO_SIDE, _PHOTO_SIDE))
    try:
        image.load()
    except Exception as error:  # as above
        raise UnreadablePicture(argument, "a whole picture", f"a damaged one ({error})") from error
    turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    if turn != 1:
        image = ImageOps.exif_transpose(image)
    return Decoded(_to_grey(image), size[::-1] if turn in _SIDEWAYS else size)


def _to_grey(image: Image.Image) -> Grey:
    if image.mode.startswith(("I", "F")):
        return to_8_bits(np.maximum(np.asarray(image), 0))
    if image.mode == "RGBA":  # as browsers send drawings
        levels = np.asarray(image)
        if np.bitwise_and.reduce(levels.view("<u4"), axis=None) >= _OPAQUE:
            return cv2.cvtColor(levels, cv2.COLOR_RGBA2GRAY)
    if image.has_transparency_data:
        return fill(np.asarray(image.convert("LA")))
    if image.mode == "RGB":
        return cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2GRAY)
    return np.asarray(image if image.mode == "L" else image.convert("L"))
