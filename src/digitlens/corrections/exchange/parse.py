"""Parse: what `dump` wrote becomes rows again, after a careful look at all of it."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from digitlens.corrections.exchange.dump import Entry
from digitlens.corrections.moments import to_number
from digitlens.corrections.packed import surprise
from digitlens.corrections.pictures import look, pack, unpack
from digitlens.corrections.records import Glyph, check_label
from digitlens.errors import InvalidInput, StoreError

_READING = re.compile(r"[0-9a-f]{32}")
_DECISION = re.compile(r"[0-9a-f]{32}")
_RECEIPT = re.compile(r"[0-9a-f]{64}")
_STATUS = ("pending", "accepted", "rejected")
_ACTIONS = ("accept", "relabel", "reject", "reopen")

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GlyphRows:
    """The rows of one glyph: of the tables glyph, picture, decision and change."""

    glyph: Values
    picture: Values
    decisions: list[Values]
    changes: list[Values]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one submission, and of its glyphs."""

    submission: Values
    glyphs: list[GlyphRows]


def parse(entry: Entry) -> Rows:
    """Make rows of what `dump` wrote.

    Raises:
        InvalidInput: Something is missing or not what it should be.
    """
    try:
        submission = {
            "reading": _match(entry, "reading", _READING),
            "receipt": bytes.fromhex(_match(entry, "receipt", _RECEIPT)),
            "verdict": _one_of(entry, "verdict", ("wrong", "right")),
            "strokes": _pack_strokes(entry["strokes"]),
        }
        shared = {name: _text(entry, name, 200) for name in ("client", "model", "version")}
        glyphs = [_glyph(each, shared) for each in entry["glyphs"]]
    except KeyError as error:
        raise InvalidInput(str(error.args[0]), "to be there", "an entry without it") from error
    except (TypeError, AttributeError) as error:
        raise InvalidInput("entry", "what `corrections export` writes", str(error)) from error
    if [each.glyph["position"] for each in glyphs] != list(range(len(glyphs))) or not glyphs:
        raise InvalidInput("glyphs", "one for each position, from 0", f"{len(glyphs)} others")
    return Rows(submission, glyphs)


def _glyph(entry: Entry, shared: Values) -> GlyphRows:
    box = [_whole(side, "box") for side in entry["box"]]
    if len(box) != 4:
        _refuse("box", "four numbers", entry["box"])
    x, y, width, height = box
    ink, seen = _picture(entry, "ink"), _picture(entry, "seen")
    # What a person may say is checked where they say it.
    checked = Glyph(
        ink,
        seen,
        _whole(entry["read"], "read"),
        _number(entry, "confidence"),
        _text(entry, "judged", 20),
        _whole(entry["given"], "given"),
        (x, y, width, height),
    )
    values = {
        **shared,
        "position": _whole(entry["position"], "position"),
        "look": look(seen),
        **{"x": x, "y": y, "width": width, "height": height},
        "read": checked.read,
        "confidence": checked.confidence,
        "judged": checked.status,
        "given": checked.should,
        "should": _label(entry, "should"),
        "surprise": surprise(checked.read, checked.should, checked.confidence),
        "status": _one_of(entry, "status", _STATUS),
        "folded": entry["folded"] is True,
        "created": to_number(_moment(entry, "created")),
        "decided": _maybe_moment(entry, "decided"),
        "decision": entry["decision"] and _match(entry, "decision", _DECISION),
    }
    changes = entry["changes"]
    return GlyphRows(
        values,
        {"ink": pack(ink), "seen": pack(seen)},
        [_decision(each) for each in changes],
        [_change(each) for each in changes],
    )


def _decision(entry: Entry) -> Values:
    return {
        "id": _match(entry, "decision", _DECISION),
        "action": _one_of(entry, "action", _ACTIONS),
        "label": None if entry["label"] is None else _label(entry, "label"),
        "created": to_number(_moment(entry, "at")),
    }


def _change(entry: Entry) -> Values:
    return {
        "decision": _match(entry, "decision", _DECISION),
        "status": _one_of(entry, "status", _STATUS),
        "should": _label(entry, "should"),
        "decided": _maybe_moment(entry, "decided"),
        "before": entry["before"] and _match(entry, "before", _DECISION),
    }


def _pack_strokes(strokes: Any) -> bytes | None:
    if strokes is None:
        return None
    return zlib.compress(json.dumps(strokes, separators=(",", ":")).encode())


def _picture(entry: Entry, name: str) -> Any:
    try:
        return unpack(b64decode(entry[name], validate=True))
    except (Base64Error, ValueError, StoreError):
        _refuse(name, "a PNG in base64", entry[name])


def _match(entry: Entry, name: str, pattern: re.Pattern[str]) -> str:
    value = entry[name]
    if not isinstance(value, str) or not pattern.fullmatch(value):
        _refuse(name, pattern.pattern, value)
    return str(value)


def _text(entry: Entry, name: str, most: int) -> str:
    value = entry[name]
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        _refuse(name, f"up to {most} characters", value)
    return str(value)


def _one_of(entry: Entry, name: str, values: tuple[str, ...]) -> str:
    if entry[name] not in values:
        _refuse(name, ", ".join(values), entry[name])
    return str(entry[name])


def _label(entry: Entry, name: str) -> int:
    check_label(label := _whole(entry[name], name), name)
    return label


def _whole(value: Any, name: str) -> int:
    # PostgreSQL's integers have 32 bits.
    if type(value) is not int or abs(value) >= 2**31:
        _refuse(name, "a whole number", value)
    return int(value)


def _number(entry: Entry, name: str) -> float:
    value = entry[name]
    if type(value) not in (int, float):
        _refuse(name, "a number", value)
    return float(value)


def _moment(entry: Entry, name: str) -> datetime:
    try:
        return datetime.fromisoformat(entry[name])
    except (TypeError, ValueError):
        _refuse(name, "a moment, as RFC 3339 has them", entry[name])


def _maybe_moment(entry: Entry, name: str) -> int | None:
    return None if entry[name] is None else to_number(_moment(entry, name))


def _refuse(name: str, expected: str, value: Any) -> NoReturn:
    shown = repr(value)
    raise InvalidInput(name, expected, shown if len(shown) <= 60 else shown[:60] + "…")
