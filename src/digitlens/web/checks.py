"""Checks: what came is checked against a model, and a problem says what is wrong with it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from digitlens.web.problems import INVALID, refusal


def check(model: type[BaseModel], found: object, argument: str) -> Any:
    """Check parsed JSON against a model; the problem names the first field that is wrong."""
    try:
        return model.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = argument
        for place in first["loc"]:
            dot = "." if field else ""
            field += f"[{place}]" if isinstance(place, int) else f"{dot}{place:.80}"
        received = describe(first["input"])
        raise refusal(INVALID, field or "body", _expected(first), received) from error


def _expected(error: ErrorDetails) -> str:
    """What pydantic expected, in the words of our errors."""
    limits = error.get("ctx", {})
    return {
        "extra_forbidden": "no such field",
        "too_short": f"at least {limits.get('min_length')} values",
        "too_long": f"at most {limits.get('max_length')} values",
    }.get(error["type"], error["msg"].removeprefix("Input should be "))


def describe(value: object) -> str:
    """Say what came in a few words, without repeating it: it may be somebody's drawing."""
    if value is None or isinstance(value, bool | int | float):
        return f"{value!r:.40}"
    if isinstance(value, str):
        return f"a text of {len(value):,} characters"
    if isinstance(value, list):
        return f"a list of {len(value):,}"
    return "an object"
