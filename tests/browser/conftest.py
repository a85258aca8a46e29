"""Fixtures for the page in a real Chromium: one browser for all tests, one context for each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.running import Server

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 10_000  # milliseconds that the page may take before a test gives up

OpenPage = Callable[..., Page]


def find_chromium() -> str:
    """The machine's Chromium; without one the test is skipped, or fails where CI runs it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    reason = "there is no Chromium on this machine (Debian: apt-get install chromium)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    path = find_chromium()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS + sandbox)
        yield running
        running.close()


class Complaints:
    """What the browser's console complained of, and what of that a test expects."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._expected: list[str] = []

    def expect(self, part: str) -> None:
        """Say that complaints with this part are meant to come."""
        self._expected.append(part)

    @property
    def unexpected(self) -> list[str]:
        """The complaints that nobody expects."""
        return [c for c in self.heard if not any(part in c for part in self._expected)]


@pytest.fixture
def complaints() -> Complaints:
    """What the console complains of, errors and warnings."""
    return Complaints()


@pytest.fixture
def open_page(
    browser: Browser,
    server: Server,
    start_server: object,  # noqa: ARG001 -- so that a test's own servers outlive its pages
    complaints: Complaints,
) -> Iterator[OpenPage]:
    """Opens the page in a fresh context with options as `Browser.new_context` takes them.

    When the test is over, the console must have had nothing to complain about: no error, no
    breach of the content policy.
    """
    contexts = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.heard.append(message.text)

    def open_one(url: str | None = None, **options: Any) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.heard.append(str(error)))
        page.goto(url or server.url)
        return page

    yield open_one
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")  # for answers that nobody waits for
        context.close()
    assert complaints.unexpected == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """The page on a desktop."""
    return open_page(viewport={"width": 1280, "height": 800})


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """The page on a phone of 375 × 667 with a touch screen."""
    return open_page(viewport={"width": 375, "height": 667}, has_touch=True, is_mobile=True)
