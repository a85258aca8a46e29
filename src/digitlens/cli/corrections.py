"""`digitlens corrections`: what people corrected, into files, from files, and how many."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitlens.errors import InvalidInput
from digitlens.settings import Settings

if TYPE_CHECKING:
    from digitlens.corrections import Store
    from digitlens.corrections.exchange.forms import Taken, Written

_FORMS = ("csv", "folder", "lines")
_STATUS = ("accepted", "pending", "rejected", "all")


def _where(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say where the corrections are."""
    for option in (
        click.option("--database-url", "database", help="As DIGITLENS_DATABASE_URL."),
        click.option(
            "--corrections-dir",
            "folder",
            type=click.Path(path_type=Path),
            help="As DIGITLENS_CORRECTIONS_DIR.",
        ),
    ):
        function = option(function)
    return function


_form = click.option(
    "--as", "form", type=click.Choice(_FORMS), help="The form.  [as the name of PATH says]"
)


@click.group()
def command() -> None:
    """Write corrections to files, take them in from files, count them."""


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
@_form
@click.option("--status", type=click.Choice(_STATUS), help="Which ones.  [accepted]")
@click.option("--with-none", is_flag=True, help="CSV: also what is not a digit, as label 10.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@_where
def export(
    path: Path,
    form: str | None,
    status: str | None,
    with_none: bool,
    force: bool,
    database: str | None,
    folder: Path | None,
) -> None:
    """Write corrections to PATH.

    \b
    NAME.csv, .csv.gz      Kaggle's form: label,pixel0,…,pixel783
    NAME.jsonl, .jsonl.gz  JSON lines: everything that is kept, to move or to save it
    a folder               PNGs in folders 0 to 9 and none
    """  # noqa: D301 -- click's mark for lines that stay as they are
    with _store(database, folder) as store:
        written = _export(store, path, form, status, with_none, force)
    click.echo(f"{written.count:,} written to {path}")
    if written.left_out:
        click.echo(f"{written.left_out:,} that are not digits left out; --with-none writes them")


def _export(
    store: Store, path: Path, form: str | None, status: str | None, with_none: bool, force: bool
) -> Written:
    from digitlens.corrections import Filter
    from digitlens.corrections.exchange.folder import write_folder
    from digitlens.corrections.exchange.forms import form_of
    from digitlens.corrections.exchange.lines import write_lines
    from digitlens.corrections.exchange.table import write_table

    chosen: Any = status or "accepted"
    wanted = Filter(status=None if chosen == "all" else chosen)
    match form or form_of(path):
        case "csv":
            return write_table(store, path, wanted, with_none, force)
        case "folder":
            return write_folder(store, path, wanted)
    if status is not None:
        raise InvalidInput("--status", "none: JSON lines have everything", status)
    return write_lines(store, path, force)


@command.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@_form
@click.option("--pending", is_flag=True, help="CSV and folders: to be reviewed before they train.")
@_where
def import_(
    path: Path, form: str | None, pending: bool, database: str | None, folder: Path | None
) -> None:
    """Take in corrections from PATH, what `export` writes; what is there already stays as it is.

    Those of a CSV file or of a folder count as accepted, and the active model says what it reads in
    them. JSON lines bring what was decided with them. A server may run meanwhile.
    """
    with _store(database, folder) as store:
        taken = _import(store, path, form, pending)
    click.echo(f"{taken.added:,} taken in from {path}, {taken.there:,} were there")


def _import(store: Store, path: Path, form: str | None, pending: bool) -> Taken:
    from digitlens.corrections.exchange.folder import read_folder
    from digitlens.corrections.exchange.forms import form_of
    from digitlens.corrections.exchange.lines import read_lines
    from digitlens.corrections.exchange.seen import take_in
    from digitlens.corrections.exchange.table import read_table
    from digitlens.models.bundle import load
    from digitlens.models.library import chosen

    found = form or form_of(path)
    if found == "lines":
        if pending:
            raise InvalidInput("--pending", "none: JSON lines say what was decided", "--pending")
        return read_lines(store, path)
    pictures = read_table(path) if found == "csv" else read_folder(path)
    bundle = load(chosen(Settings.from_environment()))
    return take_in(store, pictures, bundle, accept=not pending)


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@_where
def counts(as_json: bool, database: str | None, folder: Path | None) -> None:
    """Say how many corrections there are of each status and each digit."""
    with _store(database, folder) as store:
        found = store.counts()
    if as_json:
        digits = {_name(digit): each for digit, each in found.digits.items()}
        entries = {"total": found.total, "folded": found.folded, **found.status, "digits": digits}
        click.echo(json.dumps(entries, indent=2))
        return
    names = list(found.status)
    click.echo("".join(f"{name:>10}" for name in ("", *names)))
    rows = [*((_name(digit), each) for digit, each in found.digits.items()), ("all", found.status)]
    for label, each in rows:
        click.echo(f"{label:>10}" + "".join(f"{each[name]:10,}" for name in names))
    click.echo(f"{found.folded:,} duplicates are kept besides, and do not count")


def _name(digit: int) -> str:
    return str(digit) if digit < 10 else "none"


@contextmanager
def _store(database: str | None, folder: Path | None) -> Iterator[Store]:
    """The store of the settings, or of the options that override them."""
    from digitlens.corrections import open_store

    settings = Settings.from_environment()
    if database is not None or folder is not None:  # a folder is one of SQLite
        settings = replace(settings, database_url=database or "")
    if folder is not None:
        settings = replace(settings, corrections_dir=folder)
    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()
