"""Pieces: the HTML that sections of a report are put together from."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path


def duration(seconds: float) -> str:
    """A time as one says it: `48 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def headline(figures: Mapping[str, str]) -> str:
    """Large figures with their names over them."""
    entries = (f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in figures.items())
    return f'<dl class="figures">{"".join(entries)}</dl>' if figures else ""


def section(title: str, content: str) -> str:
    """A section with its heading; the content is HTML."""
    return f"<section><h2>{title}</h2>{content}</section>"


def missing(text: str) -> str:
    """A line that says what is not there, or why."""
    return f'<p class="missing">{escape(text.strip())}</p>'


def plots(pictures: Iterable[str]) -> str:
    """SVGs next to each other."""
    figures = "".join(f"<figure>{picture}</figure>" for picture in pictures)
    return f'<div class="plots">{figures}</div>'


def table(head: Iterable[str], rows: Iterable[Iterable[str]], kind: str = "") -> str:
    """A table; the first cell of each row names it."""
    top = "".join(f'<th scope="col">{name}</th>' for name in head)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows)
    table = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="table {kind}">{table}</div>'


def _cells(row: Iterable[str]) -> str:
    first, *rest = row
    cells = "".join(f"<td>{escape(text)}</td>" for text in rest)
    return f'<th scope="row">{escape(first)}</th>{cells}'


def in_words(value: object) -> str:
    """A setting's value, as one says it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def inline(path: Path) -> str:
    """A picture as an address that has it inside."""
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()
