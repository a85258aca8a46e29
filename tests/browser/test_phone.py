"""Small screens: all fits, the page scrolls where it should, and fingers can hit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hand import Place, draw, lay, touch

pytestmark = pytest.mark.browser


def test_canvas_and_answer_are_seen_at_once(phone: Page) -> None:
    """On 375 × 667 the canvas, the number, the words and all bars are seen without scrolling."""
    session = phone.context.new_cdp_session(phone)
    for stroke in lay(7, Place(), phone.locator("#pad")):
        touch(session, stroke)
    expect(phone.locator("#number")).to_have_text("7")
    for name in ("#pad", "#number", "#sentence", "#seen", "#bars"):
        expect(phone.locator(name)).to_be_in_viewport(ratio=1)
    assert phone.evaluate("scrollY") == 0


def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    """From 320 pixels on the page never scrolls sideways, with an answer of many digits too."""
    for index in range(4):
        draw(page, 1, Place(x=0.14 + 0.24 * index, height=0.2))
    expect(page.locator("#number")).to_have_text("1111")
    page.locator("#how").click()
    expect(page.locator("#steps img:visible")).to_have_count(6)
    for width in (320, 375, 600, 899, 900, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_scrolls_beside_the_canvas_but_not_on_it(open_page: OpenPage) -> None:
    """A finger on the canvas draws; anywhere else it scrolls the page."""
    page = open_page(viewport={"width": 375, "height": 500}, has_touch=True, is_mobile=True)
    session = page.context.new_cdp_session(page)

    def swipe(selector: str) -> None:
        box = page.locator(selector).bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 10
        touch(session, [(x, y - 10 * step) for step in range(12)])

    swipe("#pad")
    assert page.evaluate("scrollY") == 0
    expect(page.locator("#number")).not_to_be_empty()
    swipe(".verdict")
    page.wait_for_function("() => scrollY > 40")


def test_fingers_can_hit_every_control(phone: Page) -> None:
    """On a touch screen every control is at least 44 pixels wide and high."""
    draw(phone, 7)
    expect(phone.locator("#how")).to_be_enabled()
    for control in phone.locator("main button:visible, main input:visible, header a").all():
        box = control.bounding_box()
        assert box is not None
        name = control.evaluate("control => control.id || control.textContent")
        assert box["height"] >= 44, name
        assert box["width"] >= 44, name
