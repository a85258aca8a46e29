"""Measure, print a table, and keep the results.

python -m benchmarks --only library       without the servers
python -m benchmarks --write-docs         write docs/benchmarks.md from the last results
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from benchmarks import report
from benchmarks.effort import FULL, QUICK, Effort
from benchmarks.figures import Figure

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"
# Each is a module with `measure`, imported when its turn comes: the servers are measured before
# this process loads the libraries that they use (see `benchmarks.drawn`).
GROUPS = ("serving", "library", "stages", "accuracy", "feed")


@click.command()
@click.option("--only", type=click.Choice(GROUPS), multiple=True, help="Leave out the rest.")
@click.option("--quick", is_flag=True, help="A short run, to see that everything works.")
@click.option("--peer/--no-peer", default=True, help="Whether the usual way is measured as well.")
@click.option("--out", type=click.Path(path_type=Path), help="File for the results, as JSON.")
@click.option("--write-docs", is_flag=True, help="Write docs/benchmarks.md; measure nothing.")
def main(
    only: tuple[str, ...], quick: bool, peer: bool, out: Path | None, write_docs: bool
) -> None:
    """Measure digitlens. Results of a full run are kept in benchmarks/results.json."""
    if write_docs:
        PAGE.write_text(report.page(report.read(RESULTS)), encoding="utf-8")
        return
    effort = QUICK if quick else FULL
    figures = _measure(only or GROUPS, effort, peer)
    results = report.results(figures, effort)
    click.echo("\n" + report.table(results))
    is_full = peer and not quick and not only
    if out or is_full:
        report.write(results, out or RESULTS)


def _measure(names: tuple[str, ...], effort: Effort, peer: bool) -> list[Figure]:
    figures: list[Figure] = []
    for name in GROUPS:
        if name in names:
            measure = import_module(f"benchmarks.{name}").measure
            figures += measure(effort, peer, lambda line: click.echo(line, err=True))
    return figures


if __name__ == "__main__":
    main()
