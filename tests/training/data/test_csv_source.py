"""CSV files are read in every form that people have them, and every mistake is found."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlens.errors import DataError
from digitlens.training.data.csv_source import read_csv
from tests.training.tables import HEADER, digits, lines

IMAGES, LABELS = digits(12)
LINES = lines(IMAGES, LABELS)


def write(folder: Path, rows: list[str], end: str = "\n", name: str = "train.csv") -> Path:
    """Write lines to a file."""
    path = folder / name
    path.write_bytes("".join(row + end for row in rows).encode())
    return path


def changed(row: int, column: int, text: str) -> list[str]:
    """The lines with a header and one field that is another."""
    fields = LINES[row].split(",")
    fields[column] = text
    return [HEADER, *LINES[:row], ",".join(fields), *LINES[row + 1 :]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("header", [True, False], ids=["header", "plain"])
def test_line_ends(end: str, header: bool, tmp_path: Path) -> None:
    """Lines may end as on any system, with a header or without."""
    images, labels = read_csv(write(tmp_path, [HEADER] * header + LINES, end))
    assert np.array_equal(images, IMAGES)
    assert np.array_equal(labels, LABELS)
    assert (images.dtype, images.shape) == (np.uint8, (12, 28, 28))


def test_more_than_a_block(tmp_path: Path) -> None:
    """A file that is parsed in several pieces is read whole and in order."""
    rows = [LINES[index % 12] for index in range(1203)]
    images, labels = read_csv(write(tmp_path, [HEADER, *rows]))
    assert np.array_equal(images, IMAGES[np.arange(1203) % 12])
    assert np.array_equal(labels, LABELS[np.arange(1203) % 12])


def test_gzip(tmp_path: Path) -> None:
    """A gzipped file is unpacked, whatever its name; one that is cut short is refused."""
    path = tmp_path / "train.csv.gz"
    packed = gzip.compress("\n".join([HEADER, *LINES]).encode())
    path.write_bytes(packed)
    assert np.array_equal(read_csv(path)[0], IMAGES)
    path.write_bytes(packed[:-9])
    with pytest.raises(DataError, match="a CSV file"):
        read_csv(path)


def test_byte_order_mark_and_empty_lines(tmp_path: Path) -> None:
    """What programs add around the rows is not taken for rows."""
    rows = ["\ufeff" + HEADER, "", *LINES, "", " "]
    assert np.array_equal(read_csv(write(tmp_path, rows))[0], IMAGES)


def test_label_in_another_column(tmp_path: Path) -> None:
    """The header says which column is the label."""
    rows = [HEADER, *LINES]
    moved = [",".join([*row.split(",")[1:], row.split(",")[0]]) for row in rows]
    images, labels = read_csv(write(tmp_path, moved))
    assert np.array_equal(images, IMAGES)
    assert np.array_equal(labels, LABELS)


def test_header_of_numbers(tmp_path: Path) -> None:
    """A header may name its pixels by numbers, as pandas does."""
    header = ",".join(["label", *map(str, range(784))])
    assert np.array_equal(read_csv(write(tmp_path, [header, *LINES]))[0], IMAGES)


def test_a_wrong_first_row_is_no_header(tmp_path: Path) -> None:
    """Without a header, a first row with a wrong field is an error like any other."""
    with pytest.raises(DataError, match=r"line 1, column pixel12: .* Received: 'NaN'"):
        read_csv(write(tmp_path, changed(0, 13, "NaN")[1:]))
    with pytest.raises(DataError, match=r"line 1, column label: .* Received: 'x'"):
        read_csv(write(tmp_path, changed(0, 0, "x")[1:]))


def test_without_labels(tmp_path: Path) -> None:
    """Kaggle's test.csv has none; it is read where none are needed, blank pictures included."""
    images = IMAGES.copy()
    images[3] = 0
    path = write(tmp_path, [HEADER.removeprefix("label,"), *lines(images)])
    found, labels = read_csv(path, labelled=False)
    assert labels is None
    assert np.array_equal(found, images)
    with pytest.raises(DataError, match=r"line 1: expected 785 columns, a label and 784 pixels"):
        read_csv(path)


def test_labels_that_are_not_needed(tmp_path: Path) -> None:
    """A file with labels is read with them where none are needed."""
    labels = read_csv(write(tmp_path, [HEADER, *LINES]), labelled=False)[1]
    assert np.array_equal(labels, LABELS)


