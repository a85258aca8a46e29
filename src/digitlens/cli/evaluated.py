"""An evaluation, as the command line prints it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from digitlens.cli.figures import print_metrics
from digitlens.models.card import Metric

if TYPE_CHECKING:
    from digitlens.training.measure.evaluation import Class, Evaluation

_SHOWN = 10  # mistakes that are printed
_POOR = 0.5  # accuracy below which a network is shown something that it does not expect


def print_evaluation(found: Evaluation, metrics: Sequence[Metric] = ()) -> None:
    """Print figures, classes, confusion and the most confident mistakes."""
    print_metrics(metrics)
    low, high = found.interval
    click.echo(
        f"{'accuracy':14} {found.accuracy:8.2%}"
        f"  (95 % interval {low:.2%} to {high:.2%}, {found.count:,} pictures)"
    )
    click.echo(f"{'':14} as the network answers for one digit, 28×28")
    click.echo(f"{'calibration':14} {found.calibration_error:8.2%}  expected calibration error")
    _print_classes(found.per_class)
    _print_confusion(found.confusion)
    _print_mistakes(found)
    if found.accuracy < _POOR:
        click.echo("\nDoes it want its pixels from 0 to 255, or black on white? "
                   "`digitlens import` finds out.")  # fmt: skip


def _print_classes(classes: Sequence[Class]) -> None:
    click.echo("\ndigit  pictures  read right    95 % interval    precision")
    for one in classes:
        if one.accuracy is None or one.interval is None:
            click.echo(f"{one.digit:5}  {0:8}")
            continue
        low, high = one.interval
        precision = f"{one.precision:9.2%}" if one.precision is not None else f"{'–':>9}"
        click.echo(
            f"{one.digit:5}  {one.count:8,}  {one.accuracy:10.2%}"
            f"  {low:6.2%} to {high:7.2%}  {precision}"
        )


def _print_confusion(confusion: Sequence[Sequence[int]]) -> None:
    width = max(3, *(len(str(count)) for row in confusion for count in row))
    click.echo("\nconfusion: a row for what is shown, a column for what was read")
    click.echo("   " + "".join(f"{digit:{width + 1}}" for digit in range(10)))
    for digit, row in enumerate(confusion):
        cells = "".join(f"{count or '·':>{width + 1}}" for count in row)
        click.echo(f"{digit:3}{cells}")


def _print_mistakes(found: Evaluation) -> None:
    if not found.mistakes:
        return
    click.echo(f"\nthe most confident of {len(found.mistakes):,} mistakes")
    for one in found.mistakes[:_SHOWN]:
        place = f"picture {one.index:,}"
        click.echo(f"{place:>16}  {one.label} read as {one.read}  {one.confidence:7.2%}")
