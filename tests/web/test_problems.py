"""Errors that are nobody's wish: what the API says, and what it keeps to itself."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from digitlens.errors import InvalidInput, PictureTooLarge, StrokesError, UnreadablePicture
from digitlens.reading.reader import Reader
from digitlens.reading.result import Reading
from digitlens.web import schemas
from digitlens.web.problems import INVALID, KINDS, TOO_LARGE, UNREADABLE, Kind, Problem
from tests.web.pictures import SEVEN


class BrokenReader(Reader):
    """A reader with a fault that nobody foresaw."""

    def read(self, picture: object) -> Reading:
        """Fail."""
        raise ZeroDivisionError(f"secret {picture}")


def test_unforeseen_fault(
    client_with: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours is a problem that gives nothing away; the log has the traceback."""
    with caplog.at_level(logging.ERROR):
        answer = client_with(BrokenReader()).post("/api/v1/read", json={"strokes": SEVEN})
    assert answer.status_code == 500
    assert (
        schemas.Problem.model_validate_json(answer.data).title
        == "Something went wrong in the server"
    )
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "secret" in caplog.text


def test_unforeseen_fault_of_a_page(client_with: Callable[..., FlaskClient]) -> None:
    """On a page, it is a page that says so."""
    client = client_with(BrokenReader())
    client.application.add_url_rule("/broken", view_func=lambda: BrokenReader().read(None))
    answer = client.get("/broken")
    assert (answer.status_code, answer.mimetype) == (500, "text/html")
    assert "secret" not in answer.text


def test_page_that_there_is_not(client: FlaskClient) -> None:
    """A person who follows a wrong link gets a page, and no JSON."""
    for path in ("/nothing", "/apis", "/%FF%FE"):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "text/html")


@pytest.mark.parametrize(
    ("error", "kind", "argument"),
    [
        (UnreadablePicture("picture", "a", "b"), UNREADABLE, "image"),
        (PictureTooLarge("picture", "a", "b"), TOO_LARGE, "image"),
        (StrokesError("strokes[3]", "a", "b"), INVALID, "image[3]"),
        (InvalidInput("picture", "a", "b"), INVALID, "image"),
    ],
)
def test_errors_of_the_reader(error: InvalidInput, kind: Kind, argument: str) -> None:
    """What the reader refuses has its kind, and the name that the caller gave it."""
    problem = Problem.of(error, "image")
    assert problem.kind is kind
    assert problem.details()["argument"] == argument
    assert problem.details()["detail"] == f"{argument}: expected a. Received: b."


def test_kinds_are_explained(client: FlaskClient) -> None:
    """The link that is a problem's type leads to a place of the docs."""
    page = client.get("/api/docs").text
    for kind in KINDS:
        assert f'id="{kind.name}"' in page
