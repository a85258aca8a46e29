"""Plain PNG files are decoded as Pillow would, and everything else is left to it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from digitlens.errors import PictureTooLarge, UnreadablePicture
from digitlens.reading.limits import Limits
from digitlens.reading.picture import decode
from digitlens.reading.png import decode_plain, plain_size

RNG = np.random.default_rng(1)
CHANNELS = {"L": 1, "RGB": 3, "RGBA": 4}


def png(mode: str, size: tuple[int, int]) -> bytes:
    """A file of noise."""
    width, height = size
    shape = (height, width) if mode == "L" else (height, width, CHANNELS[mode])
    return saved(Image.fromarray(RNG.integers(0, 256, shape, dtype=np.uint8)))


def saved(image: Image.Image, **options: object) -> bytes:
    """An image as a PNG file."""
    file = io.BytesIO()
    image.save(file, "PNG", **options)
    return file.getvalue()


@pytest.mark.parametrize("mode", CHANNELS)
@pytest.mark.parametrize("size", [(53, 37), (1, 1), (1, 9), (300, 2)])
def test_plain(mode: str, size: tuple[int, int]) -> None:
    """Grey, colour and colour with alpha of 8 bits come out as they were saved."""
    data = png(mode, size)
    assert plain_size(data) == size
    levels = decode_plain(data, size)
    assert levels is not None
    with Image.open(io.BytesIO(data)) as image:
        assert np.array_equal(levels.squeeze(), np.asarray(image).squeeze())


def test_not_plain() -> None:
    """What is turned, animated, has another ground, other bits or a palette is Pillow's."""
    grey = Image.fromarray(RNG.integers(0, 256, (9, 9), dtype=np.uint8))
    exif = Image.Exif()
    exif[0x0112] = 6
    assert plain_size(saved(grey)) == (9, 9)
    assert plain_size(saved(grey, exif=exif)) is None
    assert plain_size(saved(grey, transparency=255)) is None
    assert plain_size(saved(grey, save_all=True, append_images=[grey.rotate(90)])) is None
    assert plain_size(saved(grey.convert("P"))) is None
    assert plain_size(saved(grey.convert("1"))) is None
    assert plain_size(saved(grey.convert("I;16"))) is None
    assert plain_size(saved(grey.convert("LA"))) is None
    assert plain_size(saved(grey) + b"more") is None
    assert plain_size(b"") is None


def test_words_in_the_file() -> None:
    """Text and colour profiles beside the pixels change nothing."""
    note = PngInfo()
    note.add_text("Software", "a drawing program")
    data = saved(Image.fromarray(np.full((9, 9), 7, np.uint8)), pnginfo=note, dpi=(72, 72))
    levels = decode_plain(data, (9, 9))
    assert levels is not None
    assert (levels == 7).all()


@given(st.data())
def test_damage(data: st.DataObject) -> None:
    """A file in which one bit is wrong is decoded as Pillow does, or refused; never otherwise."""
    file = bytearray(saved(Image.fromarray(np.tile(np.arange(40, dtype=np.uint8), (40, 1)))))
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        grey = decode(bytes(file), Limits()).grey
    except (UnreadablePicture, PictureTooLarge):
        return
    with Image.open(io.BytesIO(bytes(file))) as image:
        assert np.array_equal(grey, np.asarray(image.convert("L")))


def test_pixels_are_counted_before_they_are_unpacked() -> None:
    """A small file with too many pixels is refused by what its head says."""
    data = saved(Image.new("L", (5000, 5000)))
    assert plain_size(data) == (5000, 5000)
    with pytest.raises(PictureTooLarge):
        decode(data, Limits(max_pixels=24_000_000))
