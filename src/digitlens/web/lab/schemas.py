"""The models of the Lab's API: they check what comes in, and describe what goes out."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from digitlens.web.lab.options import MOST_EPOCHS

Interval = tuple[float, float] | None


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Choice(_Model):
    """Something that a training can be started with."""

    name: str
    about: str = Field(description="What it is, in a sentence.")


class Options(_Model):
    """What a training can be started with, and whether this client may start one."""

    allowed: bool
    reason: str = Field(description="Why not; empty where it is allowed.")
    architectures: list[Choice]
    presets: list[Choice]
    data: list[str] = Field(description="MNIST, and the sources in the server's data folder.")


class Start(_Model):
    """The training that is wanted."""

    model: str = Field(description="Name of an architecture.")
    preset: str = Field("quick", description="Name of a preset.")
    data: list[str] = Field(default=["mnist"], min_length=1, description="What to train on.")
    epochs: int | None = Field(None, ge=1, le=MOST_EPOCHS, description="Instead of the preset's.")


class Waiting(_Model):
    """A training in line."""

    name: str = Field(description="Of the folder that its run gets.")
    model: str
    preset: str
    data: list[str]
    epochs: int | None
    queued: str = Field(description="When it was wanted, RFC 3339.")


class RunState(_Model):
    """How a run stands."""

    name: str
    model: str = Field(description="Name of the architecture, or a learner's file.")
    state: Literal["starting", "running", "done", "stopped", "failed"]
    stopping: bool = Field(description="Whether somebody wants it to stop.")
    reason: str = Field(description="Why it stopped or failed.")
    started: str
    seconds: float
    epoch: int = Field(description="Whole epochs that are done.")
    epochs: int
    seed: int
    parameters: int
    bytes: int = Field(description="Size of the LiteRT file.")
    latency: float = Field(description="Microseconds for one digit on one core.")
    accuracy: float | None = Field(description="On the test set, 0 to 1.")
    interval: Interval = Field(description="Its 95 % interval.")
    data: list[str]
    parts: list[str] = Field(description="What its folder has, of /lab/runs/NAME/….")


class RunDetail(RunState):
    """How a run stands, and what can be looked at."""

    filters: list[str] = Field(description="Layers with a picture, /lab/runs/NAME/filters/….png.")


class Answering(_Model):
    """A model, by its card."""

    run: str | None = Field(None, description="Of which it is; null for the server's own.")
    name: str
    version: str
    parameters: int
    bytes: int
    accuracy: float | None
    interval: Interval


class Overview(_Model):
    """The runs, the line, and the model that answers."""

    runs: list[RunState]
    line: list[Waiting]
    serving: Answering
    own: Answering


class History(_Model):
    """The epochs of a run."""

    columns: list[str]
    rows: list[list[float | None]] = Field(description="A row for each epoch, null for no number.")
    last: int = Field(description="The last epoch there is.")


class Since(_Model):
    """Which epochs."""

    since: int = Field(0, description="Only those after this one.")


class RunName(_Model):
    """Which run."""

    name: str = Field(description="Of the folder of the run.")


class Serve(_Model):
    """Which model is to answer."""

    run: str | None = Field(description="That of a run; null for the server's own.")
