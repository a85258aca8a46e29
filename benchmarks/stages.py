"""The stages: what each of them takes of the time that a picture needs, on one core."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.effort import Effort, Say
from benchmarks.figures import Figure
from benchmarks.library import warm_up
from benchmarks.pictures import drawings
from digitlens.models.bundle import load
from digitlens.reading.glyphs import find_glyphs
from digitlens.reading.ink import find_ink
from digitlens.reading.judge import judge
from digitlens.reading.limits import Limits
from digitlens.reading.network import BATCH, Network
from digitlens.reading.normalize import normalize
from digitlens.reading.picture import decode
from digitlens.reading.result import Box

_WARM_UP = 5  # inputs of each stage that are not timed


def measure(effort: Effort, peer: bool, say: Say) -> list[Figure]:  # noqa: ARG001 -- no peer has it
    """Measure each stage on its own, then the whole."""
    say(f"stages: {effort.sample} pictures")
    reader = warm_up()
    bundle = load()
    network = Network(bundle)
    pngs = [picture.png for picture in drawings(effort.sample)]
    figures, greys = _timed("decode", "decode the PNG", lambda p: decode(p, Limits()).grey, pngs)
    more, inks = _timed("ink", "find the ink", find_ink, greys)
    figures += more
    more, found = _timed("glyphs", "find the digits", find_glyphs, inks)
    figures += more
    glyphs = [glyph.ink for one in found for glyph in one]
    more, seen = _timed("normalize", "normalize a digit", normalize, glyphs)
    figures += more
    batches = np.stack(seen)[:, None, :, :, None]
    weights = bundle.card.training.get("weights", "")
    more, logits = _timed("network", f"ask the network ({weights})", network.logits, batches)
    figures += more
    figures += _in_batches(network, np.concatenate(batches))
    box = [Box(0, 0, 1, 1)]
    figures += _timed(
        "judge", "judge its answer", lambda row: judge(row, box, bundle.card), logits
    )[0]
    figures += _timed("read", "all of it, Reader.read", reader.read, pngs)[0]
    return figures


def _timed(
    name: str, what: str, call: Callable[[Any], Any], inputs: Iterable[Any]
) -> tuple[list[Figure], list[Any]]:
    """Time a stage. Returns its figure, the median over its inputs, and its outputs."""
    waiting = list(inputs)
    for one in waiting[:_WARM_UP]:
        call(one)
    times, outputs = [], []
    for one in waiting:
        start = perf_counter()
        outputs.append(call(one))
        times.append((perf_counter() - start) * 1e6)
    return [Figure(f"stage_{name}", what, "µs", median(times))], outputs


def _in_batches(network: Network, glyphs: Any) -> list[Figure]:
    batch = np.resize(glyphs, (BATCH, *glyphs.shape[1:]))
    figures, _ = _timed("", "", network.logits, [batch] * 20)
    what = f"the same in batches of {BATCH}, for each digit"
    return [Figure("stage_network_batch", what, "µs", (figures[0].ours or 0) / BATCH)]
