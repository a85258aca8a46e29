"""Problems: every error under /api as RFC 9457 problem details.

A problem names its kind by `type`, a link to the section of the docs that explains it. Where an
argument is to blame, it says which one, what was expected and what came.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from digitlens.errors import DigitlensError, InvalidInput, PictureTooLarge, UnreadablePicture

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger("digitlens.web")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: where it is explained, its HTTP status, and its title."""

    name: str
    status: int
    title: str


MISSING = Kind("missing-picture", 400, "There is no picture in the request")
TOO_LARGE = Kind("too-large", 413, "The request or its picture is too large")
UNSUPPORTED = Kind("unsupported-type", 415, "The content type is not supported")
UNREADABLE = Kind("unreadable-picture", 422, "The picture cannot be read")
INVALID = Kind("invalid-input", 422, "The request is not as it should be")
INTERNAL = Kind("internal", 500, "Something went wrong in the server")
KINDS = (MISSING, TOO_LARGE, UNSUPPORTED, UNREADABLE, INVALID, INTERNAL)


class Problem(DigitlensError):
    """What a request is answered with when it cannot be served.

    Args:
        kind: What kind of problem it is.
        error: Argument, what was expected and what came.
    """

    def __init__(self, kind: Kind, error: InvalidInput) -> None:
        super().__init__(str(error))
        self.kind = kind
        self.error = error

    @classmethod
    def of(cls, error: InvalidInput, argument: str | None = None) -> Problem:
        """The problem that an error of the reader is for the API.

        Args:
            error: What the reader said.
            argument: What the caller calls that which the reader calls the picture.
        """
        if argument and error.argument == "picture":
            error = type(error)(argument, error.expected, error.received)
        if isinstance(error, PictureTooLarge):
            return cls(TOO_LARGE, error)
        return cls(UNREADABLE if isinstance(error, UnreadablePicture) else INVALID, error)

    def details(self) -> dict[str, Any]:
        """The members of the problem details object."""
        return _details(self.kind, str(self.error)) | {
            "argument": self.error.argument,
            "expected": self.error.expected,
            "received": self.error.received,
        }


def install(app: Flask) -> None:
    """Let an application answer errors under /api with problem details."""
    app.register_error_handler(Problem, lambda problem: respond(problem.details()))
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unforeseen)


def respond(details: dict[str, Any]) -> Response:
    """The response that carries problem details."""
    body = json.dumps(details, ensure_ascii=False)
    return Response(body, details["status"], mimetype=MEDIA_TYPE)


def _details(kind: Kind, detail: str) -> dict[str, Any]:
    return {
        "type": f"/api/docs#{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
    }


def _answer_http(error: HTTPException) -> Response | HTTPException:
    """Answer an error of Flask's own: no such path, another method, a body over the limit."""
    if not request.path.startswith("/api"):
        return error
    if isinstance(error, RequestEntityTooLarge):
        return respond(_body_too_large().details())
    status = error.code or 500
    details = {"type": "about:blank", "title": error.name, "status": status}
    response = respond(details | {"detail": error.description or error.name})
    for name, value in error.get_headers():
        if name.lower() != "content-type":  # Allow, for a wrong method
            response.headers[name] = value
    return response


def _body_too_large() -> Problem:
    limit = request.max_content_length or 0
    size = request.content_length
    received = f"{size:,} bytes" if size else "more"
    return Problem(TOO_LARGE, PictureTooLarge("body", f"up to {limit:,} bytes", received))


def _answer_unforeseen(error: Exception) -> Response:
    _LOG.error("%s %s failed", request.method, request.path, exc_info=error)
    return respond(_details(INTERNAL, "The error is in the server's log."))
