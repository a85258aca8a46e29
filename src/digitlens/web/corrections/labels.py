"""Labels, as the API writes them: a character for each digit."""

from __future__ import annotations

from digitlens.corrections import NONE

NO_DIGIT = "x"


def label_of(character: str) -> int:
    """What a character of `should` stands for: 0 to 9, or `NONE`."""
    return NONE if character == NO_DIGIT else int(character)


def character_of(label: int) -> str:
    """The character of `should` that stands for a label."""
    return NO_DIGIT if label == NONE else str(label)
