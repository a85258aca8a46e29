"""Draw the pictures of the course: real digits, real filters, real numbers."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from digitlens.models.bundle import load
from digitlens.reading.network import Network
from digitlens.settings import Settings
from digitlens.training.data.mnist import Labelled, load_mnist
from digitlens.training.data.prepared import prepared
from digitlens.training.data.sheet import draw_sheet, write_picture
from docs.lessons.measure import load_program

IMAGES = Path(__file__).parents[1] / "images" / "learn"
PAPER, TEXT, MUTED, FIRST, SECOND = "#fbfaf6", "#1b2130", "#596072", "#2549c9", "#b45309"
SEVEN = 0  # of the test set: a plain seven
COLOURS = 160  # enough for these pictures, and small
_DPI = 110
_STYLE: dict[Any, Any] = {  # matplotlib's own type is the list of all its settings
    "axes.edgecolor": MUTED,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": TEXT,
    "axes.titlesize": 10,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "font.size": 9,
    "text.color": TEXT,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
}
Maps = npt.NDArray[np.float32]


def draw_all(folder: Path, found: dict[str, Any]) -> list[Path]:
    """Draw every picture into a folder.

    Args:
        folder: Where to.
        found: What was measured, for the learned filters.

    Returns:
        The files.
    """
    test = load_mnist(Settings.from_environment().data_dir, "t10k")
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / "digits.png"]
    write_picture(files[0], digits(test))
    kernels = np.array(found["kernels"], np.float32)
    with mpl.rc_context(_STYLE):
        for name, figure in (
            ("convolution", convolution(test)),
            ("filters", filters(test, kernels)),
            ("pooling", pooling(test)),
            ("softmax", softmax(test)),
            ("dropout", dropout(test, kernels)),
            ("batchnorm", batchnorm(test, kernels)),
        ):
            files.append(save(figure, folder / f"{name}.png"))
    return files


def save(figure: Figure, file: Path) -> Path:
    """Write a figure as a PNG of few colours."""
    packed = io.BytesIO()
    figure.savefig(packed, dpi=_DPI)
    whole = Image.open(packed).convert("RGB")
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    return file


def digits(test: Labelled) -> npt.NDArray[np.uint8]:
    """Thirty digits, each with what it is."""
    return draw_sheet(prepared(test.images[:30]), [str(n) for n in test.labels[:30]])


def convolution(test: Labelled) -> Figure:
    """One place of a map: nine pixels, each times its weight, added up."""
    program = load_program("convolution")
    seven = prepared(test.images[[SEVEN]])[..., 0]
    found = program["relu"](program["convolve"](seven, program["LEVEL"]))[0]
    y, x = np.unravel_index(found.argmax(), found.shape)
    figure = Figure((7.6, 2.5), layout="constrained")
    picture, window, weights, answer = figure.subplots(1, 4, width_ratios=(3, 2, 2, 3))
    show(picture, seven[0], "the picture, 28×28")
    frame(picture, float(x), float(y), 3)
    part = seven[0, y : y + 3, x : x + 3]
    numbers(window, part, "{:.1f}", "nine pixels …")
    numbers(weights, program["LEVEL"], "{:+.0f}", "… times nine weights")
    total = (part.round(1) * program["LEVEL"]).sum()
    weights.text(1, 3.2, f"added up: {total:.1f}", ha="center", color=SECOND, weight="bold")
    show(answer, found, "the map, 26×26")
    frame(answer, float(x), float(y), 1)
    return figure


def filters(test: Labelled, kernels: Maps) -> Figure:
    """What `simple` learned to look for, and the maps that four of its filters give of a seven."""
    figure = Figure((7.6, 2.5), layout="constrained")
    left, right = figure.subfigures(1, 2, width_ratios=(1.25, 1))
    left.suptitle("32 filters that it learned: red looks for ink, blue for paper", fontsize=10)
    for axes, kernel in zip(left.subplots(4, 8).flat, kernels, strict=True):
        bound = np.abs(kernel).max()
        axes.imshow(kernel, cmap="RdBu_r", vmin=-bound, vmax=bound)
        bare(axes)
    right.suptitle("four of them, and what each finds in a 7", fontsize=10)
    for columns, kernel in zip(right.subplots(2, 4).T, strongest(test, kernels), strict=True):
        bound = np.abs(kernel).max()
        columns[0].imshow(kernel, cmap="RdBu_r", vmin=-bound, vmax=bound)
        bare(columns[0])
        show(columns[1], maps_of(test.images[[SEVEN]], kernel[None])[0, 0])
    return figure


def pooling(test: Labelled) -> Figure:
    """Of every 2×2 numbers the largest stays; what that makes of a map."""
    program, other = load_program("pooling"), load_program("convolution")
    seven = prepared(test.images[[SEVEN]])[..., 0]
    whole = other["relu"](other["convolve"](seven, other["LEVEL"]))
    y, x = lively(whole[0])
    part = whole[:, y : y + 4, x : x + 4].round(1)
    figure = Figure((7.6, 2.2), layout="constrained")
    before, after, *maps = figure.subplots(1, 5, width_ratios=(4, 3, 4, 4, 4))
    numbers(before, part[0], "{:.1f}", "16 numbers …")
    for corner in ((0, 0), (2, 0), (0, 2), (2, 2)):
        frame(before, *corner, 2)
    numbers(after, program["pool"](part)[0], "{:.1f}", "… become 4")
    for axes in maps:
        show(axes, whole[0], f"{whole.shape[1]}×{whole.shape[2]}")
        whole = program["pool"](whole)
    return figure


def lively(map_: Maps) -> tuple[int, int]:
    """Where a map has 4×4 numbers of which most are different: y and x, both even."""
    places = [(y, x) for y in range(0, 22, 2) for x in range(0, 22, 2)]
    kinds = {
        at: len(np.unique(map_[at[0] : at[0] + 4, at[1] : at[1] + 4].round(1))) for at in places
    }
    return max(places, key=lambda at: kinds[at])


def softmax(test: Labelled) -> Figure:
    """From logits to probabilities, for the digit among a thousand that is least clear."""
    program = load_program("softmax")
    seen = prepared(test.images[:1000])
    logits = Network(load()).logits(seen).astype(np.float64)
    chosen = int(program["softmax"](logits).max(axis=1).argmin())
    row = logits[[chosen]]
    shares = program["softmax"](row)[0]
    figure = Figure((7.6, 2.4), layout="constrained")
    picture, *bars = figure.subplots(1, 4, width_ratios=(2, 3, 3, 3))
    show(picture, seen[chosen, ..., 0], f"it is a {test.labels[chosen]}")
    titles = ("logits", "e to the power of each", "as shares: probabilities")
    for axes, heights, title in zip(bars, (row[0], np.exp(row[0]), shares), titles, strict=True):
        best = np.argsort(-heights)[:2]
        axes.bar(range(10), heights, color=[SECOND if n in best else FIRST for n in range(10)])
        axes.axhline(0, color=MUTED, linewidth=0.8)
        axes.set_xticks(range(10))
        axes.set_title(title)
        for n in best:
            text = f"{heights[n]:.0%}" if axes is bars[2] else f"{heights[n]:,.1f}"
            is_left = n == best.min()  # they may stand side by side: apart they can be read
            place = (n + (0.4 if is_left else -0.4), heights[n])
            side = "right" if is_left else "left"
            axes.annotate(text, place, ha=side, va="bottom", fontsize=8)
        axes.margins(y=0.12)
    return figure


def dropout(test: Labelled, kernels: Maps) -> Figure:
    """The same numbers in three steps of the training, each without another quarter of them."""
    program = load_program("pooling")
    kernel = strongest(test, kernels)[0]
    whole = program["pool"](maps_of(test.images[[SEVEN]], kernel[None])[0])[0]
    rng = np.random.default_rng(1)
    figure = Figure((7.6, 2.3), layout="constrained")
    titles = ("step 1", "step 2", "step 3", "when it reads: all of it")
    for axes, title in zip(figure.subplots(1, 4), titles, strict=True):
        left_out = rng.random(whole.shape) < 0.25
        show(axes, whole, title)
        if title.startswith("step"):
            for y, x in np.argwhere(left_out):
                axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, color="#d9a066", linewidth=0))
    return figure


def batchnorm(test: Labelled, kernels: Maps) -> Figure:
    """The numbers of twelve maps over 64 digits, before and after normalization."""
    before = maps_of(test.images[:64], kernels[:12], negative=True)
    mean = before.mean(axis=(0, 2, 3), keepdims=True)
    after = (before - mean) / before.std(axis=(0, 2, 3), keepdims=True)
    figure = Figure((7.6, 2.6), layout="constrained")
    titles = ("as the convolution gives them", "after batch normalization")
    for axes, numbers_, title in zip(figure.subplots(1, 2), (before, after), titles, strict=True):
        rows = numbers_.transpose(1, 0, 2, 3).reshape(12, -1)
        middle, spread = rows.mean(axis=1), rows.std(axis=1)
        axes.bar(range(1, 13), 2 * spread, bottom=middle - spread, color=FIRST, alpha=0.35)
        axes.plot(range(1, 13), middle, "o", color=SECOND, markersize=4)
        axes.axhline(0, color=MUTED, linewidth=0.8)
        axes.set_xticks(range(1, 13))
        axes.set_xlabel("map", color=MUTED)
        axes.use_sticky_edges = False
        axes.margins(y=0.1)
        axes.set_title(title)
    return figure


def strongest(test: Labelled, kernels: Maps) -> list[Maps]:
    """Four filters that find much in a seven, and not the same."""
    found = maps_of(test.images[[SEVEN]], kernels)[0].reshape(len(kernels), -1)
    found = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
    chosen = [int(maps_of(test.images[[SEVEN]], kernels)[0].sum(axis=(1, 2)).argmax())]
    while len(chosen) < 4:
        alike = (found @ found[chosen].T).max(axis=1) + (found.sum(axis=1) == 0) * 9
        chosen.append(int(alike.argmin()))
    return [kernels[index] for index in chosen]


def maps_of(images: npt.NDArray[np.uint8], kernels: Maps, negative: bool = False) -> Maps:
    """What filters give of pictures: float32 (n, filters, 26, 26), without their biases."""
    program = load_program("convolution")
    pictures = prepared(images)[..., 0]
    maps = np.stack([program["convolve"](pictures, kernel) for kernel in kernels], axis=1)
    return maps if negative else np.maximum(maps, 0)


def show(axes: Axes, picture: Maps, title: str = "") -> None:
    """Show numbers as ink: the more, the darker."""
    axes.imshow(picture, cmap="gray_r", vmin=0)
    axes.set_title(title)
    bare(axes, MUTED)


def numbers(axes: Axes, values: Maps, form: str, title: str) -> None:
    """Show numbers as numbers."""
    bound = float(np.abs(values).max())
    axes.imshow(values, cmap="RdBu_r", vmin=-2 * bound, vmax=2 * bound)
    for (y, x), value in np.ndenumerate(values):
        axes.text(x, y, form.format(value), ha="center", va="center", fontsize=8)
    axes.set_title(title)
    bare(axes, MUTED)


def frame(axes: Axes, x: float, y: float, side: int) -> None:
    """Frame some squares of a picture."""
    corner = (x - 0.5, y - 0.5)
    axes.add_patch(Rectangle(corner, side, side, fill=False, edgecolor=SECOND, linewidth=1.8))


def bare(axes: Axes, edge: str = "none") -> None:
    """Leave only the picture, perhaps with a line around it."""
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(edge != "none")
    axes.spines[:].set_color(edge)
    axes.spines[:].set_linewidth(0.5)
