"""`digitlens runs`: list and compare trainings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitlens.errors import InvalidInput
from digitlens.settings import Settings

if TYPE_CHECKING:
    from digitlens.training.run import Run

Listed = list[tuple[Path, "Run"]]
_NONE = "–"
# What a run is sorted by; accuracy the highest first, what has no figure yet last.
_ORDERS: dict[str, Callable[[Run], Any]] = {
    "started": lambda run: run.started,
    "name": lambda run: run.name,
    "model": lambda run: run.model,
    "state": lambda run: run.state,
    "parameters": lambda run: run.parameters or float("inf"),
    "bytes": lambda run: run.bytes or float("inf"),
    "accuracy": lambda run: -(run.accuracy if run.accuracy is not None else -1.0),
    "latency": lambda run: run.latency or float("inf"),
    "time": lambda run: run.seconds,
}


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--runs", "folder", type=click.Path(path_type=Path), help="As DIGITLENS_RUNS_DIR.")
@click.option("--sort", type=click.Choice(list(_ORDERS)), default="started", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(names: tuple[str, ...], folder: Path | None, sort: str, as_json: bool) -> None:
    """List trainings; with two or more NAMEs, compare these.

    Latency is the time in which LiteRT answers for one digit on one core. The interval of an
    accuracy is where it would be, 95 times in 100, on other digits of the kind.
    """
    from digitlens.training.run import all_runs

    folder = folder or Settings.from_environment().runs_dir
    found = list(all_runs(folder))
    found = (
        _named(found, names, folder) if names else sorted(found, key=lambda e: _ORDERS[sort](e[1]))
    )
    compared = _compare(found) if len(names) > 1 else {}
    if as_json:
        runs = [asdict(run) for _, run in found]
        click.echo(json.dumps({"runs": runs} | compared if compared else runs, indent=2))
    elif not found:
        click.echo(f"no runs in {folder}; `digitlens train` makes one")
    else:
        _print_list(run for _, run in found)
        _print_comparison(found, compared)


def _named(found: Listed, names: Sequence[str], folder: Path) -> Listed:
    known = {run.name: (path, run) for path, run in found}
    known |= {path.name: (path, run) for path, run in found}
    for name in names:
        if name not in known:
            raise InvalidInput("NAME", "a run in " + str(folder) + _of(known), name)
    return [known[name] for name in dict.fromkeys(names)]


def _of(known: Iterable[str]) -> str:
    names = ", ".join(sorted(known))
    return f", one of {names}" if names else ""


def _compare(found: Listed) -> dict[str, Any]:
    """Differing settings, and how each run differs from the first."""
    from digitlens.training.measure.comparison import difference, differing

    paths = [path for path, _ in found]
    against = {}
    for path in paths[1:]:
        found_difference = difference(paths[0], path)
        against[path.name] = (
            asdict(found_difference) | {"more_than_chance": found_difference.is_real}
            if found_difference
            else None
        )
    return {"settings": differing(paths), "against_first": against}


def _print_list(runs: Iterable[Run]) -> None:
    head = ("name", "model", "state", "parameters", "bytes", "accuracy", "95 % interval",
            "latency", "time")  # fmt: skip
    _print_table([head, *(_row(run) for run in runs)], left=3)


def _row(run: Run) -> tuple[str, ...]:
    low, high = run.interval or (0.0, 0.0)
    return (
        run.name,
        run.model,
        _state(run),
        f"{run.parameters:,}" if run.parameters else _NONE,
        f"{run.bytes:,}" if run.bytes else _NONE,
        f"{run.accuracy:.2%}" if run.accuracy is not None else _NONE,
        f"{low:.2%} to {high:.2%}" if run.interval else _NONE,
        f"{run.latency:,.0f} µs" if run.latency else _NONE,
        f"{run.seconds:,.0f} s",
    )


def _state(run: Run) -> str:
    from digitlens.training.jobs.alive import is_alive

    if run.state != "running":
        return run.state
    return f"epoch {run.epoch}/{run.epochs}" if is_alive(run.pid) else "broken off"


def _print_comparison(found: Listed, compared: dict[str, Any]) -> None:
    if not compared:
        return
    settings = compared["settings"]
    names = [path.name for path, _ in found]
    rows = [("setting", *names)]
    rows += [(name, *(_say(value) for value in values)) for name, values in settings.items()]
    click.echo()
    if settings:
        _print_table(rows, left=1 + len(names))
    else:
        click.echo("their settings are the same")
    click.echo()
    for name, each in compared["against_first"].items():
        click.echo(_verdict(name, names[0], each))


def _verdict(name: str, first: str, each: dict[str, Any] | None) -> str:
    if each is None:
        return f"{name} and {first} were not measured on the same digits"
    points, probability = each["points"], each["probability"]
    how = "more than chance" if each["more_than_chance"] else "no more than chance would make it"
    better = "more" if points >= 0 else "less"
    return (
        f"{name} reads {abs(points):.2f} points {better} than {first}: {how} "
        f"(p = {probability:.2g}, McNemar's exact test)"
    )


def _print_table(rows: Sequence[tuple[str, ...]], left: int) -> None:
    """Print columns; the first ones are of words, the others of numbers."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.ljust(width) if index < left else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())


def _say(value: Any) -> str:
    if value is None:
        return _NONE
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
