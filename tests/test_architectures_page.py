"""docs/architectures.md is current: `python -m docs.architectures` would change nothing."""

from __future__ import annotations

import pytest

pytest.importorskip("keras", reason="install the extra `train`")

from docs.architectures import DRAWINGS, PAGE, described, with_networks

from digitlens.training.architectures import ARCHITECTURES
from digitlens.training.layers.drawing import draw


def test_page() -> None:
    """Every network is on it, with its figures."""
    text = PAGE.read_text(encoding="utf-8")
    assert with_networks(text) == text
    for name in ARCHITECTURES:
        assert f"## {name}\n\n<!-- network: {name} -->" in text


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_drawing(name: str) -> None:
    """The drawing is of the network as it is."""
    assert (DRAWINGS / f"{name}.svg").read_text(encoding="utf-8") == draw(described(name))
