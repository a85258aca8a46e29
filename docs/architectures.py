"""Draw the networks on board, and write their figures into docs/architectures.md.

python -m docs.architectures
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import keras

from digitlens.training.architectures import ARCHITECTURES, find
from digitlens.training.describe import describe
from digitlens.training.description import Description
from digitlens.training.drawing import draw

DOCS = Path(__file__).parent
PAGE = DOCS / "architectures.md"
DRAWINGS = DOCS / "images" / "architectures"
_PLACE = re.compile(r"(<!-- network: (\w+) -->\n)(.*?)(<!-- /network -->)", re.DOTALL)


def with_networks(text: str) -> str:
    """The page with the figures and the drawing of each network."""
    return _PLACE.sub(lambda found: found[1] + _figures(found[2]) + found[4], text)


@cache
def described(name: str) -> Description:
    """The description of a network; its layers are numbered as if it were the only one."""
    keras.backend.clear_session()
    return describe(find(name)())


def _figures(name: str) -> str:
    network = described(name)
    millions = f"{network.multiplications / 1e6:.1f} million"
    file = f"src/digitlens/training/architectures/{name}.py"
    return (
        f"{network.parameters:,} parameters, {millions} multiplications a digit, "
        f"[{name}.py](../{file})\n\n"
        f"![The network {name}, layer by layer](images/architectures/{name}.svg)\n"
    )


if __name__ == "__main__":
    DRAWINGS.mkdir(parents=True, exist_ok=True)
    for each in ARCHITECTURES:
        (DRAWINGS / f"{each}.svg").write_text(draw(described(each)), encoding="utf-8")
    PAGE.write_text(with_networks(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
