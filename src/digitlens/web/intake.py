"""Intake: the body of a request becomes a picture as the reader takes it.

A picture comes as the raw body, as a file of a form, or in JSON. What is not a picture is refused
here before anything large is built from it.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Request

from digitlens.errors import InvalidInput
from digitlens.settings import Settings
from digitlens.web.problems import INVALID, MISSING, UNSUPPORTED, Problem

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

IMAGE_TYPES = frozenset(
    f"image/{name}" for name in ("png", "jpeg", "jpg", "webp", "gif", "bmp", "x-ms-bmp", "tiff")
)
JSON_TYPE = "application/json"
FORM_TYPE = "multipart/form-data"
FIELD = "image"


@dataclass(frozen=True, slots=True)
class Intake:
    """A picture, and what the caller calls it.

    Attributes:
        picture: As `Reader.read` takes it.
        argument: `body`, or the name of the field.
    """

    picture: object
    argument: str


def take(request: Request, settings: Settings) -> Intake:
    """Take the picture of a request.

    Raises:
        Problem: There is none, or it is not one of the forms that are taken.
    """
    kind = request.mimetype
    if kind in IMAGE_TYPES:
        return Intake(_body(request), "body")
    if kind == FORM_TYPE:
        return _from_form(request)
    if kind == JSON_TYPE:
        return from_entries(parse_json(_body(request), settings), settings)
    if not kind:
        _body(request)
    supported = ", ".join((*sorted(IMAGE_TYPES), FORM_TYPE, JSON_TYPE))
    raise _refusal(UNSUPPORTED, "Content-Type", f"one of {supported}", kind or "none")


def from_entries(entries: object, settings: Settings, argument: str = "") -> Intake:
    """Take a picture from a JSON object with one of `image`, `strokes` and `pixels`.

    Args:
        entries: The object, parsed.
        settings: Their limits hold.
        argument: Where it stands in the request, to say it in an error.

    Raises:
        Problem: It is none of them.
    """
    from digitlens.web import schemas  # pydantic is loaded by the first JSON

    forms: dict[str, type[BaseModel]] = {
        "image": schemas.ImageBody,
        "strokes": schemas.StrokesBody,
        "pixels": schemas.PixelsBody,
    }
    expected = "an object with one of image, strokes and pixels"
    if not isinstance(entries, dict):
        raise _refusal(INVALID, argument or "body", expected, _kind_of(entries))
    given = [name for name in forms if name in entries]
    if not given:
        raise _refusal(MISSING, argument or "body", expected, "none of them")
    if len(given) > 1:
        raise _refusal(INVALID, argument or "body", expected, " and ".join(given))
    name = given[0]
    body = validate(forms[name], entries, argument)
    where = f"{argument}.{name}" if argument else name
    return Intake(_convert(getattr(body, name), where, settings), where)


def parse_json(data: bytes, settings: Settings) -> object:
    """Parse JSON that may hold as much as the limits allow, and no more.

    Raises:
        Problem: It is no JSON, or it has more parts than any request within the limits.
    """
    from pydantic_core import from_json

    most = 4 * settings.max_points + 1000 * settings.max_batch
    if data.count(b",") + data.count(b"[") + data.count(b"{") > most:
        raise _too_many_parts(data, settings)
    try:
        return from_json(data)
    except (ValueError, RecursionError) as error:
        raise _refusal(INVALID, "body", "JSON", f"something else ({error})") from error


def validate(model: type[BaseModel], entries: object, argument: str = "") -> Any:
    """Check parsed JSON against a model; the problem names the field that is wrong."""
    from pydantic import ValidationError

    try:
        return model.model_validate(entries)
    except ValidationError as error:
        raise _wrong_field(error, argument) from error


def _body(request: Request) -> bytes:
    data = request.get_data(cache=False)
    if not data:
        raise _refusal(MISSING, "body", "a picture", "an empty body")
    return data


def _from_form(request: Request) -> Intake:
    files = request.files.getlist(FIELD)
    if len(files) > 1:
        raise _refusal(INVALID, FIELD, "one file", f"{len(files)} files")
    data = files[0].read() if files else b""
    if not data:
        raise _refusal(MISSING, FIELD, "a picture as file of the form", "none")
    return Intake(data, FIELD)


def _convert(value: Any, argument: str, settings: Settings) -> object:
    if isinstance(value, str):
        return _decode_text(value, argument)
    if value and isinstance(value[0], list):
        points = sum(map(len, value))
        if points > settings.max_points:
            expected = f"up to {settings.max_points:,} points"
            raise _refusal(INVALID, argument, expected, f"{points:,} points")
        return value
    if not value:  # strokes without any
        return value
    import numpy as np

    return np.rint(np.asarray(value, np.float64)).astype(np.uint8).reshape(28, 28)


def _decode_text(text: str, argument: str) -> bytes:
    head, comma, tail = text.partition(",")
    if comma and not head.lower().endswith(";base64"):
        raise _refusal(INVALID, argument, "a data URL in base64", f"one with {head[:40]!r}")
    encoded = "".join((tail if comma else head).split())
    try:
        data = binascii.a2b_base64(encoded, strict_mode=True)
    except ValueError as error:
        raise _refusal(INVALID, argument, "a data URL or base64", f"{error}") from error
    if not data:
        raise _refusal(MISSING, argument, "a picture", "an empty text")
    return data


def _too_many_parts(data: bytes, settings: Settings) -> Problem:
    name = next((n for n in ("strokes", "pixels", "pictures") if b'"%s"' % n.encode() in data), "")
    expected = {
        "strokes": f"up to {settings.max_points:,} points",
        "pixels": "784 numbers",
        "pictures": f"up to {settings.max_batch} pictures and {settings.max_points:,} points",
    }.get(name, "an object with one of image, strokes and pixels")
    return _refusal(INVALID, name or "body", expected, "many more")


def _wrong_field(error: ValidationError, argument: str) -> Problem:
    first = error.errors(include_url=False, include_context=False)[0]
    field = argument
    for place in first["loc"]:
        field += f"[{place}]" if isinstance(place, int) else f".{place}" if field else place
    received = _kind_of(first["input"])
    return _refusal(INVALID, field or "body", first["msg"], received)


def _kind_of(value: object) -> str:
    """Name what came in a few words: never a drawing, never much."""
    if value is None or isinstance(value, bool | int | float):
        return f"{value!r:.40}"
    if isinstance(value, str):
        return f"a text of {len(value):,} characters"
    if isinstance(value, list):
        return f"a list of {len(value):,}"
    return "an object"


def _refusal(kind: Any, argument: str, expected: str, received: str) -> Problem:
    return Problem(kind, InvalidInput(argument, expected, received))
