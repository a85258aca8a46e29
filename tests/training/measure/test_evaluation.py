"""An evaluation says what is right and what is not, and is the same after it was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitlens.errors import DataError, InvalidInput
from digitlens.reading.judge import probabilities
from digitlens.training.measure.calibrate import calibration_error
from digitlens.training.measure.evaluation import Evaluation, assess, write_mistakes


def answers(count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Logits that are right about nine times in ten, and the labels."""
    rng = np.random.default_rng(3)
    labels = np.arange(count) % 10
    logits = rng.normal(0, 1, (count, 10)).astype(np.float32)
    logits[np.arange(count), labels] += 3
    return logits, labels


def test_small_and_known() -> None:
    """Figures of four pictures, counted by hand."""
    sure = 8.0
    logits = np.zeros((4, 10), np.float32)
    logits[[0, 1, 2, 3], [3, 3, 5, 5]] = [sure, sure, sure, 1.0]
    found = assess(logits, np.array([3, 3, 3, 2]))
    assert (found.count, found.accuracy) == (4, 0.5)
    assert found.interval == pytest.approx((0.15, 0.85), abs=0.005)
    assert found.confusion[3][3] == 2
    assert found.confusion[3][5] == found.confusion[2][5] == 1
    three = found.per_class[3]
    assert (three.count, three.right, three.precision) == (3, 2, 1.0)
    assert three.accuracy == pytest.approx(2 / 3)
    assert found.per_class[5].precision == 0.0
    assert found.per_class[0].accuracy is None
    assert [(m.index, m.label, m.read) for m in found.mistakes] == [(2, 3, 5), (3, 2, 5)]
    assert found.mistakes[0].confidence > 0.99 > found.mistakes[1].confidence


def test_figures_agree() -> None:
    """Confusion, classes, mistakes, bins and calibration error tell the same story."""
    logits, labels = answers()
    found = assess(logits, labels, temperature=1.5)
    confusion = np.array(found.confusion)
    assert confusion.sum() == found.count == len(labels)
    assert np.trace(confusion) / found.count == found.accuracy
    assert len(found.mistakes) == found.count - np.trace(confusion)
    assert sum(one.right for one in found.per_class) == np.trace(confusion)
    assert sum(one.count for one in found.bins) == found.count
    gap = sum(abs(b.confidence - b.accuracy) * b.count for b in found.bins) / found.count
    assert found.calibration_error == pytest.approx(gap)
    shares = probabilities(logits, 1.5)
    assert found.calibration_error == pytest.approx(calibration_error(shares, labels))
    confidences = [mistake.confidence for mistake in found.mistakes]
    assert confidences == sorted(confidences, reverse=True)
    assert found.interval[0] < found.accuracy < found.interval[1]


def test_written_and_read(tmp_path: Path) -> None:
    """What was written is read back the same, to the last digit."""
    found = assess(*answers())
    found.write(tmp_path / "evaluation.json")
    assert Evaluation.read(tmp_path / "evaluation.json") == found


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"count": 3}'])
def test_damaged(tmp_path: Path, text: str) -> None:
    """A damaged file is said to be one; so is none at all."""
    path = tmp_path / "evaluation.json"
    with pytest.raises(DataError, match=r"evaluation\.json: expected an evaluation"):
        Evaluation.read(path)
    path.write_text(text)
    with pytest.raises(DataError, match="expected what an evaluation wrote"):
        Evaluation.read(path)


def test_what_does_not_belong_together() -> None:
    """Other shapes than ten logits for each label are refused, and nothing to measure as well."""
    with pytest.raises(InvalidInput, match=r"logits: expected \(2, 10\).*Received: \(3, 10\)"):
        assess(np.zeros((3, 10), np.float32), np.array([1, 2]))
    with pytest.raises(InvalidInput, match="at least one label"):
        assess(np.zeros((0, 10), np.float32), np.zeros(0, np.int64))


def test_mistakes_as_pictures(tmp_path: Path) -> None:
    """Each mistake is a picture of its index, black on white; nothing else is written."""
    logits, labels = answers(60)
    found = assess(logits, labels)
    images = np.random.default_rng(0).integers(0, 256, (60, 28, 28), np.uint8)
    write_mistakes(tmp_path / "mistakes", images, found)
    names = {path.name for path in (tmp_path / "mistakes").iterdir()}
    assert names == {f"{mistake.index}.png" for mistake in found.mistakes}
    assert names
    worst = found.mistakes[0].index
    assert np.array_equal(
        np.asarray(Image.open(tmp_path / f"mistakes/{worst}.png")), 255 - images[worst]
    )
