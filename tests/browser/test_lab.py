"""The Lab in a real browser: runs compared, mistakes looked at, a training watched and stopped.

The training is a small program that keeps its run as `digitlens train` does: what the page, the
server and the process that trains make of it is real.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from digitlens.training.jobs.line import Line
from digitlens.training.run import Run
from tests.browser.conftest import Complaints, OpenPage
from tests.browser.hand import draw
from tests.running import Server, until
from tests.web.lab_runs import make_run, write_history

pytestmark = pytest.mark.browser

# Holds the line as the process that trains does, so that a server starts no other one.
HOLDER = """
import sys
from pathlib import Path
from digitlens.training.jobs.line import Line
with Line(Path(sys.argv[1])).hold():
    print("held", flush=True)
    sys.stdin.read()
"""
WIDE = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two runs that are done and one that failed."""
    folder = tmp_path_factory.mktemp("lab") / "runs"
    make_run(folder, "first", accuracy=0.981)
    make_run(folder, "second", epoch=5, accuracy=0.993, bytes=20_000)
    make_run(folder, "third", "failed", epoch=1, reason="the loss became nan")
    return folder


@pytest.fixture(scope="module")
def lab(runs: Path) -> Iterator[str]:
    """The address of the Lab of a server with those runs."""
    server = Server(runs.parent / "log", options=["--runs-dir", str(runs), "--workers", "1"])
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(runs)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield f"{server.start().url}/lab"
        server.stop()
        assert holder.stdin is not None
        holder.stdin.close()


def names(page: Page) -> list[str]:
    """The runs of the table, in their order."""
    return page.locator("#runs tbody tr").evaluate_all("rows => rows.map(r => r.dataset.run)")


def test_sorts(open_page: OpenPage, lab: str) -> None:
    """A press on a header sorts by it, the best first, and says so; another one turns it round."""
    page = open_page(lab, viewport=WIDE)
    expect(page.locator("#runs tbody tr")).to_have_count(4)  # with the server's own model
    assert names(page)[:3] == ["third", "second", "first"]
    header = page.get_by_role("columnheader", name="Accuracy")
    header.get_by_role("button").click()
    assert names(page)[1:] == ["second", "first", "third"]
    expect(header).to_have_attribute("aria-sort", "descending")
    page.keyboard.press("Enter")
    assert names(page)[:2] == ["first", "second"]
    expect(header).to_have_attribute("aria-sort", "ascending")


def drawn(page: Page) -> list[str]:
    """The pictures of the three charts."""
    pictures: list[str] = page.evaluate("""() => new Promise(done =>
      requestAnimationFrame(() => setTimeout(() => done(
        [...document.querySelectorAll(".chart canvas")].map(c => c.toDataURL())))))""")
    return pictures


def test_compares_curves(open_page: OpenPage, lab: str) -> None:
    """Chosen runs lie over each other, are zoomed together, and are still chosen on reload."""
    page = open_page(lab, viewport=WIDE)
    page.get_by_label("Show the curves of second").check()
    page.get_by_label("Show the curves of first").check()
    page.get_by_label("Show the curves of third").uncheck()
    expect(page.locator(".legend li")).to_have_text(["Asecond", "Bfirst"])
    expect(page.locator(".chart canvas")).to_have_count(3)
    words = page.locator(".chart-place").first
    assert "second from 0.400 to 0.0800 in 5 epochs" in str(words.get_attribute("aria-label"))
    whole = drawn(page)
    chart = page.locator(".u-over").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 60, steps=4)
    page.mouse.up()
    assert all(now != before for now, before in zip(drawn(page), whole, strict=True))
    page.get_by_role("button", name="Everything").click()
    page.mouse.move(0, 0)
    assert drawn(page) == whole
    page.get_by_role("button", name="Zoom in").click()
    assert all(now != before for now, before in zip(drawn(page), whole, strict=True))
    page.get_by_text("The figures as a table").click()
    expect(page.locator(".figures tbody tr")).to_have_count(8)
    page.reload()
    expect(page.locator(".legend li")).to_have_text(["Asecond", "Bfirst"])


def test_shows_the_mistakes_behind_a_cell(open_page: OpenPage, lab: str) -> None:
    """A number of the matrix opens the pictures that it counts."""
    page = open_page(f"{lab}?runs=second", viewport=WIDE)
    page.get_by_role("button", name="2 pictures of a 4 read as 9").click()
    pictures = page.locator(".gallery img")
    expect(pictures).to_have_count(2)
    widths = "all => Promise.all(all.map(p => p.decode().then(() => p.naturalWidth)))"
    assert pictures.evaluate_all(widths) == [28, 28]


def test_four_figures_in_a_cell(open_page: OpenPage, lab: str) -> None:
    """On a phone, as many as MNIST has of one digit stand in their cell, on one line."""
    page = open_page(f"{lab}?runs=second", viewport={"width": 375, "height": 667})
    cell = page.locator(".matrix .right").first
    lines, wide, room = cell.evaluate(
        """cell => {
            cell.textContent = "1135";
            const text = document.createRange();
            text.selectNodeContents(cell);
            return [text.getClientRects().length, text.getBoundingClientRect().width,
                cell.getBoundingClientRect().width];
        }"""
    )
    assert lines == 1
    assert wide <= room


