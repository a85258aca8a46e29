"""Figures, as the command line prints them."""

from __future__ import annotations

from collections.abc import Iterable

import click

from digitlens.models.card import Metric


def print_metrics(metrics: Iterable[Metric]) -> None:
    """Print each metric with its 95 % interval and how it was measured."""
    for metric in metrics:
        click.echo(
            f"{metric.name:14} {metric.value:8.2%}"
            f"  (95 % interval {metric.low:.2%} to {metric.high:.2%}, {metric.count:,} pictures)"
        )
        click.echo(f"{'':14} {metric.how}")
