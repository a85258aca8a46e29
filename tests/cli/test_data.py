"""`digitlens data` says what is in the data, fetches them, and shows what a network is shown."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from digitlens.cli import group
from digitlens.cli.data import command
from digitlens.training.data.mnist import load_mnist
from tests.cli.test_read import digitlens
from tests.drawings import canvas, encode, strokes_of
from tests.training.conftest import small_data as small_data  # a fixture
from tests.training.drawn_files import write_drawings
from tests.training.tables import HEADER, digits, lines

PAGE = Path(__file__).parent.parent.parent / "docs" / "data.md"


@pytest.fixture
def table(small_data: Path, tmp_path: Path) -> Path:
    """A CSV file: twelve digits, one of them again, one of the test set, one wrong row."""
    images, labels = digits(12)
    test = load_mnist(small_data, "t10k")
    rows = [*lines(images, labels), lines(images[:1], labels[:1])[0]]
    rows += lines(test.images[:1], test.labels[:1])
    path = tmp_path / "mine.csv"
    path.write_text("\n".join([HEADER, *rows, "1,2,3"]))
    return path


def data(*arguments: str | Path) -> Result:
    """Run the command in this process, in which the drawn stand-in for MNIST has its checksums."""
    done = CliRunner().invoke(command, [str(one) for one in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def test_info(small_data: Path, table: Path) -> None:
    """It counts classes and sources, repeats and leaks, for people and for programs."""
    options = ["--data", "mnist", "--data", f"csv:{table}", "--skip-bad", "--data-dir", small_data]
    done = data("info", *options)
    assert "1 row skipped. The first: " in done.stderr
    printed = [line.split() for line in done.stdout.splitlines()]
    assert printed[1] == ["mnist", "240", *["24"] * 10]
    assert printed[3] == ["all", "254", "28", "26", *["25"] * 8]
    facts = json.loads(data("info", "--json", *options).stdout)
    assert [source["pictures"] for source in facts["sources"]] == [240, 14]
    counts = {key: value for key, value in facts.items() if key != "sources"}
    assert counts == {"pictures": 254, "repeats": 1, "in_test_set": 1, "to_train_on": 253}


def test_mean(small_data: Path, tmp_path: Path) -> None:
    """The mean picture of a digit is bright where most of them have ink."""
    path = tmp_path / "mean.png"
    data("info", "--mean", path, "--data-dir", small_data)
    sheet = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    assert sheet is not None
    width = sheet.shape[1] / 11
    one = sheet[6:90, round(2 * width) : round(3 * width)]
    zero = sheet[6:90, round(width) : round(2 * width)]
    middle = slice(38, 46), slice(38, 52)
    assert one[middle].max() > 150
    assert zero[middle].max() < one[middle].max()


def test_preview(small_data: Path, tmp_path: Path) -> None:
    """The sheet has as many pictures as are asked for; what is asked of them is done to them."""
    first, again, binary = (tmp_path / f"{name}.png" for name in ("first", "again", "binary"))
    options = ["--data-dir", small_data, "--count", "20"]
    done = data("preview", "--out", first, *options)
    assert f"20 pictures: {first}" in done.stdout
    data("preview", "--out", again, *options)
    assert first.read_bytes() == again.read_bytes()
    data("preview", "binary=1", "augmentation.elastic=0.5", "--out", binary, *options)
    with Image.open(binary) as image:
        levels = set(np.unique(np.asarray(image)[6:90, 6:90]).tolist())
    assert levels == {0, 255}
    assert binary.read_bytes() != first.read_bytes()


def test_fetch(small_data: Path) -> None:
    """What is there is checked, and where it is is said."""
    assert f"in {small_data / 'mnist'}" in data("fetch", "--data-dir", small_data).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["info", "--data", "cvs:x"],
            "Error: data: expected mnist, strokes, styles, others, csv:PATH",
        ),
        (["preview", "elatic=1"], "did you mean augmentation.elastic?"),
        (["info", "--data", "csv:gone.csv"], "Error: gone.csv: expected a CSV file."),
    ],
)
def test_mistakes(arguments: list[str], said: str) -> None:
    """A mistake ends in one line that says what was expected, and status 2."""
    done = digitlens("data", *arguments)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


def test_page(
    small_data: Path, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command of the page that looks at data runs as it stands there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIGITLENS_DATA_DIR", str(small_data))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write_drawings(small_data)
    table.rename("train.csv")
    for digit in "0123456789":
        Path("digits", digit).mkdir(parents=True)
        Path("digits", digit, "one.png").write_bytes(encode(canvas(strokes_of(digit))))
    found = re.findall(r"^digitlens (data .*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(found) >= 5
    _without_the_wrong_row(Path("train.csv"))
    for line in found:
        done = CliRunner().invoke(group, shlex.split(line), catch_exceptions=False)
        assert done.exit_code == 0, done.output


def _without_the_wrong_row(path: Path) -> None:
    path.write_text("\n".join(path.read_text().splitlines()[:-1]))


def test_none(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no digit is counted in a column of its own, and shown as such."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write_drawings(small_data)
    options = ["--data", "styles:20", "--data", "others:12", "--data-dir", small_data]
    printed = [line.split() for line in data("info", *options).stdout.splitlines()]
    assert printed[0][-2:] == ["9", "none"]
    assert printed[1][1:] == ["20", *["2"] * 10, "0"]
    assert printed[2][1:] == ["12", *["0"] * 10, "12"]
    assert printed[3][1:] == ["32", *["2"] * 10, "12"]
    sheet = tmp_path / "sheet.png"
    assert "12 pictures" in data("preview", *options[2:], "--out", sheet).stdout
    assert sheet.exists()
