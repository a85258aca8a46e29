"""`digitlens models`: the versions of the model, and which of them is active."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitlens.settings import Settings

if TYPE_CHECKING:
    from digitlens.models.library import Library, Version

_models = click.option(
    "--models", "folder", type=click.Path(path_type=Path), help="As DIGITLENS_MODELS_DIR."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@click.group()
def command() -> None:
    """List, show, promote and remove versions of the model, and roll back."""


@command.command("list")
@_models
@_json
def list_(folder: Path | None, as_json: bool) -> None:
    """List the versions; the active one has a star."""
    versions = _library(folder).versions()
    if as_json:
        click.echo(json.dumps([_entries(version) for version in versions], indent=2))
        return
    width = max(len(version.name) for version in versions)
    for version in versions:
        click.echo(_line(version, width))


@command.command()
@click.argument("name", required=False)
@_models
@_json
def show(name: str | None, folder: Path | None, as_json: bool) -> None:
    """Tell what the version NAME is and how well it reads; without NAME, the active one."""
    library = _library(folder)
    version = library.find(name) if name else library.active()
    if as_json:
        click.echo((version.folder / "card.json").read_text(encoding="utf-8"), nl=False)
        return
    _show(version)


@command.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@_models
def add(bundle: Path, folder: Path | None) -> None:
    """Copy a BUNDLE into the library, as the version that its card says; or that of a run.

    Of a run, the bundle in it. `digitlens train --model-version` says the version.
    """
    inner = bundle / "bundle"
    version = _library(folder).add(inner if inner.is_dir() else bundle)
    click.echo(f"{version.name} is in {version.folder}")


@command.command()
@click.argument("name")
@_models
def promote(name: str, folder: Path | None) -> None:
    """Make the version NAME the active one; running servers take it within seconds."""
    library = _library(folder)
    before = library.active_name()
    version = library.promote(name)
    click.echo(f"{version.name} is active; before it was {before}")


@command.command()
@_models
def rollback(folder: Path | None) -> None:
    """Make the version active that was so before."""
    library = _library(folder)
    before = library.active_name()
    version = library.rollback()
    click.echo(f"{version.name} is active again, in place of {before}")


@command.command()
@click.argument("name")
@_models
def remove(name: str, folder: Path | None) -> None:
    """Remove the version NAME; never the active one, nor the shipped one."""
    _library(folder).remove(name)
    click.echo(f"{name} is removed")


def _library(folder: Path | None) -> Library:
    from digitlens.models.library import Library

    return Library(folder or Settings.from_environment().models_dir)


def _line(version: Version, width: int) -> str:
    card = version.card
    accuracy = next((m.value for m in card.metrics if m.name == "mnist_test"), None)
    figures = f"{accuracy:.2%} of MNIST" if accuracy is not None else "not measured"
    saw = _count(card.training)
    return (
        f"{'*' if version.is_active else ' '} {version.name:{width}}  {card.name} {card.version}"
        f"  {version.size:,} bytes  {figures}"
        + (f"  from {card.training['parent']['version']}" if "parent" in card.training else "")
        + (f", with {saw:,} corrections" if saw else "")
    )


def _show(version: Version) -> None:
    from digitlens.cli.figures import print_metrics

    card = version.card
    active = ", active" if version.is_active else ""
    click.echo(f"{version.name}: {card.name}, version {card.version}{active}")
    click.echo(f"folder: {version.folder}")
    parent = card.training.get("parent")
    if parent:
        line = [parent["version"], *parent.get("ancestors", [])]
        click.echo(f"made from: {', made from '.join(line)}")
    if saw := _count(card.training):
        click.echo(f"corrections that it saw: {saw:,}")
    print_metrics(card.metrics)


def _count(training: dict[str, Any]) -> int:
    return int(training.get("corrections", {}).get("trained", 0))


def _entries(version: Version) -> dict[str, Any]:
    return {
        "version": version.name,
        "active": version.is_active,
        "model": version.card.name,
        "bytes": version.size,
        "metrics": {metric.name: metric.value for metric in version.card.metrics},
        "parent": version.card.training.get("parent"),
        "corrections": _count(version.card.training),
    }
