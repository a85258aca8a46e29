"""Ways: how a picture is read, by the whole pipeline or in the usual way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import cv2
import numpy as np

from digitlens.models.bundle import Bundle
from digitlens.quiet import quiet
from digitlens.reading.judge import probabilities
from digitlens.reading.network import Network
from digitlens.reading.normalize import SIDE
from digitlens.reading.reader import Reader
from digitlens.reading.result import Reading
from digitlens.reading.stages import Seen
from digitlens.training.measure.suite.paper import Picture


class Answer(NamedTuple):
    """What a way of reading says of a picture.

    Attributes:
        text: The digits that it gives out, in reading order.
        confidence: Of that, 0 to 1; 0 where it gives out none.
        score: How much speaks for digits and nothing else: the confidences of all that it found,
            multiplied, also of what it takes for no digit; 0 where it found nothing.
        is_read: Whether it gives out the text as read: neither as unsure, nor as no digit.
    """

    text: str
    confidence: float
    score: float
    is_read: bool


class Way(Protocol):
    """A way of reading."""

    def read(self, pictures: Sequence[Picture]) -> list[Answer]:
        """Read pictures, each uint8 (h, w)."""
        ...


class Pipeline:
    """The reader as everybody uses it.

    Args:
        bundle: Its model.
    """

    def __init__(self, bundle: Bundle) -> None:
        with quiet():  # LiteRT announces itself
            self._reader = Reader(bundle)

    def read(self, pictures: Sequence[Picture]) -> list[Answer]:
        """Read pictures, each uint8 (h, w)."""
        return [_said(reading) for reading in self._reader.read_each(pictures)]


class UsualWay:
    """The same network without the preparation, as most programs for MNIST do it.

    The picture is resized to 28×28, and inverted if most of it is light; the softmax is taken for
    the confidence. There is always a digit.

    Args:
        bundle: The model.
    """

    def __init__(self, bundle: Bundle) -> None:
        with quiet():
            self._network = Network(bundle)

    def read(self, pictures: Sequence[Picture]) -> list[Answer]:
        """Read pictures, each uint8 (h, w)."""
        seen = np.stack([_resized(picture) for picture in pictures])[..., None]
        shares = probabilities(self._network.logits(seen), 1.0)
        digits, sure = shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist()
        return [Answer(str(digit), c, c, True) for digit, c in zip(digits, sure, strict=True)]


def _said(reading: Reading) -> Answer:
    score = math.prod(digit.confidence for digit in reading.digits) if reading.digits else 0.0
    return Answer(reading.text, reading.confidence, score, reading.status == "read")


def _resized(picture: Picture) -> Seen:
    small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    light = small.astype(np.float32) / np.float32(255)
    return 1 - light if np.median(light) > 0.5 else light
