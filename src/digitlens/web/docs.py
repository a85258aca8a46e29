"""Docs: the OpenAPI document, and the same as a page that loads nothing from elsewhere."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Blueprint, Request, Response, current_app, render_template, request

from digitlens.web import answers
from digitlens.web.problems import INVALID, KINDS, refusal
from digitlens.web.samples import SAMPLES, SEVEN
from digitlens.web.service import service
from digitlens.web.submitted import Submitted

_KEY = "digitlens.openapi"

blueprint = Blueprint("docs", __name__, url_prefix="/api")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    return Response(json.dumps(_document()), mimetype="application/json")


@blueprint.get("/docs")
def page() -> str:
    """The document as a page."""
    said = answers.read(service(), Submitted(SEVEN, "strokes"))
    problem = refusal(INVALID, "pixels", "at least 784 values", "a list of 3").details()
    return render_template(
        "docs.html",
        document=_document(),
        kinds=KINDS,
        samples=SAMPLES,
        server=_address(request),
        example=_written(said),
        problem=_written(problem),
    )


def _document() -> dict[str, Any]:
    kept: dict[str, Any] = current_app.extensions
    if _KEY not in kept:
        from digitlens.web.openapi import describe  # its library is loaded when it is needed

        kept[_KEY] = describe(current_app)
    document: dict[str, Any] = kept[_KEY]
    return document


def _written(said: dict[str, Any]) -> str:
    """JSON as a person would write it: lists of numbers in one line."""
    text = json.dumps(said, indent=2)
    return re.sub(r"\[[^\[\]{}\"]+\]", lambda found: f"[{' '.join(found[0][1:-1].split())}]", text)


def _address(request: Request) -> str:
    """The address of this server as the client sees it, also behind a proxy that ends TLS."""
    secure = request.headers.get("X-Forwarded-Proto") == "https"
    return f"{'https' if secure else request.scheme}://{request.host}"
