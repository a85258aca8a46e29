"""Put what was measured into the tables of the course.

A table stands between `<!-- figures: NAME, ... -->` and `<!-- /figures -->`; NAME is in `TABLES`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

LEARN = Path(__file__).parents[1] / "learn"
MEASURED = LEARN / "measured.json"
_PLACE = re.compile(r"(<!-- figures: (\w+), .*?-->\n)(.*?)(<!-- /figures -->)", re.DOTALL)
Found = dict[str, Any]


def filled(text: str, found: Found) -> str:
    """The text of a page with what was measured."""
    return _PLACE.sub(lambda place: place[1] + TABLES[place[2]](found) + place[4], text)


def write_pages() -> None:
    """Fill every page of the course."""
    found = json.loads(MEASURED.read_text(encoding="utf-8"))
    for page in sorted(LEARN.glob("*.md")):
        page.write_text(filled(page.read_text(encoding="utf-8"), found), encoding="utf-8")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in Markdown; all columns but the first are figures."""
    lines = [head, ("---", *["---:"] * (len(head) - 1)), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _first(found: Found) -> str:
    run = found["runs"]["first"]
    low, high = run["interval"]
    return table(
        ("what", "figure"),
        [
            ("read right, of 10,000 new digits", f"{run['accuracy']:.2%}"),
            ("misread", f"{run['mistakes']}"),
            ("95 % interval", f"{low:.2%} to {high:.2%}"),
            ("numbers that it learned", f"{run['parameters']:,}"),
            ("size of its file", f"{run['bytes'] / 1000:,.0f} kB"),
        ],
    )


def _lines(found: Found) -> str:
    shown = found["convolution"]
    rows = [
        (f"a {digit}", f"{shown[f'upright_{digit}']:.0f}", f"{shown[f'level_{digit}']:.0f}")
        for digit in (1, 7)
    ]
    return table(("on average", "lines that stand", "lines that lie"), rows)


def _no_convolution(found: Found) -> str:
    runs, shifted = found["runs"], found["shifted"]
    names = ("first", "no-convolution")
    a, b = (runs[name] for name in names)
    rows = [
        ("numbers that it learned", f"{a['parameters']:,}", f"{b['parameters']:,}"),
        ("multiplications for one digit", *(f"{r['multiplications']:,}" for r in (a, b))),
        ("read right", f"{a['accuracy']:.2%}", f"{b['accuracy']:.2%}"),
        ("misread, of 10,000", f"{a['mistakes']}", f"{b['mistakes']}"),
    ]
    for pixels in range(1, 5):
        what = f"read right, moved by {pixels} pixel" + "s" * (pixels > 1)
        rows.append((what, *(f"{shifted[name][pixels]:.1%}" for name in names)))
    return table(("", "`simple`", "`no_convolution`"), rows)


def _pooling(found: Found) -> str:
    shown = found["pooling"]
    rows = []
    for times, name in enumerate(("the picture", "pooled once", "twice", "three times")):
        side = round(shown[f"numbers_{times}"] ** 0.5)
        rows.append((name, f"{side}×{side}", f"{shown[f'change_{times}']:.0%}"))
    return table(("", "numbers", "changed by a move of one pixel"), rows)


def _without_pooling(found: Found) -> str:
    a, b = found["runs"]["once"], found["runs"]["without-pooling"]
    return table(
        ("", "`simple`", "`without_pooling`"),
        [
            ("numbers that it learned", f"{a['parameters']:,}", f"{b['parameters']:,}"),
            ("size of its file", *(f"{r['bytes'] / 1000:,.0f} kB" for r in (a, b))),
            ("multiplications for one digit", *(f"{r['multiplications']:,}" for r in (a, b))),
            ("microseconds for one digit", *(f"{r['latency']:,.0f}" for r in (a, b))),
            ("read right after one epoch", f"{a['accuracy']:.2%}", f"{b['accuracy']:.2%}"),
            ("95 % interval", *(_interval(r) for r in (a, b))),
        ],
    )


def _softmax(found: Found) -> str:
    shown = found["softmax"]
    rows = [
        (f"{t:g}", f"{shown['accuracy']:.2%}", f"{shown[f'sure_{t:g}']:.2%}")
        for t in (0.5, 1, 2, 4)
    ]
    own = (f"{shown['temperature']:g}, its own", rows[0][1], f"{shown['sure_own']:.2%}")
    return table(("temperature", "read right", "how sure, on average"), [*rows, own])


def _dropout(found: Found) -> str:
    shown = found["dropout"]
    rows = [
        (
            f"{share:.0%}",
            *(f"{shown[f'{part}_{share:g}']:.2%}" for part in ("learned", "new")),
            *(f"{shown[f'{part}_loss_{share:g}']:.3f}" for part in ("learned", "new")),
        )
        for share in (0, 0.25, 0.5)
    ]
    head = ("left out", "right, learned", "right, new", "loss, learned", "loss, new")
    return table(head, rows)


def _batchnorm(found: Found) -> str:
    shown = found["batchnorm"]
    rows = [
        (f"{rate:g}", f"{shown[f'False_{rate:g}']:.1%}", f"{shown[f'True_{rate:g}']:.1%}")
        for rate in (0.001, 0.003, 0.01)
    ]
    return table(("learning rate", "without", "with"), rows)


def _half(found: Found) -> str:
    return _beside_simple(found, "half", "half")


def _without_dense(found: Found) -> str:
    return _beside_simple(found, "without_dense", "without-dense")


def _beside_simple(found: Found, model: str, run: str) -> str:
    a, b = found["runs"]["first"], found["runs"][run]
    return table(
        ("", "`simple`", f"`{model}`"),
        [
            ("numbers that it learned", f"{a['parameters']:,}", f"{b['parameters']:,}"),
            ("multiplications for one digit", *(f"{r['multiplications']:,}" for r in (a, b))),
            ("read right", f"{a['accuracy']:.2%}", f"{b['accuracy']:.2%}"),
            ("misread, of 10,000", f"{a['mistakes']}", f"{b['mistakes']}"),
            ("95 % interval", *(_interval(r) for r in (a, b))),
        ],
    )


def _how(found: Found) -> str:
    versions = found["how"]["versions"]
    rows = [(name, versions[name]) for name in ("python", "keras", "tensorflow", "numpy")]
    return table(("what", "version"), [*rows, ("cores", str(found["how"]["cores"]))])


def _interval(run: Found) -> str:
    return f"{run['interval'][0]:.2%} to {run['interval'][1]:.2%}"


TABLES: dict[str, Callable[[Found], str]] = {
    "first": _first,
    "lines": _lines,
    "no_convolution": _no_convolution,
    "pooling": _pooling,
    "without_pooling": _without_pooling,
    "softmax": _softmax,
    "dropout": _dropout,
    "batchnorm": _batchnorm,
    "without_dense": _without_dense,
    "half": _half,
    "how": _how,
}
