"""Pictures of every form become grey images, upright, or are refused before they are decoded."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitlens.errors import InvalidInput, PictureTooLarge, UnreadablePicture
from digitlens.reading.limits import Limits
from digitlens.reading.picture import decode
from tests.drawings import canvas, encode, strokes_of

SEVEN = canvas(strokes_of("7"))
LIMITS = Limits()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_formats(form: str) -> None:
    """Every supported file format gives the picture that was saved."""
    options = {"lossless": True} if form == "WEBP" else {}
    grey = decode(encode(SEVEN, form, **options), LIMITS).grey
    assert np.abs(grey.astype(int) - SEVEN).mean() < 2


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "I", "F"])
def test_modes(mode: str) -> None:
    """Every mode of pixels gives the same picture: palette, 16 bits, CMYK, alpha."""
    if mode == "I;16":
        image = Image.fromarray(SEVEN.astype(np.uint16) * 257)
    else:
        image = Image.fromarray(SEVEN).convert(mode)
    grey = decode(encode(image, "TIFF"), LIMITS).grey
    assert np.abs(grey.astype(int) - SEVEN).mean() < 3


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation(orientation: int) -> None:
    """A photo is turned upright as its EXIF says; the size is that of the upright picture."""
    wide = np.hstack([SEVEN, SEVEN[:, :100]])
    upside = Image.fromarray(wide)
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    if orientation in turns:
        upside = upside.transpose(turns[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    decoded = decode(encode(upside, "JPEG", quality=95, exif=exif), LIMITS)
    assert decoded.size == (380, 280)
    assert np.abs(decoded.grey.astype(int) - wide).mean() < 3


@pytest.mark.parametrize("ink", [0, 255])
def test_ink_on_transparent_ground(ink: int) -> None:
    """Black and white ink on a transparent ground are both seen, whatever colour lies hidden."""
    for hidden in (0, 255):
        pixels = np.full((280, 280, 4), hidden, np.uint8)
        pixels[:, :, 3] = 255 - SEVEN
        pixels[SEVEN < 128, :3] = ink
        grey = decode(encode(pixels), LIMITS).grey
        assert np.ptp(grey) > 200


def test_paper_on_transparent_ground() -> None:
    """A patch of paper on a transparent ground goes on around itself: its edge is no ink."""
    pixels = np.zeros((400, 400, 4), np.uint8)
    pixels[60:340, 60:340, :3] = SEVEN[:, :, None]
    pixels[60:340, 60:340, 3] = 255
    grey = decode(encode(pixels), LIMITS).grey
    assert grey[:60].min() == 255


@pytest.mark.parametrize(
    "array",
    [
        SEVEN,
        SEVEN[:, :, None],
        np.dstack([SEVEN] * 3),
        SEVEN > 127,
        SEVEN.astype(float),
        SEVEN / 255,
        SEVEN.astype(np.uint16) * 257,
        SEVEN.astype(np.int64),
        Image.fromarray(SEVEN),
        bytearray(encode(SEVEN)),
    ],
    ids=lambda a: f"{type(a).__name__}-{getattr(a, 'dtype', '')}-{getattr(a, 'shape', '')}",
)
def test_objects(array: object) -> None:
    """Arrays of any usual type, PIL images and bytes give the same picture."""
    grey = decode(array, LIMITS).grey
    assert np.abs(grey.astype(int) - SEVEN).mean() < 3


def test_path(tmp_path: Path) -> None:
    """A path gives its file; one that is not there is said by its name."""
    (tmp_path / "seven.png").write_bytes(encode(SEVEN))
    assert decode(tmp_path / "seven.png", LIMITS).size == (280, 280)
    assert decode(str(tmp_path / "seven.png"), LIMITS).size == (280, 280)
    with pytest.raises(UnreadablePicture, match=r"gone\.png"):
        decode(tmp_path / "gone.png", LIMITS)
    with pytest.raises(UnreadablePicture, match="directory"):
        decode(tmp_path, LIMITS)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_truncated(form: str) -> None:
    """A file that was cut short is refused as damaged, wherever it was cut."""
    data = encode(SEVEN, form)
    for share in (0.1, 0.5, 0.9):
        with pytest.raises(UnreadablePicture):
            decode(data[: int(len(data) * share)], LIMITS)


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"<svg/>", bytes(1000)])
def test_no_picture(data: bytes) -> None:
    """Bytes that are no picture are refused, and the supported formats are named."""
    with pytest.raises(UnreadablePicture, match="PNG, JPEG, WEBP"):
        decode(data, LIMITS)


def test_too_many_bytes(tmp_path: Path) -> None:
    """A file over the limit is refused before it is opened."""
    limits = Limits(max_bytes=100)
    (tmp_path / "large.png").write_bytes(encode(SEVEN))
    for picture in (encode(SEVEN), tmp_path / "large.png"):
        with pytest.raises(PictureTooLarge, match="up to 100 bytes"):
            decode(picture, limits)


def test_decompression_bomb() -> None:
    """A few kilobytes that would become a gigabyte are refused by their header."""
    header = b"IHDR" + (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    body = b"IDAT" + zlib.compress(bytes(1_000_000), 9)
    chunks = [
        (len(c) - 4).to_bytes(4, "big") + c + zlib.crc32(c).to_bytes(4, "big")
        for c in (header, body, b"IEND")
    ]
    with pytest.raises(PictureTooLarge, match="up to 20,000,000 pixels"):
        decode(b"\x89PNG\r\n\x1a\n" + b"".join(chunks), LIMITS)


def test_large_photo_is_decoded_reduced() -> None:
    """A photo of many megapixels keeps its size in the answer, but is decoded at a fraction."""
    photo = Image.new("L", (5000, 3600), 200)
    decoded = decode(encode(photo, "JPEG"), LIMITS)
    assert decoded.size == (5000, 3600)
    assert decoded.grey.size < 5_000_000


@pytest.mark.parametrize(
    ("picture", "word"),
    [
        (7, "int"),
        (None, "NoneType"),
        (np.zeros((3, 4, 5)), "(3, 4, 5)"),
        (np.zeros((0, 4)), "at least one pixel"),
        (np.full((4, 4), np.nan), "NaN"),
        (np.full((4, 4), -1.0), "-1"),
        (np.full((4, 4), "x"), "U1"),
        (np.zeros(9), "(9,)"),
    ],
)
def test_no_picture_object(picture: object, word: str) -> None:
    """An object that is no picture is refused, saying what came."""
    with pytest.raises(InvalidInput) as caught:
        decode(picture, LIMITS)
    assert word in str(caught.value)


def test_first_frame() -> None:
    """Of an animation the first frame is read."""
    file = io.BytesIO()
    frames = [Image.fromarray(SEVEN), Image.fromarray(255 - SEVEN)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    assert np.abs(decode(file.getvalue(), LIMITS).grey.astype(int) - SEVEN).mean() < 2
