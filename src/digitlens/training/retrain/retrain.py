"""Retrain: from the active version and accepted corrections to a new one. `digitlens retrain`.

    accepted corrections ── keep ──▶ held out ───────────────────────┐
                              └────▶ to learn from ─┐                ▼
    the active version ── parent ── replay ─────────┴─▶ learn ─▶ export ─▶ gate ─▶ library

The active version is what it was until the very last step, which is one file that is replaced.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import keras

from digitlens.corrections.records import Correction
from digitlens.errors import DataError
from digitlens.models.library import Library, Version
from digitlens.training import run as files
from digitlens.training.configure import configure, to_toml
from digitlens.training.finish import Order, Say, measure
from digitlens.training.make import noted, show
from digitlens.training.report import write_report
from digitlens.training.retrain.admit import HELD, admit
from digitlens.training.retrain.asked import as_seen, frozen
from digitlens.training.retrain.gate import LEAST, Verdict
from digitlens.training.retrain.kept import FILE, Kept, keep
from digitlens.training.retrain.learn import learn
from digitlens.training.retrain.parent import LEARNED, Parent
from digitlens.training.retrain.parts import Parts
from digitlens.training.retrain.replay import load_replay
from digitlens.training.retrain.seen import remember

_START = "retrain.json"  # in the folder of the run: what it started from


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted.

    Attributes:
        library: The versions.
        data_dir: Folder of the data sets, as `load_mnist` takes it.
        run: Folder that the run leaves; an interrupted one goes on from it.
        data: Sources to replay in place of those that the active version was trained on.
        changes: Settings of the training that are to be others.
        dry_run: Whether it is only to be trained and reported.
        promote: Whether the new version is to be made active if it is admitted.
    """

    library: Library
    data_dir: Path | None
    run: Path
    data: tuple[str, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)
    dry_run: bool = False
    promote: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        verdict: What the gate said.
        version: The new version in the library; None where it was not admitted, or not wanted.
        is_promoted: Whether it is the active one now.
    """

    verdict: Verdict
    version: Version | None = None
    is_promoted: bool = False


@dataclass(frozen=True, slots=True)
class _Begun:
    """A retraining that can start, or go on."""

    parent: Parent
    order: Order
    kept: Kept


def retrain(wish: Wish, corrections: Callable[[], Iterable[Correction]], say: Say) -> Outcome:
    """Train a new version, ask the gate, and where it is admitted put it into the library.

    Args:
        wish: What is wanted.
        corrections: Gives the accepted ones; a run that goes on has its own already.
        say: Takes a line about what is going on.

    Raises:
        DataError: There is too little to learn from, or a data set is missing.
        BundleError: The active version cannot be retrained.
        TrainingError: The training was stopped, or failed.
        InvalidInput: Another version was made active meanwhile.
    """
    begun = _go_on(wish, say) if (wish.run / _START).exists() else _begin(wish, corrections(), say)
    verdict = _train(begun, say)
    if not wish.dry_run:
        remember(wish.library.folder, begun.kept)
    if not verdict.admitted or wish.dry_run:
        return Outcome(verdict)
    version = wish.library.add(wish.run / files.BUNDLE)
    if not wish.promote:
        return Outcome(verdict, version)
    version = wish.library.promote(version.name, instead_of=begun.parent.version.name)
    return Outcome(verdict, version, is_promoted=True)


def _begin(wish: Wish, corrections: Iterable[Correction], say: Say) -> _Begun:
    parent = Parent.of(wish.library.active())
    kept, left_out = keep(corrections, parent.bundle.card.has_none, parent.learned)
    for line in left_out:
        say(line)
    held = int((kept.is_held & kept.is_mistake).sum())
    if held < LEAST:
        expected = f"{2 * LEAST} accepted mistakes, so that {LEAST} of them can be held out"
        raise DataError("corrections", expected, f"{int(kept.is_mistake.sum())}")
    say(_count(kept))
    recipe = parent.recipe(wish.data, kept.for_others, **wish.changes)
    order = Order(
        recipe=recipe,
        data_dir=wish.data_dir,
        run=wish.run,
        version=wish.library.next_name(),
        name=parent.bundle.card.name,
        notes=_notes(parent, kept),
    )
    wish.run.mkdir(parents=True, exist_ok=True)
    kept.write(wish.run / FILE)
    (wish.run / files.CONFIG).write_text(to_toml(recipe), encoding="utf-8")
    start = {"parent": parent.version.name, "version": order.version}
    (wish.run / _START).write_text(json.dumps(start) + "\n", encoding="utf-8")
    return _Begun(parent, order, kept)


def _go_on(wish: Wish, say: Say) -> _Begun:
    start = json.loads((wish.run / _START).read_text(encoding="utf-8"))
    parent = Parent.of(wish.library.find(start["parent"]))
    kept = Kept.read(wish.run / FILE)
    recipe = configure(file=wish.run / files.CONFIG)
    say(f"{len(kept):,} corrections as when it began, from the version {start['parent']}")
    order = Order(recipe, wish.data_dir, wish.run, version=start["version"])
    card = parent.bundle.card
    return _Begun(parent, replace(order, name=card.name, notes=_notes(parent, kept)), kept)


def _train(begun: _Begun, say: Say) -> Verdict:
    order, kept, parent = begun.order, begun.kept, begun.parent
    with noted(order) as note:
        replay = load_replay(order.recipe, order.data_dir, parent.bundle, say)
        sets, missing = frozen(order.data_dir)
        for line in missing:
            say(line)
        say(f"{len(replay.base):,} pictures of {', '.join(order.recipe.data)} to replay")
        show(parent.network(), order.run, note)
        parts = Parts(
            replay.base,
            kept.mistakes,
            kept.confirmed,
            replay.watched,
            replay.validation,
            parent.bundle.card.has_none,
            for_others=kept.for_others,
        )
        network = learn(
            order.recipe,
            parent.network,
            parts,
            order.run,
            lambda epoch, seconds: note(epoch=epoch, seconds=round(seconds, 1)),
            say,
        )
        asked = {HELD: as_seen(kept.held)} | sets
        verdict = admit(order, parent, network, parts, asked, say)
        remembering = keras.models.load_model(order.run / files.NETWORK, compile=False)
        show(remembering, order.run, note)
        measure(order, replay.validation, note, say)
        _write_learned(order.run / files.BUNDLE, parent, kept)
        note(state="done")
    (order.run / FILE).unlink()  # what people wrote is kept in one place, where it can be deleted
    write_report(order.run)
    return verdict


def _write_learned(bundle: Path, parent: Parent, kept: Kept) -> None:
    names = sorted({*parent.learned, *kept.names[~kept.is_held].tolist()})
    (bundle / LEARNED).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def _count(kept: Kept) -> str:
    held, mistakes = int(kept.is_held.sum()), int((kept.is_held & kept.is_mistake).sum())
    learned, of_them = len(kept) - held, int(kept.is_mistake.sum()) - mistakes
    return (
        f"{learned:,} corrections to learn from, {of_them:,} of them mistakes; "
        f"{held:,} held out by {kept.by}, {mistakes:,} of them mistakes"
    )


def _notes(parent: Parent, kept: Kept) -> dict[str, Any]:
    """What the card says of where the model comes from; names stand in a file beside it."""
    trained = int((~kept.is_held).sum())
    corrections = {
        "trained": trained,
        "mistakes": int((kept.is_mistake & ~kept.is_held).sum()),
        "held_out": len(kept) - trained,
        "held_out_by": kept.by,
        "trained_by_parents": len(parent.learned),
        "labels": {str(k): int((kept.labels == k).sum()) for k in sorted({*kept.labels.tolist()})},
        "names": LEARNED,
    }
    return {"parent": parent.ancestry(), "corrections": corrections}
