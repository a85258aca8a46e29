"""A report shows what a training left, on one page that needs nothing else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from digitlens.training.layers.description import Description, Layer
from digitlens.training.measure.evaluation import assess, write_mistakes
from digitlens.training.run import Run
from tests.training.mnist_like import draw

pytest.importorskip("matplotlib", reason="install the extra `train`")

from digitlens.training.report import write_report

HISTORY = """epoch,loss,accuracy,val_loss,val_accuracy,rate,seconds
1,0.9,0.7,0.5,0.85,0.001,3.0
2,0.4,0.9,0.3,0.91,0.001,3.0
3,0.3,0.93,0.35,0.9,0.0005,3.0
"""


def write_run(folder: Path, state: str = "done", reason: str = "") -> Run:
    """Write the run.json of a training."""
    started = "2026-01-02T03:04:05Z"
    run = Run("seven", "simple", state, started, epochs=3, seed=42, pid=1, reason=reason)  # type: ignore[arg-type] -- one of the states
    run.write(folder)
    return run


def write_evaluation(folder: Path) -> None:
    """Write an evaluation of 40 digits, four of them misread, and those as pictures."""
    labels = np.arange(40) % 10
    logits = np.zeros((40, 10), np.float32)
    logits[np.arange(40), labels] = 5
    logits[:4, 9] = [9, 8, 7, 6]
    found = assess(logits, labels)
    found.write(folder / "evaluation.json")
    images = np.stack([draw(int(label), 1) for label in labels])
    write_mistakes(folder / "mistakes", images, found)


def write_all(folder: Path) -> None:
    """Write everything that a training leaves and a report shows."""
    write_run(folder)
    write_evaluation(folder)
    (folder / "history.csv").write_text(HISTORY)
    (folder / "config.toml").write_text('model = "simple"\n[augmentation]\nrotation = 12\n')
    (folder / "drawing.svg").write_text(
        '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><title>drawn</title></svg>'
    )
    dense = Layer("logits", "Dense", "dense", "dense", (10,), 7850, 7840, "Adds up.")
    Description("simple", "Keras", 7850, 7840, (dense,)).write(folder / "layers.json")
    (folder / "filters").mkdir()
    picture = next((folder / "mistakes").iterdir()).read_bytes()
    (folder / "filters" / "conv2d.png").write_bytes(picture)


class _Shown(HTMLParser):
    """Collects the text, the addresses and the ids of a page, and which elements stay open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.addresses, self.open = "", [], []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def test_whole_run(tmp_path: Path) -> None:
    """It has curves, confusion, mistakes, network, settings, seed, and no address outside it."""
    write_all(tmp_path)
    write_report(tmp_path)
    shown = _Shown((tmp_path / "report.html").read_text())
    assert shown.open == []
    for words in (
        "simple",
        "The network of epoch 2 of 3 was kept",
        "90.00% of 40 digits",
        "0 read as 9",
        "augmentation.rotation",
        "42",
        "2026-01-02T03:04:05Z",
        "drawn",
        "7,850",
        "Adds up.",
        "conv2d",
    ):
        assert words in shown.text
    assert "missing" not in shown.text
    assert all(address.startswith("data:image/png;base64,") for address in shown.addresses)
    assert len(shown.addresses) == 5


def test_plots_are_files(tmp_path: Path) -> None:
    """Each plot is an SVG of its own as well, with type as type and colours that a page sets."""
    write_all(tmp_path)
    write_report(tmp_path)
    names = {path.stem for path in (tmp_path / "plots").iterdir()}
    assert names == {"loss", "accuracy", "rate", "confusion", "reliability"}
    for path in (tmp_path / "plots").iterdir():
        picture = ET.fromstring(path.read_text())  # noqa: S314 -- written a moment ago
        assert any((element.text or "").strip() for element in picture.iter())
        colors = set(re.findall(r"(?<!, )#[0-9a-f]{6}\b", path.read_text()))
        assert not colors, path.name


def test_same_run_same_report(tmp_path: Path) -> None:
    """The same files make the same report, to the byte."""
    write_all(tmp_path)
    write_report(tmp_path)
    first = (tmp_path / "report.html").read_bytes()
    write_report(tmp_path)
    assert (tmp_path / "report.html").read_bytes() == first


def test_empty_folder(tmp_path: Path) -> None:
    """Of a folder without anything it says all that is missing."""
    write_report(tmp_path)
    text = _Shown((tmp_path / "report.html").read_text()).text
    for name in ("run.json", "curves", "evaluation.json", "drawing.svg", "config.toml"):
        assert name in text


@pytest.mark.parametrize(
    "missing",
    ["run.json", "config.toml", "history.csv", "drawing.svg", "evaluation.json", "mistakes"],
)
def test_one_file_missing(tmp_path: Path, missing: str) -> None:
    """Whichever file is missing, the rest is shown and the page says so."""
    write_all(tmp_path)
    (tmp_path / missing).rename(tmp_path / "away")
    write_report(tmp_path)
    shown = _Shown((tmp_path / "report.html").read_text())
    assert shown.open == []
    said = {"history.csv": "No epoch was finished", "mistakes": "no picture", "drawing.svg": ""}
    assert said.get(missing, f"{missing} is missing") in shown.text
    assert ("90.00%" in shown.text) == (missing != "evaluation.json")


@pytest.mark.parametrize("name", ["run.json", "config.toml", "evaluation.json", "history.csv"])
def test_damaged_file(tmp_path: Path, name: str) -> None:
    """A damaged file is as good as none."""
    write_all(tmp_path)
    (tmp_path / name).write_text("{ [")
    write_report(tmp_path)
    text = _Shown((tmp_path / "report.html").read_text()).text
    assert ("missing or damaged" in text) == (name != "history.csv")


def test_stopped_and_strange(tmp_path: Path) -> None:
    """A stopped run says why, with whatever characters; columns that are not there are left out."""
    write_run(tmp_path, "stopped", reason="the loss was <NaN> & worse")
    (tmp_path / "history.csv").write_text("epoch,loss,rate\n1,nan,\n2,0.5,\n")
    write_report(tmp_path)
    shown = _Shown((tmp_path / "report.html").read_text())
    assert "Was stopped before its end. the loss was <NaN> & worse" in shown.text
    assert [path.stem for path in (tmp_path / "plots").iterdir()] == ["loss"]
