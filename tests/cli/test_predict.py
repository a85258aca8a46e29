"""`digitlens predict` writes what Kaggle takes."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np

from digitlens.models.bundle import load
from tests.cli.test_read import digitlens
from tests.training.mnist_like import draw

SHIPPED = "{0.name}, version {0.version}".format(load().card)


def write_csv(path: Path, digits: list[int]) -> Path:
    """Write digits as Kaggle's test.csv has them; a -1 is a picture without ink."""
    header = ",".join(f"pixel{index}" for index in range(784))
    empty = np.zeros((28, 28), np.uint8)
    images = [draw(digit, seed) if digit >= 0 else empty for seed, digit in enumerate(digits)]
    rows = [",".join(map(str, image.ravel())) for image in images]
    path.write_text("\n".join([header, *rows]) + "\n")
    return path


def test_submission(tmp_path: Path) -> None:
    """Each row of the file has a line, counted from 1, with the digit that it shows."""
    digits = [7, 1, 4, 0, 3, -1, 2]
    path = write_csv(tmp_path / "test.csv", digits)
    done = digitlens("predict", path, "--submission", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr
    head, *lines = (tmp_path / "out.csv").read_text().splitlines()
    assert head == "ImageId,Label"
    assert [int(line.split(",")[0]) for line in lines] == list(range(1, 8))
    read = [int(line.split(",")[1]) for line in lines]
    assert [r for r, d in zip(read, digits, strict=True) if d >= 0] == [d for d in digits if d >= 0]
    assert f"7 digits read by {SHIPPED}".encode() in done.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"test.csv", "out.csv"}


def test_gzipped(tmp_path: Path) -> None:
    """A gzipped file is read the same."""
    plain = write_csv(tmp_path / "test.csv", [3, 8])
    packed = tmp_path / "test.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert digitlens("predict", packed, "--submission", tmp_path / "out.csv").returncode == 0
    assert (tmp_path / "out.csv").read_text() == "ImageId,Label\n1,3\n2,8\n"


def test_not_overwritten(tmp_path: Path) -> None:
    """A file that is there is kept, unless --force says otherwise."""
    path, out = write_csv(tmp_path / "test.csv", [5]), tmp_path / "out.csv"
    out.write_text("mine")
    done = digitlens("predict", path, "--submission", out)
    assert done.returncode == 2
    assert b"--submission: expected a file that is not there yet, or --force" in done.stderr
    assert out.read_text() == "mine"
    assert digitlens("predict", path, "--submission", out, "--force").returncode == 0
    assert out.read_text() == "ImageId,Label\n1,5\n"


def test_damaged(tmp_path: Path) -> None:
    """A wrong row is said with file and line; nothing is written."""
    path = write_csv(tmp_path / "test.csv", [5, 6])
    path.write_text(path.read_text().replace("\n0,", "\n256,", 1))
    done = digitlens("predict", path, "--submission", tmp_path / "out.csv")
    assert done.returncode == 2
    assert b"test.csv, line 2" in done.stderr
    assert not (tmp_path / "out.csv").exists()
