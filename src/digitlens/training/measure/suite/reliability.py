"""Reliability: the diagram of what confidence means, as an SVG for a light page and a dark one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from digitlens.training.measure.chance import wilson

FEWEST = 10  # readings of a bin that is shown; of fewer the share says little
_SIDE, _LEFT, _TOP, _FOOT = 330, 64, 44, 96  # pixels: the square, and the room around it
_WIDTH, _HEIGHT = _LEFT + _SIDE + 24, _TOP + _SIDE + _FOOT
_STYLE = """
svg { --ground: #fffefa; --text: #1b2130; --muted: #596072; --line: #d5d1c5;
  --one: #2549c9; --two: #b45309; --three: #0f766e;
  font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
@media (prefers-color-scheme: dark) {
  svg { --ground: #1a2025; --text: #ebe9e1; --muted: #a3abb3; --line: #37424a;
    --one: #93b5ff; --two: #ffb067; --three: #5fd3bf; }
}
.ground { fill: var(--ground); stroke: var(--line); }
.line { stroke: var(--line); } .even { stroke: var(--muted); stroke-dasharray: 2 4; }
text { fill: var(--muted); } .title { fill: var(--text); font-size: 15px; font-weight: 600; }
.one { stroke: var(--one); fill: var(--one); } .two { stroke: var(--two); fill: var(--two); }
.three { stroke: var(--three); fill: var(--three); }
path { stroke-width: 2; } path.line, path.even { stroke-width: 1; } path.joined { fill: none; }
"""


class Series(NamedTuple):
    """One line of the diagram.

    Attributes:
        name: What it is called in the legend.
        bins: As `Bin` in entries of JSON.
    """

    name: str
    bins: Sequence[Mapping[str, Any]]


def diagram(title: str, series: Sequence[Series]) -> str:
    """Draw how often readings of a confidence were right; on the dotted line it means what it says.

    Args:
        title: Above it.
        series: Up to three, told apart by colour and by mark.

    Returns:
        An SVG of its own ground, which follows the reader's colour scheme.
    """
    parts = [_frame(title)]
    for number, one in enumerate(series):
        shown = [entry for entry in one.bins if entry["count"] >= FEWEST]
        parts.append(_series(number, shown))
        parts.append(_legend(number, one))
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
    label = f"{title}: share read right by confidence"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{label}">'
    return "\n".join([head, f"<style>{_STYLE}</style>", *parts, "</svg>", ""])


def _frame(title: str) -> str:
    ground = (
        f'<rect class="ground" x=".5" y=".5" width="{_WIDTH - 1}" height="{_HEIGHT - 1}" rx="12"/>'
    )
    parts = [ground, _text(_LEFT, 28, title, "title")]
    for share in (0, 0.25, 0.5, 0.75, 1):
        x, y = _place(share, share)
        parts.append(_path(f"M{_LEFT} {y}h{_SIDE}", "line"))
        parts.append(_path(f"M{x} {_TOP}v{_SIDE}", "line"))
        parts.append(_text(_LEFT - 8, y + 4, f"{share:.0%}", anchor="end"))
        parts.append(_text(x, _TOP + _SIDE + 18, f"{share:.0%}", anchor="middle"))
    parts.append(_path(f"M{_LEFT} {_TOP + _SIDE}L{_LEFT + _SIDE} {_TOP}", "even"))
    middle = _TOP + _SIDE / 2
    parts.append(_text(_LEFT + _SIDE / 2, _TOP + _SIDE + 36, "confidence", anchor="middle"))
    turned = f'<g transform="rotate(-90 16 {middle})">'
    parts.append(turned + _text(16, middle, "read right", anchor="middle") + "</g>")
    return "\n".join(parts)


def _series(number: int, shown: Sequence[Mapping[str, Any]]) -> str:
    """A line through the bins, with a mark for each and its interval."""
    kind = _KINDS[number]
    places = [_place(entry["confidence"], entry["accuracy"]) for entry in shown]
    parts = []
    if len(places) > 1:
        line = "L".join(f"{x} {y}" for x, y in places)
        parts.append(_path(f"M{line}", f"joined {kind}"))
    for entry, (x, y) in zip(shown, places, strict=True):
        low, high = wilson(round(entry["accuracy"] * entry["count"]), entry["count"])
        top, bottom = _place(0, high)[1], _place(0, low)[1]
        parts.append(_path(f"M{x} {top}V{bottom}", kind))
        parts.append(_path(_mark(number, x, y), kind))
    return "\n".join(parts)


def _legend(number: int, one: Series) -> str:
    x, y = _LEFT + 4, _TOP + _SIDE + 52 + 17 * number
    return _path(_mark(number, x, y - 4), _KINDS[number]) + _text(x + 14, y, one.name)


_KINDS = ("one", "two", "three")


def _mark(number: int, x: float, y: float) -> str:
    """A square, a triangle or a diamond: told apart without their colour."""
    return (
        f"M{x - 3.5} {y - 3.5}h7v7h-7z",
        f"M{x - 4.5} {y + 4}h9L{x} {y - 4.5}z",
        f"M{x - 5} {y}l5 -5l5 5l-5 5z",
    )[number]


def _place(confidence: float, accuracy: float) -> tuple[float, float]:
    return round(_LEFT + confidence * _SIDE, 1), round(_TOP + (1 - accuracy) * _SIDE, 1)


def _path(line: str, kind: str) -> str:
    return f'<path class="{kind}" d="{line}"/>'


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    classed = f' class="{kind}"' if kind else ""
    return f'<text{classed} x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>'
