"""Presets, files and pairs make a recipe; a key or value that is none is an error that helps."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlens.errors import InvalidInput
from digitlens.training.configure import configure, presets, to_toml
from digitlens.training.recipe import Recipe


def test_without_anything() -> None:
    """Without a preset, a file or a pair, every setting has its default."""
    assert configure() == Recipe()


@pytest.mark.parametrize("name", presets())
def test_presets(name: str) -> None:
    """Every preset can be used, and holds only what differs."""
    recipe = configure(name)
    assert recipe.model
    assert (recipe == Recipe()) == (name == "standard")


def test_a_preset_knows_single_networks() -> None:
    """What a preset says for one network holds for that one alone, however it was chosen."""
    assert configure("standard", model="tiny").epochs == 40
    assert configure("standard", pairs=["model=tiny"]).epochs == 40
    assert configure("standard", model="tiny", pairs=["epochs=3"]).epochs == 3
    assert configure("standard", model="simple").epochs == Recipe().epochs


def test_later_overrides_earlier(tmp_path: Path) -> None:
    """A file overrides the preset, a pair the file; tables are merged key by key."""
    file = tmp_path / "mine.toml"
    file.write_text("epochs = 7\nbatch = 32\n[augmentation]\nshear = 0.5\n")
    recipe = configure("best", file, ["batch=16", "augmentation.rotation=5", "schedule=one-cycle"])
    assert (recipe.epochs, recipe.batch, recipe.schedule) == (7, 16, "one-cycle")
    assert (recipe.augmentation.shear, recipe.augmentation.rotation) == (0.5, 5.0)
    assert recipe.augmentation.zoom == Recipe().augmentation.zoom


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("epoch=3", r"epoch \(did you mean epochs\?\)"),
        ("augmentation.rotate=3", r"did you mean augmentation.rotation\?"),
        ("epochs=many", "epochs: expected a whole number. Received: 'many'"),
        ("epochs=0", "epochs: expected at least 1"),
        ("epochs=2.5", "epochs: expected a whole number"),
        ("rate=-1", "rate: expected at least"),
        ("rate=nan", "rate: expected at least"),
        ("schedule=cosinus", "schedule: expected one of constant, cosine, one-cycle, plateau"),
        ("skip_bad=1", "skip_bad: expected true or false"),
        ("augmentation=3", "augmentation: expected a table"),
        ("data=[1]", "data: expected a list of texts"),
        ("data=[]", "data: expected a list of texts, at least one"),
        ("teachers=[1]", "teachers: expected a list of texts. Received"),
        ("averaged=1.2", "averaged: expected a share from 0 to 1"),
        ("held_out=0", "held_out: expected at least 10"),
        ("epochs", "setting: expected key=value"),
    ],
)
def test_mistakes(pair: str, said: str) -> None:
    """Each mistake is said with the key, what was expected and what came."""
    with pytest.raises(InvalidInput, match=said):
        configure(pairs=[pair])


def test_unknown_preset_and_files(tmp_path: Path) -> None:
    """An unknown preset lists the known; a file that is none, or no TOML, is said."""
    with pytest.raises(InvalidInput, match="one of best, polish, quick, refine"):
        configure("fast")
    with pytest.raises(InvalidInput, match="No such file"):
        configure(file=tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("epochs = = 3")
    with pytest.raises(InvalidInput, match="expected TOML"):
        configure(file=tmp_path / "bad.toml")


@given(
    st.builds(
        Recipe,
        model=st.text(min_size=1).filter(lambda text: text.isprintable()),
        epochs=st.integers(1, 999),
        rate=st.floats(1e-6, 1),
        patience=st.integers(0, 9),
    )
)
def test_what_is_written_is_read(recipe: Recipe) -> None:
    """A recipe that is written as TOML comes back the same."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(to_toml(recipe), encoding="utf-8")
        assert configure(file=path) == recipe
