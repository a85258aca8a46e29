"""Report: what a training left in its folder, on one page that opens without a server.

found.py      the files of a run that are there, read
plots.py      curves, confusion matrix and reliability diagram, as SVG
page.py       the page around them
parts.py      its sections
style.py      its looks
"""

from __future__ import annotations

from pathlib import Path

from digitlens.training.report.found import gather
from digitlens.training.report.page import page
from digitlens.training.report.plots import plots
from digitlens.training.run import REPORT

PLOTS = "plots"  # folder of the same pictures as files


def write_report(folder: Path) -> None:
    """Write RUN/report.html, and its plots as RUN/plots/NAME.svg.

    Args:
        folder: Of a run. Any of its files may be missing, as after a training that was stopped:
            the report says what is not there.
    """
    found = gather(folder)
    drawn = plots(found)
    (folder / PLOTS).mkdir(exist_ok=True)
    for name, picture in drawn.items():
        (folder / PLOTS / f"{name}.svg").write_text(picture, encoding="utf-8")
    part = folder / f".{REPORT}.part"
    part.write_text(page(found, drawn), encoding="utf-8")
    part.replace(folder / REPORT)
