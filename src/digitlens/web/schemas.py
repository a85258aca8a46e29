"""The API's models: they validate what comes in, and describe what goes out.

They are the one source of both the checks and the OpenAPI document.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Level = Annotated[float, Field(ge=0, le=255, allow_inf_nan=False)]
Coordinate = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]
Stroke = Annotated[list[Point], Field(fail_fast=True)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ImageBody(_Model):
    """A picture as text."""

    image: str = Field(
        description="The file as a data URL or as base64.",
        examples=["data:image/png;base64,iVBORw0KGgo…"],
    )


class StrokesBody(_Model):
    """A drawing as the paths of the pen."""

    strokes: Annotated[list[Stroke], Field(fail_fast=True)] = Field(
        description="Strokes, each a list of points [x, y], y down, in any unit.",
        examples=[[[[90, 60], [180, 60], [130, 220]]]],
    )


class PixelsBody(_Model):
    """A picture of 28×28, as MNIST has them."""

    pixels: Annotated[list[Level], Field(min_length=784, max_length=784, fail_fast=True)] = Field(
        description="784 levels from 0 to 255, row by row from the top.",
    )


class BatchBody(_Model):
    """Many pictures."""

    pictures: list[ImageBody | StrokesBody | PixelsBody] = Field(
        description="Each in one of the three forms."
    )


class Box(_Model):
    """Where a digit stands, in pixels of the upright picture (or the strokes' unit)."""

    x: int
    y: int
    width: int
    height: int


class Digit(_Model):
    """One digit, as it was read."""

    digit: int = Field(ge=0, le=9, description="The most probable one.")
    confidence: Share = Field(description="Its probability, calibrated.")
    status: Literal["read", "unsure", "not_a_digit"] = Field(
        description="`unsure`: it may also be one of the alternatives."
    )
    alternatives: list[int] = Field(description="What else it may well be, the likeliest first.")
    probabilities: list[Share] = Field(
        min_length=10, max_length=10, description="Those of 0 to 9; they add up to 1."
    )
    box: Box
    seen: str | None = Field(
        None, description="With `include=seen`: the 28×28 that the network saw, a PNG data URL."
    )


class ModelName(_Model):
    """Which model read."""

    name: str
    version: str


class GlyphSteps(_Model):
    """One digit on its way to the network, as PNG data URLs."""

    cut: str = Field(description="Its ink as it was cut out.")
    width: str = Field(description="The same with the pen width of MNIST.")
    seen: str = Field(description="The 28×28 that the network saw.")


class Steps(_Model):
    """The picture on its way to the network, as PNG data URLs."""

    picture: str = Field(description="The picture in grey.")
    ink: str = Field(description="What was taken for ink, white on black.")
    digits: list[GlyphSteps]


class Size(_Model):
    """Width and height of the upright picture, in pixels."""

    width: int
    height: int


class ReadAnswer(_Model):
    """What was read in one picture."""

    text: str = Field(description="The digits in reading order, without those that are none.")
    status: Literal["read", "unsure", "not_a_digit", "blank"] = Field(
        description="That of the least sure digit; `blank` where there is no ink."
    )
    confidence: Share = Field(description="Probability that the whole text is right.")
    digits: list[Digit]
    model: ModelName
    milliseconds: float = Field(ge=0, description="What the reading took.")
    steps: Steps | None = Field(None, description="With `include=steps`: how it got there.")
