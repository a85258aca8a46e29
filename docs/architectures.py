"""Draw the networks on board, and write their figures into docs/architectures.md.

python -m docs.architectures
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import keras

from digitlens.training.architectures import ARCHITECTURES, find
from digitlens.training.layers.describe import describe
from digitlens.training.layers.description import Description
from digitlens.training.layers.drawing import draw

DOCS = Path(__file__).parent
TRAINED = DOCS.parent / "benchmarks" / "networks.json"
_TABLE = re.compile(r"(<!-- table -->\n)(.*?)(<!-- /table -->)", re.DOTALL)
PAGE = DOCS / "architectures.md"
DRAWINGS = DOCS / "images" / "architectures"
_PLACE = re.compile(r"(<!-- network: (\w+) -->\n)(.*?)(<!-- /network -->)", re.DOTALL)


def with_networks(text: str) -> str:
    """The page with the table, and with the figures and the drawing of each network."""
    text = _TABLE.sub(lambda found: found[1] + "\n" + trained_table() + "\n" + found[3], text)
    return _PLACE.sub(lambda found: found[1] + _figures(found[2]) + found[4], text)


def trained_table() -> str:
    """What came of training each network: `python -m benchmarks.networks` measures it."""
    results = json.loads(TRAINED.read_text(encoding="utf-8"))
    lines = [
        "| network, preset | parameters | LiteRT | one digit | training | MNIST test set |",
        "|---|---|---|---|---|---|",
    ]
    for name, run in results.items():
        low, high = run["interval"]
        lines.append(
            f"| `{run['model']}`, {name.removeprefix(run['model'] + '-')} | {run['parameters']:,} "
            f"| {run['bytes'] / 1000:,.0f} kB | {run['latency']:.0f} µs "
            f"| {run['epochs']} epochs, {_time(run['seconds'])} "
            f"| {run['accuracy']:.2%} ({100 * low:.2f} to {100 * high:.2f}) |"
        )
    return "\n".join(lines) + "\n"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


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
