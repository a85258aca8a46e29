"""For everybody: by key, by ear, in both themes, without motion, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Complaints, OpenPage
from tests.browser.hand import Place, draw
from tests.browser.photos import photograph
from tests.running import Server

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]


def leave_empty(page: Page) -> None:
    """The page as it is opened."""
    expect(page.locator("#hint")).to_be_visible()


def draw_one(page: Page) -> None:
    """One digit, with its steps unfolded."""
    draw(page, 7)
    page.locator("#how").click()
    expect(page.locator("#steps img:visible")).to_have_count(6)


def draw_two(page: Page) -> None:
    """Two digits, with their cards."""
    draw(page, 3, Place(x=0.3, height=0.4))
    draw(page, 7, Place(x=0.7, height=0.4))
    expect(page.locator(".card")).to_have_count(2)


def choose_picture(page: Page) -> None:
    """A picture with a digit."""
    data = photograph({7: Place(height=0.5)})
    file = {"name": "photo.png", "mimeType": "image/png", "buffer": data}
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type] -- a literal is not inferred
    expect(page.locator("#number")).to_have_text("7")


def lose_server(page: Page) -> None:
    """A digit that cannot be read."""
    page.route("**/api/v1/read*", lambda route: route.abort())
    draw(page, 7)
    expect(page.locator("#sentence")).to_have_text("The reader cannot be reached.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("make", [leave_empty, draw_one, draw_two, choose_picture, lose_server])
def test_axe_finds_nothing(
    open_page: OpenPage, scheme: Scheme, make: Callable[[Page], None], complaints: Complaints
) -> None:
    """An accessibility scan has no findings, in both themes, whatever is shown."""
    complaints.expect("ERR_FAILED")  # where the server is lost
    page = open_page(color_scheme=scheme, reduced_motion="reduce")
    make(page)
    found = Axe().run(page).response["violations"]
    assert [(f["id"], [n["html"] for n in f["nodes"]]) for f in found] == []


def test_every_control_is_reached_by_key(page: Page) -> None:
    """Tab visits every control in the order in which it is seen, and shows where it is."""
    draw_two(page)
    visited = []
    page.locator(".skip").focus()
    for _ in range(18):
        name, outline = page.evaluate("""() => {
          const control = document.activeElement;
          const name = control.id || control.ariaLabel || control.innerText;
          return [name, getComputedStyle(control).outlineStyle];
        }""")
        visited.append(name)
        assert outline != "none", name
        page.keyboard.press("Tab")
    header = ["Skip to the content", "digitlens", "Read", "Lab", "Review", "API", "theme"]
    tools = ["undo", "redo", "clear", "width", "choose"]
    assert visited[:12] == [*header, *tools]
    assert [card.partition(":")[0] for card in visited[12:14]] == ["First", "Second"]
    assert visited[14:] == ["It is right", "typed", "Send", "how"]


def test_the_answer_is_read_aloud_once_it_rests(page: Page) -> None:
    """The live region says the number and how sure it is, once, not every step to it."""
    page.evaluate("""() => {
      window.said = [];
      const region = document.getElementById("spoken");
      new MutationObserver(() => window.said.push(region.textContent))
        .observe(region, { childList: true });
    }""")
    draw(page, 7)
    spoken = page.locator("#spoken")
    expect(spoken).to_contain_text("7, ")
    expect(spoken).to_have_attribute("aria-live", "polite")
    assert len(page.evaluate("window.said")) == 1
    page.locator("#clear").click()
    expect(spoken).to_have_text("The canvas is empty.")


def test_nothing_moves_where_motion_is_unwanted(open_page: OpenPage) -> None:
    """With reduced motion nothing has a transition."""
    page = open_page(reduced_motion="reduce")
    slow = page.evaluate("""() => [...document.querySelectorAll("*")].filter(
      element => parseFloat(getComputedStyle(element).transitionDuration) > 0).length""")
    assert slow == 0


def test_bars_move_swiftly(page: Page) -> None:
    """Where motion is wanted, a bar is where it belongs within 150 ms."""
    fill = page.locator(".fill").first
    duration = fill.evaluate("fill => getComputedStyle(fill).transitionDuration")
    assert 0 < float(duration.removesuffix("s")) < 0.15


def test_forced_colours_keep_ink_and_bars(open_page: OpenPage) -> None:
    """Where the system sets the colours, the drawing and the winner still stand out."""
    page = open_page(forced_colors="active", color_scheme="dark")
    draw(page, 7)
    expect(page.locator("#number")).to_have_text("7")
    colours = page.evaluate("""() => ["#pad", ".winner .fill", ".bar-item:not(.winner) .fill"]
      .map(selector => getComputedStyle(document.querySelector(selector)))
      .map((style, index) => index ? style.backgroundColor : style.color)""")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground not in colours
    assert colours[1] != colours[2]


def test_says_that_it_needs_scripts(browser: Browser, server: Server) -> None:
    """Without JavaScript the page says so, and where it goes without."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url)
    expect(page.locator(".notice")).to_be_visible()
    context.close()
