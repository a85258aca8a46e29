"""Right? Wrong? One press or key says it, the same one takes it back, and a list remembers it."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, OpenPage
from tests.browser.hand import Place, draw, lay, touch
from tests.browser.photos import photograph
from tests.running import Server

pytestmark = pytest.mark.browser

TOKEN = "the-token-of-a-test"  # noqa: S105 -- made up
WIDE = {"width": 1280, "height": 800}


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Server]:
    """A server with corrections of its own."""
    running = Server(tmp_path / "log", options=["--workers", "1", "--admin-token", TOKEN]).start()
    assert corrections(running) == []  # which loads the libraries that the first correction needs
    yield running
    running.stop()


@pytest.fixture
def page(kept: Server, open_page: OpenPage) -> Page:
    """Its page, on a desktop."""
    return open_page(kept.url, viewport=WIDE)


def corrections(server: Server) -> list[dict[str, Any]]:
    """What the server keeps, the newest last."""
    path = "/api/v1/review?order=newest"
    answer = server.ask("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
    found: list[dict[str, Any]] = answer.json["corrections"]
    return found[::-1]


def said(server: Server) -> list[tuple[str, str]]:
    """What was read, and what it should be, of each that is kept."""
    return [(one["read"], one["should"]) for one in corrections(server)]


def draw_seven(page: Page) -> None:
    """Draw a 7 and wait until it is read."""
    draw(page, 7)
    expect(page.locator("#number")).to_have_text("7")


def told(page: Page, words: str) -> None:
    """Wait for what the page says of a correction."""
    expect(page.locator("#told")).to_contain_text(words)


def test_one_press_says_it_and_the_same_takes_it_back(page: Page, kept: Server) -> None:
    """A press on a digit is thanked for; the page shows what was said; the same press undoes it."""
    expect(page.locator("#choices")).to_be_hidden()
    draw_seven(page)
    expect(page.locator("#privacy")).to_contain_text("no name and no address")
    one = page.get_by_role("button", name="It should be 1")
    one.click()
    told(page, "Thank you! Kept as 1.")
    expect(one).to_have_attribute("aria-pressed", "true")
    assert said(kept) == [("7", "1")]
    one.click()
    told(page, "Taken back: nothing of it is kept.")
    expect(one).to_have_attribute("aria-pressed", "false")
    assert said(kept) == []


def test_another_press_changes_it(page: Page, kept: Server) -> None:
    """Whoever slips presses the right one: that is still one correction."""
    draw_seven(page)
    page.get_by_role("button", name="It should be 4").click()
    told(page, "Kept as 4")
    page.get_by_role("button", name="It is not a digit").click()
    told(page, "Kept as not a digit")
    assert said(kept) == [("7", "x")]
    page.get_by_role("button", name="It is right").click()
    told(page, "Kept as right")
    assert said(kept) == [("7", "7")]
    page.locator("#take-back").click()
    told(page, "Taken back")
    assert said(kept) == []


def test_one_key_says_it(page: Page, kept: Server) -> None:
    """The digits, X and Y are keys for it, wherever the focus is; the same key takes it back."""
    draw_seven(page)
    page.keyboard.press("2")
    told(page, "Kept as 2")
    page.keyboard.press("x")
    told(page, "Kept as not a digit")
    page.keyboard.press("y")
    told(page, "Kept as right")
    page.keyboard.press("y")
    told(page, "Taken back")
    assert said(kept) == []
    page.keyboard.press("Control+1")
    page.locator("#clear").click()
    page.keyboard.press("3")  # there is nothing to say it of
    expect(page.locator("#choices")).to_be_hidden()
    assert said(kept) == []


def test_arrows_move_in_the_row(page: Page) -> None:
    """The row is one stop of the Tab key; the arrows move within it, Enter presses."""
    draw_seven(page)
    right = page.get_by_role("button", name="It is right")
    right.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="It should be 1")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="It is not a digit")).to_be_focused()
    page.keyboard.press("Home")
    expect(right).to_be_focused()
    page.keyboard.press("Enter")
    told(page, "Kept as right")


def test_several_digits(page: Page, kept: Server) -> None:
    """Of several, a press is about the one that one looks at; or all are typed."""
    draw(page, 3, Place(x=0.3, height=0.4))
    draw(page, 7, Place(x=0.7, height=0.4))
    expect(page.locator("#number")).to_have_text("37")
    page.locator(".card").nth(0).click()
    expect(page.locator("#wrong")).to_have_text("First wrong?")
    page.get_by_role("button", name="It should be 8").click()
    told(page, "Kept as 87.")
    page.locator(".card").nth(1).click()
    page.keyboard.press("1")
    told(page, "Kept as 81.")
    typed = page.locator("#typed")
    typed.fill("3")
    typed.press("Enter")
    told(page, "2 were found")
    typed.fill("3-")
    typed.press("Enter")
    told(page, "Kept as 3–.")
    assert sorted(said(kept)) == [("3", "3"), ("7", "x")]


def test_a_drawing_is_kept_with_its_strokes(page: Page, kept: Server) -> None:
    """What is kept of a drawing has its strokes, in pixels of the picture."""
    draw_seven(page)
    page.keyboard.press("1")
    told(page, "Thank you")
    with sqlite3.connect(kept.log.parent / "corrections" / "corrections.db") as database:
        (packed,) = database.execute("select strokes from corrections_submission").fetchone()
    (stroke,) = json.loads(zlib.decompress(packed))
    assert len(stroke) > 5
    assert all(0 <= number <= 384 for point in stroke for number in point)
    assert stroke[-1][1] - stroke[0][1] > 150  # downwards, over half of the canvas


def test_a_picture_can_be_corrected(page: Page, kept: Server) -> None:
    """An uploaded picture is corrected just as a drawing."""
    data = photograph({7: Place(height=0.5)})
    file = {"name": "photo.png", "mimeType": "image/png", "buffer": data}
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type] -- a literal is not inferred
    expect(page.locator("#number")).to_have_text("7")
    page.keyboard.press("1")
    told(page, "Kept as 1")
    assert said(kept) == [("7", "1")]


def test_what_was_said_stays_while_one_looks_at_the_steps(page: Page, kept: Server) -> None:
    """The steps have the picture read again: what was said of it is still said, and once."""
    draw_seven(page)
    page.keyboard.press("1")
    told(page, "Kept as 1")
    page.locator("#how").click()
    expect(page.locator("#steps img:visible")).to_have_count(6)
    told(page, "Kept as 1")
    draw(page, 1, Place(x=0.9, height=0.3))
    expect(page.locator("#number")).to_have_text("71")
    expect(page.locator("#told")).to_be_hidden()
    assert said(kept) == [("7", "1")]


def test_a_list_of_what_was_said(page: Page, kept: Server) -> None:
    """The browser keeps the receipts: also later, each correction is listed and deleted there."""
    opener = page.locator("#mine")
    expect(opener).to_be_hidden()
    for digit, key in ((7, "1"), (2, "3")):
        draw(page, digit)
        expect(page.locator("#number")).to_have_text(str(digit))
        page.keyboard.press(key)
        told(page, f"Kept as {key}")
        page.keyboard.press("Escape")
    page.reload()
    expect(opener).to_have_text("Your corrections (2)")
    opener.click()
    items = page.locator("#mine-list li")
    expect(items).to_have_count(2)
    expect(items.nth(0)).to_contain_text("2 should be 3")
    expect(items.nth(0).locator("img")).to_have_js_property("naturalWidth", 28)
    items.nth(0).get_by_role("button").click()
    expect(items).to_have_count(1)
    assert said(kept) == [("7", "1")]
    page.keyboard.press("5")  # keys are for the window on top
    page.get_by_role("button", name="Delete: 7 should be 1").click()
    expect(page.locator("#mine-none")).to_be_visible()
    expect(page.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(opener).to_be_hidden()
    assert said(kept) == []
    assert page.evaluate("Object.keys(localStorage)") == []


def test_says_when_it_cannot_be_kept(page: Page, complaints: Complaints) -> None:
    """A server that cannot keep it now is said so, and the next press may work."""
    complaints.expect("503")
    problem = json.dumps({"status": 503, "title": "Not now"})
    kind = "application/problem+json"
    page.route(
        "**/api/v1/corrections",
        lambda route: route.fulfill(status=503, body=problem, content_type=kind),
    )
    draw_seven(page)
    page.keyboard.press("1")
    told(page, "please try again in a moment")
    expect(page.locator("#take-back")).to_be_hidden()
    page.unroute("**/api/v1/corrections")
    page.keyboard.press("1")
    told(page, "Thank you")


def test_nothing_is_asked_where_nothing_is_kept(
    open_page: OpenPage, start_server: Callable[..., Server]
) -> None:
    """With keeping switched off, the page does not ask, and digits are read as ever."""
    page = open_page(start_server(options=["--corrections", "off"]).url, viewport=WIDE)
    draw_seven(page)
    page.keyboard.press("1")
    expect(page.locator("#feedback")).to_have_count(0)
    expect(page.get_by_role("link", name="Review")).to_have_count(0)


def test_fingers_say_it(kept: Server, open_page: OpenPage) -> None:
    """On a phone each choice is large enough for a finger, and a tap says it."""
    size = {"width": 375, "height": 667}
    phone = open_page(kept.url, viewport=size, has_touch=True, is_mobile=True)
    session = phone.context.new_cdp_session(phone)
    for stroke in lay(7, Place(), phone.locator("#pad")):
        touch(session, stroke)
    expect(phone.locator("#number")).to_have_text("7")
    phone.get_by_role("button", name="It should be 1").tap()
    told(phone, "Kept as 1")
    phone.locator("#mine").tap()
    for control in phone.locator("#feedback button:visible, #mine-dialog button:visible").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44, control.text_content()
    assert said(kept) == [("7", "1")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    kept: Server, open_page: OpenPage, scheme: Literal["light", "dark"]
) -> None:
    """An accessibility scan has no findings, after thanks and in the list, in both themes."""
    page = open_page(kept.url, viewport=WIDE, color_scheme=scheme, reduced_motion="reduce")
    draw_seven(page)
    page.keyboard.press("1")
    told(page, "Thank you")
    for look in (lambda: None, page.locator("#mine").click):
        look()
        found = Axe().run(page).response["violations"]
        assert [(f["id"], [n["html"] for n in f["nodes"]]) for f in found] == []
