"""Take: the body of a correction becomes what is said, and the picture that it is about."""

from __future__ import annotations

from typing import Any

from flask import Request

from digitlens.settings import Settings
from digitlens.web import entries
from digitlens.web.body import read_body
from digitlens.web.checks import check
from digitlens.web.corrections.schemas import MOST_DRAWN, CorrectionBody
from digitlens.web.intake import FIELD, FORM_TYPE, JSON_TYPE, take
from digitlens.web.problems import INVALID, MISSING, TOO_LARGE, UNSUPPORTED, refusal
from digitlens.web.submitted import Submitted

TEXTS = ("reading", "should", "client")  # fields of a form that are taken as they are
DRAWN = "drawn"  # a field with JSON in it


def take_correction(request: Request, settings: Settings) -> tuple[CorrectionBody, Submitted]:
    """Take what a request says, and its picture.

    Raises:
        Problem: It is not as it should be.
    """
    if request.mimetype == FORM_TYPE:
        said = _check(_from_form(request, settings))
        return said, take(request, settings)
    if request.mimetype != JSON_TYPE:
        came = request.mimetype[:80] or "none"
        raise refusal(UNSUPPORTED, "Content-Type", f"one of {FORM_TYPE}, {JSON_TYPE}", came)
    data = read_body(request)
    if not data:
        raise refusal(MISSING, "body", "a correction", "an empty body")
    found = entries.parse(data, settings)
    said = _check(found)
    assert isinstance(found, dict)  # noqa: S101 -- the model has checked it
    return said, entries.take({name: found[name] for name in entries.FORMS if name in found}, "")


def _from_form(request: Request, settings: Settings) -> dict[str, Any]:
    """The fields of a form, as JSON would have them."""
    unknown = set(request.form) - {*TEXTS, DRAWN} | set(request.files) - {FIELD}
    if unknown:
        name = min(unknown)
        raise refusal(INVALID, ascii(name[:80]), "no such field", "one")
    found: dict[str, Any] = {name: request.form[name] for name in TEXTS if name in request.form}
    if drawn := request.form.get(DRAWN):
        found[DRAWN] = entries.parse(drawn.encode(), settings)
    return found


def _check(found: object) -> CorrectionBody:
    said: CorrectionBody = check(CorrectionBody, found, "")
    points = sum(map(len, said.drawn or ()))
    if points > MOST_DRAWN:
        raise refusal(TOO_LARGE, DRAWN, f"up to {MOST_DRAWN:,} points", f"{points:,}")
    return said
