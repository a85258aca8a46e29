"""`digitlens serve`: the page and the REST API."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from digitlens.settings import Settings, parse


def _option(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that overrides a setting."""
    spec = Settings.__dataclass_fields__[name]
    default = spec.default
    return click.option(
        "--" + name.replace("_", "-"),
        name,
        metavar="|".join(spec.metadata["choices"]) or None,
        help=spec.metadata["help"] + (f"  [default: {default}]" if default is not None else ""),
    )


@click.command("serve")
@_option("host")
@_option("port")
@_option("workers")
@_option("threads")
@_option("model")
@_option("log_format")
def command(**options: str | None) -> None:
    """The page and the REST API.

    Every setting can also come from the environment, for instance DIGITLENS_PORT.
    """
    from digitlens.web.server import serve

    settings = Settings.from_environment()
    if "PORT" in os.environ and not os.environ.get("DIGITLENS_PORT"):
        settings = replace(settings, port=parse("port", os.environ["PORT"], "PORT"))
    given = {name: text for name, text in options.items() if text is not None}
    values = {
        name: parse(name, text, "--" + name.replace("_", "-")) for name, text in given.items()
    }
    serve(replace(settings, **values))
