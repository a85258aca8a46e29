"""The review's login: the cookie, the CSRF token, and who is shown the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from digitlens.web.review import session as sessions
from digitlens.web.review.session import COOKIE, Session

API = "/api/v1/review"
TOKEN = "the-token-of-a-test"  # noqa: S105 -- made up
KEY = bytes(32)


@pytest.fixture
def client(client_with: Callable[..., FlaskClient], tmp_path: Path) -> FlaskClient:
    """Asks a server with an admin token."""
    return client_with(corrections_dir=tmp_path, admin_token=TOKEN)


def csrf_of(page: TestResponse) -> str:
    """The CSRF token that a page brings."""
    found = re.search(r'(?:data-csrf|name="csrf" value)="(\w+)"', page.text)
    assert found, page.text
    return found[1]


def log_in(client: FlaskClient, token: str = TOKEN) -> TestResponse:
    """Log in by the form."""
    fields = {"csrf": csrf_of(client.get("/review")), "token": token}
    return client.post("/review/login", data=fields)


def test_login_and_logout(client: FlaskClient) -> None:
    """With the token one is in, as the bar shows, and with a press on Log out one is not."""
    assert "Admin token" in client.get("/review").text
    assert 'href="/review"' not in client.get("/").text
    answer = log_in(client)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/review")
    page = client.get("/review")
    assert 'id="deck"' in page.text
    assert 'href="/review"' in client.get("/").text
    assert client.get(API).status_code == 200
    assert client.post("/review/logout", data={"csrf": csrf_of(page)}).status_code == 303
    assert client.get(API).status_code == 401


def test_the_cookie_is_out_of_reach(client: FlaskClient) -> None:
    """No script reads the cookie, no other website sends it; over HTTPS it stays there."""
    header = log_in(client).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(header.split("; "))
    assert TOKEN not in header
    secure = client.get("/review", headers={"X-Forwarded-Proto": "https"}).headers["Set-Cookie"]
    assert "Secure" in secure.split("; ")


def test_a_login_is_another_session(client: FlaskClient) -> None:
    """The session from before the login, which somebody may have planted, is of no use after."""
    client.get("/review")
    planted = client.get_cookie(COOKIE)
    assert planted is not None
    log_in(client)
    client.set_cookie(COOKIE, planted.value)
    assert client.get(API).status_code == 401


def test_a_wrong_token(client: FlaskClient) -> None:
    """It is said, and after ten in a minute the right one is not looked at either."""
    answer = log_in(client, "wrong")
    assert answer.status_code == 401
    assert "That is not the token." in answer.text
    for _ in range(10):
        answer = log_in(client, "wrong")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert log_in(client).status_code == 429


def test_every_change_needs_the_csrf_token(client: FlaskClient) -> None:
    """Without the token of the session, or from another website, nothing is changed."""
    log_in(client)
    right = csrf_of(client.get("/review"))
    body = {"ids": [1], "action": "accept"}
    for headers in (
        {},
        {"X-CSRF-Token": "0" * 32},
        {"X-CSRF-Token": "é"},
        {"X-CSRF-Token": right, "Origin": "http://evil.example"},
        {"X-CSRF-Token": right, "Sec-Fetch-Site": "cross-site"},
    ):
        assert client.post(f"{API}/decisions", json=body, headers=headers).status_code == 403
        assert client.delete(f"{API}/decisions/x", headers=headers).status_code == 403
    assert client.post("/review/logout", data={}).status_code == 403
    assert client.post("/review/login", data={"token": TOKEN}).status_code == 403
    headers = {"X-CSRF-Token": right}
    assert client.post(f"{API}/decisions", json=body, headers=headers).status_code == 201


def test_loopback_needs_the_csrf_token_too(
    client_with: Callable[..., FlaskClient], tmp_path: Path
) -> None:
    """Where nobody logs in, a page that is open in the same browser still changes nothing."""
    client = client_with(corrections_dir=tmp_path)
    body = {"ids": [1], "action": "accept"}
    assert client.post(f"{API}/decisions", json=body).status_code == 403
    headers = {"X-CSRF-Token": csrf_of(client.get("/review"))}
    assert client.post(f"{API}/decisions", json=body, headers=headers).status_code == 201


def test_another_token_ends_all_logins(
    client_with: Callable[..., FlaskClient], client: FlaskClient, tmp_path: Path
) -> None:
    """A cookie of a server with another token, or another key, lets nobody in."""
    log_in(client)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    for folder, token in ((tmp_path, "another"), (tmp_path / "other", TOKEN), (tmp_path, "")):
        other = client_with(corrections_dir=folder, admin_token=token)
        other.set_cookie(COOKIE, cookie.value)
        answer = other.get(API, environ_base={"REMOTE_ADDR": "10.0.0.7"})
        assert answer.status_code == 401


def test_cookies_are_signed() -> None:
    """A cookie says what was signed; one that is changed, over or of another key says nothing."""
    session = sessions.begin(is_admin=True)
    cookie = sessions.write(session, KEY)
    assert sessions.read(cookie, KEY) == session
    assert sessions.read(cookie, bytes([1] * 32)) is None
    assert sessions.read("A" + cookie[1:-1] + "A", KEY) is None
    assert sessions.read("é" + cookie, KEY) is None
    assert sessions.read("x" * 1000, KEY) is None
    assert sessions.read("", KEY) is None
    over = sessions.write(Session(True, 1, bytes(16)), KEY)
    assert sessions.read(over, KEY) is None
