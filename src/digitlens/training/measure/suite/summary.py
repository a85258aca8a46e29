"""Summary: the figures that say most, and those that are worst."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from digitlens.training.data.corrupt import CORRUPTIONS
from digitlens.training.measure.suite.ladder import MIDDLE_STRENGTH, STRENGTHS
from digitlens.training.measure.suite.results import TOLD_FROM, alphabet_of
from digitlens.training.measure.suite.tables import WAYS, area, percent, table

Entry = Mapping[str, Any]
_MIDDLE = STRENGTHS.index(MIDDLE_STRENGTH)
_WORST = 3  # that are named of each kind


def summary_table(found: Entry) -> str:
    """The table at the top of the page."""
    return table(["figure", *(called for _, called in WAYS)], _rows(found))


def summary_lines(found: Entry) -> list[str]:
    """The same for a terminal."""
    head = ["", *(called for _, called in WAYS)]
    return [f"{what:48} {ours:24} {usual}" for what, ours, usual in [head, *_rows(found)]]


def weaknesses(found: Entry) -> str:
    """What is read worst, by the figures; and what no figure here can say."""
    ladder = found["ladder"]["ours"]
    sets = [(entry["what"], entry["ours"]["right"]["value"]) for entry in found["sets"]]
    others = [(entry["what"], -entry["ours"]["read"]["value"]) for entry in found["others"]]
    strokes = next(entry for entry in found["sets"] if entry["name"] == TOLD_FROM)
    people = sorted(strokes["ours"]["by_person"], key=lambda figure: float(figure["value"]))
    lines = [
        f"Of the undamaged digits it reads least of: {_named(sets)}.",
        *(
            f"Damaged at strength {STRENGTHS[step]:.1f}, least of: "
            + _named((name, ladder[name][step]["value"]) for name in CORRUPTIONS)
            + "."
            for step in (_MIDDLE, len(STRENGTHS) - 1)
        ),
        f"Of what is no digit it gives out most of: {_named(others)}.",
        f"Of the pen strokes of one person it reads {percent(people[0])} % right, of another "
        f"{percent(people[-1])} %. They are those of {len(people)} people, at one place and with "
        "one kind of tablet: handwriting of other schools may be read worse than this page says.",
        "The damages are made by a program, one at a time. A photo has several at once, and some "
        "that are not here: folds, other writing, a hand's shadow with a hand in it.",
    ]
    return "\n".join(f"- {line}" for line in lines)


def _rows(found: Entry) -> list[list[str]]:
    sets = {entry["name"]: entry for entry in found["sets"]}
    mnist, strokes, letters = sets["mnist"], sets[TOLD_FROM], alphabet_of(found["others"])
    means = {way: {"mean": found["ladder"][way]["mean"][_MIDDLE]} for way, _ in WAYS}
    return [
        [what, *(form(entry[way][name]) for way, _ in WAYS)]
        for what, entry, name, form in (
            ("MNIST test set, read right %", mnist, "right", percent),
            ("… calibration error %", mnist, "calibration_error", percent),
            ("pen strokes, read right %", strokes, "right", percent),
            ("… given out as `read` %", strokes, "read", percent),
            ("… wrong and over 0.9 sure %", strokes, "confident_mistakes", percent),
            ("… calibration error %", strokes, "calibration_error", percent),
            (f"damaged at strength {MIDDLE_STRENGTH}, read right %", means, "mean", percent),
            ("letters, told from pen strokes, AUROC", letters, "auroc", area),
            ("… given out as `read` %", letters, "read", percent),
            ("… while 99 % of the strokes are kept %", letters, "passed", percent),
        )
    ]


def _named(figures: Iterable[tuple[str, float]]) -> str:
    worst = sorted(figures, key=lambda pair: pair[1])[:_WORST]
    return ", ".join(f"{what} ({100 * abs(value):.1f} %)" for what, value in worst)
