"""Headers that every answer has."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

PATHS = [
    "/",
    "/api/docs",
    "/api/openapi.json",
    "/api/v1/model",
    "/api/v1/read",
    "/nothing",
    "/healthz",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_them(client: FlaskClient, path: str) -> None:
    """Pages, data and errors alike are told what a browser may do with them."""
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["img-src"] == "'self' data: blob:"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/", "/api/docs"])
def test_pages_need_nothing_else(client: FlaskClient, path: str) -> None:
    """The pages have no script or style within, and load nothing from another host."""
    page = client.get(path).text
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert "<style" not in page
    assert not re.search(r"\s(style|on\w+)=\"", page)
    loaded = re.findall(r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=\"([^\"]+)", page)
    assert loaded
    assert all(address.startswith(("/", "data:")) for address in loaded)
    assert not any(address.startswith("//") for address in loaded)
