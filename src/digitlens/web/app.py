"""Build the application: settings, reader, and a blueprint for each concern."""

from __future__ import annotations

from time import perf_counter
from typing import cast

from flask import Flask, Response, request

from digitlens.models.bundle import DEFAULT
from digitlens.models.library import Library
from digitlens.reading.limits import Limits
from digitlens.reading.reader import Reader
from digitlens.settings import Settings
from digitlens.web import api, docs, headers, health, pages, problems
from digitlens.web.corrections import api as corrections_api
from digitlens.web.corrections.keeping import Keeping
from digitlens.web.lab import api as lab_api
from digitlens.web.lab import lab
from digitlens.web.lab import pages as lab_pages
from digitlens.web.logs import log_request
from digitlens.web.request import PictureRequest
from digitlens.web.review import api as review_api
from digitlens.web.review import gate
from digitlens.web.review import pages as review_pages
from digitlens.web.service import Service
from digitlens.web.serving import Serving

BLUEPRINTS = (
    pages.blueprint,
    api.blueprint,
    corrections_api.blueprint,
    docs.blueprint,
    health.blueprint,
    lab_pages.blueprint,
    lab_api.blueprint,
    review_pages.blueprint,
    review_api.blueprint,
)


def build(settings: Settings, reader: Reader | None) -> Flask:
    """Build the application that `digitlens.web.create_app` describes."""
    app = Flask("digitlens.web")
    app.request_class = PictureRequest
    app.config["MAX_CONTENT_LENGTH"] = settings.max_bytes
    service = Service(settings, _serving(settings, reader))
    service.attach(app)
    keeping = Keeping(settings)
    keeping.attach(app)
    gate.install(app, settings, keeping)
    lab.install(app, settings, service.serving)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    problems.install(app)
    headers.install(app)
    app.after_request(_log)
    return app


def _serving(settings: Settings, reader: Reader | None) -> Serving:
    """What reads: the active version, unless it was said which model it is to be."""
    limits = Limits(settings.max_bytes, settings.max_pixels, settings.max_points)
    if reader is not None or settings.model is not None:
        reader = reader or Reader(settings.model, limits)
        return Serving(settings.runs_dir, reader, folder=settings.model or DEFAULT)
    serving = Serving(settings.runs_dir, Reader(limits=limits), Library(settings.models_dir))
    serving.look()  # so that workers share the memory of it
    return serving


def _log(response: Response) -> Response:
    if response.status_code == 304 and request.blueprint == lab_api.blueprint.name:
        return response  # whoever watches a training asks every other second
    start = cast(PictureRequest, request).start
    milliseconds = round((perf_counter() - start) * 1000, 3)
    path = request.path
    if request.blueprint == corrections_api.blueprint.name:
        path = str(request.url_rule)  # a receipt opens what it is for
    log_request(request.method, path, response.status_code, milliseconds)
    return response
