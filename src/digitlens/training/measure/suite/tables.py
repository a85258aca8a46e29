"""Tables: figures with their intervals, ours and the usual way's side by side, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from digitlens.training.data.corrupt import CORRUPTIONS
from digitlens.training.measure.suite.ladder import STRENGTHS

Entry = Mapping[str, Any]
_USUAL = "usual way"
WAYS = (("ours", "digitlens"), ("usual", _USUAL))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown; the first column names the row, the others hold figures."""
    rule = ["---", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def percent(figure: Entry | None) -> str:
    """`99.60 (99.46–99.71)`: a share in per cent with its interval; a dash where there is none."""
    if figure is None:
        return "–"
    return "{:.2f} ({:.2f}–{:.2f})".format(*(100 * figure[k] for k in ("value", "low", "high")))


def area(figure: Entry) -> str:
    """`0.9850 (0.9801–0.9893)`: an AUROC with its interval."""
    return "{:.4f} ({:.4f}–{:.4f})".format(*(figure[k] for k in ("value", "low", "high")))


def digits_table(entries: Iterable[Entry]) -> str:
    """Sets of digits: what was read right, what was surely wrong, and how honest it was."""
    head = ["digits", "pictures"]
    for what in ("read right %", "wrong and over 0.9 sure %", "calibration error %"):
        head += [what, f"{_USUAL} %"]
    rows = [
        (
            entry["what"],
            f"{entry['count']:,}",
            *(
                percent(entry[way][name])
                for name in ("right", "confident_mistakes", "calibration_error")
                for way, _ in WAYS
            ),
        )
        for entry in entries
    ]
    return table(head, rows)


def ladder_table(ladder: Entry) -> str:
    """Damaged digits: for each way of damage the share read right at every strength."""
    head = ["read right %", "", *(f"{strength:.1f}" for strength in STRENGTHS)]
    rows = []
    for name in (*CORRUPTIONS, "mean"):
        for way, called in WAYS:
            shown = f"**{name}**" if name == "mean" else name
            rows.append((shown, called, *(percent(figure) for figure in ladder[way][name])))
    return table(head, rows)


def others_table(entries: Iterable[Entry]) -> str:
    """What is no digit: how well it is told from digits, and how much is read all the same."""
    head = ["what", "pictures", "AUROC", _USUAL]
    for what in ("read, own thresholds %", "read, 99 % of digits kept %", "read, over 0.9 sure %"):
        head += [what, f"{_USUAL} %"]
    rows = []
    for entry in entries:
        cells = [entry["what"], f"{entry['count']:,}"]
        cells += [area(entry[way]["auroc"]) for way, _ in WAYS]
        for name in ("read", "passed", "confident"):
            cells += [percent(entry[way][name]) for way, _ in WAYS]
        rows.append(cells)
    return table(head, rows)
