"""The OpenAPI document: the routes of the application, described by the models of `schemas`.

flask-openapi3 writes it, in an application of its own that serves nothing and is built when the
document is first asked for. So what reads pictures neither loads nor passes through it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from flask import Flask
from flask_openapi3.models.info import Info
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI
from pydantic import BaseModel
from werkzeug.routing import Rule

from digitlens.web import problems, schemas
from digitlens.web.corrections import schemas as corrections
from digitlens.web.intake import FIELD, FORM_TYPE, IMAGE_TYPES
from digitlens.web.lab import schemas as lab
from digitlens.web.problems import Kind
from digitlens.web.review import schemas as review

_ABOUT = (
    "Reads handwritten digits: drawn or photographed, anywhere in the picture, with any pen. "
    "Errors are problem details (RFC 9457) that name the argument, what was expected and what came."
)
_FILE = {"contentMediaType": "application/octet-stream"}
_BODY_PROBLEMS = (
    problems.MISSING,
    problems.TOO_LARGE,
    problems.UNSUPPORTED,
    problems.UNREADABLE,
    problems.INVALID,
)
_CORRECTION_FORM = {
    "type": "object",
    "required": ["reading", "should", FIELD],
    "properties": {
        "reading": {"type": "string"},
        "should": {"type": "string"},
        "client": {"type": "string"},
        "drawn": {"type": "string", "description": "Strokes, as JSON."},
        FIELD: _FILE,
    },
}
_CORRECTIONS = "Corrections"
_REVIEW = "Review"
_REVIEWS = (problems.LOGIN_NEEDED, problems.TOO_MANY, problems.INVALID, problems.NOT_NOW)
_LAB = "Lab"
_CHANGES = (problems.NOT_ALLOWED,)


@dataclass(frozen=True, slots=True)
class Operation:
    """What the code of a view does not say about it.

    Attributes:
        answer: What it answers.
        about: More than its docstring says.
        tag: The part of the API that it belongs to.
        query: Its parameters.
        body: Its JSON.
        path: What stands in its path.
        status: With which it answers where all is well.
        content: What else it takes, by content type.
        kinds: The problems that it may answer with, beside those of the server.
        others: What it answers with other statuses.
    """

    answer: type[BaseModel] | None
    about: str
    tag: str = "Reading"
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    path: type[BaseModel] | None = None
    status: int = 200
    content: dict[str, Any] | None = None
    kinds: tuple[Kind, ...] = ()
    others: dict[str | int | HTTPStatus, Any] = field(default_factory=dict)


OPERATIONS = {
    "api.read": Operation(
        schemas.ReadAnswer,
        "The picture is the body itself, or the file `image` of a form, or it comes in JSON: as "
        "`image` (a data URL or base64), as `strokes` of a pen, or as the 784 `pixels` of an "
        "MNIST picture. A picture without ink is `blank`, with no digits.",
        query=schemas.Query,
        body=schemas.ReadBody,
        content={kind: {} for kind in IMAGE_TYPES}
        | {
            FORM_TYPE: {
                "schema": {"type": "object", "required": [FIELD], "properties": {FIELD: _FILE}}
            }
        },
        kinds=_BODY_PROBLEMS,
    ),
    "api.read_batch": Operation(
        schemas.BatchAnswer,
        "The pictures are the files `image` of a form, or a list in JSON. One that cannot be read "
        "has a problem in its place and leaves the others alone.",
        query=schemas.Query,
        body=schemas.BatchBody,
        content={
            FORM_TYPE: {
                "schema": {
                    "type": "object",
                    "required": [FIELD],
                    "properties": {FIELD: {"type": "array", "items": _FILE}},
                }
            }
        },
        kinds=_BODY_PROBLEMS,
    ),
    "api.model": Operation(schemas.ModelAnswer, "It is the card of the model that is in use."),
    "corrections.say_correction": Operation(
        corrections.ReceiptAnswer,
        "The picture comes once more, as `image`, `strokes` or `pixels`, or in a form with the "
        "other fields: the server keeps nothing of a reading that nobody corrects. The same "
        "reading again is the same correction, with the same receipt; said otherwise, it changes "
        "what the digits should be until somebody has reviewed them. Then the status is 200.",
        _CORRECTIONS,
        body=corrections.CorrectionBody,
        status=201,
        content={FORM_TYPE: {"schema": _CORRECTION_FORM}},
        kinds=(
            *_BODY_PROBLEMS,
            problems.NOT_ALLOWED,
            problems.KEEPING_OFF,
            problems.TOO_MANY,
            problems.NOT_NOW,
        ),
        others={200: corrections.ReceiptAnswer},
    ),
    "corrections.look_at_correction": Operation(
        corrections.KeptAnswer,
        "Whoever has the receipt can.",
        _CORRECTIONS,
        path=corrections.ReceiptPath,
        kinds=(problems.NO_CORRECTION, problems.NOT_NOW),
    ),
    "corrections.take_back_correction": Operation(
        None,
        "Also where it was reviewed, and where the server keeps no new ones.",
        _CORRECTIONS,
        path=corrections.ReceiptPath,
        status=204,
        kinds=(problems.NOT_ALLOWED, problems.NO_CORRECTION, problems.NOT_NOW),
    ),
    "review_api.list_corrections": Operation(
        review.ReviewPage,
        "Programs send the admin token with each request, as `Authorization: Bearer …`; the page "
        "of the review has a login. Duplicates are left out.",
        _REVIEW,
        query=review.ReviewQuery,
        kinds=_REVIEWS,
    ),
    "review_api.count_corrections": Operation(
        review.ReviewCounts, "Duplicates are counted apart.", _REVIEW, kinds=_REVIEWS
    ),
    "review_api.decide": Operation(
        review.DecisionAnswer,
        "Those that are so already, or gone, stay as they are. Only what is accepted is ever "
        "learned from.",
        _REVIEW,
        body=review.DecisionBody,
        status=201,
        kinds=(*_REVIEWS, problems.NOT_ALLOWED, problems.UNSUPPORTED),
    ),
    "review_api.undo": Operation(
        review.UndoneAnswer,
        "What it had changed is as it was before.",
        _REVIEW,
        path=review.DecisionPath,
        kinds=(*_REVIEWS, problems.NOT_ALLOWED, problems.NO_CORRECTION),
    ),
    "health.alive": Operation(schemas.Health, "For a host that restarts what does not.", "Health"),
    "health.ready": Operation(
        schemas.Health,
        "200 where that works, 503 where not.",
        tag="Health",
        others={503: schemas.Health},
    ),
    "lab_api.get_options": Operation(
        lab.Options, "What the page's form offers. Nothing of it is loaded for that.", _LAB
    ),
    "lab_api.list_runs": Operation(
        lab.Overview,
        "With an `ETag`: who asks again with `If-None-Match` hears 304 where nothing is new.",
        _LAB,
    ),
    "lab_api.start_training": Operation(
        lab.Waiting,
        "One training runs at a time; the others wait. It goes on when the server ends.",
        _LAB,
        body=lab.Start,
        status=202,
        kinds=(*_CHANGES, problems.UNSUPPORTED, problems.INVALID, problems.NOT_INSTALLED),
    ),
    "lab_api.remove_from_line": Operation(
        None,
        "One that has its turn already is stopped instead.",
        _LAB,
        path=lab.RunName,
        status=204,
        kinds=(*_CHANGES, problems.NO_RUN),
    ),
    "lab_api.get_run": Operation(
        lab.RunDetail,
        "One that has no process any more has failed, whatever it said last.",
        _LAB,
        path=lab.RunName,
        kinds=(problems.NO_RUN,),
    ),
    "lab_api.get_history": Operation(
        lab.History,
        "With an `ETag`, as the runs. Who watches a training asks for what came since the last.",
        _LAB,
        path=lab.RunName,
        query=lab.Since,
        kinds=(problems.NO_RUN,),
    ),
    "lab_api.stop_training": Operation(
        lab.RunName,
        "It ends after the batch it is at. The best of its epochs so far becomes its model.",
        _LAB,
        path=lab.RunName,
        status=202,
        kinds=(*_CHANGES, problems.NO_RUN, problems.CONFLICT),
    ),
    "lab_api.choose_model": Operation(
        lab.Overview,
        "Every worker answers with it within a second. A reading says which model read.",
        _LAB,
        body=lab.Serve,
        kinds=(
            *_CHANGES,
            problems.NO_RUN,
            problems.CONFLICT,
            problems.UNSUPPORTED,
            problems.INVALID,
        ),
    ),
}


def describe(app: Flask) -> dict[str, Any]:
    """Write the OpenAPI 3.1 document of an application."""
    described = OpenAPI(
        "digitlens",
        info=Info(title="digitlens", version=version("digitlens"), description=_ABOUT),
        doc_ui=False,
        security_schemes={},  # without it the document has a null, which OpenAPI does not know
        validation_error_model=schemas.Problem,
        validation_error_status="500",  # each operation describes that itself
    )
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OPERATIONS:
            _add(described, rule, app.view_functions[rule.endpoint])
    written: dict[str, Any] = described.api_doc
    for rule in app.url_map.iter_rules():
        content = OPERATIONS[rule.endpoint].content if rule.endpoint in OPERATIONS else None
        if content:
            written["paths"][rule.rule]["post"]["requestBody"]["content"] |= content
    return written


def _add(described: OpenAPI, rule: Rule, view: Callable[..., Any]) -> None:
    operation = OPERATIONS[rule.endpoint]
    method = next(m for m in ("post", "put", "delete", "get") if m.upper() in (rule.methods or ()))
    getattr(described, method)(
        rule.rule,
        summary=(view.__doc__ or "").strip().removesuffix("."),
        description=operation.about,
        operation_id=view.__name__,
        tags=[Tag(name=operation.tag)],
        responses=_answers(operation),
        endpoint=rule.endpoint,
    )(_signature(operation))


def _signature(operation: Operation) -> Callable[..., Any]:
    """A function whose annotations say what the view takes: that is where the library looks."""

    def view() -> None: ...

    models = {"query": operation.query, "body": operation.body, "path": operation.path}
    view.__annotations__ = {name: model for name, model in models.items() if model}
    return view


def _answers(operation: Operation) -> dict[str | int | HTTPStatus, Any]:
    """The answers of an operation, by status."""
    found: dict[int, list[Kind]] = {}
    for kind in (*operation.kinds, problems.INTERNAL):
        found.setdefault(kind.status, []).append(kind)
    schema = {"$ref": f"#/components/schemas/{schemas.Problem.__name__}"}
    content = {problems.MEDIA_TYPE: {"schema": schema}}
    failures: dict[str | int | HTTPStatus, Any] = {
        status: {"description": " ".join(kind.when for kind in kinds), "content": content}
        for status, kinds in found.items()
    }
    return {operation.status: operation.answer} | operation.others | failures
