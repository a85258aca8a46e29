"""Settings come from the environment, and a wrong one is said by its name."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from digitlens.errors import SettingsError
from digitlens.settings import Settings


def test_defaults() -> None:
    """An empty environment gives the defaults; other programs' variables are none of ours."""
    assert Settings.from_environment({"PATH": "/bin"}) == Settings()


def test_values() -> None:
    """A variable has the type of its setting; an empty one counts as not set."""
    variables = {
        "DIGITLENS_PORT": "9000",
        "DIGITLENS_LOG_FORMAT": "json",
        "DIGITLENS_MODEL": "somewhere",
        "DIGITLENS_HOST": "",
    }
    settings = Settings.from_environment(variables)
    assert (settings.port, settings.log_format) == (9000, "json")
    assert (settings.model, settings.host) == (Path("somewhere"), "127.0.0.1")


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("DIGITLENS_PORT", "http", "whole number"),
        ("DIGITLENS_PORT", "-1", "whole number"),
        ("DIGITLENS_WORKERS", "0", "from 1"),
        ("DIGITLENS_LOG_FORMAT", "xml", "console, json"),
        ("DIGITLENS_PROT", "1", "did you mean DIGITLENS_PORT"),
    ],
)
def test_errors(variable: str, value: str, word: str) -> None:
    """A wrong value, or a variable that there is not, is refused with what would be right."""
    with pytest.raises(SettingsError, match=word) as caught:
        Settings.from_environment({variable: value})
    assert variable in str(caught.value)


def test_every_setting_has_help() -> None:
    """Every setting says what it is for."""
    assert all(f.metadata["help"].endswith(".") for f in fields(Settings))
