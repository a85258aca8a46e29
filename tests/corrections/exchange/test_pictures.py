"""CSV in Kaggle's form and folders of PNG: out and in again, the same pictures and labels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from digitlens.corrections import NONE, Filter, Store
from digitlens.corrections.address import of_file
from digitlens.corrections.exchange.folder import read_folder, write_folder
from digitlens.corrections.exchange.forms import Taken
from digitlens.corrections.exchange.seen import take_in
from digitlens.corrections.exchange.table import read_table, write_table
from digitlens.errors import DataError, InvalidInput
from digitlens.models.bundle import load
from digitlens.reading.reader import Reader
from digitlens.training.data.csv_source import read_csv
from tests.corrections.said import glyph, picture, said, seen
from tests.drawings import canvas, strokes_of

ACCEPTED = Filter(status="accepted")


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    """Twelve corrections: each digit, none, and one that waits; all others are accepted."""
    store = Store(of_file(tmp_path / "full.db"))
    for number in range(12):
        store.add(said(f"r{number}", glyph(number, should=number % 11)))
    ids = [row.id for row in store.page(order="newest").rows]
    store.decide(ids[1:], "accept")
    yield store
    store.close()


def labelled(store: Store) -> set[tuple[int, bytes]]:
    """Labels and pictures of what is accepted."""
    return {(row.should, row.seen.tobytes()) for row in store.accepted()}


def test_kaggle(full: Store, tmp_path: Path) -> None:
    """Training takes the CSV file as it takes Kaggle's; what is no digit is left out, and said."""
    written = write_table(full, tmp_path / "c.csv", ACCEPTED)
    assert (written.count, written.left_out) == (10, 1)
    images, labels = read_csv(tmp_path / "c.csv")
    assert labels is not None
    assert labels.tolist() == list(range(10))
    np.testing.assert_array_equal(images, np.stack([seen(seed) for seed in range(10)]))
    header = (tmp_path / "c.csv").read_text().split("\n")[0]
    assert header.startswith("label,pixel0,pixel1,")
    assert header.endswith(",pixel783")


@pytest.mark.parametrize("name", ["c.csv", "c.csv.gz"])
def test_table_out_and_in(full: Store, store: Store, tmp_path: Path, name: str) -> None:
    """All that was accepted comes back accepted, once, however often it is taken in."""
    write_table(full, tmp_path / name, ACCEPTED, with_none=True)
    model = load()
    assert take_in(store, read_table(tmp_path / name), model, accept=True) == Taken(11, 0)
    assert take_in(store, read_table(tmp_path / name), model, accept=True) == Taken(0, 11)
    assert labelled(store) == labelled(full)


def test_folder_out_and_in(full: Store, store: Store, tmp_path: Path) -> None:
    """Folders have a picture for each, and come back as they were; `none` among them."""
    written = write_folder(full, tmp_path / "out", ACCEPTED)
    assert written.count == 11
    names = {each.parent.name for each in (tmp_path / "out").glob("*/*.png")}
    assert names == {*map(str, range(10)), "none"}
    (tmp_path / "out" / "3" / ".DS_Store").touch()
    taken = take_in(store, read_folder(tmp_path / "out"), load(), accept=True)
    assert taken == Taken(11, 0)
    assert labelled(store) == labelled(full)
    assert any(row.should == NONE for row in store.accepted())


def test_what_a_network_reads_in_them(store: Store) -> None:
    """What is taken in has the answer of the model that was asked, and may wait for a review."""
    reading = Reader().read(canvas(strokes_of("7")))
    shown = np.rint(reading.seen[0] * 255).astype(np.uint8)
    take_in(store, [(1, shown)], load(), accept=False)
    (row,) = store.page().rows
    assert (row.read, row.given, row.status, row.client) == (7, 1, "pending", "import")
    assert row.confidence == pytest.approx(reading.digits[0].confidence, abs=0.01)
    assert (row.model, row.version) == reading.model


def test_chosen_ones(full: Store, tmp_path: Path) -> None:
    """A filter chooses what is written."""
    assert write_table(full, tmp_path / "p.csv", Filter(status="pending")).count == 1
    assert write_folder(full, tmp_path / "all", Filter()).count == 12


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("1,2,3", "line 2: expected 785 columns"),
        (",".join(["11"] + ["0"] * 784), "label"),
        (",".join(["1"] + ["256"] * 784), "pixels"),
        (",".join(["1"] + ["-1"] * 784), "pixels"),
        (",".join(["1"] + ["x"] * 784), "whole numbers"),
    ],
)
def test_wrong_tables(tmp_path: Path, line: str, word: str) -> None:
    """A line that is wrong is named."""
    (tmp_path / "c.csv").write_text(f"label,pixel0\n{line}\n")
    with pytest.raises(DataError, match=word):
        list(read_table(tmp_path / "c.csv"))


def test_wrong_folders(full: Store, tmp_path: Path) -> None:
    """A folder without such folders, a picture of another size, and a full folder are refused."""
    with pytest.raises(DataError, match="none of them"):
        list(read_folder(tmp_path))
    (tmp_path / "in" / "4").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "in" / "4" / "large.png"), picture(1, 30, 30))
    with pytest.raises(DataError, match=r"large\.png"):
        list(read_folder(tmp_path / "in"))
    (tmp_path / "in" / "4" / "large.png").write_text("no picture")
    with pytest.raises(DataError, match="no picture"):
        list(read_folder(tmp_path / "in"))
    with pytest.raises(InvalidInput, match="empty"):
        write_folder(full, tmp_path / "in", ACCEPTED)
