"""Pictures: by button, key, drop, paste; shown with their boxes, or refused in words."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Complaints, OpenPage
from tests.browser.hand import Place, draw
from tests.browser.photos import photograph
from tests.running import Server

pytestmark = pytest.mark.browser

SEVEN = photograph({7: Place(x=0.5, y=0.5, height=0.5)})


def payload(data: bytes, name: str = "photo.png", kind: str = "image/png") -> FilePayload:
    """A file as a person chooses it."""
    return {"name": name, "mimeType": kind, "buffer": data}


def choose(page: Page, file: FilePayload) -> None:
    """Choose a file by the button."""
    with page.expect_file_chooser() as chooser:
        page.locator("#choose").click()
    chooser.value.set_files(file)


def place_of_box(page: Page) -> list[float]:
    """Middle and height of the first box, in shares of the canvas."""
    box, stage = page.locator(".box").first.bounding_box(), page.locator("#photo").bounding_box()
    assert box is not None
    assert stage is not None
    side = stage["width"]
    x = (box["x"] + box["width"] / 2 - stage["x"]) / side
    y = (box["y"] + box["height"] / 2 - stage["y"]) / side
    return [x, y, box["height"] / side]


def test_reads_a_picture_that_was_chosen(page: Page) -> None:
    """A picture is shown and read, with a box around its digit; one can go back to drawing."""
    draw(page, 3)
    expect(page.locator("#number")).to_have_text("3")
    choose(page, payload(SEVEN))
    expect(page.locator("#number")).to_have_text("7")
    expect(page.locator("#photo")).to_be_visible()
    expect(page.locator("#file-name")).to_have_text("photo.png")
    expect(page.locator(".box")).to_be_visible()
    expect(page.locator("#width")).to_be_hidden()
    page.locator("#back").click()
    expect(page.locator("#photo")).to_be_hidden()
    expect(page.locator("#number")).to_have_text("3")
    expect(page.locator("#width")).to_be_visible()


@pytest.mark.parametrize(
    ("size", "kind"), [((640, 480), "PNG"), ((300, 900), "PNG"), ((4000, 3000), "JPEG")]
)
def test_boxes_stand_where_the_digits_are(page: Page, size: tuple[int, int], kind: str) -> None:
    """However large and long a picture is, its box lies around the digit that one sees."""
    data = photograph({7: Place(x=0.3, y=0.6, height=0.2)}, size, kind)
    choose(page, payload(data, kind=f"image/{kind.lower()}"))
    expect(page.locator("#number")).to_have_text("7")
    longer = max(size)
    x = (0.3 * size[0] + (longer - size[0]) / 2) / longer
    y = (0.6 * size[1] + (longer - size[1]) / 2) / longer
    assert place_of_box(page) == pytest.approx([x, y, 0.2 * size[1] / longer], abs=0.05)


def test_a_picture_can_be_chosen_by_key(page: Page) -> None:
    """Keys alone reach the button, open the chooser, and lead back."""
    page.locator("#width").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Tab")
        expect(page.locator("#choose")).to_be_focused()
        page.keyboard.press("Enter")
    chooser.value.set_files(payload(SEVEN))
    expect(page.locator("#number")).to_have_text("7")
    page.keyboard.press("Escape")
    expect(page.locator("#photo")).to_be_hidden()
    expect(page.locator("#hint")).to_be_visible()


def test_the_same_picture_can_be_chosen_again(page: Page) -> None:
    """After going back, the picture that was shown can be chosen once more."""
    for _ in range(2):
        choose(page, payload(SEVEN))
        expect(page.locator("#number")).to_have_text("7")
        page.locator("#back").click()
        expect(page.locator("#number")).to_be_empty()


def test_reads_a_picture_that_is_dropped(page: Page, tmp_path: Path) -> None:
    """A picture may be dropped anywhere on the page, which says so while it is dragged."""
    file = tmp_path / "photo.png"
    file.write_bytes(SEVEN)
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    drag = {"x": 900, "y": 500, "data": data}
    session.send("Input.dispatchDragEvent", {"type": "dragEnter", **drag})
    session.send("Input.dispatchDragEvent", {"type": "dragOver", **drag})
    expect(page.locator(".drop")).not_to_have_css("opacity", "0")
    session.send("Input.dispatchDragEvent", {"type": "drop", **drag})
    expect(page.locator("#number")).to_have_text("7")
    expect(page.locator(".drop")).to_have_css("opacity", "0")


def test_reads_a_picture_that_is_pasted(open_page: OpenPage) -> None:
    """A picture from the clipboard is read."""
    permissions = ["clipboard-read", "clipboard-write"]
    page = open_page(viewport={"width": 1280, "height": 800}, permissions=permissions)
    page.evaluate(
        """async data => {
          const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
          const picture = new Blob([bytes], { type: "image/png" });
          await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
        }""",
        base64.b64encode(SEVEN).decode(),
    )
    page.keyboard.press("Control+v")
    expect(page.locator("#number")).to_have_text("7")
    expect(page.locator("#photo")).to_be_visible()


def test_a_phone_offers_its_camera(phone: Page) -> None:
    """On a touch screen the camera has a button of its own."""
    camera = phone.locator("#camera")
    expect(camera).to_be_visible()
    with phone.expect_file_chooser() as chooser:
        camera.tap()
    assert chooser.value.element.get_attribute("capture") == "environment"
    chooser.value.set_files(payload(SEVEN))
    expect(phone.locator("#number")).to_have_text("7")


def test_several_digits_of_a_picture_are_chosen_by_their_boxes(page: Page) -> None:
    """Pressing a box on the picture shows that digit's bars."""
    places = {3: Place(x=0.25, height=0.4), 7: Place(x=0.7, height=0.4)}
    choose(page, payload(photograph(places)))
    expect(page.locator("#number")).to_have_text("37")
    for index, digit in ((0, "3"), (1, "7")):
        place = page.locator(".box").nth(index).bounding_box()
        assert place is not None
        page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        expect(page.locator(".winner .name")).to_have_text(digit)


