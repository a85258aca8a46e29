"""Moments: whole microseconds since 1970, as the database keeps them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def now() -> int:
    """This moment."""
    return to_number(datetime.now(UTC))


def to_number(moment: datetime) -> int:
    """Microseconds since 1970; a moment without a zone is taken as UTC."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _START) // _MICROSECOND


def from_number(microseconds: int) -> datetime:
    """The moment, in UTC."""
    return _START + microseconds * _MICROSECOND
