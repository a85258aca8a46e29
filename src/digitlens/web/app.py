"""Build the application: settings, reader, and a blueprint for each concern."""

from __future__ import annotations

from time import perf_counter
from typing import cast

from flask import Flask, Response, request

from digitlens.reading.limits import Limits
from digitlens.reading.reader import Reader
from digitlens.settings import Settings
from digitlens.web import api, docs, headers, health, pages, problems
from digitlens.web.lab import api as lab_api
from digitlens.web.lab import lab
from digitlens.web.lab import pages as lab_pages
from digitlens.web.logs import log_request
from digitlens.web.request import PictureRequest
from digitlens.web.service import Service

BLUEPRINTS = (
    pages.blueprint,
    api.blueprint,
    docs.blueprint,
    health.blueprint,
    lab_pages.blueprint,
    lab_api.blueprint,
)


def build(settings: Settings, reader: Reader | None) -> Flask:
    """Build the application that `digitlens.web.create_app` describes."""
    app = Flask("digitlens.web")
    app.request_class = PictureRequest
    app.config["MAX_CONTENT_LENGTH"] = settings.max_bytes
    if reader is None:
        limits = Limits(settings.max_bytes, settings.max_pixels, settings.max_points)
        reader = Reader(settings.model, limits)
    service = Service(settings, reader)
    service.attach(app)
    lab.install(app, settings, service.serving)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    problems.install(app)
    headers.install(app)
    app.after_request(_log)
    return app


def _log(response: Response) -> Response:
    if response.status_code == 304 and request.blueprint == lab_api.blueprint.name:
        return response  # whoever watches a training asks every other second
    start = cast(PictureRequest, request).start
    milliseconds = round((perf_counter() - start) * 1000, 3)
    log_request(request.method, request.path, response.status_code, milliseconds)
    return response
