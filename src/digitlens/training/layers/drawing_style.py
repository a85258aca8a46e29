"""The colours of the drawing: a hue for each sort of layer, in light and in dark.

Text on a plate has a contrast of at least 4.5 : 1 in both.
"""

from __future__ import annotations

# Of each group: fill and edge in light, fill and edge in dark.
_COLOURS = {
    "input": ("#ffffff", "#59636e", "#2a3138", "#9aa4ae"),
    "convolution": ("#cfdcff", "#2549c9", "#263c78", "#8fb0ff"),
    "pooling": ("#ffd9c2", "#b5480f", "#6b3312", "#ffb38a"),
    "dense": ("#c9ecd3", "#1d7a3d", "#1c5431", "#7fd79c"),
    "normalization": ("#e6d8fb", "#6b35b8", "#452a72", "#c7a6ff"),
    "activation": ("#fdeab0", "#8a6400", "#574409", "#efcf6b"),
    "dropout": ("#eceef1", "#6a737d", "#30373e", "#9aa4ae"),
    "shape": ("#eceef1", "#6a737d", "#30373e", "#9aa4ae"),
    "merge": ("#c6ebee", "#0d6f78", "#12494f", "#74d0d9"),
    "block": ("#f6d5e6", "#a82a69", "#632543", "#f59cc6"),
    "other": ("#eceef1", "#6a737d", "#30373e", "#9aa4ae"),
}


_RULES = "".join(
    f".network .{group}{{--fill:var(--network-{group},light-dark({fill},{dark_fill}));"
    f"--edge:var(--network-{group}-edge,light-dark({edge},{dark_edge}))}}"
    for group, (fill, edge, dark_fill, dark_edge) in _COLOURS.items()
)

# On its own the drawing follows the reader's setting; within a page it follows the page.
STYLE = (
    ":root.network{color-scheme:light dark}"
    ".network{color:var(--network-text,light-dark(#1b2130,#ebe9e1));max-width:100%;height:auto;"
    "font:12px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}"
    f"{_RULES}"
    ".network rect{fill:var(--fill);stroke:var(--edge);stroke-width:1}"
    ".network .dropout .plate{stroke-dasharray:3 3}"
    ".network text{fill:currentColor;text-anchor:middle}"
    ".network .label{font-weight:600}"
    ".network .size{opacity:.75}"
    ".network .on{font-size:11px}"
    ".network .arrow{fill:none;stroke:currentColor;opacity:.55}"
    ".network .turn{stroke-dasharray:2 3}"
    ".network .layer{outline:none;cursor:default}"
    ".network .layer:hover rect,.network .layer:focus rect{stroke-width:2}"
    ".network .layer:focus-visible rect{stroke-width:3}"
)
