"""Described: a model in a few words, as the Lab lists it."""

from __future__ import annotations

from digitlens.models.card import Card


def describe(card: Card, size: int) -> dict[str, object]:
    """What the Lab says of a model by its card; the accuracy is None where that has none.

    Args:
        card: Of the model.
        size: Bytes of its file.
    """
    metric = next((m for m in card.metrics if m.name == "mnist_test"), None)
    return {
        "name": card.name,
        "version": card.version,
        "parameters": card.training.get("parameters", 0),
        "bytes": size,
        "accuracy": metric.value if metric else None,
        "interval": (metric.low, metric.high) if metric else None,
    }
