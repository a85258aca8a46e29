"""The gate of the application that answers, which lets people review."""

from __future__ import annotations

from flask import Flask, current_app, request

from digitlens.settings import Settings
from digitlens.web.corrections.keeping import Keeping
from digitlens.web.review.permission import Gate

_KEY = "digitlens.review"


def install(app: Flask, settings: Settings, keeping: Keeping) -> None:
    """Give an application its gate; its pages know whether to show the way to the review."""
    app.extensions[_KEY] = Gate(settings, keeping)
    may = settings.corrections == "on"
    app.jinja_env.globals["may_review"] = lambda: may and gate().may_see(request)


def gate() -> Gate:
    """The gate of the application that answers the request."""
    found: Gate = current_app.extensions[_KEY]
    return found
