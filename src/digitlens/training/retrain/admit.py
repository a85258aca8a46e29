"""Admit: from a network that has learned to the bundle that the gate has said yes or no to."""

from __future__ import annotations

import keras

from digitlens.models.bundle import load
from digitlens.training import run as files
from digitlens.training.finish import Order, Say, export
from digitlens.training.retrain.asked import Asked, ask
from digitlens.training.retrain.back import FURTHER, further_back
from digitlens.training.retrain.gate import Verdict, decide
from digitlens.training.retrain.memory import remember
from digitlens.training.retrain.paired import Paired
from digitlens.training.retrain.parent import Parent
from digitlens.training.retrain.parts import Parts
from digitlens.training.retrain.report import write_verdict

HELD = "corrections"  # those that were held out, among what is asked
_TRIES = 3  # at most: each time with less of what was learned


def admit(
    order: Order,
    parent: Parent,
    network: keras.Model,
    parts: Parts,
    asked: dict[str, Asked],
    say: Say,
) -> Verdict:
    """Export a network and ask the gate; where it forgot too much, it goes back and asks again.

    Args:
        order: Of the retraining; its run gets the bundle and the verdict.
        parent: The version that it started from.
        network: That has learned; its weights are changed where it goes back.
        parts: What it has learned from. Its mistakes are remembered, except where other hands are
            to be read; what validates chooses temperature and thresholds.
        asked: What both are asked about: `HELD`, and the frozen sets by their names.
        say: Takes a line about what is going on.
    """
    form = parent.bundle.card.training.get("weights", "")
    before = {name: ask(parent.bundle, one) for name, one in asked.items()}
    for again in range(_TRIES):
        if again:
            say(f"it learned, and forgot too much: {FURTHER:.0%} of it are taken back")
            network = further_back(network, parent.network())
        kept = (1 - FURTHER) ** again
        remembering = remember(network, parent.network, parts, kept, say)
        export(order, remembering, parts.validation, say, form)
        new = load(order.run / files.BUNDLE)
        answers = {name: (before[name], ask(new, one)) for name, one in asked.items()}
        paired = {name: Paired.of(old.right, now.right) for name, (old, now) in answers.items()}
        verdict = decide(paired.pop(HELD), paired)
        if not verdict.forgot:
            break
    write_verdict(order, parent.version.name, verdict, asked, answers)
    return verdict
