"""The API of the review: pages of corrections, counts, decisions, and undoing them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Request, Response, jsonify, request

from digitlens.errors import InvalidInput
from digitlens.web.body import read_body
from digitlens.web.corrections.keeping import keeping
from digitlens.web.intake import JSON_TYPE
from digitlens.web.problems import INVALID, NO_CORRECTION, UNSUPPORTED, Problem, refusal
from digitlens.web.review.gate import gate
from digitlens.web.service import service

blueprint = Blueprint("review_api", __name__, url_prefix="/api/v1/review")


@blueprint.before_request
def check_visitor() -> None:
    """Let nobody in who may not review, nor change anything without the CSRF token."""
    gate().check(request, changes=request.method not in ("GET", "HEAD"))


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Nothing of it is kept by a browser or a proxy."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("")
def list_corrections() -> Response:
    """List corrections with their pictures, some at a time."""
    from digitlens.corrections import Filter  # which loads pydantic and the database's libraries
    from digitlens.web.checks import check
    from digitlens.web.corrections.labels import label_of
    from digitlens.web.review import say, schemas

    query: schemas.ReviewQuery = check(schemas.ReviewQuery, request.args.to_dict(), "")
    wanted = Filter(
        status=query.status,
        should=None if query.should is None else label_of(query.should),
        read=None if query.read is None else int(query.read),
        model=query.model,
        version=query.version,
        since=query.since,
        until=query.until,
    )
    try:
        with keeping().store() as store:
            page = store.page(wanted, query.order, query.after, query.limit)
    except InvalidInput as error:
        raise Problem.of(error, error.argument) from error
    return jsonify(corrections=[say.say_correction(one) for one in page.rows], next=page.next)


@blueprint.get("/counts")
def count_corrections() -> Response:
    """Count the corrections by status and digit, and name the models that read them."""
    from digitlens.web.review import say

    with keeping().store() as store:
        counts, models = store.counts(), store.versions()
    return jsonify(say.say_counts(counts, models))


@blueprint.post("/decisions")
def decide() -> tuple[Response, int]:
    """Accept, relabel, reject or reopen corrections."""
    from digitlens.web.checks import check
    from digitlens.web.corrections.labels import label_of
    from digitlens.web.review import schemas

    body: schemas.DecisionBody = check(schemas.DecisionBody, _json(request), "")
    label = None if body.label is None else label_of(body.label)
    try:
        with keeping().store() as store:
            decision = store.decide(body.ids, body.action, label)
    except InvalidInput as error:
        raise Problem.of(error, error.argument) from error
    return jsonify(id=decision.id, changed=decision.changed), 201


@blueprint.delete("/decisions/<decision>")
def undo(decision: str) -> Response:
    """Undo a decision, where no other came after it."""
    with keeping().store() as store:
        changed = store.undo(decision[:80])
    if not changed:
        raise refusal(NO_CORRECTION, "decision", "one that can be undone", "another")
    return jsonify(changed=changed)


def _json(request: Request) -> Any:
    from digitlens.web import entries

    if request.mimetype != JSON_TYPE:
        raise refusal(UNSUPPORTED, "Content-Type", JSON_TYPE, request.mimetype[:80] or "none")
    data = read_body(request)
    if not data:
        raise refusal(INVALID, "body", "a decision", "an empty body")
    return entries.parse(data, service().settings)
