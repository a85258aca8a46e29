"""Pages: what people open in a browser."""

from __future__ import annotations

from flask import Blueprint, render_template

from digitlens.web.ahead import expect_drawing
from digitlens.web.corrections.keeping import keeping
from digitlens.web.scripts import modules
from digitlens.web.service import service

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def read() -> str:
    """The page on which digits are drawn and read."""
    expect_drawing()
    return render_template(
        "read.html",
        modules=(*modules("main.js"), "theme.js"),
        settings=service().settings,
        keeps=keeping().is_on,
    )
