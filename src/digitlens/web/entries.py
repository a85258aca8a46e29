"""Entries: the JSON of a request becomes pictures as the reader takes them."""

from __future__ import annotations

import binascii

import numpy as np
from pydantic import BaseModel
from pydantic_core import from_json

from digitlens.settings import Settings
from digitlens.web import schemas
from digitlens.web.checks import check, describe
from digitlens.web.problems import INVALID, MISSING, Problem, refusal
from digitlens.web.submitted import Submitted, check_count

FORMS: dict[str, type[BaseModel]] = {
    "image": schemas.ImageBody,
    "strokes": schemas.StrokesBody,
    "pixels": schemas.PixelsBody,
}
_NO_SPACE = dict.fromkeys(map(ord, " \t\r\n"))  # base64 may come in lines
_EXPECTED = "an object with one of image, strokes and pixels"


def take_one(data: bytes, settings: Settings) -> Submitted:
    """Take the picture of a JSON body.

    Raises:
        Problem: It holds none, or not as it should be.
    """
    return take(parse(data, settings), "")


def take_many(data: bytes, settings: Settings) -> list[Submitted | Problem]:
    """Take the pictures of a JSON body; those that cannot be taken are problems in their places.

    Raises:
        Problem: There is no list of pictures, or it is too long.
    """
    found = parse(data, settings)
    if isinstance(found, dict) and found.get("pictures") == []:
        check_count(0, "pictures", settings)
    batch = check(schemas.BatchBody, found, "")
    check_count(len(batch.pictures), "pictures", settings)
    taken: list[Submitted | Problem] = []
    for place, picture in enumerate(batch.pictures):
        try:
            taken.append(take(picture, f"pictures[{place}]"))
        except Problem as problem:
            taken.append(problem)
    return taken


def check_query(names: list[str]) -> frozenset[str]:
    """Check which pictures an answer should include.

    Raises:
        Problem: One of them is not on offer.
    """
    query = check(schemas.Query, {"include": names}, "")
    return frozenset(query.include)


def parse(data: bytes, settings: Settings) -> object:
    """Parse JSON, unless it has more parts than any request within the limits.

    A few bytes of JSON become hundreds in memory, so that the limit on bytes does not bound it.
    """
    most = 4 * settings.max_points + 1000 * settings.max_batch
    if data.count(b",") + data.count(b"[") + data.count(b"{") > most:
        name = next((n for n in (*FORMS, "pictures") if f'"{n}"'.encode() in data), "body")
        raise refusal(INVALID, name, _most(name, settings), "many more parts than that")
    try:
        return from_json(data)
    except ValueError as error:
        raise refusal(INVALID, "body", "JSON", f"something else ({error})") from error


def _most(name: str, settings: Settings) -> str:
    return {
        "strokes": f"up to {settings.max_points:,} points",
        "pixels": "784 numbers",
        "pictures": f"pictures of up to {settings.max_points:,} points together",
    }.get(name, _EXPECTED)


def take(found: object, argument: str) -> Submitted:
    """Take the picture of an object that stands at `argument` of the body."""
    if not isinstance(found, dict):
        raise refusal(INVALID, argument or "body", _EXPECTED, describe(found))
    given = [name for name in FORMS if name in found]
    if len(given) != 1:
        kind = INVALID if given else MISSING
        raise refusal(kind, argument or "body", _EXPECTED, " and ".join(given) or "none of them")
    name = given[0]
    value = getattr(check(FORMS[name], found, argument), name)
    where = f"{argument}.{name}" if argument else name
    if name == "image":
        value = _decode(value, where)
    elif name == "pixels":
        value = np.rint(np.asarray(value)).astype(np.uint8).reshape(28, 28)
    return Submitted(value, where)


def _decode(text: str, argument: str) -> bytes:
    """Decode a data URL or base64."""
    head, comma, tail = text.partition(",")
    if comma and not (head[:5].lower() == "data:" and head[-7:].lower() == ";base64"):
        raise refusal(INVALID, argument, "a data URL in base64, or base64", "other text")
    try:
        data = binascii.a2b_base64((tail if comma else head).translate(_NO_SPACE), strict_mode=True)
    except ValueError as error:
        raise refusal(INVALID, argument, "a data URL or base64", f"other text ({error})") from error
    if not data:
        raise refusal(MISSING, argument, "a picture", "an empty text")
    return data
