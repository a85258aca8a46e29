"""A server that is away, slow, or answers out of order."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Complaints, OpenPage
from tests.browser.hand import Place, draw
from tests.browser.photos import photograph
from tests.running import Server

pytestmark = pytest.mark.browser


def test_recovers_when_the_server_returns(
    open_page: OpenPage, own_server: Server, complaints: Complaints
) -> None:
    """While the server is away that is said and the drawing is kept; back again, it is read."""
    complaints.expect("Failed to load resource")
    page = open_page(own_server.url)
    draw(page, 3, Place(x=0.3, height=0.4))
    expect(page.locator("#number")).to_have_text("3")
    own_server.stop()
    draw(page, 7, Place(x=0.7, height=0.4))
    expect(page.locator("#sentence")).to_have_text("The reader cannot be reached.")
    expect(page.locator("#detail")).to_have_text("Your drawing is kept; trying again…")
    expect(page.locator("#spoken")).to_contain_text("The reader cannot be reached.")
    own_server.start()
    expect(page.locator("#number")).to_have_text("37", timeout=15_000)
    expect(page.locator("#sentence")).to_contain_text("% sure")


def test_clearing_needs_no_server(
    open_page: OpenPage, own_server: Server, complaints: Complaints
) -> None:
    """A canvas that is cleared while the server is away is empty, and the trying ends."""
    complaints.expect("Failed to load resource")
    page = open_page(own_server.url)
    own_server.stop()
    draw(page, 7)
    expect(page.locator("#sentence")).to_have_text("The reader cannot be reached.")
    page.locator("#clear").click()
    expect(page.locator("#sentence")).to_have_text("Draw a digit")
    expect(page.locator("#hint")).to_be_visible()


def test_a_picture_is_read_when_the_server_returns(
    open_page: OpenPage, own_server: Server, complaints: Complaints
) -> None:
    """A picture that was chosen while the server is away is kept, and read afterwards."""
    complaints.expect("Failed to load resource")
    page = open_page(own_server.url)
    own_server.stop()
    data = photograph({7: Place(height=0.5)})
    page.locator("#file").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": data}
    )
    expect(page.locator("#detail")).to_have_text("Your picture is kept; trying again…")
    own_server.start()
    expect(page.locator("#number")).to_have_text("7", timeout=15_000)


def test_answers_never_come_out_of_order(page: Page) -> None:
    """An answer that is late never replaces that of a newer drawing."""
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/api/v1/read*", hold_the_first)
    page.evaluate("""() => {
      const number = document.getElementById("number");
      window.shown = [];
      const observer = new MutationObserver(() => window.shown.push(number.textContent));
      observer.observe(number, { childList: true });
    }""")
    draw(page, 1, Place(x=0.25, height=0.4))
    draw(page, 7, Place(x=0.7, height=0.4))
    expect(page.locator("#number")).to_have_text("17")
    (first,) = held
    first.fulfill(response=first.fetch())
    page.evaluate("() => fetch('/healthz').then(answer => answer.text())")  # surely after it
    shown = page.evaluate("window.shown")
    assert set(shown[shown.index("17") :]) == {"17"}


def test_one_request_at_a_time(page: Page) -> None:
    """While one draws, a request starts only when the one before is over or given up."""
    page.evaluate("""() => {
      const fetch = window.fetch;
      const underWay = new Set();
      window.counts = [];
      window.fetch = (address, options) => {
        const end = () => underWay.delete(options.signal);
        options.signal.addEventListener("abort", end);
        underWay.add(options.signal);
        window.counts.push(underWay.size);
        return fetch(address, options).finally(end);
      };
    }""")
    draw(page, 3)
    expect(page.locator("#number")).to_have_text("3")
    counts = page.evaluate("window.counts")
    assert len(counts) > 1
    assert max(counts) == 1
