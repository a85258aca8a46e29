"""Versions come and go, one is active, and none of it is ever half done."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from digitlens.errors import BundleError, InvalidInput
from digitlens.lock import hold
from digitlens.models import library as libraries
from digitlens.models.bundle import CARD_FILE, MODEL_FILE, load
from digitlens.models.library import Library, chosen
from digitlens.models.pointer import Pointer
from digitlens.settings import Settings
from tests.models.bundles import make_bundle


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with the versions r1 and r2, of which none was promoted."""
    found = Library(tmp_path / "models")
    for name in ("r1", "r2"):
        assert found.next_name() == name
        found.add(make_bundle(tmp_path / name, name))
    return found


def test_nothing_yet(tmp_path: Path) -> None:
    """Without a folder the shipped version is there and active, and looking makes no folder."""
    library = Library(tmp_path / "models")
    (version,) = library.versions()
    assert (version.name, version.is_active, version.card) == ("shipped", True, load().card)
    assert not library.folder.exists()


def test_promote(library: Library) -> None:
    """What is promoted is active, for every other process too, and the one before it stays."""
    assert library.promote("r1").is_active
    other = Library(library.folder)
    assert other.active().card.version == "r1"
    names = [(version.name, version.is_active) for version in other.versions()]
    assert names == [("shipped", False), ("r1", True), ("r2", False)]


def test_rollback(library: Library) -> None:
    """A rollback goes back step by step, to the shipped version in the end."""
    library.promote("r1")
    library.promote("r2")
    library.promote("r2")  # again: it is no step of its own
    assert library.rollback().name == "r1"
    assert library.rollback().name == "shipped"
    with pytest.raises(InvalidInput, match="a version that was active before"):
        library.rollback()


def test_rollback_passes_over_what_was_removed(library: Library) -> None:
    """A version that is gone is no place to go back to."""
    library.promote("r1")
    library.promote("r2")
    library.remove("r1")
    assert library.rollback().name == "shipped"


def test_remove(library: Library) -> None:
    """Neither the active version nor the shipped one can be removed; another is gone."""
    library.promote("r1")
    for name in ("r1", "shipped"):
        with pytest.raises(InvalidInput, match="neither the active nor the shipped one"):
            library.remove(name)
    library.remove("r2")
    assert [version.name for version in library.versions()] == ["shipped", "r1"]
    assert not any("r2" in path.name for path in library.folder.iterdir())


@pytest.mark.parametrize("name", ["r9", "", "..", "../models/r1", ".r1.part", "lock"])
def test_no_such_version(library: Library, name: str) -> None:
    """What is no version is refused by all that take one, and nothing changes."""
    for act in (library.find, library.promote, library.remove):
        with pytest.raises(InvalidInput, match="version: expected a version in"):
            act(name)
    assert library.active_name() == "shipped"


def test_names_are_given_once(library: Library) -> None:
    """The number of a version that was removed is not given to another."""
    library.remove("r2")
    assert library.next_name() == "r3"


@pytest.mark.parametrize("version", ["shipped", "r1", load().card.version, "a b", "../r9"])
def test_add_refuses(library: Library, tmp_path: Path, version: str) -> None:
    """A version that could be taken for another, or is no name for a folder, is not taken in."""
    bundle = make_bundle(tmp_path / "other", version)
    with pytest.raises(InvalidInput, match="one that is new here"):
        library.add(bundle)


def test_a_copy_that_was_interrupted(library: Library, tmp_path: Path) -> None:
    """What a copy left half is no version, and does not keep the next one out."""
    half = library.folder / ".r3.part"
    half.mkdir()
    (half / CARD_FILE).write_text("{")
    assert len(library.versions()) == 3
    library.add(make_bundle(tmp_path / "r3", "r3"))
    assert len(library.versions()) == 4


def test_damaged_version(library: Library) -> None:
    """A version whose model is not that of its card is not promoted."""
    (library.folder / "r1" / MODEL_FILE).write_bytes(b"something else")
    with pytest.raises(BundleError, match="checksum"):
        library.promote("r1")
    assert library.active_name() == "shipped"


def test_promote_instead_of(library: Library) -> None:
    """A promotion that was decided against another version than the active one is refused."""
    library.promote("r2")
    with pytest.raises(InvalidInput, match="expected shipped, which r1 was compared with"):
        library.promote("r1", instead_of="shipped")
    assert library.active_name() == "r2"


def test_damaged_pointer(library: Library) -> None:
    """A pointer that cannot be read is an error that says where, not another model."""
    library.pointer_file.write_text("[]")
    with pytest.raises(BundleError, match=r"active\.json: it cannot be read"):
        library.active()


def test_promotions_do_not_collide(library: Library) -> None:
    """Of many promotions at once, by several processes, none is lost."""
    code = (
        "import sys; from pathlib import Path; from digitlens.models.library import Library\n"
        "library = Library(Path(sys.argv[1]))\n"
        "for turn in range(10):\n"
        "    library.next_name(); library.promote(sys.argv[2]); library.promote('shipped')\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(library.folder), name])
        for name in ("r1", "r2")
    ]
    assert [process.wait(60) for process in started] == [0, 0]
    pointer = Pointer.read(library.pointer_file)
    assert pointer.number == 22
    steps = (*pointer.before, pointer.active)
    assert all(a != b for a, b in pairwise(steps))


def test_waits_for_another_change(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process holds the library, a change waits and then says so."""
    monkeypatch.setattr(libraries, "_PATIENCE", 0.1)
    with hold(library.folder / "lock"), pytest.raises(BundleError, match="another process"):
        library.promote("r1")
    assert library.active_name() == "shipped"


def test_chosen(library: Library, tmp_path: Path) -> None:
    """A model that the settings name comes before the active version."""
    library.promote("r1")
    settings = Settings(models_dir=library.folder)
    assert chosen(settings) == library.folder / "r1"
    assert chosen(Settings(models_dir=library.folder, model=tmp_path)) == tmp_path
