"""Admit: from a network that has learned to the bundle that the gate has said yes or no to."""

from __future__ import annotations

import keras

from digitlens.models.bundle import Bundle, load
from digitlens.models.card import Card
from digitlens.reading.network import Logits, Network
from digitlens.training import run as files
from digitlens.training.data.mnist import Labelled
from digitlens.training.finish import Order, Say, export, to_model
from digitlens.training.measure.answers import answer_many
from digitlens.training.retrain.asked import Answers, Asked, ask, judged
from digitlens.training.retrain.back import FURTHER, further_back
from digitlens.training.retrain.gate import Verdict, decide
from digitlens.training.retrain.paired import Paired
from digitlens.training.retrain.parent import Parent
from digitlens.training.retrain.report import write_verdict

HELD = "corrections"  # those that were held out, among what is asked
_TRIES = 3  # at most: each time with less of what was learned


def admit(
    order: Order,
    parent: Parent,
    network: keras.Model,
    asked: dict[str, Asked],
    validation: Labelled,
    say: Say,
) -> Verdict:
    """Export a network and ask the gate; where it forgot too much, it goes back and asks again.

    To choose thresholds takes longer than to ask. So a network is asked with those of its parent
    first, and gets its own where it passes with these, or where it is the last.

    Args:
        order: Of the retraining; its run gets the bundle and the verdict.
        parent: The version that it started from.
        network: That has learned; its weights are changed where it goes back.
        asked: What both are asked about: `HELD`, and the frozen sets by their names.
        validation: What chooses temperature and thresholds.
        say: Takes a line about what is going on.
    """
    form = parent.bundle.card.training.get("weights", "")
    before = {name: ask(parent.bundle, one) for name, one in asked.items()}

    def verdict_of(logits: dict[str, Logits], card: Card) -> tuple[Verdict, dict[str, Answers]]:
        after = {name: judged(logits[name], one, card) for name, one in asked.items()}
        paired = {name: Paired.of(before[name].right, one.right) for name, one in after.items()}
        return decide(paired.pop(HELD), paired), after

    for left in reversed(range(_TRIES)):
        model = to_model(network, validation, form)
        answering = Network(Bundle(model.data, parent.bundle.card))
        logits = {name: answer_many(answering, one.seen) for name, one in asked.items()}
        verdict, after = verdict_of(logits, parent.bundle.card)
        if not verdict.forgot or not left:
            export(order, network, validation, say, model)
            verdict, after = verdict_of(logits, load(order.run / files.BUNDLE).card)
        if not verdict.forgot or not left:
            break
        say(f"it learned, and forgot too much: {FURTHER:.0%} of it are taken back")
        network = further_back(network, parent.network())
    answers = {name: (before[name], after[name]) for name in asked}
    write_verdict(order, parent.version.name, verdict, asked, answers)
    return verdict
