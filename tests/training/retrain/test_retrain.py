"""A retraining learns what people said, is asked whether it is better, and changes nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitlens.errors import BundleError, DataError, InvalidInput
from digitlens.models.bundle import NETWORK_FILE, load
from digitlens.reading.network import Network
from digitlens.reading.normalize import normalize
from digitlens.training.data import mnist
from digitlens.training.retrain.asked import Asked, as_seen, ask

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.retrain import memory  # noqa: E402 -- needs keras
from digitlens.training.retrain.back import FURTHER  # noqa: E402 -- needs keras
from digitlens.training.retrain.gate import Verdict  # noqa: E402 -- beside the others
from digitlens.training.retrain.learn import LAST  # noqa: E402 -- beside the others
from digitlens.training.retrain.retrain import Outcome, Wish, retrain  # noqa: E402 -- needs keras
from digitlens.training.run import STATE, Run  # noqa: E402 -- beside the others
from tests.training.retrain.world import (  # noqa: E402 -- beside the others
    World,
    confirmed,
    correct,
    corrected_world,
    triangles,
)

pytestmark = pytest.mark.training
CHANGES = {"epochs": 6, "rate": 2e-2}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world in which people have corrected; it is copied."""
    with corrected_world(tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture
def world(made: World, tmp_path: Path) -> World:
    """A copy of it, to be changed."""
    shutil.copytree(made.library.folder, tmp_path / "models")
    shutil.copytree(made.folder / "corrections", tmp_path / "corrections")
    return World(tmp_path, made.data, type(made.library)(tmp_path / "models"))


def run(world: World, name: str = "one", **wishes: object) -> Outcome:
    """Retrain in a world, with what was accepted there."""
    store = world.store()
    changes = {"changes": CHANGES} | wishes
    wish = Wish(world.library, world.data, world.folder / name, **changes)  # type: ignore[arg-type] -- passed on
    try:
        return retrain(wish, store.accepted, print)
    finally:
        store.close()


def test_learns_and_is_promoted(world: World) -> None:
    """What people said is learned by the new version, which knows where it comes from."""
    outcome = run(world, promote=True)
    assert outcome.verdict.admitted, outcome.verdict.reasons
    assert outcome.is_promoted
    version = world.library.active()
    assert version == outcome.version
    training = version.card.training
    assert training["parent"]["version"] == "first"
    corrections = training["corrections"]
    assert (corrections["trained"], corrections["held_out"]) == (30, 10)
    assert corrections["held_out_by"] == "reading"
    learned = (version.folder / "corrections.txt").read_text().split()
    assert len(learned) == 30
    fresh = np.stack([normalize(ink) for ink in triangles(30, first=1000)])[..., None]
    asked = Asked(fresh.astype(np.float32), np.full(30, 4))
    assert ask(load(version.folder), asked).right.mean() > 0.9
    assert Run.read(world.folder / "one").state == "done"


def test_dry_run(world: World) -> None:
    """A dry run reports, and leaves neither a version nor a trace of what it has seen."""
    before = sorted(path.name for path in world.library.folder.iterdir())
    outcome = run(world, dry_run=True)
    assert outcome.verdict.admitted
    assert outcome.version is None
    assert world.library.active_name() == "first"
    assert sorted(path.name for path in world.library.folder.iterdir()) == sorted({*before})
    said = json.loads((world.folder / "one" / "verdict.json").read_text())
    assert said["parent"] == "first"
    assert said["corrections"]["after"] > said["corrections"]["before"]
    page = (world.folder / "one" / "verdict.html").read_text()
    assert "It is admitted." in page
    assert "now right" in page
    assert page.count("data:image/png") >= said["corrections"]["gained"]


def test_not_admitted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that neither learns nor remembers is refused, with its figures; the active one stays."""
    monkeypatch.setattr(memory, "_RAISED", 0.0)
    outcome = run(world, promote=True, changes={"epochs": 1, "rate": 1e-9})
    assert not outcome.verdict.admitted
    assert world.library.active_name() == "first"
    assert [version.name for version in world.library.versions()] == ["shipped", "first"]
    assert "It is not admitted." in (world.folder / "one" / "verdict.html").read_text()


def test_forgot_too_much(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that learned and forgot too much goes back some of its way and is asked once more."""
    from digitlens.training.retrain import admit as story

    found = []

    def refuse_once(*asked: Any) -> Verdict:
        found.append(decide(*asked))
        return found[-1] if len(found) > 1 else replace(found[-1], admitted=False, forgot=True)

    decide = story.decide
    monkeypatch.setattr(story, "decide", refuse_once)
    outcome = run(world)
    assert len(found) == 2
    assert outcome.verdict.admitted
    folder = world.folder / "one"
    network = keras.models.load_model(folder / "bundle" / NETWORK_FILE, compile=False)
    start, first, kept = (
        memory.without_memory(keras.models.load_model(path, compile=False)).get_weights()
        for path in (
            world.library.folder / "first" / NETWORK_FILE,
            folder / STATE / LAST,
            folder / "bundle" / NETWORK_FILE,
        )
    )
    for here, there, middle in zip(start, first, kept, strict=True):
        assert np.allclose(middle, FURTHER * here + (1 - FURTHER) * there, atol=1e-6)
    assert memory.remembered(network) == 30
    changed = json.loads((folder / "verdict.json").read_text())
    sides = [changed["corrections"], *changed["frozen"].values()]
    pictures = sum(side["gained"] + side["lost"] for side in sides)
    assert len(list((folder / "changed").iterdir())) == pictures


def test_forgot_all_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What costs too much however little is kept is refused after the third time."""
    from digitlens.training.retrain import admit as story

    asked = []

    def refuse(*_: Any) -> Verdict:
        asked.append(_)
        return replace(decide(*_), admitted=False, forgot=True)

    decide = story.decide
    monkeypatch.setattr(story, "decide", refuse)
    assert run(world).version is None
    assert len(asked) == 3
    assert world.library.active_name() == "first"


def test_another_version_meanwhile(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compared with a version is not promoted in place of another."""
    add = world.library.add

    def add_late(bundle: Path) -> object:
        world.library.promote("shipped")
        return add(bundle)

    monkeypatch.setattr(world.library, "add", add_late)
    with pytest.raises(InvalidInput, match="expected first, which r1 was compared with"):
        run(world, promote=True)
    assert world.library.active_name() == "shipped"


def test_interrupted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is interrupted leaves the active version; it goes on, with what it began with."""
    from digitlens.training.retrain import admit as story

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(story, "export", interrupt)
        with pytest.raises(KeyboardInterrupt):
            run(world)
    assert Run.read(world.folder / "one").state == "stopped"
    assert world.library.active_name() == "first"
    store = world.store()
    correct(store, confirmed(10), 1)
    store.close()
    before = (world.folder / "one" / "history.csv").read_bytes()
    outcome = run(world)
    assert (world.folder / "one" / "history.csv").read_bytes() == before
    assert outcome.version is not None
    assert outcome.version.card.training["corrections"]["trained"] == 30


def test_too_few(world: World) -> None:
    """With too few corrections to tell better from luck, nothing is trained."""
    store = world.store()
    rows = store.page(limit=500).rows
    store.decide([row.id for row in rows[7:]], "reject")
    store.close()
    with pytest.raises(DataError, match="corrections: expected 10 accepted mistakes"):
        run(world)
    assert not (world.folder / "one").exists()


def test_no_network(world: World) -> None:
    """A version without its network says what is missing and how to get it."""
    (world.library.folder / "first" / NETWORK_FILE).unlink()
    with pytest.raises(BundleError, match=r"has no network\.keras to start from"):
        run(world)


def test_remembers_anew(world: World) -> None:
    """What is learned from a version that remembers starts without that, and remembers its own."""
    run(world, promote=True)
    store = world.store()
    accepted = list(store.accepted())
    store.decide([one.id for one in accepted[:8]], "reject")
    store.close()
    run(world, "two", dry_run=True)
    networks = [
        keras.models.load_model(path / NETWORK_FILE, compile=False)
        for path in (world.library.folder / "r1", world.folder / "two" / "bundle")
    ]
    first, second = (memory.remembered(network) for network in networks)
    assert first == 30
    assert 0 < second < first
    assert len({len(network.layers) for network in networks}) == 1


def test_the_same_again(world: World) -> None:
    """The same corrections and the same seed make the same network."""
    for name in ("one", "two"):
        run(world, name, dry_run=True)
    seen = as_seen(mnist.load_mnist(world.data, "t10k")).seen
    answers = [
        Network(load(world.folder / name / "bundle")).logits(seen) for name in ("one", "two")
    ]
    assert np.allclose(*answers, atol=1e-3)
