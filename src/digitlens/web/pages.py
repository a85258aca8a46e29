"""Pages: what people open in a browser."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template

from digitlens.web.service import service

blueprint = Blueprint("pages", __name__)

_STATIC = Path(__file__).parent / "static"
# early.js is no module: it runs before anything is painted.
MODULES = sorted(file.name for file in (_STATIC / "js").glob("*.js") if file.name != "early.js")


@blueprint.get("/")
def read() -> str:
    """The page on which digits are drawn and read."""
    # The browser is told of all modules at once, or it would find them one import after another.
    return render_template("read.html", modules=MODULES, settings=service().settings)
