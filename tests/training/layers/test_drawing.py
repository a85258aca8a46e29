"""The drawing is SVG in which every layer is found, inside the frame, and can be focused."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from digitlens.training.layers.description import Layer, describe_layers
from digitlens.training.layers.drawing import WIDTH, draw

_SVG = "{http://www.w3.org/2000/svg}"


def network(count: int) -> list[Layer]:
    """A network of so many convolutions, each with a ReLU behind it."""
    layers = [Layer("input", "InputLayer", "input", "picture", (28, 28, 1), 0, 0, "The picture.")]
    for k in range(count):
        shape = (28 - k, 28 - k, 2 ** min(k, 8))
        layers.append(Layer(f"c{k}", "Conv2D", "convolution", "conv 3×3", shape, 9, 9, "Looks."))
        layers.append(Layer(f"r{k}", "ReLU", "activation", "ReLU", shape, 0, 0, 'a < b & "c".'))
    return [*layers, Layer("last", "Dense", "dense", "dense", (10,), 9, 9, "Ten.")]


@pytest.mark.parametrize("count", [1, 3, 20])
def test_layers(count: int) -> None:
    """Each layer is a group with its name and its sentence, in order, whatever is in its text."""
    layers = network(count)
    root = ElementTree.fromstring(draw(describe_layers("n<1>", "Keras", layers)))  # noqa: S314 -- our own
    groups = root.findall(f"{_SVG}g")
    assert [group.get("data-layer") for group in groups] == [layer.name for layer in layers]
    assert all(group.get("tabindex") == "0" for group in groups)
    titles = [group.findtext(f"{_SVG}title") for group in groups]
    assert titles == [f"{layer.name}: {layer.sentence}" for layer in layers]


@pytest.mark.parametrize("count", [1, 3, 20])
def test_inside_the_frame(count: int) -> None:
    """Nothing lies outside, and a long network wraps instead of growing wider."""
    root = ElementTree.fromstring(draw(describe_layers("n", "Keras", network(count))))  # noqa: S314 -- our own
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    assert width <= WIDTH
    for rect in root.iter(f"{_SVG}rect"):
        x, y, w, h = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height


def test_wraps() -> None:
    """Twenty convolutions take several rows."""
    heights = [
        float(re.findall(r'height="(\d+)"', draw(describe_layers("n", "Keras", network(count))))[0])
        for count in (1, 20)
    ]
    assert heights[1] >= 3 * heights[0]


def test_both_themes() -> None:
    """Every colour is given for light and dark, and a page can replace it."""
    text = draw(describe_layers("n", "Keras", network(1)))
    assert "--fill:var(--network-convolution,light-dark(" in text
    assert "color:var(--network-text,light-dark(" in text
