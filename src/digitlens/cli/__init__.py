"""The command line: parse, call, print. Each command imports what it needs when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from digitlens.errors import DigitlensError

# Each command is the function `command` of the module of its name (`import`, of import_model).
COMMANDS = {
    "serve": "The page and the REST API.",
    "read": "Read the digits of pictures.",
    "train": "Train a network and write its bundle.",
    "new-model": "Write the file of a network of your own, to edit.",
    "describe": "Tell what every layer of a network does.",
    "data": "Look at the data, fetch it, preview what a network is shown.",
    "evaluate": "Measure a model.",
    "join": "Make one model of several runs.",
    "retrain": "Train the active model on accepted corrections, and admit it if it is better.",
    "corrections": "What people corrected: into files, from files, how many.",
    "models": "Versions of the model: list, promote, roll back.",
    "runs": "List and compare trainings.",
    "export": "Write a network as LiteRT, ONNX, SavedModel, .keras or .h5.",
    "import": "Make a bundle of somebody else's .keras or .h5.",
    "predict": "Read the digits of a CSV file.",
}


class _Lazy(click.Group):
    """A group whose commands are imported when they are called: `read` loads no server."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        if cmd_name not in COMMANDS:
            return None
        module = "import_model" if cmd_name == "import" else cmd_name.replace("-", "_")
        command: click.Command = importlib.import_module(f"digitlens.cli.{module}").command
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="digitlens")
def group() -> None:
    """Read handwritten digits, serve a reader, train your own network."""


def main() -> None:
    """Run the command line; an error that we raise on purpose is said in one line."""
    try:
        group()
    except DigitlensError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
