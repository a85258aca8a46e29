"""Sources are put together, and nothing of the test set is among them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from digitlens.errors import DataError
from digitlens.training.data.mnist import load_mnist
from digitlens.training.data.sources import gather, load_sources
from tests.training.tables import HEADER, digits, lines

IMAGES, LABELS = digits(12)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A CSV file with twelve digits."""
    path = tmp_path / "mine.csv"
    path.write_text("\n".join([HEADER, *lines(IMAGES, LABELS)]))
    return path


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with the same digits, enlarged."""
    folder = tmp_path / "digits"
    for index, (image, label) in enumerate(zip(IMAGES, LABELS, strict=True)):
        write_picture(folder / str(label) / f"{index}.png", cv2.resize(image, (112, 112)))
    return folder


def write_picture(path: Path, picture: object) -> None:
    """Write a picture, and the folder that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture)  # type: ignore[call-overload] # OpenCV's types of arrays


def test_combined(small_data: Path, table: Path, pictures: Path) -> None:
    """All pictures of all sources come, in the order in which they were named."""
    said: list[str] = []
    specs = ["mnist", f"csv:{table}", f"folder:{pictures}"]
    data = load_sources(specs, small_data, say=said.append)
    assert len(data) == 240 + 12 + 12
    assert np.array_equal(data.images[240:252], IMAGES)
    assert np.array_equal(data.labels[240:252], LABELS)
    assert np.array_equal(data.labels[252:], np.sort(LABELS))
    assert (data.images.dtype, data.labels.dtype) == (np.uint8, np.int64)


def test_the_test_set_is_left_out(small_data: Path, table: Path) -> None:
    """Rows that are pictures of the test set are left out, and how many is said."""
    test = load_mnist(small_data, "t10k")
    table.write_text("\n".join([*lines(IMAGES, LABELS), *lines(test.images[:3], test.labels[:3])]))
    said: list[str] = []
    data = load_sources([f"csv:{table}"], small_data, say=said.append)
    assert np.array_equal(data.images, IMAGES)
    assert any("3 pictures of MNIST's test set left out" in line for line in said)


@pytest.mark.parametrize("dark_on_light", [False, True])
def test_the_test_set_is_left_out_of_folders(
    dark_on_light: bool, small_data: Path, pictures: Path
) -> None:
    """A picture file of a test digit is one of the test set too, whatever reading makes of it."""
    test = load_mnist(small_data, "t10k").images[5]
    shown = 255 - test if dark_on_light else test
    write_picture(pictures / "5" / "leak.png", shown)
    gathered = gather([f"folder:{pictures}"], small_data, say=lambda _: None)
    assert (len(gathered.data), gathered.leaks, len(gathered.training)) == (13, 1, 12)


def test_nothing_but_the_test_set(small_data: Path, table: Path) -> None:
    """Where nothing else is left, there is nothing to train on."""
    test = load_mnist(small_data, "t10k")
    table.write_text("\n".join(lines(test.images, test.labels)))
    with pytest.raises(DataError, match="only those of MNIST's test set"):
        load_sources([f"csv:{table}"], small_data, say=lambda _: None)


def test_repeats(small_data: Path, table: Path) -> None:
    """Pictures that come twice are counted and kept."""
    said: list[str] = []
    data = load_sources([f"csv:{table}", f"csv:{table}"], small_data, say=said.append)
    assert len(data) == 24
    assert said == ["12 pictures the same as others, kept"]


def test_without_the_test_set(tmp_path: Path, table: Path) -> None:
    """Where MNIST is not at hand, one's own data are taken and it is said what is not known."""
    said: list[str] = []
    data = load_sources([f"csv:{table}"], tmp_path, say=said.append)
    assert len(data) == 12
    assert len(said) == 1
    assert "not at hand" in said[0]
    with pytest.raises(DataError, match="DIGITLENS_DATA_DIR"):
        load_sources(["mnist"], tmp_path)


@pytest.mark.parametrize(
    "spec", ["emnist", "cvs:train.csv", "csv", "csv:", "folder:", "mnist:", ""]
)
def test_unknown(spec: str, tmp_path: Path) -> None:
    """An unknown kind of source is an error that lists the known."""
    with pytest.raises(
        DataError,
        match="expected mnist, strokes, styles, others, csv:PATH or folder:PATH",
    ):
        load_sources([spec], tmp_path)


def test_none(tmp_path: Path) -> None:
    """No source at all is an error."""
    with pytest.raises(DataError, match="one or more of"):
        load_sources([], tmp_path)


def test_skip_bad(small_data: Path, table: Path) -> None:
    """It goes through to each source."""
    with table.open("a") as file:
        file.write("\n1,2")
    said: list[str] = []
    assert len(load_sources([f"csv:{table}"], small_data, skip_bad=True, say=said.append)) == 12
    assert any("1 row skipped" in line for line in said)
