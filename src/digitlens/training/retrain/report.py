"""Report: the gate's figures, and the pictures that changed sides, on one page without a server."""

from __future__ import annotations

import json
import shutil
from html import escape
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from digitlens.training.data.mnist import NONE
from digitlens.training.finish import Order
from digitlens.training.report.pieces import inline, missing, section, table
from digitlens.training.report.style import STYLE
from digitlens.training.retrain.asked import Answers, Asked
from digitlens.training.retrain.gate import Verdict
from digitlens.training.retrain.paired import Paired

VERDICT = "verdict.json"
PAGE = "verdict.html"
CHANGED = "changed"  # folder of the pictures that changed sides
_SHOWN = 48  # of each set and each side
_TITLES = {
    "corrections": "Corrections held out",
    "mnist_test": "MNIST's test set",
    "pen_strokes": "Pen strokes of writers it never saw",
}


def write_verdict(
    order: Order,
    parent: str,
    verdict: Verdict,
    asked: dict[str, Asked],
    answers: dict[str, tuple[Answers, Answers]],
) -> None:
    """Write RUN/verdict.json and RUN/verdict.html.

    Args:
        order: What was made.
        parent: The version before it.
        verdict: What the gate says.
        asked: The sets that it was asked about, by their names.
        answers: What the version before it and the new one said of each.
    """
    entries = {"version": order.version, "parent": parent} | verdict.as_dict()
    (order.run / VERDICT).write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    sides = {"corrections": verdict.corrections} | verdict.frozen
    shutil.rmtree(order.run / CHANGED, ignore_errors=True)  # of when the gate was asked before
    (order.run / CHANGED).mkdir()
    sections = [_figures(verdict, sides)]
    for name, paired in sides.items():
        sections.append(_set(order.run / CHANGED, name, paired, asked[name], answers[name]))
    (order.run / PAGE).write_text(_page(order.version, parent, verdict, sections), encoding="utf-8")


def _page(version: str, parent: str, verdict: Verdict, sections: list[str]) -> str:
    title = f"{escape(version)}, made from {escape(parent)}"
    word = "It is admitted." if verdict.admitted else "It is not admitted."
    return "\n".join(
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{title} – a retraining</title><style>{STYLE}</style></head><body>",
            f'<header><h1>{title}</h1><p class="lead"><b>{word}</b></p></header>',
            f"<main>{''.join(sections)}</main></body></html>",
            "",
        )
    )


def _figures(verdict: Verdict, sides: dict[str, Paired]) -> str:
    head = ("asked about", "pictures", "before", "now", "points", "95 % interval", "gained", "lost")
    rows = [(_TITLES[name], *_row(paired)) for name, paired in sides.items()]
    reasons = "".join(f"<p>{escape(reason)}</p>" for reason in verdict.reasons)
    return section("What the gate asked", table(head, rows, "numbers") + reasons)


def _row(paired: Paired) -> tuple[str, ...]:
    low, high = paired.interval
    shares = [f"{n / paired.count:.2%}" for n in (paired.before, paired.after)]
    return (
        f"{paired.count:,}",
        *shares,
        f"{paired.points:+.2f}",
        f"{low:+.2f} to {high:+.2f}",
        str(len(paired.gained)),
        str(len(paired.lost)),
    )


def _set(
    folder: Path, name: str, paired: Paired, asked: Asked, answers: tuple[Answers, Answers]
) -> str:
    content = ""
    for side, rows in (("now right", paired.gained), ("now wrong", paired.lost)):
        cards = [_card(folder, name, row, asked, answers) for row in rows[:_SHOWN]]
        more = f", {_SHOWN} of them here" if len(rows) > _SHOWN else ""
        content += f"<p>{len(rows):,} {side}{more}</p>"
        content += f'<div class="mistakes">{"".join(cards)}</div>' if cards else ""
    changed = paired.gained or paired.lost
    return section(_TITLES[name], content if changed else missing("No picture changed sides."))


def _card(folder: Path, name: str, row: int, asked: Asked, answers: tuple[Answers, Answers]) -> str:
    path = folder / f"{name}-{row}.png"
    Image.fromarray(_grey(asked.seen[row])).save(path)
    before, now = (_word(answer.read[row]) for answer in answers)
    caption = f"<b>{_word(asked.labels[row])}</b> was {before}, is {now}"
    alt = f"{_TITLES[name]}, no. {row}"
    picture = f'<img alt="{alt}" src="{inline(path)}">'
    return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>"


def _grey(seen: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    return np.rint(255 * (1 - seen[:, :, 0])).astype(np.uint8)


def _word(label: np.int64) -> str:
    return "no digit" if label == NONE else str(label)
