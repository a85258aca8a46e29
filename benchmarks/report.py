"""The report: results as JSON, as a table to print, and as a page of the documentation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import load, machine
from benchmarks.effort import Effort
from benchmarks.figures import Figure

Results = dict[str, Any]  # as `results` makes them
_HEAD = ("figure", "digitlens", "peer", "ratio", "goal", "reached")
_REACHED = {True: "yes", False: "no", None: ""}


def results(figures: Iterable[Figure], effort: Effort) -> Results:
    """What is kept of a run."""
    return {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": machine.facts() | {"load": load.tool()},
        "effort": asdict(effort),
        "figures": [figure.entries() for figure in figures],
    }


def write(found: Results, path: Path) -> None:
    """Write results as JSON."""
    text = json.dumps(found, indent=2, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read(path: Path) -> Results:
    """Read results."""
    found: Results = json.loads(path.read_text(encoding="utf-8"))
    return found


def table(found: Results) -> str:
    """Results as lines of text."""
    rows = [_HEAD, *(_cells(figure) for figure in found["figures"])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def page(found: Results) -> str:
    """Results as docs/benchmarks.md."""
    template = (Path(__file__).parent / "page.md").read_text(encoding="utf-8")
    facts = found["machine"]
    parts = {
        "FIGURES": _markdown(found, stages=False),
        "STAGES": _markdown(found, stages=True),
        "MACHINE": f"{facts['cores']} cores of {facts['processor']}, Python {facts['python']}",
        "LIBRARIES": ", ".join(f"{name} {is_}" for name, is_ in facts["libraries"].items()),
        "LOAD": facts["load"],
        "MEASURED": found["measured"],
        "ROUNDS": str(found["effort"]["rounds"]),
        "SECONDS": str(found["effort"]["seconds"]),
    }
    for name, text in parts.items():
        template = template.replace(f"{{{name}}}", text)
    return template


def _markdown(found: Results, stages: bool) -> str:
    chosen = [f for f in found["figures"] if f["name"].startswith("stage_") == stages]
    columns = 2 if stages else len(_HEAD)
    rows = [_HEAD[:columns], ("---",) * columns, *(_cells(f)[:columns] for f in chosen)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cells(figure: dict[str, Any]) -> tuple[str, ...]:
    unit = figure["unit"]
    ratio = figure["ratio"]
    return (
        figure["what"],
        (figure["skipped"] and f"skipped: {figure['skipped']}") or _amount(figure["ours"], unit),
        _amount(figure["peer"], unit),
        "" if ratio is None else f"{ratio:.1f} ×",
        _goal(figure["goal"], unit),
        _REACHED[figure["reached"]],
    )


def _goal(goal: dict[str, Any] | None, unit: str) -> str:
    if goal is None:
        return ""
    if goal["of"] == "ratio":
        return f"{goal['value']:g} ×"
    return ("≤ " if goal["most"] else "≥ ") + _amount(goal["value"], unit)


def _amount(value: float | None, unit: str) -> str:
    """A figure with its unit, with as many decimals as mean something."""
    if value is None:
        return ""
    if unit == "share":
        return f"{value:.1%}".replace("%", " %")
    decimals = {"%": 2, "points": 2, "": 0}.get(
        unit, 0 if value >= 100 else 1 if value >= 10 else 2
    )
    return f"{value:,.{decimals}f} {unit}".rstrip()