@pytest.mark.parametrize(
    ("column", "text", "named"),
    [
        (0, "10", "label: expected a whole number from 0 to 9. Received: '10'"),
        (0, "-1", "label: expected a whole number from 0 to 9. Received: '-1'"),
        (0, "seven", "label: expected a whole number from 0 to 9. Received: 'seven'"),
        (1, "256", "pixel0: expected a whole number from 0 to 255. Received: '256'"),
        (13, "NaN", "pixel12: expected a whole number from 0 to 255. Received: 'NaN'"),
        (784, "", "pixel783: expected a whole number from 0 to 255. Received: ''"),
        (300, "0.5", "pixel299: expected a whole number from 0 to 255. Received: '0.5'"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_wrong_field(column: int, text: str, named: str, end: str, tmp_path: Path) -> None:
    """The error names file, line and column, and says what stands there."""
    path = write(tmp_path, changed(4, column, text), end)
    with pytest.raises(DataError) as raised:
        read_csv(path)
    assert str(raised.value) == f"{path}, line 6, column {named}."


@pytest.mark.parametrize("row", ["1,2,3", LINES[0] + ",0"], ids=["few", "many"])
def test_wrong_number_of_columns(row: str, tmp_path: Path) -> None:
    """A row with too few or too many columns is named by its line."""
    path = write(tmp_path, [HEADER, "", *LINES[:3], row])
    with pytest.raises(DataError, match=r"train.csv, line 6: expected 785 columns. Received: "):
        read_csv(path)


def test_wrong_header(tmp_path: Path) -> None:
    """A header of another kind of table is refused."""
    with pytest.raises(DataError, match=r"line 1: expected 785 columns.* Received: 3"):
        read_csv(write(tmp_path, ["name,age,place", "a,1,b"]))


def test_picture_without_ink(tmp_path: Path) -> None:
    """A labelled picture that shows nothing cannot be trained on."""
    blank = ",".join(["3"] + ["0"] * 784)
    with pytest.raises(DataError, match=r"line 3: expected a digit. Received: a picture without"):
        read_csv(write(tmp_path, [HEADER, LINES[0], blank, LINES[1]]))


@pytest.mark.parametrize("content", [b"", b"\n\n", HEADER.encode()], ids=["none", "ends", "header"])
def test_nothing_in_it(content: bytes, tmp_path: Path) -> None:
    """A file without a row is an error."""
    path = tmp_path / "train.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"train.csv"):
        read_csv(path)


def test_no_such_file(tmp_path: Path) -> None:
    """A file that is not there is an error that names it."""
    with pytest.raises(DataError, match=r"gone.csv: expected a CSV file. Received: No such file"):
        read_csv(tmp_path / "gone.csv")


def test_skip_bad(tmp_path: Path) -> None:
    """Rows that are wrong are left out, counted, and the first is said; the others stay."""
    blank = ",".join(["3"] + ["0"] * 784)
    rows = [*changed(4, 13, "NaN"), "1,2", blank]
    said: list[str] = []
    images, labels = read_csv(write(tmp_path, rows), skip_bad=True, say=said.append)
    assert np.array_equal(images, np.delete(IMAGES, 4, axis=0))
    assert np.array_equal(labels, np.delete(LABELS, 4))
    assert len(said) == 1
    assert "3 rows skipped. The first: " in said[0]
    assert "line 6, column pixel12" in said[0]


def test_skip_the_first_row(tmp_path: Path) -> None:
    """The first row of a file without a header may be left out like any other."""
    images, _ = read_csv(write(tmp_path, ["1,2", *LINES]), skip_bad=True)
    assert np.array_equal(images, IMAGES)


def test_nothing_left(tmp_path: Path) -> None:
    """A file in which every row is wrong is an error all the same."""
    with pytest.raises(DataError, match="expected rows with digits"):
        read_csv(write(tmp_path, [HEADER, "1,2"]), skip_bad=True)


def test_dark_on_light(tmp_path: Path) -> None:
    """Digits that are dark on light are turned, and it is said."""
    said: list[str] = []
    images, _ = read_csv(write(tmp_path, lines(255 - IMAGES, LABELS)), say=said.append)
    assert np.array_equal(images, IMAGES)
    assert "dark on light" in said[0]


def test_zeros_and_ones(tmp_path: Path) -> None:
    """Pixels that are 0 or 1 are taken as 0 and 255, and it is said."""
    said: list[str] = []
    binary = (IMAGES > 127).astype(np.uint8)
    images, _ = read_csv(write(tmp_path, lines(binary, LABELS)), say=said.append)
    assert np.array_equal(images, binary * 255)
    assert "0 or 1" in said[0]


GOOD = "\n".join([HEADER, *LINES[:3]]).encode()


@given(at=st.integers(0, len(GOOD) - 1), by=st.binary(max_size=3), packed=st.booleans())
def test_damage_anywhere(
    at: int, by: bytes, packed: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever bytes come between the others, the file is read or refused in words."""
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    data = gzip.compress(GOOD, 1) if packed else GOOD
    at %= len(data)
    path.write_bytes(data[:at] + by + data[at + 1 :])
    refused = ""
    try:
        images, labels = read_csv(path)
    except DataError as error:
        refused = str(error)
    if refused:
        assert "damaged.csv" in refused
        return
    assert labels is not None
    assert images.shape == (len(labels), 28, 28)
    assert set(labels) <= set(range(10))
