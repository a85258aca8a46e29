"""The REST API: pictures in, readings out."""

from __future__ import annotations

import json
from dataclasses import asdict
from time import perf_counter
from typing import Any

from flask import Blueprint, Request, Response, request

from digitlens.web import answers
from digitlens.web.intake import take, take_many
from digitlens.web.service import service

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.post("/read")
def read() -> Response:
    """Read the digits of one picture."""
    serving = service()
    include = wanted(request)
    return _respond(answers.read(serving, take(request, serving.settings), include))


@blueprint.post("/read/batch")
def read_batch() -> Response:
    """Read the digits of many pictures, each with its own reading or its own problem."""
    from digitlens.web import batch  # which loads Pillow

    serving = service()
    include = wanted(request)
    submitted = take_many(request, serving.settings)
    start = perf_counter()
    results = batch.read(serving, submitted, include)
    return _respond({"results": results, "milliseconds": round((perf_counter() - start) * 1000, 3)})


@blueprint.get("/model")
def model() -> Response:
    """Tell what the model is, how it was made, and how well it reads."""
    return _respond(asdict(service().reader.card))


def wanted(request: Request) -> frozenset[str]:
    """Which pictures a request wants in its answer.

    Raises:
        Problem: Something that is not on offer.
    """
    if not request.query_string:  # most have none
        return frozenset()
    names = ",".join(request.args.getlist("include")).split(",")
    if names == [""]:
        return frozenset()
    from digitlens.web.entries import check_query

    return check_query(names)


def _respond(said: dict[str, Any]) -> Response:
    # Passed through as the list that it is: a server sends one piece faster than an iterator.
    return Response(
        [json.dumps(said).encode()], mimetype="application/json", direct_passthrough=True
    )
