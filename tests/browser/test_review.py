"""The review in a real browser: keys, many at once, undo, filters, login; on a phone as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from digitlens.corrections import open_store
from digitlens.settings import Settings
from tests.browser.conftest import Complaints, OpenPage
from tests.running import Server
from tests.web.kept import keep

pytestmark = pytest.mark.browser

TOKEN = "the-token-of-a-test"  # noqa: S105 -- made up
WIDE = {"width": 1280, "height": 800}
COUNT = 130  # more than two pages of the list


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Server]:
    """A server with corrections, on loopback and without a token."""
    store = open_store(Settings(corrections_dir=tmp_path / "corrections"))
    keep(store, COUNT)
    store.close()
    running = Server(tmp_path / "log", options=["--workers", "1"]).start()
    assert running.ask("GET", "/api/v1/review").status == 200  # which loads its libraries
    yield running
    running.stop()


@pytest.fixture
def page(kept: Server, open_page: OpenPage) -> Page:
    """Its review, on a desktop."""
    page = open_page(f"{kept.url}/review", viewport=WIDE)
    expect(page.locator(".fix").first).to_be_visible()
    return page


def counts(page: Page, pending: int, accepted: int, rejected: int) -> None:
    """Wait for what the page says of how many there are."""
    words = f"{pending} to review · {accepted} accepted · {rejected} rejected"
    expect(page.locator("#counts")).to_have_text(words)


def labels(page: Page, count: int) -> list[str]:
    """What the first cards say."""
    return [str(one.get_attribute("aria-label")) for one in page.locator(".fix").all()[:count]]


def test_one_key_each(page: Page) -> None:
    """A accepts, R rejects, a digit relabels the card one is at, and one goes on at the next."""
    counts(page, COUNT, 0, 0)
    first = labels(page, 4)
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.keyboard.press("5")
    assert labels(page, 1) == first[3:]
    counts(page, COUNT - 3, 2, 1)
    for _ in range(3):
        page.keyboard.press("u")
    counts(page, COUNT, 0, 0)
    assert labels(page, 4) == first


def test_many_at_once(page: Page) -> None:
    """Shift with arrows chooses several, Space one more, Escape none; a key is for all of them."""
    page.locator(".fix").first.focus()
    for _ in range(3):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#chosen")).to_contain_text("4 chosen")
    page.keyboard.press("Escape")
    expect(page.locator("#chosen")).not_to_contain_text("chosen")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.locator("[aria-selected=true]")).to_have_count(2)
    page.keyboard.press("x")
    counts(page, COUNT - 2, 2, 0)
    page.keyboard.press("Control+a")
    page.keyboard.press("r")
    expect(page.locator("#counts")).not_to_contain_text("· 0 rejected")
    page.keyboard.press("Control+z")
    counts(page, COUNT - 2, 2, 0)


def test_mouse_and_buttons(page: Page) -> None:
    """A click chooses, Shift and a click choose all up to there, the buttons do the rest."""
    cards = page.locator(".fix")
    cards.nth(2).click()
    cards.nth(5).click(modifiers=["Shift"])
    expect(page.locator("[aria-selected=true]")).to_have_count(4)
    page.get_by_role("button", name="Accept").click()
    counts(page, COUNT - 4, 4, 0)
    page.get_by_role("button", name="Undo").click()
    counts(page, COUNT, 0, 0)
    cards.nth(0).click()
    page.get_by_role("button", name="It is 8").click()
    counts(page, COUNT - 1, 1, 0)


def test_filters_and_orders(page: Page) -> None:
    """The choices above say which corrections come and in which order, after a reload as well."""
    page.locator("#should").select_option("3")
    expect(page.locator(".fix")).to_have_count(COUNT // 10)
    assert all("should be 3" in label for label in labels(page, 5))
    page.locator("#order").select_option("uncertain")
    page.reload()
    expect(page.locator(".fix")).to_have_count(COUNT // 10)
    shares = [label.partition(", ")[2][:2] for label in labels(page, 5)]
    assert shares == sorted(shares)
    page.locator("#model").select_option(label="digitlens 1")
    expect(page.locator(".fix")).to_have_count(COUNT // 10)
    page.locator("#status").select_option("accepted")
    expect(page.locator("#empty")).to_be_visible()
    page.locator("#status").select_option("pending")
    page.locator(".fix").first.focus()
    page.keyboard.press("a")
    page.locator("#status").select_option("")
    page.locator("#should").select_option("")
    expect(page.locator(".fix[data-status=accepted]")).to_have_count(1)


def accept_slowly(page: Page) -> list[Route]:
    """Accept the first card; what the server is told of it is held on its way."""
    on_their_way: list[Route] = []
    page.route("**/decisions", lambda route: on_their_way.append(route))
    page.locator(".fix").first.focus()
    with page.expect_request("**/decisions"):
        page.keyboard.press("a")
    return on_their_way


def test_another_list_knows_what_was_just_decided(page: Page) -> None:
    """A list that is asked for while a decision is on its way comes after it."""
    on_their_way = accept_slowly(page)
    page.locator("#status").select_option("accepted")
    page.wait_for_timeout(300)  # a list that does not wait would be here by now
    (decision,) = on_their_way
    decision.continue_()
    expect(page.locator(".fix[data-status=accepted]")).to_have_count(1)


def test_a_decision_that_fails_late_is_told(page: Page, complaints: Complaints) -> None:
    """One that fails while another list is waited for is told of, and the list comes."""
    complaints.expect("503")
    on_their_way = accept_slowly(page)
    page.locator("#should").select_option("3")
    (decision,) = on_their_way
    decision.fulfill(status=503, body='{"status": 503, "title": "Not now"}')
    expect(page.locator(".fix")).to_have_count(COUNT // 10)
    expect(page.locator("#trouble")).to_contain_text("try again")


def test_more_come_as_one_goes_on(page: Page) -> None:
    """Going on brings the next page; all can be reached."""
    page.locator(".fix").first.focus()
    for expected in (120, COUNT):
        page.keyboard.press("End")
        expect(page.locator(".fix")).to_have_count(expected)
    expect(page.locator("#more")).to_be_hidden()


def test_a_decision_that_fails_is_put_back(page: Page, complaints: Complaints) -> None:
    """Where the server cannot keep a decision, the card is back and the page says why."""
    complaints.expect("503")
    body = '{"status": 503, "title": "Not now"}'
    page.route("**/decisions", lambda route: route.fulfill(status=503, body=body))
    first = labels(page, 2)
    page.locator(".fix").first.focus()
    page.keyboard.press("a")
    expect(page.locator("#trouble")).to_contain_text("try again")
    assert labels(page, 2) == first


def test_login(kept: Server, open_page: OpenPage, complaints: Complaints) -> None:
    """With a token set one logs in, the bar shows the way, and one logs out again."""
    complaints.expect("401")
    kept.stop()
    guarded = Server(kept.log.parent / "log2", options=["--admin-token", TOKEN]).start()
    try:
        page = open_page(f"{guarded.url}/review", viewport=WIDE)
        expect(page.get_by_role("link", name="Review")).to_have_count(0)
        page.get_by_label("Admin token").fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_have_text("That is not the token.")
        page.get_by_label("Admin token").fill(TOKEN)
        page.keyboard.press("Enter")
        expect(page.locator(".fix").first).to_be_visible()
        page.locator(".fix").first.focus()
        page.keyboard.press("a")
        counts(page, COUNT - 1, 1, 0)
        page.goto(guarded.url)
        page.get_by_role("link", name="Review").click()
        page.get_by_role("button", name="Log out").click()
        expect(page.get_by_label("Admin token")).to_be_visible()
        page.goto("about:blank")  # so that it asks nothing of a server that is gone
    finally:
        guarded.stop()


def test_on_a_phone(kept: Server, open_page: OpenPage) -> None:
    """From 320 pixels on all fits, bar included, and fingers hit every control."""
    size = {"width": 320, "height": 568}
    phone = open_page(f"{kept.url}/review", viewport=size, has_touch=True, is_mobile=True)
    phone.locator(".fix").first.tap()
    phone.get_by_role("button", name="Accept").tap()
    counts(phone, COUNT - 1, 1, 0)
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    for control in phone.locator("header a:visible, main button:visible, main select").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 42, control.text_content()


def test_a_card_on_a_phone(kept: Server, open_page: OpenPage) -> None:
    """At 375 pixels three cards stand in a row, and even the longest confidence is whole."""
    phone = open_page(f"{kept.url}/review", viewport={"width": 375, "height": 812})
    sure = phone.locator(".fix small").first
    sure.evaluate("one => { one.textContent = '99.9\\u00a0%'; }")
    assert sure.evaluate("one => one.scrollWidth <= one.clientWidth")
    places = [card.bounding_box() for card in phone.locator(".fix").all()[:3]]
    assert len({place["y"] for place in places if place}) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    kept: Server, open_page: OpenPage, scheme: Literal["light", "dark"]
) -> None:
    """An accessibility scan has no findings, in both themes."""
    page = open_page(
        f"{kept.url}/review", viewport=WIDE, color_scheme=scheme, reduced_motion="reduce"
    )
    page.locator(".fix").nth(1).click()
    found = Axe().run(page).response["violations"]
    assert [(f["id"], [n["html"] for n in f["nodes"]]) for f in found] == []
