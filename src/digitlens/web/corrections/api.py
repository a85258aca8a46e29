"""The API of corrections: said, looked at and taken back by whoever said them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from digitlens.web.corrections.claim import PURPOSE, verify
from digitlens.web.corrections.keeping import Keeping, keeping
from digitlens.web.origin import client_of, is_own
from digitlens.web.problems import (
    INVALID,
    KEEPING_OFF,
    NO_CORRECTION,
    NOT_ALLOWED,
    TOO_MANY,
    refusal,
)
from digitlens.web.service import service

blueprint = Blueprint("corrections", __name__, url_prefix="/api/v1/corrections")

_LONGEST = 200  # characters of a receipt that are looked at


@blueprint.post("")
def say_correction() -> tuple[Response, int]:
    """Say what a reading should have been, or that it was right."""
    kept = keeping()
    _check_welcome(kept)
    from digitlens.web.corrections import submit, take  # which load pydantic

    said, submitted = take.take_correction(request, service().settings)
    claim = verify(said.reading, kept.key.for_(PURPOSE))
    if claim is None:
        raise refusal(INVALID, "reading", "the id of a reading of this server", "another text")
    submission = submit.submission(service(), claim, said, submitted)
    with kept.store() as store:
        receipt = store.add(submission)
    answer = jsonify(
        receipt=receipt.secret,
        created=receipt.created,
        changed=receipt.changed,
        verdict=submission.verdict,
    )
    answer.headers["Location"] = url_for(".look_at_correction", receipt=receipt.secret)
    return answer, 201 if receipt.created else 200


@blueprint.get("/<receipt>")
def look_at_correction(receipt: str) -> Response:
    """Look at what is kept of a correction."""
    with keeping().store() as store:
        found = store.look(receipt[:_LONGEST])
    if not found:
        raise _unknown()
    from digitlens.web.corrections.say import say_kept  # which loads the database's libraries

    answer = jsonify(say_kept(found))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.delete("/<receipt>")
def take_back_correction(receipt: str) -> tuple[str, int]:
    """Take a correction back: nothing of it is kept any longer."""
    _check_own()
    with keeping().store() as store:
        removed = store.withdraw(receipt[:_LONGEST])
    if not removed:
        raise _unknown()
    return "", 204


def _check_welcome(kept: Keeping) -> None:
    """Check that something is kept at all, and that this client has not said too much."""
    if not kept.is_on:
        setting = "a server that keeps corrections (setting corrections)"
        raise refusal(KEEPING_OFF, "server", setting, "one that keeps none")
    _check_own()
    wait = kept.limit.take(client_of(request))
    if wait:
        most = service().settings.corrections_per_minute
        raise refusal(TOO_MANY, "client", f"up to {most} corrections a minute", "more").later(wait)


def _check_own() -> None:
    """Check that no other website lets a browser do this."""
    if not is_own(request):
        came = request.headers.get("Origin") or "another site"
        raise refusal(NOT_ALLOWED, "Origin", "this server's own page, or a program", came[:80])


def _unknown() -> Any:
    return refusal(NO_CORRECTION, "receipt", "that of a correction", "one that there is not")
