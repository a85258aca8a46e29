"""Decode: a file, bytes, an array or a PIL image becomes a grey image."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from digitlens.errors import InvalidInput, UnreadablePicture
from digitlens.reading.arrays import check_array
from digitlens.reading.colour import to_grey
from digitlens.reading.limits import Limits
from digitlens.reading.png import decode_plain, plain_size
from digitlens.reading.stages import Decoded


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
        return Decoded(to_grey(levels), (levels.shape[1], levels.shape[0]))
    if "PIL.Image" in sys.modules:  # nobody has such an image otherwise
        from digitlens.reading import files

        if files.is_image(picture):
            limits.check_pixels(*picture.size, "picture")
            return files.decode_image(picture, "picture")
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
    size = plain_size(data)
    if size:
        limits.check_pixels(*size, argument)
        levels = decode_plain(data, size)
        if levels is not None:
            return Decoded(to_grey(levels), size)
    from digitlens.reading import files  # Pillow is loaded by the first picture that needs it

    return files.decode_file(data, limits, argument)