def test_shows_a_picture_that_the_browser_does_not_know(page: Page) -> None:
    """A TIFF, which browsers cannot show, is shown as the server decoded it."""
    data = photograph({7: Place(x=0.3, height=0.5)}, kind="TIFF")
    choose(page, payload(data, "scan.tiff", "image/tiff"))
    expect(page.locator("#number")).to_have_text("7")
    expect(page.locator("#photo")).to_be_visible()
    assert place_of_box(page)[:2] == pytest.approx([0.3, 0.5], abs=0.03)


def test_a_picture_without_ink_is_blank(page: Page) -> None:
    """A white picture is said to have no digit."""
    choose(page, payload(photograph({})))
    expect(page.locator("#sentence")).to_have_text("No digit found")


def test_a_file_that_is_no_picture_is_refused_in_words(page: Page, complaints: Complaints) -> None:
    """A text, and a text that is called a picture, are refused, and the drawing is still there."""
    complaints.expect("status of 415")
    complaints.expect("status of 422")
    draw(page, 7)
    expect(page.locator("#number")).to_have_text("7")
    choose(page, payload(b"hello", "notes.txt", "text/plain"))
    expect(page.locator("#sentence")).to_have_text("This kind of file cannot be read.")
    choose(page, payload(b"hello", "notes.png", "image/png"))
    expect(page.locator("#sentence")).to_have_text("This picture cannot be read.")
    page.locator("#back").click()
    expect(page.locator("#number")).to_have_text("7")


def test_a_picture_that_is_too_large_is_told_so(
    open_page: OpenPage, start_server: Callable[..., Server], complaints: Complaints
) -> None:
    """Too many pixels and too many bytes are said in numbers, with the limit."""
    complaints.expect("status of 413")
    limits = ["--max-pixels", "100000", "--max-bytes", "50000"]
    page = open_page(start_server(options=limits).url)
    choose(page, payload(SEVEN))
    expect(page.locator("#sentence")).to_have_text("This picture is too large.")
    expect(page.locator("#detail")).to_have_text("It has 0.4 megapixels; up to 0.1 are read.")
    choose(page, payload(SEVEN + bytes(200_000)))
    expect(page.locator("#detail")).to_have_text("It has 0.3 MB; up to 0.1 MB are read.")
