"""The models of the review's API: they check what comes in, and describe what goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from digitlens.web.fields import Share

MOST_IDS = 1000  # corrections that one decision is about
Label = Annotated[str, Field(pattern="^[0-9x]$")]
Status = Literal["pending", "accepted", "rejected"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class ReviewQuery(BaseModel):
    """Which corrections are listed, and in which order."""

    model_config = ConfigDict(extra="forbid")  # texts of an address become numbers and times

    status: Status | None = Field(None, description="Only those that are so.")
    should: Label | None = Field(None, description="Only those said to be this: 0 to 9, or x.")
    read: Annotated[str, Field(pattern="^[0-9]$")] | None = Field(
        None, description="Only those read as this, 0 to 9."
    )
    model: str | None = Field(None, max_length=200, description="Only those that this model read.")
    version: str | None = Field(None, max_length=200, description="Only those of this version.")
    since: datetime | None = Field(None, description="Only those said then or later, RFC 3339.")
    until: datetime | None = Field(None, description="Only those said before.")
    order: Literal["surest", "uncertain", "newest"] = Field(
        "surest",
        description="`surest`: those first where the model was surest and the person disagreed. "
        "`uncertain`: those first where it was least sure. `newest`: the latest first.",
    )
    after: str | None = Field(None, max_length=200, description="`next` of the page before.")
    limit: int = Field(60, ge=1, le=200, description="How many.")


class ReviewedCorrection(_Model):
    """One digit that somebody corrected or confirmed."""

    id: int
    reading: str = Field(description="The same for all digits of one reading.")
    position: int = Field(description="Of the digit in its reading, from 0.")
    client: str = Field(description="The random text that stands for the person; may be empty.")
    model: str
    version: str
    read: str = Field(description="What it was read as, 0 to 9.")
    confidence: Share
    judged: Literal["read", "unsure", "not_a_digit"]
    given: Label = Field(description="What the person said.")
    should: Label = Field(description="The same, unless it was relabelled.")
    status: Status
    said: str = Field(description="When it was said, RFC 3339.")
    decided: str | None = Field(description="When it was last decided on, RFC 3339.")
    cut: str = Field(description="Its ink as it was cut out, a PNG data URL, reduced.")
    seen: str = Field(description="The 28×28 that the network saw, a PNG data URL.")


class ReviewPage(_Model):
    """Some corrections, in order."""

    corrections: list[ReviewedCorrection]
    next: str | None = Field(description="What `after` takes to go on; null at the end.")


class DigitCounts(_Model):
    """How many there are of each status."""

    pending: int
    accepted: int
    rejected: int


class ReadingModel(_Model):
    """A model that has read something that is kept."""

    name: str
    version: str


class ReviewCounts(_Model):
    """How many corrections there are, without duplicates."""

    status: DigitCounts
    digits: dict[str, DigitCounts] = Field(description="By what they should be: 0 to 9, and x.")
    folded: int = Field(description="Duplicates: the same picture, said by the same client.")
    models: list[ReadingModel]


class DecisionBody(_Model):
    """What is decided, on which corrections."""

    ids: list[int] = Field(min_length=1, max_length=MOST_IDS)
    action: Literal["accept", "relabel", "reject", "reopen"] = Field(
        description="`accept` them as they are, `relabel`: accept them as `label`, `reject` them, "
        "or `reopen` them, as they were said."
    )
    label: Label | None = Field(None, description="To relabel them: 0 to 9, or x.")


class DecisionAnswer(_Model):
    """What was decided."""

    id: str = Field(description="With which it is undone; empty where nothing had to change.")
    changed: int = Field(description="How many corrections are different now.")


class DecisionPath(_Model):
    """Which decision."""

    decision: str = Field(description="Its `id`.")


class UndoneAnswer(_Model):
    """What was undone."""

    changed: int = Field(description="How many corrections are as they were.")
