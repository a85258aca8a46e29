"""The proof runs: a writer corrects a real server, and the model learns that writer's hand."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from digitlens.models.library import Library
from digitlens.training.data import mnist
from tests.training.drawn_files import write_drawings
from tests.training.mnist_like import write_folder

pytest.importorskip("keras", reason="install the extra `train`")
pytest.importorskip("granian", reason="install the extra `serve`")

from tests.training.retrain.world import World, make_world

pytestmark = pytest.mark.training
PROGRAM = Path(__file__).parents[1] / "examples" / "learn_a_hand.py"


@pytest.fixture
def program() -> Iterator[ModuleType]:
    """The program, loaded."""
    spec = importlib.util.spec_from_file_location(PROGRAM.stem, PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[PROGRAM.stem] = module  # dataclasses look for it there
    spec.loader.exec_module(module)
    yield module
    del sys.modules[PROGRAM.stem]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A small network, and small files of pen strokes."""
    monkeypatch.setattr(mnist, "FILES", write_folder(tmp_path / "data"))
    write_drawings(tmp_path / "data", each=2)
    return make_world(tmp_path, tmp_path / "data")


def test_a_hand_is_learned(program: ModuleType, world: World) -> None:
    """Mistakes are corrected through the API, learned from, and fewer of the others are left."""
    changes = {"epochs": 12, "rate": 2e-2}
    nothing, some = program.main((0, 48), 120, world.settings, changes)
    assert nothing.writer_after == nothing.writer_before == some.writer_before > 0
    assert some.mistakes == 48
    assert some.writer_after < some.writer_before
    assert world.library.active_name() == "first"
    assert [version.name for version in Library(world.library.folder).versions()][1:] == ["first"]
