"""Parts: the sections of a report, each from what it needs, or saying that it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from digitlens.training.layers.description import Description
from digitlens.training.measure.evaluation import Class, Mistake
from digitlens.training.report.found import Found
from digitlens.training.report.pieces import (
    duration,
    headline,
    in_words,
    inline,
    missing,
    plots,
    section,
    table,
)
from digitlens.training.run import Run

_SHOWN = 48  # mistakes on the page; all of them are in the folder
_STATES = {
    "running": "Was still training when this was written.",
    "stopped": "Was stopped before its end.",
    "failed": "Failed.",
}


def head(found: Found, name: str) -> str:
    """What it is, how it stands, and its most important figures."""
    run = found.run
    if run is None:
        said = missing("run.json is missing or damaged: how the training stands is not known.")
        return f"<header><h1>{name}</h1>{said}{headline(_scores(found))}</header>"
    data = ", ".join(run.data)
    lead = f"The network <b>{escape(run.model)}</b>, trained on {escape(data)}."
    state = "" if run.state == "done" else missing(f"{_STATES[run.state]} {run.reason}")
    figures = headline(_scores(found) | _costs(run))
    return f'<header><h1>{name}</h1><p class="lead">{lead}</p>{state}{figures}</header>'


def curves(found: Found, drawn: Mapping[str, str]) -> str:
    """Loss, accuracy and learning rate, epoch by epoch."""
    pictures = [drawn[name] for name in ("loss", "accuracy", "rate") if name in drawn]
    if not pictures:
        return section("Training", missing("No epoch was finished: there are no curves."))
    note = ""
    if found.best is not None:
        loss = found.history["val_loss"][found.best - 1]
        note = (
            f"<p>The network of epoch {found.best} of {found.epochs} was kept: it has the least "
            f"loss on the validation digits, {loss:.4f}. The dotted line shows where.</p>"
        )
    return section("Training", note + plots(pictures))


def evaluation(found: Found, drawn: Mapping[str, str]) -> str:
    """Accuracy, per class, confusion and calibration."""
    result = found.evaluation
    if result is None:
        said = "evaluation.json is missing or damaged: the network was not measured."
        return section("On digits it never saw", missing(said))
    low, high = result.interval
    note = (
        f"<p>It reads {result.accuracy:.2%} of {result.count:,} digits right; with as many others "
        f"of the kind it would be between {low:.2%} and {high:.2%} (95 % interval). Its confidence "
        f"is off by {result.calibration_error:.2%} on average (expected calibration error).</p>"
    )
    pictures = plots([drawn["confusion"], drawn["reliability"]])
    head = ("digit", "pictures", "read right", "95 % interval", "precision")
    classes = table(head, [_class(one) for one in result.per_class], "numbers")
    return section("On digits it never saw", note + pictures + classes)


def mistakes(found: Found) -> str:
    """A grid of the most confident mistakes."""
    if found.evaluation is None:
        return ""
    every = found.evaluation.mistakes
    if not every:
        return section("The worst mistakes", "<p>There are none.</p>")
    cards = [_mistake(one, found.mistakes.get(one.index)) for one in every[:_SHOWN]]
    note = f"<p>{len(every):,} digits were misread, these with the most confidence.</p>"
    return section("The worst mistakes", f'{note}<div class="mistakes">{"".join(cards)}</div>')


def network(found: Found) -> str:
    """The drawing of the network, its layers one by one, and its filters."""
    shown = _drawing(found.drawing) + _layers(found.layers) + _filters(found.filters)
    said = "layers.json, drawing.svg and filters/ are missing: the network is not shown."
    return section("The network", shown or missing(said))


def settings(found: Found) -> str:
    """Every setting that it was trained with."""
    if not found.settings:
        return section("Settings", missing("config.toml is missing or damaged."))
    rows = [(name, in_words(value)) for name, value in found.settings.items()]
    return section("Settings", table(("setting", "value"), rows))


def origin(found: Found) -> str:
    """When it was made and with what."""
    run = found.run
    if run is None:
        return ""
    rows = [
        ("started", run.started),
        ("trained for", duration(run.seconds)),
        ("epochs", f"{run.epoch} of {run.epochs}"),
        ("seed", str(run.seed)),
        *run.versions.items(),
    ]
    return section("How it was made", table(("what", "value"), rows))


def _scores(found: Found) -> dict[str, str]:
    if found.evaluation is None:
        return {}
    low, high = found.evaluation.interval
    return {
        "accuracy": f"{found.evaluation.accuracy:.2%}",
        "95 % interval": f"{low:.2%} to {high:.2%}",
    }


def _costs(run: Run) -> dict[str, str]:
    figures = {
        "parameters": f"{run.parameters:,}" if run.parameters else "",
        "as LiteRT": f"{run.bytes / 1000:,.0f} kB" if run.bytes else "",
        "one digit": f"{run.latency:,.0f} µs" if run.latency else "",
        "training": duration(run.seconds),
    }
    return {name: text for name, text in figures.items() if text}


def _class(one: Class) -> tuple[str, ...]:
    interval = one.interval
    return (
        str(one.digit),
        f"{one.count:,}",
        "–" if one.accuracy is None else f"{one.accuracy:.2%}",
        "–" if interval is None else f"{interval[0]:.2%} to {interval[1]:.2%}",
        "–" if one.precision is None else f"{one.precision:.2%}",
    )


def _drawing(drawing: str) -> str:
    start = drawing.find("<svg")  # what stands before it is of a file, not of a page
    return f'<div class="drawing">{drawing[start:]}</div>' if start >= 0 else ""


def _layers(layers: Description | None) -> str:
    if layers is None:
        return ""
    rows = [
        (one.name, "×".join(map(str, one.shape)), f"{one.parameters:,}", one.sentence)
        for one in layers.layers
    ]
    every = table(("layer", "output", "parameters", "what it does"), rows, "layers")
    return f"<details><summary>Layer by layer</summary>{every}</details>"


def _filters(filters: Mapping[str, Path]) -> str:
    figures = [
        f"<figure><figcaption>{escape(name)}</figcaption>"
        f'<img class="filters" alt="Filters of {escape(name)}" src="{inline(path)}"></figure>'
        for name, path in filters.items()
    ]
    summary = "<summary>What its convolutions look for</summary>"
    return f"<details>{summary}{''.join(figures)}</details>" if figures else ""


def _mistake(one: Mistake, picture: Path | None) -> str:
    said = f"{one.label} read as {one.read}"
    shown = (
        f'<img alt="Picture {one.index}" src="{inline(picture)}">'
        if picture
        else '<span class="gone">no picture</span>'
    )
    caption = f"<b>{said}</b> {one.confidence:.1%}<br>no. {one.index}"
    return f"<figure>{shown}<figcaption>{caption}</figcaption></figure>"
