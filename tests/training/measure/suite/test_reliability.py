"""The diagram shows each bin where it belongs, in colours for light and dark."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from digitlens.training.measure.suite.reliability import FEWEST, Series, diagram


def one_bin(confidence: float, accuracy: float, count: int) -> dict[str, float]:
    """A bin as JSON has it."""
    return {"confidence": confidence, "accuracy": accuracy, "count": count}


def marks(svg: str, kind: str) -> list[tuple[float, float]]:
    """Places of the triangles of a series, its legend's left out: the tip of each."""
    found = re.findall(rf'class="{kind}" d="M[^"]*L([\d.]+) ([\d.]+)z"', svg)
    return [(float(x), float(y)) for x, y in found][:-1]


def test_places() -> None:
    """The more confident, the further right; the more often right, the higher."""
    bins = [one_bin(0.2, 0.1, 50), one_bin(0.6, 0.4, 50), one_bin(0.9, 0.95, 50)]
    svg = diagram("reader", [Series("first", []), Series("second", bins)])
    places = marks(svg, "two")
    assert len(places) == 3
    assert sorted(x for x, _ in places) == [x for x, _ in places]
    assert sorted((y for _, y in places), reverse=True) == [y for _, y in places]


def test_few() -> None:
    """A bin of few readings is left out."""
    bins = [one_bin(0.2, 0.5, FEWEST - 1), one_bin(0.9, 0.9, FEWEST)]
    svg = diagram("reader", [Series("first", []), Series("second", bins)])
    assert len(marks(svg, "two")) == 1


def test_document() -> None:
    """It is an SVG that names what it shows and has colours for a dark page."""
    root = ElementTree.fromstring(diagram("reader", [Series("digits", [])]))  # noqa: S314 -- ours
    assert root.tag.endswith("svg")
    assert "reader" in root.attrib["aria-label"]
    assert "prefers-color-scheme: dark" in ElementTree.tostring(root, "unicode")
