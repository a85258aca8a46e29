"""Write the parts of the reference that the code knows best: settings and commands.

python -m docs.reference     writes docs/settings.md and docs/command-line.md
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import click

from digitlens.cli import COMMANDS, group
from digitlens.settings import PREFIX, Settings

DOCS = Path(__file__).parent


def settings_page() -> str:
    """A table of all settings."""
    hints = get_type_hints(Settings)
    rows = []
    for spec in fields(Settings):
        kind = getattr(hints[spec.name], "__name__", "path").replace("Path", "path")
        values = " or ".join(spec.metadata["choices"]) or {"int": "whole number"}.get(kind, kind)
        values = {"str": "text", "Union": "path"}.get(values, values)
        default = "" if spec.default in (None, "") else f"`{spec.default}`"
        rows.append(
            f"| `{PREFIX}{spec.name.upper()}` | {values} | {default} | {spec.metadata['help']} |"
        )
    return "\n".join(
        [
            "# Settings",
            "",
            "Settings are variables in the environment; options of the command line override them. "
            "A variable that starts",
            f"with `{PREFIX}` and is none of these is an error, so that a misspelt one is noticed.",
            "",
            "| variable | value | default | what it is for |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def commands_page() -> str:
    """The help of every command."""
    parts = ["# Command line", "", "```text", _help([]), "```", ""]
    for name in COMMANDS:
        parts += [f"## digitlens {name}", "", "```text", _help([name]), "```", ""]
    return "\n".join(parts)


def _help(path: list[str]) -> str:
    settings = group.context_settings
    context = click.Context(group, info_name="digitlens", terminal_width=100, **settings)
    command: click.Command = group
    for name in path:
        found = group.get_command(context, name)
        assert found is not None  # noqa: S101 -- the names are those of the group
        command = found
        context = click.Context(command, info_name=name, parent=context, terminal_width=100)
    return command.get_help(context)


if __name__ == "__main__":
    (DOCS / "settings.md").write_text(settings_page(), encoding="utf-8")
    (DOCS / "command-line.md").write_text(commands_page(), encoding="utf-8")
