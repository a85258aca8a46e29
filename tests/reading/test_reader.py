"""A picture goes in, and the right text comes out, wherever and however it is written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits

import digitlens
from digitlens import Limits, Reader
from digitlens.errors import PictureTooLarge, StrokesError, UnreadablePicture
from tests.drawings import DIGITS, canvas, encode, photo, strokes_of

READER = Reader()


@settings(max_examples=300, deadline=None)
@given(
    digit=st.sampled_from(sorted(DIGITS)),
    share=st.floats(0.15, 0.95),
    pen=st.floats(0.02, 0.15),
    across=st.floats(0, 1),
    down=st.floats(0, 1),
    light_on_dark=st.booleans(),
)
def test_same_strokes_same_text(
    digit: str, share: float, pen: float, across: float, down: float, light_on_dark: bool
) -> None:
    """The same strokes anywhere, at any size, with any pen, in either polarity: the same text."""
    height = share * 280
    width = max(1, pen * height)
    drawing = canvas(strokes_of(digit), height, width, (across, down), light_on_dark=light_on_dark)
    assert READER.read(drawing).text == digit


@settings(max_examples=60, deadline=None)
@given(
    text=st.text("0123456789", min_size=2, max_size=6),
    gap=st.floats(0.25, 0.7),
    pen=st.floats(0.03, 0.12),
)
def test_numbers(text: str, gap: float, pen: float) -> None:
    """Several digits with space between them are read as the number, in reading order."""
    drawing = canvas(strokes_of(text, gap), 90, pen * 90, size=(800, 200))
    reading = READER.read(drawing)
    assert reading.text == text
    assert [str(digit.digit) for digit in reading.digits] == list(text)


@pytest.mark.parametrize("digit", DIGITS)
@pytest.mark.parametrize("light", ["even", "slope", "shadow"])
@pytest.mark.parametrize("contrast", [0.7, 0.2])
def test_photos(digit: str, light: str, contrast: float) -> None:
    """A photo with slanting light, a shadow, or a faint pencil is read."""
    drawing = canvas(strokes_of(digit), 160, 14)
    assert READER.read(encode(photo(drawing, light, contrast), "JPEG")).text == digit


@pytest.mark.parametrize("digit", DIGITS)
def test_strokes(digit: str) -> None:
    """Strokes are read as what they draw, in any unit, and boxes are in that unit."""
    for unit in (0.01, 1, 500):
        strokes = [[[x * unit + 7, y * unit - 3] for x, y in s] for s in strokes_of(digit)]
        assert READER.read(strokes).text == digit
    box = READER.read([[[x * 500, y * 500] for x, y in s] for s in strokes_of(digit)]).digits[0].box
    assert 450 < box.height < 600


@pytest.mark.parametrize("digit", DIGITS)
def test_hairline_on_a_large_picture(digit: str) -> None:
    """A pen of one pixel on a large picture is read, though its line fades when it is reduced."""
    assert READER.read(canvas(strokes_of(digit), 560, 1, size=(640, 640))).text == digit


def test_boxes() -> None:
    """A box surrounds its digit in pixels of the picture, also of one that was reduced."""
    for size in (280, 2800):
        drawing = canvas(strokes_of("3"), size / 2, size / 20, (0.9, 0.1), size=(size, size))
        rows = np.flatnonzero((drawing < 128).any(axis=1))
        columns = np.flatnonzero((drawing < 128).any(axis=0))
        reading = READER.read(drawing)
        box = reading.digits[0].box
        assert reading.size == (size, size)
        found = [box.x, box.y, box.x + box.width, box.y + box.height]
        truth = [columns[0], rows[0], columns[-1] + 1, rows[-1] + 1]
        assert np.abs(np.subtract(found, truth)).max() <= max(1, size / 250)


@pytest.mark.parametrize(
    "picture",
    [
        np.full((280, 280), 255, np.uint8),
        np.zeros((280, 280), np.uint8),
        np.full((1, 1), 9, np.uint8),
        np.zeros((280, 280, 4), np.uint8),
        photo(np.full((280, 280), 255, np.uint8), "slope"),
        [],
        [[]],
    ],
    ids=["white", "black", "one pixel", "transparent", "photo", "no strokes", "empty stroke"],
)
def test_blank(picture: object) -> None:
    """Without ink the answer is `blank`, never a guess."""
    reading = READER.read(picture)
    assert (reading.text, reading.status, reading.digits) == ("", "blank", ())
    assert reading.confidence == 0


def test_probabilities() -> None:
    """A digit has ten probabilities that add up to 1, the highest being its confidence."""
    digit = READER.read(canvas(strokes_of("8"))).digits[0]
    assert len(digit.probabilities) == 10
    assert sum(digit.probabilities) == pytest.approx(1)
    assert max(digit.probabilities) == digit.confidence == digit.probabilities[digit.digit]


def test_real_handwriting() -> None:
    """Digits by 43 people (UCI, 8×8 pixels, none like MNIST's) are mostly read right."""
    images, labels = load_digits(return_X_y=True)
    pictures = (images.reshape(-1, 8, 8) * 15.9).astype(np.uint8)
    pictures = [
        np.pad(cv2.resize(p, (64, 64), interpolation=cv2.INTER_CUBIC), 20) for p in pictures
    ]
    texts = [reading.text for reading in READER.read_many(pictures)]
    right = np.mean([text == str(label) for text, label in zip(texts, labels, strict=True)])
    assert right > 0.93


def test_one_point_is_a_dot() -> None:
    """A single point is ink, not an error."""
    assert READER.read([[[5, 5]]]).status != "blank"


@pytest.mark.parametrize(
    "strokes",
    [
        [1, 2],
        [[1, 2]],
        [[[1, 2, 3]]],
        [[["a", "b"]]],
        [[[float("nan"), 0]]],
        [[[1e300, 0]]],
        [[{}]],
    ],
)
def test_wrong_strokes(strokes: object) -> None:
    """Strokes of another form are refused, naming the stroke."""
    with pytest.raises(StrokesError, match="strokes"):
        READER.read(strokes)


def test_too_many_points() -> None:
    """More points than the limit are refused."""
    with pytest.raises(StrokesError, match="up to 100 points"):
        Reader(limits=Limits(max_points=100)).read([[[x, x] for x in range(101)]])


def test_limits() -> None:
    """A reader keeps to the limits that it was given."""
    with pytest.raises(PictureTooLarge, match="up to 100 pixels"):
        Reader(limits=Limits(max_pixels=100)).read(np.zeros((11, 11), np.uint8))


def test_read_many_keeps_order() -> None:
    """Many pictures give their readings in their order, the same as one by one."""
    pictures = [canvas(strokes_of(d), height=100) for d in DIGITS] * 11
    pictures[3] = np.zeros((5, 5), np.uint8)
    many = READER.read_many(iter(pictures))
    assert [reading.text for reading in many[:10]] == ["0", "1", "2", "", *"456789"]
    for one, other in zip(many, map(READER.read, pictures), strict=True):
        assert (one.text, one.status) == (other.text, other.status)
        assert one.confidence == pytest.approx(other.confidence, abs=1e-4)
    assert READER.read_many([]) == []


def test_read_each_holds_few_pictures() -> None:
    """A long row of pictures is not taken at once: the first reading comes early."""
    taken = 0

    def pictures() -> Iterator[np.ndarray]:
        nonlocal taken
        for _ in range(100_000):
            taken += 1
            yield np.full((8, 8), 255, np.uint8)

    readings = READER.read_each(pictures())
    assert next(readings).status == "blank"
    assert taken < 2000
    readings.close()


def test_read_many_says_what_is_wrong() -> None:
    """One picture that cannot be read fails the call."""
    with pytest.raises(UnreadablePicture):
        READER.read_many([canvas(strokes_of("1")), b"no picture"])


def test_threads() -> None:
    """One reader serves many threads at once, each with the right answers."""
    drawings = {
        text: encode(canvas(strokes_of(text), size=(500, 200))) for text in ("1", "23", "7")
    }
    asked = [*drawings] * 60
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda text: READER.read(drawings[text]).text, asked))
    assert texts == asked


def test_stages() -> None:
    """A reading hands out the picture at every stage; the last one is what the network saw."""
    reading = READER.read(encode(canvas(strokes_of("25"), size=(400, 280))))
    stages = reading.stages()
    assert stages.grey.shape == stages.ink.shape == (280, 400)
    assert len(stages.glyphs) == 2
    for glyph, seen in zip(stages.glyphs, reading.seen, strict=True):
        assert glyph.cut.shape[0] == pytest.approx(140, abs=2)
        assert np.array_equal(glyph.seen, seen)


def test_shorthand(tmp_path: Path) -> None:
    """`digitlens.read` reads a file with the shipped model."""
    (tmp_path / "four.png").write_bytes(encode(canvas(strokes_of("4"))))
    assert digitlens.read(tmp_path / "four.png").text == "4"


def test_import_is_light() -> None:
    """Importing digitlens imports no TensorFlow, no Keras and no Flask."""
    heavy = "{'tensorflow', 'keras', 'flask', 'pydantic', 'rich', 'sqlalchemy'}"
    code = f"import sys, digitlens; digitlens.Reader(); print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
