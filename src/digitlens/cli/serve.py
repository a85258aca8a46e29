"""`digitlens serve`: the page and the REST API."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields, replace

import click

from digitlens.errors import MissingExtra
from digitlens.settings import PREFIX, Settings, parse

# What concerns the server. `data_dir` is of the training.
OPTIONS = [f for f in fields(Settings) if f.name != "data_dir"]


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _with_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each of the settings."""
    for spec in reversed(OPTIONS):
        choices = "|".join(spec.metadata["choices"])
        default = "" if spec.default is None else f"  [default: {spec.default}]"
        option = click.option(
            _flag(spec.name),
            metavar=choices or ("N" if isinstance(spec.default, int) else "TEXT"),
            help=spec.metadata["help"] + default,
        )
        function = option(function)
    return function


@click.command("serve", epilog=f"Each can be set in the environment as well: {PREFIX}PORT=80.")
@_with_options
def command(**options: str | None) -> None:
    """The page and the REST API."""
    settings = chosen(options)
    try:
        from digitlens.web.server import serve

        serve(settings)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("flask", "granian"):
            raise
        raise MissingExtra("digitlens serve", "serve") from error


def chosen(options: dict[str, str | None]) -> Settings:
    """The settings: an option wins over the environment, and that over the default.

    Raises:
        SettingsError: A value is one that its setting cannot have.
    """
    settings = Settings.from_environment()
    port = os.environ.get("PORT")  # what hosts like Heroku and Render say
    if port and not os.environ.get(PREFIX + "PORT"):
        settings = replace(settings, port=parse("port", port, "PORT"))
    given = {name: text for name, text in options.items() if text is not None}
    values = {name: parse(name, text, _flag(name)) for name, text in given.items()}
    return replace(settings, **values)
