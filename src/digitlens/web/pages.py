"""Pages: what people open in a browser."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def read() -> str:
    """The page on which digits are drawn and read."""
    return render_template("index.html")
