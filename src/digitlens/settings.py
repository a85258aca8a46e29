"""Every setting once: its name, its default and what it is for.

Settings come from `DIGITLENS_*` variables in the environment; the command line's options override
them. A variable that no setting knows is an error, so that a misspelt one is not silently ignored.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints

from digitlens.errors import SettingsError

PREFIX = "DIGITLENS_"


def setting(default: Any, help: str, choices: tuple[str, ...] = (), least: int = 0) -> Any:  # noqa: A002 -- click's and datasette's word for it
    """Declare a setting: its default, one sentence of help, and which values it may have."""
    return field(default=default, metadata={"help": help, "choices": choices, "least": least})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, with their values."""

    host: str = setting("127.0.0.1", "Address that the server listens on.")
    port: int = setting(8000, "Port that the server listens on; 0 takes a free one.")
    workers: int = setting(2, "Server processes. Each after the first takes about 15 MB.", least=1)
    threads: int = setting(1, "Pictures that a server process reads at a time.", least=1)
    model: Path | None = setting(
        None, "Folder of the model bundle; without it, the active version of the model."
    )
    models_dir: Path = setting(Path("models"), "Folder with the versions of the model.")
    max_bytes: int = setting(20_000_000, "Largest picture or request, in bytes.", least=1)
    max_pixels: int = setting(20_000_000, "Largest picture, in pixels.", least=1)
    max_points: int = setting(100_000, "Most points in the strokes of one drawing.", least=1)
    max_batch: int = setting(256, "Most pictures in one batch request.", least=1)
    log_format: str = setting("console", "Form of the log lines.", choices=("console", "json"))
    runs_dir: Path = setting(Path("runs"), "Folder with the runs of trainings.")
    training: str = setting(
        "loopback",
        "Whether the page can start trainings; `loopback`: if nobody else can reach the server.",
        choices=("loopback", "on", "off"),
    )
    data_dir: Path | None = setting(
        None, "Folder with the data sets; without it, they are downloaded to a cache."
    )
    corrections: str = setting(
        "on", "Whether corrections are kept when people say them.", choices=("on", "off")
    )
    corrections_dir: Path = setting(
        Path("corrections"), "Folder that the corrections are kept in, in a SQLite database."
    )
    database_url: str = setting(
        "", "PostgreSQL database for the corrections, in place of that folder's."
    )
    admin_token: str = setting(
        "", "Token that lets people review corrections; without it, only on loopback."
    )
    corrections_per_minute: int = setting(
        120, "Corrections that one client may say in a minute; 0 for as many as it likes."
    )
    secret: str = setting(
        "",
        "Text that logins and the ids of readings are signed with; "
        "without it, a key in the folder of the corrections.",
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings from `DIGITLENS_*` variables.

        Args:
            environment: The variables; `os.environ` without it.

        Raises:
            SettingsError: A variable is unknown or has a value that its setting cannot have.
        """
        variables = os.environ if environment is None else environment
        known = {PREFIX + f.name.upper(): f.name for f in fields(cls)}
        values = {}
        for variable, text in variables.items():
            if not variable.startswith(PREFIX):
                continue
            if variable not in known:
                raise _unknown(variable, list(known))
            if text:
                values[known[variable]] = parse(known[variable], text, argument=variable)
        return cls(**values)


def parse(name: str, text: str, argument: str) -> Any:
    """Turn the text of one setting into its value, or say what is wrong with it."""
    spec = next(f for f in fields(Settings) if f.name == name)
    choices, least = spec.metadata["choices"], spec.metadata["least"]
    kind = get_type_hints(Settings)[name]
    if kind is int:
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise SettingsError(argument, f"a whole number from {least}", repr(text))
        return int(text)
    if choices and text not in choices:
        raise SettingsError(argument, "one of " + ", ".join(choices), repr(text))
    return text if kind is str else Path(text)


def _unknown(variable: str, known: list[str]) -> SettingsError:
    close = get_close_matches(variable, known, n=1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    return SettingsError(variable, "one of " + ", ".join(sorted(known)), f"an unknown one{hint}")
