"""`digitlens models` shows versions and changes which one is active."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digitlens.cli import group
from digitlens.errors import InvalidInput
from digitlens.models.library import Library
from tests.models.bundles import make_bundle


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with the version r1, promoted."""
    library = Library(tmp_path / "models")
    library.add(make_bundle(tmp_path / "r1", "r1"))
    library.promote("r1")
    return library.folder


def run(*arguments: object) -> str:
    """What a command prints; its errors are raised."""
    done = CliRunner().invoke(group, ["models", *map(str, arguments)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def test_list(folder: Path) -> None:
    """Every version has a line, the active one a star; programs get the same as JSON."""
    shipped, r1 = run("list", "--models", folder).splitlines()
    assert shipped.startswith("  shipped")
    assert r1.startswith("* r1")
    said = json.loads(run("list", "--json", "--models", folder))
    assert [(one["version"], one["active"]) for one in said] == [("shipped", False), ("r1", True)]


def test_show(folder: Path) -> None:
    """Without a name the active version is shown, with its figures; another by its name."""
    assert "r1: compact, version r1, active" in run("show", "--models", folder)
    assert "mnist_test" in run("show", "shipped", "--models", folder)
    assert json.loads(run("show", "--json", "--models", folder))["version"] == "r1"


def test_promote_and_back(folder: Path) -> None:
    """What is promoted is active; a rollback undoes it."""
    assert "shipped is active; before it was r1" in run("promote", "shipped", "--models", folder)
    assert Library(folder).active_name() == "shipped"
    said = run("rollback", "--models", folder)
    assert "r1 is active again, in place of shipped" in said
    assert Library(folder).active_name() == "r1"


def test_add_and_remove(folder: Path, tmp_path: Path) -> None:
    """A bundle, or the bundle of a run, becomes a version, which can be removed."""
    make_bundle(tmp_path / "run" / "bundle", "mine")
    run("add", tmp_path / "run", "--models", folder)
    assert Library(folder).find("mine").card.version == "mine"
    run("remove", "mine", "--models", folder)
    with pytest.raises(InvalidInput):
        Library(folder).find("mine")


def test_remove_the_active_one(folder: Path) -> None:
    """The active version is not removed, and the error says why."""
    with pytest.raises(InvalidInput, match="Received: the active one"):
        run("remove", "r1", "--models", folder)
