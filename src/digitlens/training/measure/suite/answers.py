"""Answers: what a way of reading said of a set, kept so that a suite that was stopped goes on."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

import digitlens
from digitlens.models.bundle import Bundle
from digitlens.training.measure.suite.figures import Floats, Truths
from digitlens.training.measure.suite.sets import PictureSet
from digitlens.training.measure.suite.ways import Answer, Way

_CHUNK = 256  # pictures that are in memory at a time
# What the answers depend on besides the model: how pictures are made, and how they are read.
_CODE = ("reading/*.py", "training/data/*.py", "training/measure/suite/*.py")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a way of reading said of the n pictures of a set.

    Attributes:
        right: bool (n,), whether it gave out exactly the digit that the picture shows.
        confidence: float64 (n,), of what it gave out; 0 where it gave out nothing.
        score: float64 (n,), how much speaks for digits and nothing else, as of `Answer`.
        is_read: bool (n,), whether it gave out digits, neither as unsure nor as none.
    """

    right: Truths
    confidence: Floats
    score: Floats
    is_read: Truths

    @classmethod
    def of(cls, said: Sequence[Answer], labels: Sequence[int]) -> Answers:
        """Compare what was said with what the pictures show."""
        pairs = zip(said, labels, strict=True)
        return cls(
            np.array([answer.text == str(label) for answer, label in pairs], bool),
            np.array([answer.confidence for answer in said], np.float64),
            np.array([answer.score for answer in said], np.float64),
            np.array([answer.is_read for answer in said], bool),
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder in which the answers of a suite wait until it is complete.

    Attributes:
        folder: Its own for this model, these pictures and this code.
    """

    folder: Path

    @classmethod
    def of(cls, bundle: Bundle, base: Path, limit: int | None) -> Kept:
        """The folder below `base` for a bundle, and for so many pictures of each set."""
        card = bundle.card
        digest = hashlib.sha256(bundle.model)
        digest.update(repr((asdict(card.thresholds), card.temperature, card.has_none)).encode())
        package = Path(str(digitlens.__file__)).parent
        for path in sorted(path for pattern in _CODE for path in package.glob(pattern)):
            digest.update(path.read_bytes())
        return cls(base / f"{digest.hexdigest()[:16]}-{limit or 'all'}")

    def answers(self, pictures: PictureSet, ways: Mapping[str, Way]) -> dict[str, Answers]:
        """What each way says of a set: as it is kept, or else asked now."""
        file = self.folder / f"{pictures.name}.npz"
        if not file.exists():
            self._write(file, ask(pictures, ways))
        with np.load(file) as found:
            return {
                way: Answers(*(found[f"{way}-{name}"] for name in Answers.__slots__))
                for way in ways
            }

    def remove(self) -> None:
        """Remove the folder: the suite is complete."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, file: Path, said: Mapping[str, Answers]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        arrays = {
            f"{way}-{name}": getattr(answers, name)
            for way, answers in said.items()
            for name in Answers.__slots__
        }
        part = file.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as opened:
            np.savez(opened, **arrays)
        part.replace(file)


def ask(pictures: PictureSet, ways: Mapping[str, Way]) -> dict[str, Answers]:
    """Make the pictures, and let each way read them: each picture is made once for all."""
    said: dict[str, list[Answer]] = {way: [] for way in ways}
    for start in range(0, len(pictures), _CHUNK):
        chunk = [pictures.draw(n) for n in range(start, min(start + _CHUNK, len(pictures)))]
        for name, way in ways.items():
            said[name] += way.read(chunk)
    labels = pictures.labels.tolist()
    return {name: Answers.of(answers, labels) for name, answers in said.items()}
