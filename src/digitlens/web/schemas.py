"""The API's models: they validate what comes in, and describe what goes out.

They are the one source of both the checks and the OpenAPI document.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, SkipValidation

from digitlens.web.fields import Level, Share, Stroke


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Query(_Model):
    """What else the answer should hold."""

    include: list[Literal["seen", "steps"]] = Field(
        default=[],
        fail_fast=True,
        description="`seen`: what the network saw of each digit. `steps`: how it got there. "
        "Both, with a comma between them. Nothing of it is computed unless it is asked for.",
    )


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


class ReadBody(RootModel[ImageBody | StrokesBody | PixelsBody]):
    """A picture, in one of three forms."""


class BatchBody(_Model):
    """Many pictures."""

    # Each is checked on its own, so that one that is wrong leaves the others alone.
    pictures: list[SkipValidation[ImageBody | StrokesBody | PixelsBody]] = Field(
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
    """Width and height of the upright picture, in pixels (or the strokes' unit)."""

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
    size: Size
    model: ModelName
    milliseconds: float = Field(ge=0, description="What the reading took.")
    id: str | None = Field(
        None,
        description="With it the reading can be corrected, where the server keeps corrections. It "
        "is signed and holds what was read and a digest of the glyphs: the server keeps nothing.",
    )
    steps: Steps | None = Field(None, description="With `include=steps`: how it got there.")


class Problem(_Model):
    """What is wrong, as RFC 9457 has it."""

    type: str = Field(description="Which kind of problem: a link to its description.")
    title: str = Field(description="The kind of problem, in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong with this request.")
    argument: str | None = Field(None, description="The field that is to blame.")
    expected: str | None = Field(None, description="What it should have been.")
    received: str | None = Field(None, description="What came instead.")


class BatchReading(_Model):
    """One picture of a batch that was read."""

    reading: ReadAnswer


class BatchProblem(_Model):
    """One picture of a batch that could not be read."""

    problem: Problem


class BatchAnswer(_Model):
    """What was read in many pictures."""

    results: list[BatchReading | BatchProblem] = Field(
        description="One for each picture, in their order."
    )
    milliseconds: float = Field(ge=0, description="What it took to read all of them.")


class Metric(_Model):
    """One measured figure."""

    name: str
    value: float
    low: float = Field(description="Lower end of the 95 % interval.")
    high: float = Field(description="Upper end of it.")
    count: int = Field(description="How many pictures it was measured on.")
    how: str = Field(description="How it was measured.")


class Thresholds(_Model):
    """Where a reading is no longer given out as sure."""

    sure: float = Field(description="Least confidence of a digit that is `read`.")
    evidence: float = Field(description="Least log-sum-exp of the logits that a digit has.")


class ModelAnswer(_Model):
    """The model that reads."""

    name: str
    version: str
    sha256: str = Field(description="Checksum of the model file.")
    temperature: float = Field(gt=0, description="What the logits are divided by.")
    thresholds: Thresholds
    has_none: bool = Field(description="Whether it was trained with what is no digit, too.")
    metrics: list[Metric]
    training: dict[str, Any] = Field(description="Data, settings and versions of the training.")
    input_shape: list[int]
    labels: list[int]


class Health(_Model):
    """How the server is."""

    status: Literal["ok", "failing"]
