"""Draw a network as SVG: stacks of maps, rows of numbers, and what happens between them.

Layers that give another shape are drawn as large as their maps; those that keep it are plates of
one width with their name on them. Long networks wrap. Each layer is a group that can be focused,
with its name in `data-layer` and its sentence as a tooltip, so that a page can make it a button.

On its own it follows the reader's light or dark setting; inline, the `color-scheme` of its page,
which can also set its own colours: `--network-text`, `--network-GROUP` (convolution, pooling, …)
and `--network-GROUP-edge`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from digitlens.training.layers.description import Description, Layer
from digitlens.training.layers.drawing_style import STYLE

WIDTH = 960  # of the drawing, in pixels
_MARGIN, _GAP, _ROW, _MIDDLE = 16, 22, 216, 84
_PLATE, _TALL = 22, 112  # width and height of a layer that keeps the shape
_SCALE, _LEAST = 3.4, 12  # pixels for a place of a map; the smallest map
_SHIFT = 5  # from one map of a stack to the next
_STACKS = ("input", "convolution", "pooling", "dense")  # drawn as what they give, always
_CHARACTER = 7.2  # width of a character of a label


@dataclass(frozen=True, slots=True)
class _Placed:
    """A layer with its place: left edge and width of its cell, and the middle of its row."""

    layer: Layer
    left: float
    width: float
    middle: float
    plate: bool


def draw(description: Description) -> str:
    """Draw a network.

    Returns:
        An SVG document of 960 pixels' width, or less for a short network.
    """
    placed = _place(description.layers)
    width = max(WIDTH if p.middle > _ROW else p.left + p.width + _MARGIN for p in placed)
    height = placed[-1].middle + _ROW - _MIDDLE
    title = escape(f"The network {description.name}, layer by layer")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="network" role="group" '
            f'aria-label="{title}" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}">',
            f"<style>{STYLE}</style>",
            *(_arrow(before, after) for before, after in pairwise(placed)),
            *map(_group, placed),
            "</svg>\n",
        ]
    )


def _place(layers: tuple[Layer, ...]) -> list[_Placed]:
    """Put layers into rows, from left to right."""
    placed: list[_Placed] = []
    left, middle = float(_MARGIN), float(_MIDDLE)
    for index, layer in enumerate(layers):
        plate = layer.group not in _STACKS and layer.shape == layers[max(0, index - 1)].shape
        width = _PLATE if plate else _cell(layer)
        if left + width > WIDTH - _MARGIN:
            left, middle = float(_MARGIN), middle + _ROW
        placed.append(_Placed(layer, left, width, middle, plate))
        left += width + _GAP
    return placed


def _cell(layer: Layer) -> float:
    """Width that a stack and its label need."""
    side, count = _side(layer), _count(layer)
    label = max(len(layer.label), len(_size(layer))) * _CHARACTER
    return max(side[0] + (count - 1) * _SHIFT, label)


def _side(layer: Layer) -> tuple[float, float]:
    """Width and height of one map, or of a row of numbers stood on end."""
    if len(layer.shape) == 3:
        return _length(layer.shape[1]), _length(layer.shape[0])
    return 14, min(130, 24 + 11 * math.log2(max(1, layer.numbers)))


def _length(places: int) -> float:
    return max(_LEAST, min(places, 32) * _SCALE)


def _count(layer: Layer) -> int:
    """Maps that are drawn of a stack: one more each time their number doubles."""
    if len(layer.shape) < 3:
        return 1
    return min(9, 1 + round(math.log2(max(1, layer.shape[-1]))))


def _size(layer: Layer) -> str:
    return "×".join(map(str, layer.shape))


def _group(placed: _Placed) -> str:
    layer = placed.layer
    body = _plate(placed) if placed.plate else _stack(placed)
    return (
        f'<g class="layer {layer.group}" data-layer="{escape(layer.name)}" tabindex="0">'
        f"<title>{escape(layer.name)}: {escape(layer.sentence)}</title>{body}</g>"
    )


def _plate(placed: _Placed) -> str:
    top, x = placed.middle - _TALL / 2, placed.left + _PLATE / 2
    return (
        _rect(placed.left, top, _PLATE, _TALL, "plate", 5)
        + f'<text class="on" transform="translate({x + 4:.1f} {placed.middle:.1f}) rotate(-90)">'
        f"{escape(_short(placed.layer.label, 18))}</text>"
    )


def _stack(placed: _Placed) -> str:
    """Maps one behind the other, the nearest last, and below them what they are."""
    (width, height), count = _side(placed.layer), _count(placed.layer)
    depth = (count - 1) * _SHIFT
    x = placed.left + (placed.width - width - depth) / 2
    y = placed.middle - (height - depth) / 2
    maps = [
        _rect(x + k * _SHIFT, y - k * _SHIFT, width, height, "map", 2) for k in range(count)[::-1]
    ]
    middle, below = placed.left + placed.width / 2, placed.middle + 92
    return (
        "".join(maps)
        + _text(middle, below, "label", placed.layer.label)
        + _text(middle, below + 16, "size", _size(placed.layer))
    )


def _arrow(before: _Placed, after: _Placed) -> str:
    """From one layer to the next; to the next row where it wraps."""
    start, end, y = before.left + before.width + 3, after.left - 3, before.middle
    if before.middle == after.middle:
        return f'<path class="arrow" d="M{start:.1f} {y:.1f}H{end:.1f}m-4 -3l4 3l-4 3"/>'
    between, x = after.middle - _MIDDLE - 4, after.left - 10
    return (
        f'<path class="arrow turn" d="M{start:.1f} {y:.1f}h7V{between:.1f}H{x:.1f}'
        f'V{after.middle:.1f}H{end:.1f}m-4 -3l4 3l-4 3"/>'
    )


def _rect(x: float, y: float, width: float, height: float, name: str, radius: float) -> str:
    return (
        f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" rx="{radius}"/>'
    )


def _text(x: float, y: float, name: str, text: str) -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