def test_looks_into_a_network(open_page: OpenPage, lab: str) -> None:
    """A layer is chosen in the drawing, by mouse, by key or from the list, and described."""
    page = open_page(f"{lab}/runs/first", viewport=WIDE)
    about = page.locator("#about-layer")
    expect(about).to_contain_text("Dense")  # the costliest comes first
    page.locator("[data-layer=conv]").click()
    expect(about).to_contain_text("26 × 26 × 4")
    expect(page.locator("[data-layer=conv]")).to_have_attribute("aria-pressed", "true")
    expect(about.get_by_role("img")).to_be_visible()
    page.locator("[data-layer=flatten]").focus()
    page.keyboard.press("Enter")
    expect(about).to_contain_text("One long row.")
    page.locator("#layer").select_option("out")
    expect(about).to_contain_text("27,050")
    page.get_by_role("link", name="Configuration").click()
    expect(page.locator("body")).to_contain_text("epochs = 5")


def test_nothing_runs_in_a_report(open_page: OpenPage, lab: str, complaints: Complaints) -> None:
    """A report has its styles, and no script in it runs, whoever wrote it."""
    complaints.expect("sandboxed")  # the browser says what it blocked
    complaints.expect("Content Security Policy")
    page = open_page(f"{lab}/runs/first/report.html")
    assert page.title() == "Report"
    colour = page.locator("h1").evaluate("h1 => getComputedStyle(h1).color")
    assert colour == "rgb(1, 2, 3)"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
@pytest.mark.parametrize("path", ["?runs=first,second", "/runs/first"])
def test_axe_finds_nothing(
    open_page: OpenPage, lab: str, scheme: Literal["light", "dark"], width: int, path: str
) -> None:
    """An accessibility scan has no findings, and nothing is wider than the screen."""
    viewport = {"width": width, "height": 800}
    page = open_page(lab + path, color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    page.locator(".cell").first.click()
    expect(page.locator(".gallery img").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(f["id"], [n["html"] for n in f["nodes"]]) for f in found] == []


def test_a_training_from_start_to_stop(open_page: OpenPage, lab: str, runs: Path) -> None:
    """It is started, waits, can be taken out; it is watched, found again on reload, and stopped."""
    page = open_page(lab, viewport=WIDE)
    page.get_by_label("Architecture").select_option("tiny")
    expect(page.locator("#model-about")).not_to_be_empty()
    start = page.get_by_role("button", name="Start", exact=True)
    start.click()
    expect(page.locator("#line li")).to_contain_text(["tiny-quick"])
    start.click()
    expect(page.locator("#line li")).to_have_count(2)
    page.get_by_role("button", name="Take tiny-quick-2 out of the line").click()
    expect(page.locator("#line li")).to_have_count(1)

    folder = begin(Line(runs))
    row = page.locator("[data-run=tiny-quick]")
    expect(row).to_contain_text("Epoch 1 of 5")
    expect(page.get_by_label("Show the curves of tiny-quick")).to_be_checked()
    write_history(folder, 2)
    replace(Run.read(folder), epoch=2, seconds=20).write(folder)
    expect(row).to_contain_text("Epoch 3 of 5")
    expect(row).to_contain_text("about 30 s left")
    expect(page.locator(".readout").first).to_contain_text("0.200")

    page.reload()
    expect(row).to_contain_text("Epoch 3 of 5")
    row.get_by_role("button", name="Stop").click()
    until((folder / "stop").exists, "the wish to be noted")
    expect(row).to_contain_text("Stopping")
    replace(Run.read(folder), state="stopped", reason="somebody stopped it").write(folder)
    Line(runs).finish()
    expect(row).to_contain_text("Stopped")


def begin(line: Line) -> Path:
    """Give the first that waits its turn, as the process that trains does."""
    job = line.take()
    assert job is not None
    folder = line.runs / job.name
    Run(job.name, job.model, "running", "2026-02-01T00:00:00Z", 5, 1, os.getpid()).write(folder)
    return folder


def test_lets_a_run_answer(open_page: OpenPage, lab: str) -> None:
    """The model of a run is told to answer, does so on the first page, and is sent away again."""
    page = open_page(lab, viewport=WIDE)
    page.get_by_role("button", name="Let second answer").click()
    expect(page.locator("[data-run=second]")).to_contain_text("Answers now")
    expect(page.locator("#serving")).to_contain_text("the run second")
    page.get_by_role("link", name="Read", exact=True).click()
    page.wait_for_url("**/")  # with its scripts: before them the canvas takes no strokes
    draw(page, 7)
    expect(page.locator("#made")).to_contain_text("second")
    page.goto(lab)
    page.get_by_role("button", name="Back to the server’s own").click()
    expect(page.locator("#serving")).to_contain_text("the server’s own")


def test_goes_on_when_the_server_comes_back(
    start_server: Callable[..., Server], open_page: OpenPage, tmp_path: Path, complaints: Complaints
) -> None:
    """While the server is gone the page says so, and goes on by itself when it is back."""
    complaints.expect("ERR_CONNECTION_REFUSED")
    make_run(tmp_path / "runs", "first", "running", epoch=1)
    server = start_server(options=["--runs-dir", str(tmp_path / "runs")])
    page = open_page(f"{server.url}/lab", viewport=WIDE)
    expect(page.locator("[data-run=first]")).to_contain_text("Epoch 2 of 5")
    server.stop()
    expect(page.locator("#lost")).to_be_visible()
    server.start()
    expect(page.locator("#lost")).to_be_hidden()
