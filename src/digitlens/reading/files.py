"""Files of every kind that is read, and PIL images, decoded by Pillow."""

from __future__ import annotations

import io
from typing import TypeGuard

import numpy as np
from PIL import ExifTags, Image, ImageOps

from digitlens.errors import PictureTooLarge, UnreadablePicture
from digitlens.reading.arrays import to_8_bits
from digitlens.reading.colour import to_grey
from digitlens.reading.limits import Limits
from digitlens.reading.stages import Decoded, Grey
from digitlens.reading.transparency import fill

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations that exchange width and height
_PHOTO_SIDE = 1600  # a JPEG is decoded at a fraction of its size while it stays larger than this


def decode_file(data: bytes, limits: Limits, argument: str) -> Decoded:
    """Decode a file.

    Args:
        data: The file.
        limits: Its pixels are checked before they are decoded.
        argument: What the file is called in errors.

    Raises:
        UnreadablePicture: It is no picture, or a damaged one.
        PictureTooLarge: It has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            limits.check_pixels(*image.size, argument)
            return decode_image(image, argument)
    except (UnreadablePicture, PictureTooLarge):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(argument, f"up to {limits.max_pixels:,} pixels", "more") from error
    except Exception as error:  # a damaged file makes Pillow raise almost anything
        reason = "other bytes" if not data else f"{len(data):,} bytes that are none"
        raise UnreadablePicture(argument, "a picture: " + ", ".join(FORMATS), reason) from error


def is_image(picture: object) -> TypeGuard[Image.Image]:
    """Whether something is a PIL image."""
    return isinstance(picture, Image.Image)


def decode_image(image: Image.Image, argument: str) -> Decoded:
    """Decode a PIL image, in full or still in its file.

    Raises:
        UnreadablePicture: Its file is damaged.
    """
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


def count_pixels(data: bytes) -> int:
    """Count the pixels of a file from its header; 0 where it has none."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return image.width * image.height
    except Exception:  # as above; reading it says what is wrong
        return 0


def _to_grey(image: Image.Image) -> Grey:
    if image.mode.startswith(("I", "F")):
        return to_8_bits(np.maximum(np.asarray(image), 0))
    if image.mode in ("RGB", "RGBA"):
        if image.mode == "RGB" and image.has_transparency_data:
            image = image.convert("RGBA")
        return to_grey(np.asarray(image))
    if image.has_transparency_data:
        return fill(np.asarray(image.convert("LA")))
    return np.asarray(image if image.mode == "L" else image.convert("L"))
