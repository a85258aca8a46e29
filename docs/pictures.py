"""Make the pictures of the page for the README: `python -m docs.pictures`.

They are taken from a running server in Chromium, in the light and in the dark theme.
"""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.browser.conftest import ARGUMENTS, find_chromium
from tests.browser.hand import Place, draw
from tests.running import Server

IMAGES = Path(__file__).parent / "images"
SIZE = {"width": 1200, "height": 800}
SCALE = 1.5
COLOURS = 128  # enough for a page of two inks, and small

# Where no desktop has said otherwise `system-ui` is DejaVu Sans, which few people see. Liberation
# Sans, which Debian installs with Chromium, is closer to what they do see.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  {}
</fontconfig>"""
FONT = """<match target="pattern">
    <test name="family" qual="any"><string>{}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Liberation Sans</string></edit>
  </match>"""


def main() -> None:
    """Make both pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fonts = Path(folder) / "fonts.conf"
        families = ("system-ui", "sans-serif", "sans")
        fonts.write_text(FONTS.format("".join(map(FONT.format, families))))
        server = Server(Path(folder) / "log").start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=find_chromium(),
                    args=[*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
                    env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
                )
                for scheme in ("light", "dark"):
                    take(browser, server.url, scheme)
                browser.close()
        finally:
            server.stop()


def take(browser: Browser, url: str, scheme: str) -> None:
    """Take the picture of one theme."""
    page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE, reduced_motion="reduce")
    page.emulate_media(color_scheme=scheme)
    page.goto(url)
    write_number(page)
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    file = IMAGES / f"page-{scheme}.png"
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(Path.cwd())}: {file.stat().st_size / 1000:.0f} kB")
    page.close()


def write_number(page: Page) -> None:
    """Write a number, and unfold how its last digit was read."""
    page.locator("#width").press("ArrowRight")
    for digit, place in ((2, Place(0.2, 0.5, 0.34)), (7, Place(0.5, 0.47, 0.32))):
        draw(page, digit, place)
    draw(page, 3, Place(0.8, 0.52, 0.36))
    expect(page.locator("#number")).to_have_text("273")
    page.locator("#how").click()
    page.locator(".card").nth(2).click()
    page.mouse.move(1, 1)
    expect(page.locator("#steps img:visible")).to_have_count(6)
    page.locator(":focus").blur()
    expect(page.locator("#nib")).not_to_have_class("nib shown")


if __name__ == "__main__":
    main()
