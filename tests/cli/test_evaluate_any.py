"""`digitlens evaluate` measures any network on any digits."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from digitlens.models.bundle import load
from tests.cli.test_read import digitlens
from tests.training.mnist_like import draw

SHIPPED = "{0.name}, version {0.version}".format(load().card)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """A CSV of forty digits, of which two have a wrong label."""
    labels = np.arange(40) % 10
    images = [draw(int(label), seed) for seed, label in enumerate(labels)]
    labels[:2] = (9, 8)
    rows = [
        f"{label}," + ",".join(map(str, image.ravel()))
        for label, image in zip(labels, images, strict=True)
    ]
    path = tmp_path / "digits.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def test_shipped_on_csv(labelled: Path, tmp_path: Path) -> None:
    """It prints accuracy, classes, confusion and mistakes, and writes these as pictures."""
    done = digitlens("evaluate", "--data", f"csv:{labelled}", "--mistakes", tmp_path / "mistakes")
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    for words in ("95 % interval", "calibration", "confusion", "precision", "9 read as 0"):
        assert words in text
    assert {"0.png", "1.png"} <= {path.name for path in (tmp_path / "mistakes").iterdir()}
    assert b"Tensor" not in done.stderr


def test_json(labelled: Path) -> None:
    """With --json it is for programs, and says of what."""
    done = digitlens("evaluate", "--json", "--data", f"csv:{labelled}", "--limit", "30")
    found = json.loads(done.stdout)
    assert (found["model"], found["count"]) == (SHIPPED, 30)
    assert found["data"] == [f"csv:{labelled}"]
    assert np.array(found["confusion"]).sum() == 30
    assert found["accuracy"] == pytest.approx(28 / 30, abs=0.04)


def test_network_of_keras(labelled: Path, tmp_path: Path) -> None:
    """A .h5 is measured as it is; where it reads next to nothing, it says what may be wrong."""
    pytest.importorskip("keras", reason="install the extra `train`")
    from tests.training.foreign import linear

    linear((784,)).save(tmp_path / "good.h5")
    linear((784,), -255, 255).save(tmp_path / "other.h5")
    good = digitlens("evaluate", tmp_path / "good.h5", "--data", f"csv:{labelled}")
    assert good.stdout.decode().startswith("good.h5\naccuracy"), good.stderr
    assert b"digitlens import" not in good.stdout
    other = digitlens("evaluate", tmp_path / "other.h5", "--data", f"csv:{labelled}")
    assert b"`digitlens import` finds out" in other.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.keras"], b"nothing.keras: expected a bundle, a run, a .keras or a .h5 file"),
        (
            ["--data", "tiff:x"],
            b"data: expected mnist, strokes, styles, others, csv:PATH",
        ),
        (["--data", "csv:nothing.csv"], b"nothing.csv"),
    ],
)
def test_refused(arguments: list[str], said: bytes) -> None:
    """What cannot be measured is said in one line."""
    done = digitlens("evaluate", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_written_here() -> None:
    """Ways of writing are measured as they are drawn; what is no digit is not measured so."""
    done = digitlens("evaluate", "--json", "--data", "styles:120")
    found = json.loads(done.stdout)
    assert found["count"] == 10
    assert found["accuracy"] > 0.5
    done = digitlens("evaluate", "--data", "others")
    assert done.returncode == 2
    assert b"--suite" in done.stderr
