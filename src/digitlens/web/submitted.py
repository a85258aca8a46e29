"""What was submitted: a picture, and what the caller calls it."""

from __future__ import annotations

from dataclasses import dataclass

from digitlens.settings import Settings
from digitlens.web.problems import MISSING, TOO_LARGE, refusal


@dataclass(frozen=True, slots=True)
class Submitted:
    """A picture of a request.

    Attributes:
        picture: As `Reader.read` takes it.
        argument: What the caller calls it: `body`, or the name of the field.
    """

    picture: object
    argument: str


def check_count(count: int, argument: str, settings: Settings) -> None:
    """Check the number of pictures in one request.

    Raises:
        Problem: There is none, or there are too many.
    """
    expected = f"1 to {settings.max_batch} pictures"
    if not count:
        raise refusal(MISSING, argument, expected, "none")
    if count > settings.max_batch:
        raise refusal(TOO_LARGE, argument, expected, f"{count:,}")
