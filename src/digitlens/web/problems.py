"""Problems: every error under /api as RFC 9457 problem details.

A problem names its kind by `type`, a link to the section of the docs that explains it. Where an
argument is to blame, it says which one, what was expected and what came.
"""

from __future__ import annotations

import json
import logging
import math
from dataclasses import dataclass
from typing import Any

from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge

from digitlens.errors import (
    DigitlensError,
    InvalidInput,
    PictureTooLarge,
    StoreError,
    StoreUnavailable,
    UnreadablePicture,
)
from digitlens.web.body import drain

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger("digitlens.web")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name, its HTTP status, its title, and when it comes."""

    name: str
    status: int
    title: str
    when: str


MISSING = Kind(
    "missing-picture",
    400,
    "There is no picture in the request",
    "The body is empty, or there is no image in the form or the JSON.",
)
TOO_LARGE = Kind(
    "too-large",
    413,
    "The request or its picture is too large",
    "The body has more bytes, or a picture more pixels, than the server takes. "
    "A picture is measured before it is decoded.",
)
UNSUPPORTED = Kind(
    "unsupported-type",
    415,
    "The content type is not supported",
    "The body is none of the content types that are taken; `expected` lists them.",
)
UNREADABLE = Kind(
    "unreadable-picture",
    422,
    "The picture cannot be read",
    "The bytes are no picture, or one that is damaged or cut short.",
)
INVALID = Kind(
    "invalid-input",
    422,
    "The request is not as it should be",
    "The JSON cannot be parsed, or a field has the wrong type, size or value; `argument` names it.",
)
INTERNAL = Kind(
    "internal",
    500,
    "Something went wrong in the server",
    "It is not the request's fault. The server's log says more.",
)
NOT_ALLOWED = Kind(
    "not-allowed",
    403,
    "This may not be changed from there",
    "The setting `training` does not let this client change anything in the Lab, another website "
    "sent the request, or the CSRF token of the review is missing or not that of the login.",
)
NO_RUN = Kind(
    "no-such-run",
    404,
    "There is no such run",
    "No run has this name, or none waits in line under it.",
)
LOGIN_NEEDED = Kind(
    "login-needed",
    401,
    "Only who reviews corrections may do this",
    "The request has no admin token (`Authorization: Bearer …`), a wrong one, or no login. "
    "Without a token set on the server, the review exists on its own machine only.",
)
KEEPING_OFF = Kind(
    "keeping-off",
    403,
    "This server keeps no corrections",
    "The setting `corrections` is off. What was kept before can still be looked at and deleted.",
)
NO_CORRECTION = Kind(
    "no-such-correction",
    404,
    "There is no such correction",
    "No correction has this receipt, or it was taken back, or there is no such decision to undo.",
)
TOO_MANY = Kind(
    "too-many",
    429,
    "That was too often",
    "One client says so many corrections in a minute, or tries so many tokens. `Retry-After` "
    "tells after how many seconds it may go on.",
)
NOT_NOW = Kind(
    "not-now",
    503,
    "Corrections cannot be kept or looked up now",
    "The database is locked, full or cannot be reached; digits are read all the same. "
    "`Retry-After` tells after how many seconds it is worth trying again.",
)
CONFLICT = Kind(
    "conflict",
    409,
    "The run is not in a state for that",
    "It has ended and cannot be stopped, or has no model that could answer; or the server cannot "
    "write to the folder of the runs.",
)
NOT_INSTALLED = Kind(
    "not-installed",
    501,
    "The server cannot train",
    "What trains is not installed where the server runs; `expected` says how to get it.",
)
KINDS = (
    MISSING,
    LOGIN_NEEDED,
    NOT_ALLOWED,
    KEEPING_OFF,
    NO_RUN,
    NO_CORRECTION,
    CONFLICT,
    TOO_LARGE,
    UNSUPPORTED,
    UNREADABLE,
    INVALID,
    TOO_MANY,
    INTERNAL,
    NOT_INSTALLED,
    NOT_NOW,
)
_FAR = 60.0  # seconds after which to ask again, where nothing says when it may be better


class Problem(DigitlensError):
    """Why a request cannot be served.

    Args:
        kind: What kind of problem it is.
        error: Which argument is to blame, what was expected and what came.
    """

    def __init__(self, kind: Kind, error: InvalidInput) -> None:
        super().__init__(str(error))
        self.kind = kind
        self.error = error
        self.seconds = 0.0

    def later(self, seconds: float) -> Problem:
        """The same problem, with when it is worth trying again."""
        self.seconds = seconds
        return self

    @classmethod
    def of(cls, error: InvalidInput, argument: str) -> Problem:
        """What an error of the reader is for the caller of the API.

        Args:
            error: What the reader said.
            argument: The caller's name for what the reader calls `picture` or `strokes`.
        """
        _, bracket, place = error.argument.partition("[")
        named = type(error)(argument + bracket + place, error.expected, error.received)
        if isinstance(error, PictureTooLarge):
            return cls(TOO_LARGE, named)
        return cls(UNREADABLE if isinstance(error, UnreadablePicture) else INVALID, named)

    def details(self) -> dict[str, Any]:
        """The members of the problem details object."""
        return _details(self.kind, str(self.error)) | {
            "argument": self.error.argument,
            "expected": self.error.expected,
            "received": self.error.received,
        }


def refusal(kind: Kind, argument: str, expected: str, received: str) -> Problem:
    """A problem with an argument: what was expected of it, and what came."""
    return Problem(kind, InvalidInput(argument, expected, received))


def install(app: Flask) -> None:
    """Let an application answer errors under /api with problem details."""
    app.register_error_handler(Problem, lambda p: _respond(p.details(), p.seconds))
    app.register_error_handler(StoreError, _answer_store)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unforeseen)


def _details(kind: Kind, detail: str) -> dict[str, Any]:
    return {
        "type": f"/api/docs#{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
    }


def _respond(details: dict[str, Any], seconds: float = 0.0) -> Response:
    response = Response(json.dumps(details), details["status"], mimetype=MEDIA_TYPE)
    if seconds:
        response.headers["Retry-After"] = str(math.ceil(seconds))
    return response


def _answer_store(error: StoreError) -> Response:
    """Answer that the database cannot be used; the log says why, the client when to come back."""
    _LOG.error("%s %s: %s", request.method, request.url_rule, error)
    seconds = error.seconds if isinstance(error, StoreUnavailable) else _FAR
    return _respond(_details(NOT_NOW, NOT_NOW.when), seconds)


def _answer_http(error: HTTPException) -> Response | HTTPException:
    """Answer an error of Flask's own: no such path, another method, a body over the limit."""
    if not _is_api(request):
        return error
    if isinstance(error, RequestEntityTooLarge):
        drain(request)
        return _respond(_too_large(request).details())
    details = {"type": "about:blank", "title": error.name, "status": error.code or 500}
    response = _respond(details | {"detail": error.description or error.name})
    for name, value in error.get_headers():
        if name.lower() != "content-type":  # Allow, for instance
            response.headers[name] = value
    return response


def _answer_unforeseen(error: Exception) -> Response | HTTPException:
    _LOG.error("%s %s failed", request.method, ascii(request.path), exc_info=error)
    if not _is_api(request):
        return InternalServerError()
    return _respond(_details(INTERNAL, INTERNAL.when))


def _is_api(request: Request) -> bool:
    """Whether a program asks, and no person in a browser."""
    return request.path.startswith(("/api/", "/healthz", "/readyz"))


def _too_large(request: Request) -> Problem:
    limit, size = request.max_content_length or 0, request.content_length
    if size and size <= limit:  # Flask limits the number of fields and the length of their text
        return refusal(TOO_LARGE, "body", "a form with files", "one with too much else")
    received = f"{size:,} bytes" if size else "more"
    return refusal(TOO_LARGE, "body", f"up to {limit:,} bytes", received)
