"""Intake: the body of a request becomes pictures as the reader takes them.

A picture comes as the raw body, as a file of a form, or in JSON; many come as the files of a form
or as a list in JSON.
"""

from __future__ import annotations

from flask import Request
from werkzeug.datastructures import FileStorage

from digitlens.settings import Settings
from digitlens.web.body import read_body
from digitlens.web.problems import INVALID, MISSING, UNSUPPORTED, Problem, refusal
from digitlens.web.submitted import Submitted, check_count

IMAGE_TYPES = (
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/gif",
    "image/bmp",
    "image/tiff",
)
OTHER_NAMES = ("image/jpg", "image/x-png", "image/x-ms-bmp")  # what some clients say instead
FORM_TYPE = "multipart/form-data"
JSON_TYPE = "application/json"
FIELD = "image"

_RAW = frozenset(IMAGE_TYPES + OTHER_NAMES)


def take(request: Request, settings: Settings) -> Submitted:
    """Take the picture of a request.

    Raises:
        Problem: There is none, or it has none of the forms that are taken.
    """
    kind = request.mimetype
    if kind in _RAW:
        return Submitted(_whole(request), "body")
    if kind == JSON_TYPE:
        from digitlens.web import entries  # pydantic is loaded by the first JSON

        return entries.take_one(_whole(request), settings)
    if kind == FORM_TYPE:
        return _from_form(request)
    raise _unsupported(request, (*IMAGE_TYPES, FORM_TYPE, JSON_TYPE))


def take_many(request: Request, settings: Settings) -> list[Submitted | Problem]:
    """Take the pictures of a request; those that cannot be taken are problems in their places.

    Raises:
        Problem: There are none, too many, or they are not in one of the forms that are taken.
    """
    kind = request.mimetype
    if kind == JSON_TYPE:
        from digitlens.web import entries

        return entries.take_many(_whole(request), settings)
    if kind != FORM_TYPE:
        raise _unsupported(request, (FORM_TYPE, JSON_TYPE))
    files = request.files.getlist(FIELD)
    check_count(len(files), FIELD, settings)
    return [_from_file(file, f"{FIELD}[{place}]") for place, file in enumerate(files)]


def _whole(request: Request) -> bytes:
    data = read_body(request)
    if not data:
        raise refusal(MISSING, "body", "a picture", "an empty body")
    return data


def _from_form(request: Request) -> Submitted:
    files = request.files.getlist(FIELD)
    if len(files) > 1:
        expected = "one file; /api/v1/read/batch takes many"
        raise refusal(INVALID, FIELD, expected, f"{len(files)} files")
    if not files:
        raise refusal(MISSING, FIELD, "a picture as a file of this field", "no such file")
    found = _from_file(files[0], FIELD)
    if isinstance(found, Problem):
        raise found
    return found


def _from_file(file: FileStorage, argument: str) -> Submitted | Problem:
    data = file.read()
    if not data:
        return refusal(MISSING, argument, "a picture", "an empty file")
    return Submitted(data, argument)


def _unsupported(request: Request, supported: tuple[str, ...]) -> Problem:
    if not request.mimetype and not read_body(request):
        return refusal(MISSING, "body", "a picture", "an empty body")
    expected = "one of " + ", ".join(supported)
    return refusal(UNSUPPORTED, "Content-Type", expected, request.mimetype[:80] or "none")
