"""The answer: number, bars, cards, boxes, and how it got there."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.hand import Place, draw

pytestmark = pytest.mark.browser


def draw_number(page: Page, *digits: int) -> None:
    """Draw digits beside each other, and wait until they are read."""
    for index, digit in enumerate(digits):
        draw(page, digit, Place(x=0.2 + 0.3 * index, height=0.3))
    expect(page.locator("#number")).to_have_text("".join(map(str, digits)))


def alter(page: Page, **changes: Any) -> None:
    """Let the server say something else of the first digit, as a doubtful one cannot be ordered."""

    def answer(route: Route) -> None:
        response = route.fetch()
        said = response.json()
        if said["digits"]:
            said["digits"][0] |= changes
            said["status"] = changes["status"]
        route.fulfill(response=response, json=said)

    page.route("**/api/v1/read*", answer)


def names(bars: Locator) -> list[str]:
    """The digits of some bars."""
    return bars.locator(".name").all_text_contents()


def test_has_a_bar_for_each_digit(page: Page) -> None:
    """Ten bars show the probabilities of the ten digits, and the highest is marked."""
    draw(page, 7)
    expect(page.locator(".winner .name")).to_have_text("7")
    bars = page.locator("#bars li")
    assert names(bars) == list("0123456789")
    values = [float(value) for value in bars.locator(".value").all_text_contents()]
    assert sum(values) == pytest.approx(100, abs=1)
    assert values.index(max(values)) == 7


def test_bars_are_as_high_as_their_values(page: Page) -> None:
    """A bar fills the share of its rail that its value says."""
    alter(page, digit=4, status="unsure", alternatives=[9], probabilities=[0, 0.1] * 5)
    draw(page, 4)
    expect(page.locator("#sentence")).to_have_text("4 or 9?")
    heights = page.locator("#bars li").evaluate_all("""bars => Promise.all(bars.map(async bar => {
      const fill = bar.querySelector(".fill");
      await Promise.all(fill.getAnimations().map(animation => animation.finished));
      const [rail, ink] = [fill.parentElement, fill].map(part => part.getBoundingClientRect());
      return (rail.bottom - ink.top) / rail.height;
    }))""")
    assert heights == pytest.approx([0, 0.1] * 5, abs=0.01)


def test_doubt_is_said_and_both_bars_are_marked(page: Page) -> None:
    """An unsure digit is asked about in words, and what else it may be is marked too."""
    shares = [0.0, 0.0, 0.0, 0.0, 0.52, 0.0, 0.0, 0.03, 0.0, 0.45]
    alter(page, digit=4, status="unsure", alternatives=[9], probabilities=shares, confidence=0.52)
    draw(page, 4)
    expect(page.locator("#sentence")).to_have_text("4 or 9?")
    expect(page.locator("#detail")).to_have_text("4 with 52 %, 9 with 45 %.")
    assert names(page.locator(".winner")) == ["4"]
    assert names(page.locator(".rival")) == ["9"]


def test_what_is_no_digit_is_said(page: Page) -> None:
    """What does not look like a digit is not given out as one."""
    alter(page, status="not_a_digit")
    draw(page, 4)
    expect(page.locator("#sentence")).to_have_text("This does not look like a digit.")
    expect(page.locator("#number")).to_have_text("?")
    expect(page.locator(".winner")).to_have_count(0)


def test_shows_what_the_network_saw(page: Page) -> None:
    """The 28×28 picture that the network saw is shown, each of its pixels a square."""
    draw(page, 3)
    seen = page.locator("#seen")
    expect(seen).to_be_visible()
    expect(seen).to_have_js_property("naturalWidth", 28)
    expect(seen).to_have_js_property("naturalHeight", 28)
    expect(seen).to_have_css("image-rendering", "pixelated")


def test_two_digits_are_a_number_with_two_cards(page: Page) -> None:
    """Two digits are read as a number, with a card and a box for each."""
    draw_number(page, 3, 7)
    cards = page.locator(".card")
    expect(cards).to_have_count(2)
    expect(cards.nth(0)).to_contain_text("3")
    expect(cards.nth(1)).to_contain_text("7")
    boxes = [box.bounding_box() for box in page.locator(".box").all()]
    canvas = page.locator("#pad").bounding_box()
    assert canvas is not None
    for box, middle in zip(boxes, (0.2, 0.5), strict=True):
        assert box is not None
        centre = (box["x"] + box["width"] / 2 - canvas["x"]) / canvas["width"]
        assert centre == pytest.approx(middle, abs=0.03)


def test_one_digit_needs_no_card(page: Page) -> None:
    """A single digit has no cards, and a second one moves nothing that was there."""
    draw(page, 3, Place(x=0.2, height=0.3))
    expect(page.locator("#number")).to_have_text("3")
    expect(page.locator("#cards")).to_be_hidden()
    places = [page.locator(name).bounding_box() for name in ("#number", "#bars", "#how")]
    draw(page, 7, Place(x=0.5, height=0.3))
    expect(page.locator("#number")).to_have_text("37")
    expect(page.locator("#cards")).to_be_visible()
    for name, place in zip(("#number", "#bars", "#how"), places, strict=True):
        now = page.locator(name).bounding_box()
        assert now is not None
        assert place is not None
        assert (now["x"], now["y"]) == (place["x"], place["y"])


def test_cards_and_boxes_point_at_each_other(page: Page) -> None:
    """Pointing at a card lights up its box on the canvas, and the other way round."""
    draw_number(page, 3, 7)
    card, box = page.locator(".card").nth(1), page.locator(".box").nth(1)
    card.hover()
    expect(box).to_contain_class("pointed")
    page.locator("#number").hover()
    expect(box).not_to_contain_class("pointed")
    page.locator("#pad").hover(position=centre_of(page, box))
    expect(card).to_contain_class("pointed")
    page.locator("#number").hover()
    card.focus()
    expect(box).to_contain_class("pointed")


def centre_of(page: Page, box: Locator) -> dict[str, float]:
    """Where a box has its middle, on the canvas."""
    canvas, place = page.locator("#pad").bounding_box(), box.bounding_box()
    assert canvas is not None
    assert place is not None
    return {
        "x": place["x"] + place["width"] / 2 - canvas["x"],
        "y": place["y"] + place["height"] / 2 - canvas["y"],
    }


def test_a_card_chooses_whose_bars_are_shown(page: Page) -> None:
    """The bars are those of the digit whose card was pressed, by mouse or key, and stay so."""
    draw_number(page, 3, 7)
    page.locator(".card").nth(0).click()
    expect(page.locator(".winner .name")).to_have_text("3")
    page.locator(".card").nth(1).press("Enter")
    expect(page.locator(".winner .name")).to_have_text("7")
    expect(page.locator(".card").nth(1)).to_have_attribute("aria-pressed", "true")
    draw(page, 0, Place(x=0.8, height=0.3))
    expect(page.locator("#number")).to_have_text("370")
    expect(page.locator(".winner .name")).to_have_text("7")


def test_unfolds_how_it_got_there(page: Page) -> None:
    """The steps are shown on demand, each with a caption, and follow the drawing."""
    how, steps = page.locator("#how"), page.locator("#steps")
    expect(how).to_be_disabled()
    draw(page, 7)
    expect(how).to_be_enabled()
    expect(steps).to_be_hidden()
    how.click()
    expect(how).to_have_attribute("aria-expanded", "true")
    pictures = steps.locator("img:visible")
    expect(pictures).to_have_count(6)
    assert all(steps.locator("p").all_text_contents())
    before = pictures.nth(5).get_attribute("src")
    page.locator("#clear").click()
    expect(pictures).to_have_count(0)
    draw(page, 2)
    expect(pictures).to_have_count(6)
    expect(pictures.nth(5)).not_to_have_attribute("src", str(before))
    how.click()
    expect(steps).to_be_hidden()


def test_steps_are_fetched_only_when_they_are_shown(page: Page) -> None:
    """While nobody looks at the steps, the server is not asked for them."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    draw(page, 7)
    expect(page.locator("#number")).to_have_text("7")
    assert asked
    assert not any("steps" in url for url in asked)
    page.locator("#how").click()
    expect(page.locator("#steps img:visible")).to_have_count(6)
    assert "steps" in asked[-1]


def test_steps_belong_to_the_chosen_digit(page: Page) -> None:
    """With several digits the steps are those of the digit one looks at."""
    draw_number(page, 3, 7)
    page.locator("#how").click()
    seen = page.locator("#steps .step-seen img")
    for card in page.locator(".card").all():
        card.click()
        expect(seen).to_have_attribute("src", card.locator("img").get_attribute("src") or "none")
