"""Health: whether the process is alive, and whether it can read."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, jsonify

from digitlens.web.service import service

blueprint = Blueprint("health", __name__)

_LOG = logging.getLogger("digitlens.web")
_ONE = [[[0, 0], [0, 100]]]  # strokes of a 1


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """The process reads a small drawing."""
    works = _reads()
    return jsonify(status="ok" if works else "failing"), 200 if works else 503


def _reads() -> bool:
    try:
        # The server's own model: a learner's may read what it likes.
        reading = service().serving.own.read(_ONE)
    except Exception:
        _LOG.exception("a reading failed")
        return False
    return reading.text == "1"
