"""What a reader answers: a `Reading` with its `Digit`s."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from digitlens.reading.stages import Seen, Stages

Status = Literal["read", "unsure", "not_a_digit", "blank"]
DigitStatus = Literal["read", "unsure", "not_a_digit"]


@dataclass(frozen=True, slots=True)
class Box:
    """Where a digit stands, in pixels of the picture (of the drawing, for strokes)."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit, as it was read.

    Attributes:
        digit: 0 to 9, the most probable one.
        confidence: Its probability, 0 to 1, calibrated.
        probabilities: Those of the ten digits; they add up to 1.
        status: `read`; `unsure`, where `alternatives` say what else it may be; or `not_a_digit`.
        alternatives: The other digits that it may well be, the likeliest first.
        box: Where it stands.
    """

    digit: int
    confidence: float
    probabilities: tuple[float, ...]
    status: DigitStatus
    alternatives: tuple[int, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one picture.

    Attributes:
        text: The digits in reading order; those that are none are left out. Empty when blank.
        status: `blank` where there is no ink; otherwise that of the least sure digit.
        confidence: Probability that the whole text is right: the product of the digits'. 0 when
            nothing was read.
        digits: The digits in reading order.
        model: Name and version of the model that read them.
        size: Width and height, in pixels, of the upright picture that the boxes stand in; of the
            strokes, in their own unit.
        seen: What the network saw of each digit, float32 (28, 28), 0 to 1, 1 is ink.
    """

    text: str
    status: Status
    confidence: float
    digits: tuple[Digit, ...]
    model: tuple[str, str]
    size: tuple[int, int]
    seen: tuple[Seen, ...] = field(repr=False, compare=False)
    _prepare: Callable[[], Stages] = field(repr=False, compare=False)

    def stages(self) -> Stages:
        """The picture at every stage of its preparation; computed by this call, not before."""
        return self._prepare()
