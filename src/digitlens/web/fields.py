"""Fields: what the values of the API's models are, and their ranges."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

Level = Annotated[float, Field(ge=0, le=255, allow_inf_nan=False)]
Coordinate = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]
Stroke = Annotated[list[Point], Field(fail_fast=True)]
Share = Annotated[float, Field(ge=0, le=1)]
