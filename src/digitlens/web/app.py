"""Build the application: settings, reader, and a blueprint for each concern."""

from __future__ import annotations

from flask import Flask

from digitlens.reading.picture import Limits
from digitlens.reading.reader import Reader
from digitlens.settings import Settings
from digitlens.web import api, headers, health, pages, problems
from digitlens.web.service import Service


def build(settings: Settings, reader: Reader | None) -> Flask:
    """Build the application that `digitlens.web.create_app` describes."""
    app = Flask("digitlens.web")
    app.config["MAX_CONTENT_LENGTH"] = settings.max_bytes
    if reader is None:
        reader = Reader(settings.model, Limits(settings.max_bytes, settings.max_pixels))
    Service(settings, reader).attach(app)
    for blueprint in (pages.blueprint, api.blueprint, health.blueprint):
        app.register_blueprint(blueprint)
    problems.install(app)
    headers.install(app)
    return app
