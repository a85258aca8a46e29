"""Light and dark: by the system, by the switch, without a flash."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hand import draw

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]


def ground(page: Page) -> int:
    """How light the page is, 0 to 255."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return int(colour.removeprefix("rgb(").split(",")[0])


@pytest.mark.parametrize(("scheme", "light"), [("light", True), ("dark", False)])
def test_follows_the_system(open_page: OpenPage, scheme: Scheme, light: bool) -> None:
    """Without a choice the page is as the system is, also when that changes."""
    page = open_page(color_scheme=scheme)
    assert (ground(page) > 128) == light
    expect(page.locator("#theme")).to_have_attribute("aria-checked", str(not light).lower())
    page.emulate_media(color_scheme="dark" if light else "light")
    expect(page.locator("#theme")).to_have_attribute("aria-checked", str(light).lower())
    assert (ground(page) > 128) != light


@pytest.mark.parametrize(("scheme", "light"), [("light", True), ("dark", False)])
def test_the_switch_is_remembered(open_page: OpenPage, scheme: Scheme, light: bool) -> None:
    """The switch wins over the system, and does so when the page is opened again."""
    page = open_page(color_scheme=scheme)
    page.locator("#theme").click()
    assert (ground(page) > 128) != light
    page.reload()
    assert (ground(page) > 128) != light
    page.locator("#theme").click()
    assert (ground(page) > 128) == light


def test_is_right_from_the_first_paint(open_page: OpenPage) -> None:
    """The theme that was chosen is set before the page has a body to paint."""
    page = open_page(color_scheme="light")
    page.locator("#theme").click()
    page.add_init_script("""
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        window.theme = document.documentElement.dataset.theme;
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    """)
    page.reload()
    assert page.evaluate("window.theme") == "dark"


def test_the_switch_works_where_nothing_may_be_stored(open_page: OpenPage) -> None:
    """A browser that forbids storage shows the page, and its switch switches."""
    page = open_page(color_scheme="light")
    page.add_init_script("""
      Object.defineProperty(window, "localStorage", {
        get() { throw new DOMException("forbidden", "SecurityError"); },
      });
    """)
    page.reload()
    page.locator("#theme").click()
    assert ground(page) < 128
    draw(page, 7)
    expect(page.locator("#number")).to_have_text("7")


def test_the_drawing_survives_the_switch(page: Page) -> None:
    """Another theme draws the same strokes in its own ink."""
    draw(page, 7)
    expect(page.locator("#number")).to_have_text("7")
    ink = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => {
      const canvas = document.getElementById("pad");
      const { width, height } = canvas;
      const copy = Object.assign(document.createElement("canvas"), { width, height });
      const context = copy.getContext("2d");
      context.drawImage(canvas, 0, 0);
      const { data } = context.getImageData(0, 0, width, height);
      const inked = [...data.keys()].filter(i => i % 4 === 3 && data[i] === 255);
      done([inked.length, data[inked[0] - 3] > 127]);
    })))"""
    inked, light = page.evaluate(ink)
    page.locator("#theme").click()
    inked_now, light_now = page.evaluate(ink)
    assert inked == inked_now > 0
    assert (light, light_now) == (False, True)
    expect(page.locator("#number")).to_have_text("7")


def test_the_pen_is_remembered(page: Page) -> None:
    """The width of the pen is the one that was set last."""
    page.locator("#width").press("End")
    page.reload()
    expect(page.locator("#width")).to_have_value("12")
