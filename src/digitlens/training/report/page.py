"""Page: the whole report as one file of HTML, with everything it shows inside it."""

from __future__ import annotations

from html import escape

from digitlens.training.report import parts
from digitlens.training.report.found import Found
from digitlens.training.report.style import STYLE


def page(found: Found, drawn: dict[str, str]) -> str:
    """Put the report together.

    Args:
        found: What the run left.
        drawn: Its plots, SVG by name.
    """
    name = escape(found.folder.resolve().name)
    sections = (
        parts.curves(found, drawn),
        parts.evaluation(found, drawn),
        parts.mistakes(found),
        parts.network(found),
        parts.settings(found),
        parts.origin(found),
    )
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{name} – a digitlens training</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            parts.head(found, name),
            "<main>",
            *sections,
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )
