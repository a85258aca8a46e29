"""The REST API: pictures in, readings out."""

from __future__ import annotations

import json
from dataclasses import asdict
from time import perf_counter
from typing import Any

from flask import Blueprint, Request, Response, request

from digitlens.errors import InvalidInput
from digitlens.web.answers import INCLUDES, answer
from digitlens.web.intake import Intake, take
from digitlens.web.problems import INVALID, Problem
from digitlens.web.service import Service, service

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.post("/read")
def read() -> Response:
    """Read the digits of one picture."""
    serving = service()
    include = wanted(request)
    intake = take(request, serving.settings)
    return _json(read_one(serving, intake, include))


@blueprint.get("/model")
def model() -> Response:
    """The model that reads: what it is, how it was made, and how well it reads."""
    return _json(asdict(service().reader.card))


def wanted(request: Request) -> frozenset[str]:
    """Which pictures a request wants in its answer.

    Raises:
        Problem: Something that is not on offer.
    """
    if not request.query_string:
        return frozenset()
    names = frozenset(filter(None, ",".join(request.args.getlist("include")).split(",")))
    if not names <= INCLUDES:
        received = ", ".join(sorted(names))
        error = InvalidInput("include", " or ".join(sorted(INCLUDES)), received)
        raise Problem(INVALID, error)
    return names


def read_one(serving: Service, intake: Intake, include: frozenset[str]) -> dict[str, Any]:
    """Read one picture, and say how long that took.

    Raises:
        Problem: It cannot be read.
    """
    start = perf_counter()
    try:
        reading = serving.reader.read(intake.picture)
    except InvalidInput as error:
        raise Problem.of(error, intake.argument) from error
    return answer(reading, (perf_counter() - start) * 1000, include)


def _json(entries: dict[str, Any]) -> Response:
    return Response(json.dumps(entries), mimetype="application/json")
