"""`digitlens new-model`: write the file of a network of your own, to edit."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from digitlens.errors import InvalidInput

_START = "my_model.py"  # as the start calls itself


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path(_START))
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(path: Path, force: bool) -> None:
    """Write the file of a network of your own, to edit.

    PATH ends in .py; without it, my_model.py. The file trains as it stands, and its comments say
    what to try.
    """
    if path.suffix != ".py":
        raise InvalidInput("PATH", "a file name that ends in .py", str(path))
    if path.exists() and not force:
        raise InvalidInput(
            str(path), "no file of that name, or --force to write over it", "one that is there"
        )
    if not path.parent.is_dir():
        raise InvalidInput(str(path), "a folder that is there", f"{path.parent}, which is not")
    text = (files("digitlens.training") / "start.py").read_text(encoding="utf-8")
    path.write_text(text.replace(_START, str(path)), encoding="utf-8")
    click.echo(f"{path}: your network. See it:  digitlens describe {path}")
    click.echo(f"Train it:  digitlens train --model {path}")
