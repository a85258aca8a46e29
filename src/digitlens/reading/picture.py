"""Decode: a file, bytes, an array or a PIL image becomes a grey image."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageOps

from digitlens.errors import InvalidInput, PictureTooLarge, UnreadablePicture
from digitlens.reading.stages import Grey

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
_PHOTO_SIDE = 1600  # a JPEG is decoded at a fraction of its size while it stays larger than this
_PATCH_SPREAD = 48  # grey levels within which the visible part of a picture is one flat ink
_PATCH_FILL = 0.5  # share of its bounding box that a visible patch of paper fills; ink does not


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest picture that is taken: bytes of the file, and pixels."""

    max_bytes: int = 20_000_000
    max_pixels: int = 20_000_000


def decode(picture: object, limits: Limits) -> Grey:
    """Decode a picture to grey, upright, with its transparent parts filled in.

    Args:
        picture: A path, the bytes of a file, a PIL image, or an array as `from_array` takes it.
        limits: Checked before anything is decoded.

    Returns:
        uint8 (h, w), 0 is black.

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
        return from_array(picture, limits)
    if isinstance(picture, Image.Image):
        _check_pixels(picture.size, limits, "picture")
        return _decode_image(picture, "picture")
    raise InvalidInput(
        "picture", "a path, bytes, an array, a PIL image or strokes", type(picture).__name__
    )


def from_array(array: npt.NDArray[Any], limits: Limits) -> Grey:
    """Turn an array into a grey image.

    Args:
        array: (h, w), (h, w, 1), (h, w, 3) or (h, w, 4), of bool, 8- or 16-bit integers, or
            floats from 0 to 1 or from 0 to 255.
        limits: The largest picture that is taken.

    Returns:
        uint8 (h, w), 0 is black.

    Raises:
        InvalidInput: The shape, the type or a value is none of these.
    """
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (3, 4)):
        raise InvalidInput("picture", "an array (h, w), (h, w, 3) or (h, w, 4)", f"{array.shape}")
    if 0 in array.shape:
        raise InvalidInput("picture", "at least one pixel", f"an array {array.shape}")
    _check_pixels((array.shape[1], array.shape[0]), limits, "picture")
    levels = _to_8_bits(array)
    return levels if levels.ndim == 2 else _decode_image(Image.fromarray(levels), "picture")


def _to_8_bits(array: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    if array.dtype == np.uint8:
        return np.ascontiguousarray(array)
    if array.dtype == np.bool_:
        return array.astype(np.uint8) * np.uint8(255)
    if array.dtype.kind not in "iuf":
        raise InvalidInput("picture", "an array of numbers", f"an array of {array.dtype}")
    low, high = float(array.min()), float(array.max())
    if not np.isfinite([low, high]).all():
        raise InvalidInput("picture", "finite numbers", "an array with NaN or infinity")
    if low < 0 or high > 65535:
        raise InvalidInput("picture", "levels from 0 to 65535", f"{low:g} to {high:g}")
    if array.dtype.kind == "f" and high <= 1:
        scale = 255.0
    elif high <= 255:
        scale = 1.0
    else:  # 12 bits are often kept in 16
        scale = 1 / 16 if high < 4096 else 1 / 256
    return (array.astype(np.float32) * scale).astype(np.uint8)


def _read_file(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        _check_bytes(size, limits, str(path))
        return path.read_bytes()
    except OSError as error:
        raise UnreadablePicture(str(path), "a picture file", error.strerror or "no file") from error


def _from_bytes(data: bytes, limits: Limits, argument: str) -> Grey:
    _check_bytes(len(data), limits, argument)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_pixels(image.size, limits, argument)
            return _decode_image(image, argument)
    except (UnreadablePicture, PictureTooLarge):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(argument, f"up to {limits.max_pixels:,} pixels", "more") from error
    except Exception as error:  # a damaged file makes Pillow raise almost anything
        reason = "other bytes" if not data else f"{len(data):,} bytes that are none"
        raise UnreadablePicture(argument, "a picture: " + ", ".join(FORMATS), reason) from error


def _decode_image(image: Image.Image, argument: str) -> Grey:
    if image.format == "JPEG":
        image.draft("L", (_PHOTO_SIDE, _PHOTO_SIDE))
    try:
        image.load()
    except Exception as error:  # as above
        raise UnreadablePicture(argument, "a whole picture", f"a damaged one ({error})") from error
    if image.getexif().get(ExifTags.Base.Orientation, 1) != 1:
        image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):
        return _to_8_bits(np.maximum(np.asarray(image), 0))
    if image.has_transparency_data:
        return _fill(np.asarray(image.convert("LA")))
    return np.asarray(image if image.mode == "L" else image.convert("L"))


def _fill(levels: npt.NDArray[np.uint8]) -> Grey:
    """Put a ground behind a picture with transparent parts, so that what is visible is seen.

    Where one flat ink is visible, black or white, its alpha is the drawing. Where a patch of
    paper is visible, its own ground goes on around it.

    Args:
        levels: uint8 (h, w, 2), grey and alpha.
    """
    grey, alpha = levels[:, :, 0], levels[:, :, 1]
    visible = alpha > 127
    if visible.all():
        return np.ascontiguousarray(grey)
    shown = grey[visible]
    if shown.size and _is_patch(shown, visible):
        ground = float(np.median(shown))
        opacity = alpha.astype(np.float32) / 255
        return (grey * opacity + ground * (1 - opacity)).astype(np.uint8)
    return 255 - alpha


def _is_patch(shown: npt.NDArray[np.uint8], visible: npt.NDArray[np.bool_]) -> bool:
    low, high = np.percentile(shown, [2, 98])
    rows, columns = visible.any(axis=1).nonzero()[0], visible.any(axis=0).nonzero()[0]
    area = (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
    return bool(high - low > _PATCH_SPREAD and shown.size > _PATCH_FILL * area)


def _check_bytes(size: int, limits: Limits, argument: str) -> None:
    if size > limits.max_bytes:
        raise PictureTooLarge(argument, f"up to {limits.max_bytes:,} bytes", f"{size:,} bytes")


def _check_pixels(size: tuple[int, int], limits: Limits, argument: str) -> None:
    if size[0] * size[1] > limits.max_pixels:
        raise PictureTooLarge(
            argument, f"up to {limits.max_pixels:,} pixels", f"{size[0]} × {size[1]}"
        )
