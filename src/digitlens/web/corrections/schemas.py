"""The models of the corrections' API: they check what comes in, and describe what goes out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from digitlens.web.corrections.claim import LONGEST
from digitlens.web.fields import Level, Share, Stroke
from digitlens.web.schemas import Box

MOST_DRAWN = 20_000  # points of a drawing that are kept


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class CorrectionBody(_Model):
    """What a reading should have been: its id, its picture once more, and the right digits."""

    reading: str = Field(
        min_length=1, max_length=LONGEST, description="The `id` of the answer that is corrected."
    )
    should: str = Field(
        pattern="^[0-9x]+$",
        max_length=255,
        description="A character for each digit of the answer, in its order, those that are "
        "`not_a_digit` as well: 0 to 9, or x for what is no digit. What was read confirms it.",
    )
    client: str = Field(
        "",
        pattern="^[A-Za-z0-9_-]*$",
        max_length=64,
        description="A random text that stands for the person, if they like: training keeps "
        "together what one hand wrote. No name, no address.",
    )
    drawn: Annotated[list[Stroke], Field(fail_fast=True)] | None = Field(
        None,
        max_length=MOST_DRAWN,
        description="The strokes that a picture was drawn with, as `strokes` has them, to be kept.",
    )
    image: str | None = Field(None, description="The picture, as it was read.")
    strokes: Annotated[list[Stroke], Field(fail_fast=True)] | None = Field(
        None, description="Or the strokes that were read."
    )
    pixels: Annotated[list[Level], Field(fail_fast=True)] | None = Field(
        None, description="Or the 784 pixels that were read."
    )


class ReceiptAnswer(_Model):
    """What is kept now, and with what it can be taken back."""

    receipt: str = Field(description="Whoever has it can look at the correction and delete it.")
    created: bool = Field(description="Whether it is new; not where this reading had one.")
    changed: bool = Field(
        description="Whether anything is different now; not where the same was said before, "
        "nor where it was reviewed since."
    )
    verdict: Literal["right", "wrong"] = Field(description="Whether the answer was right.")


class ReceiptPath(_Model):
    """Which correction."""

    receipt: str = Field(description="As it was given when the correction was said.")


class KeptDigit(_Model):
    """What is kept of one digit of a reading."""

    digit: int = Field(ge=0, le=9, description="What it was read as.")
    confidence: Share
    status: Literal["read", "unsure", "not_a_digit"]
    should: str = Field(description="What it should have been: 0 to 9, or x.")
    review: Literal["pending", "accepted", "rejected"] = Field(
        description="Only what was accepted is ever learned from."
    )
    box: Box
    cut: str = Field(description="Its ink as it was cut out, a PNG data URL.")
    seen: str = Field(description="The 28×28 that the network saw, a PNG data URL.")


class KeptAnswer(_Model):
    """A correction, as it is kept."""

    said: str = Field(description="When it was said, RFC 3339.")
    model: str
    version: str
    digits: list[KeptDigit]
