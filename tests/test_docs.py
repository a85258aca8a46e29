"""The documentation is true: what can be generated is current, what can be run runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from docs.figures import README, RETRAINING, with_curve, with_figures
from docs.reference import DOCS, settings_page

from digitlens.training.measure.suite.ablation import read_ablation
from digitlens.training.measure.suite.page import page as page_of_suite
from tests.drawings import canvas, encode, strokes_of

ROOT = DOCS.parent
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
SNIPPET = re.compile(r"```python\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")


def test_settings_page() -> None:
    """The table of settings is what the code declares: `python -m docs.reference`."""
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == settings_page()


def test_commands_page() -> None:
    """The help of every command is what the code says: `python -m docs.reference`."""
    # In a process of its own: click keeps the help of a command as it was first called.
    variables = ("PORT", "WEB_CONCURRENCY", "DIGITLENS_DATA_DIR")
    environment = {name: text for name, text in os.environ.items() if name not in variables}
    code = "from docs.reference import commands_page; print(commands_page(), end='')"
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (DOCS / "command-line.md").read_text(encoding="utf-8") == said.stdout


def test_accuracy_page() -> None:
    """The page of the suite says what its JSON says, and no more: `digitlens evaluate --suite`."""
    found = json.loads((DOCS / "accuracy.json").read_text(encoding="utf-8"))
    text = (DOCS / "accuracy.md").read_text(encoding="utf-8")
    assert text == page_of_suite(found, read_ablation(DOCS / "ablation.json"))


def test_readme_figures() -> None:
    """The README's figures are those of the shipped model: `python -m docs.figures`."""
    text = README.read_text(encoding="utf-8")
    assert with_figures(text) == text
    assert "%" in text


def test_curve_of_the_proof() -> None:
    """What a hand's corrections brought is what was measured: `python -m docs.figures`."""
    text = RETRAINING.read_text(encoding="utf-8")
    assert with_curve(text) == text
    assert "| 20 |" in text


def test_readme_is_one_screen() -> None:
    """The README says what it is and where to go; the rest is in docs."""
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 65


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links(page: Path) -> None:
    """Every link to a file leads to one."""
    for groups in LINK.findall(page.read_text(encoding="utf-8")):
        target = next(filter(None, groups))
        if not target.startswith(("http://", "https://", "/")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "docs/library.md", "docs/tutorial.md"])
def test_snippets(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Python snippet runs as it stands, in a folder that has the pictures it names."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("seven.png", "7"), ("number.png", "305")):
        Path(name).write_bytes(encode(canvas(strokes_of(text), size=(500, 280))))
    snippets = SNIPPET.findall((ROOT / page).read_text(encoding="utf-8"))
    assert snippets
    for snippet in snippets:
        exec(compile(snippet, page, "exec"), {})  # noqa: S102 -- our own documentation


def test_make_targets() -> None:
    """Every `make` that a page names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"^make (\w+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert f"\n{target}:" in makefile, f"{page.name}: make {target}"
