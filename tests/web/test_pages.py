"""The page as the server sends it: whole, safe to frame by a strict policy, and our own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import digitlens.web
from tests.running import Server

STATIC = Path(digitlens.web.__file__).parent / "static"


class Tags(HTMLParser):
    """The start tags of a page, with their attributes and the text of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep what stands in a script or a style."""
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            self.inline.append(data)


@pytest.fixture(scope="module")
def tags(server: Server) -> Tags:
    """The tags of the first page."""
    return Tags(server.ask("GET", "/").body.decode())


def addresses(tags: Tags) -> list[str]:
    """Everything that the page refers to."""
    found = (attrs.get(name) for _, attrs in tags.tags for name in ("src", "href", "action"))
    return [address for address in found if address]


def test_is_html(server: Server) -> None:
    """The page is HTML in UTF-8, with a language and a title."""
    answer = server.ask("GET", "/")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    text = answer.body.decode()
    assert text.lstrip().startswith("<!doctype html>")
    assert '<html lang="en"' in text
    assert "<title>digitlens" in text


def test_loads_nothing_from_elsewhere(tags: Tags) -> None:
    """Every address on the page is one of this server."""
    assert addresses(tags)
    assert [a for a in addresses(tags) if not a.startswith(("/", "#"))] == []
    assert [a for a in addresses(tags) if a.startswith("//")] == []


def test_needs_no_inline_script_or_style(tags: Tags) -> None:
    """Nothing on the page would be forbidden by a policy without 'unsafe-inline'."""
    assert tags.inline == []
    names = {name for _, attrs in tags.tags for name in attrs}
    assert "style" not in names
    assert [name for name in names if name.startswith("on")] == []


def test_whatever_it_refers_to_is_there(server: Server, tags: Tags) -> None:
    """No link of the page leads nowhere, and scripts and styles have their types."""
    kinds = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    for address in addresses(tags):
        if address.startswith("#"):
            continue
        answer = server.ask("GET", address)
        assert answer.status == 200, address
        kind = kinds.get(Path(address).suffix)
        assert kind is None or answer.headers["content-type"].startswith(kind), address


def test_tells_of_all_modules_at_once(tags: Tags) -> None:
    """Every module that the page imports, directly or not, is preloaded, and no other."""
    scripts = STATIC / "js"
    wanted, queue = set(), ["main.js", "theme.js"]
    while queue:
        name = queue.pop()
        wanted.add(name)
        source = (scripts / name).read_text()
        imported = re.findall(r'^(?:import|export)\b[^;]*?"(\.[^"]+)";', source, re.MULTILINE)
        found = [((scripts / name).parent / other).resolve() for other in imported]
        names = [path.relative_to(scripts.resolve()).as_posix() for path in found]
        queue += [n for n in names if n not in wanted]
    preloaded = {
        str(attrs["href"]).removeprefix("/static/js/")
        for tag, attrs in tags.tags
        if tag == "link" and attrs.get("rel") == "modulepreload"
    }
    assert preloaded == wanted


def test_names_only_places_that_exist(server: Server, tags: Tags) -> None:
    """The bar links the pages, and the one that is shown is marked."""
    current = [attrs["href"] for tag, attrs in tags.tags if "aria-current" in attrs]
    assert current == ["/"]
    docs = Tags(server.ask("GET", "/api/docs").body.decode())
    assert [a["href"] for t, a in docs.tags if "aria-current" in a] == ["/api/docs"]


def test_every_colour_is_a_token() -> None:
    """Colours are named once, in tokens.css, so that both themes have them all."""
    for sheet in (STATIC / "css").glob("*.css"):
        if sheet.name != "tokens.css":
            found = re.findall(r"#[0-9a-f]{3,8}\b(?=[;,) ])|rgba?\(", sheet.read_text())
            assert found == [], sheet.name
