"""Several networks are joined to one that answers with their mean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens import Reader  # noqa: E402 -- beside the others
from digitlens.errors import InvalidInput  # noqa: E402 -- beside the others
from digitlens.training.architectures import find  # noqa: E402 -- needs keras
from digitlens.training.joined import join, make_joined  # noqa: E402 -- needs keras
from digitlens.training.make import Order, make  # noqa: E402 -- needs keras
from digitlens.training.recipe import Recipe  # noqa: E402 -- beside the others
from digitlens.training.run import Run  # noqa: E402 -- beside the others
from tests.drawings import canvas, strokes_of  # noqa: E402 -- beside the others
from tests.training.drawn_files import write_drawings  # noqa: E402 -- beside the others
from tests.training.small import MODEL  # noqa: E402 -- beside the others

pytestmark = pytest.mark.training


def test_join() -> None:
    """Logits are the mean of theirs."""
    networks = [find("compact")() for _ in range(2)]
    glyphs = np.random.default_rng(1).random((5, 28, 28, 1), np.float32)
    mean = sum(network.predict(glyphs, verbose=0) for network in networks) / 2
    assert join(networks).predict(glyphs, verbose=0) == pytest.approx(mean, abs=1e-5)


def test_make_joined(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs that learned what is no digit make one model; it says of what it is made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write_drawings(small_data)
    (tmp_path / "small.py").write_text(MODEL)
    recipe = Recipe(
        model=str(tmp_path / "small.py"),
        data=("mnist", "strokes:40", "others:40"),
        epochs=1,
        batch=40,
        held_out=40,
        worn=0.2,
    )
    runs = [tmp_path / f"run-{seed}" for seed in (1, 2)]
    for seed, run in enumerate(runs, 1):
        make(Order(replace(recipe, seed=seed), small_data, run), print)
    order = Order(recipe, small_data, tmp_path / "both", tmp_path / "out", name="both")
    card = make_joined(runs, order, print)
    assert card.has_none
    assert card.name == "both"
    assert card.training["joined"] == [1, 2]
    assert (tmp_path / "out" / "network.keras").exists()
    assert Reader(tmp_path / "out").read(canvas(strokes_of("1"))).model == ("both", "1")
    assert Run.read(tmp_path / "both").state == "done"
    make(Order(replace(recipe, epochs=2), small_data, tmp_path / "longer"), print)
    with pytest.raises(InvalidInput, match="with another seed"):
        make_joined([runs[0], tmp_path / "longer"], order, print)
