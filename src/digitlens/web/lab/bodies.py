"""Bodies: the JSON of a request to the Lab, checked."""

from __future__ import annotations

from typing import TypeVar

from flask import Request
from pydantic import BaseModel, ValidationError

from digitlens.web.body import read_body
from digitlens.web.lab import schemas
from digitlens.web.problems import INVALID, UNSUPPORTED, refusal

_JSON = "application/json"
_LONGEST = 80  # characters of what came that are said back
_Model = TypeVar("_Model", bound=BaseModel)


def start(request: Request) -> schemas.Start:
    """The training that a request wants.

    Raises:
        Problem: It does not say it as it should.
    """
    return _take(request, schemas.Start)


def serve(request: Request) -> schemas.Serve:
    """The model that a request wants to answer.

    Raises:
        Problem: It does not say it as it should.
    """
    return _take(request, schemas.Serve)


def _take(request: Request, model: type[_Model]) -> _Model:
    if request.mimetype != _JSON:
        raise refusal(UNSUPPORTED, "Content-Type", _JSON, request.mimetype[:_LONGEST] or "none")
    try:
        return model.model_validate_json(read_body(request))
    except ValidationError as error:
        first = error.errors()[0]
        argument = ".".join(map(str, first["loc"])) or "body"
        received = ascii(first["input"])[:_LONGEST]
        raise refusal(INVALID, argument, first["msg"], received) from error
