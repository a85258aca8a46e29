"""The review's API: who may, what is listed, what is decided, what is undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from digitlens.corrections import open_store
from digitlens.settings import Settings
from digitlens.web.review import schemas
from tests.web.kept import keep

API = "/api/v1/review"
TOKEN = "the-token-of-a-test"  # noqa: S105 -- made up
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with twenty corrections."""
    store = open_store(Settings(corrections_dir=tmp_path))
    keep(store, 20)
    store.close()
    return tmp_path


@pytest.fixture
def client(client_with: Callable[..., FlaskClient], folder: Path) -> FlaskClient:
    """Asks a server with an admin token."""
    return client_with(corrections_dir=folder, admin_token=TOKEN)


def look(client: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    """A page of corrections."""
    answer = client.get(API, query_string=query, headers=BEARER)
    assert answer.status_code == 200, answer.text
    schemas.ReviewPage.model_validate_json(answer.data)
    found: list[dict[str, Any]] = answer.json["corrections"]
    return found


def decide(client: FlaskClient, ids: list[int], action: str, **more: Any) -> dict[str, Any]:
    """Make a decision."""
    body = {"ids": ids, "action": action} | more
    answer = client.post(f"{API}/decisions", json=body, headers=BEARER)
    assert answer.status_code == 201, answer.text
    schemas.DecisionAnswer.model_validate_json(answer.data)
    said: dict[str, Any] = answer.json
    return said


def status(client: FlaskClient) -> dict[str, int]:
    """How many there are of each status."""
    answer = client.get(f"{API}/counts", headers=BEARER)
    schemas.ReviewCounts.model_validate_json(answer.data)
    found: dict[str, int] = answer.json["status"]
    return found


def test_lists_in_every_order(client: FlaskClient) -> None:
    """Surest first, least sure first, newest first; pages follow each other without a gap."""
    shares = [one["confidence"] for one in look(client)]
    assert shares == sorted(shares, reverse=True)
    assert [one["confidence"] for one in look(client, order="uncertain")] == shares[::-1]
    times = [one["said"] for one in look(client, order="newest")]
    assert times == sorted(times, reverse=True)
    paged: list[int] = []
    after = None
    while True:
        query = {"limit": 7} | ({"after": after} if after else {})
        answer = client.get(API, query_string=query, headers=BEARER).json
        paged += [one["id"] for one in answer["corrections"]]
        after = answer["next"]
        if after is None:
            break
    assert paged == [one["id"] for one in look(client)]


def test_filters(client: FlaskClient) -> None:
    """By digit, by what was read, by model, by time, by status."""
    assert {one["should"] for one in look(client, should="3")} == {"3"}
    assert {one["should"] for one in look(client, should="x")} == {"x"}
    assert {one["read"] for one in look(client, read="4")} == {"4"}
    assert len(look(client, model="digitlens", version="1")) == 20
    assert look(client, version="2") == []
    assert look(client, since="2100-01-01T00:00:00Z") == []
    assert len(look(client, until="2100-01-01T00:00:00Z", status="pending")) == 20
    assert look(client, status="accepted") == []


@pytest.mark.parametrize(
    "query",
    ["status=new", "should=y", "read=x", "order=oldest", "limit=0", "since=soon", "after=x", "a=b"],
)
def test_refuses_queries(client: FlaskClient, query: str) -> None:
    """What cannot be asked for is refused by name."""
    answer = client.get(f"{API}?{query}", headers=BEARER)
    assert answer.status_code == 422, answer.text
    assert answer.json["argument"] == query.partition("=")[0]


def test_decides_and_undoes(client: FlaskClient) -> None:
    """Accept, relabel, reject and reopen, many at once, and undo each."""
    ids = [one["id"] for one in look(client)]
    accepted = decide(client, ids[:5], "accept")
    assert accepted["changed"] == 5
    relabelled = decide(client, ids[5:7], "relabel", label="x")
    decide(client, ids[7:8], "reject")
    assert status(client) == {"pending": 12, "accepted": 7, "rejected": 1}
    (one,) = [one for one in look(client, status="accepted") if one["id"] == ids[5]]
    assert (one["should"], one["given"] != "x") == ("x", True)
    for decision in (relabelled, accepted):
        undone = client.delete(f"{API}/decisions/{decision['id']}", headers=BEARER)
        assert (undone.status_code, undone.json["changed"]) == (200, decision["changed"])
    assert status(client) == {"pending": 19, "accepted": 0, "rejected": 1}
    again = client.delete(f"{API}/decisions/{accepted['id']}", headers=BEARER)
    assert (again.status_code, again.json["type"]) == (404, "/api/docs#no-such-correction")
    assert decide(client, ids[7:8], "reopen")["changed"] == 1
    assert status(client)["pending"] == 20


@pytest.mark.parametrize(
    "body",
    [
        {"ids": [], "action": "accept"},
        {"ids": ["1"], "action": "accept"},
        {"ids": [1], "action": "burn"},
        {"ids": [1], "action": "relabel"},
        {"ids": [1], "action": "relabel", "label": "10"},
        {"ids": [1], "action": "accept", "label": "3"},
        {"ids": [1] * 1001, "action": "accept"},
    ],
)
def test_refuses_decisions(client: FlaskClient, body: dict[str, Any]) -> None:
    """What is no decision changes nothing."""
    answer = client.post(f"{API}/decisions", json=body, headers=BEARER)
    assert answer.status_code == 422, answer.text
    assert status(client)["pending"] == 20


def test_only_the_token_lets_in(client: FlaskClient) -> None:
    """Without the token nothing is shown and nothing decided; tries are limited."""
    body = {"ids": [1], "action": "accept"}
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}):
        assert client.get(API, headers=headers).status_code == 401
        assert client.get(f"{API}/counts", headers=headers).status_code == 401
        assert client.post(f"{API}/decisions", json=body, headers=headers).status_code == 401
        assert client.delete(f"{API}/decisions/x", headers=headers).status_code == 401
    for _ in range(10):
        refused = client.get(API, headers={"Authorization": "Bearer wrong"})
    assert refused.status_code == 429
    assert client.get(API, headers=BEARER).status_code == 429  # a guess does not count either
    elsewhere = {"REMOTE_ADDR": "10.0.0.7"}
    assert client.get(API, headers=BEARER, environ_base=elsewhere).status_code == 200
    assert (
        client.get(API, headers=BEARER, environ_base=elsewhere).headers["Cache-Control"]
        == "no-store"
    )


LOCAL: list[tuple[str, dict[str, str], bool]] = [
    ("127.0.0.1", {}, True),
    ("10.0.0.7", {}, False),
    ("127.0.0.1", {"Host": "evil.example:8000"}, False),
    ("127.0.0.1", {"X-Forwarded-For": "10.0.0.7"}, False),
]


@pytest.mark.parametrize(("address", "headers", "may"), LOCAL)
def test_without_a_token_only_on_loopback(
    client_with: Callable[..., FlaskClient],
    folder: Path,
    address: str,
    headers: dict[str, str],
    may: bool,
) -> None:
    """Without a token the review is there for this machine, and for nobody else."""
    client = client_with(corrections_dir=folder)
    asked: dict[str, Any] = {"headers": headers, "environ_base": {"REMOTE_ADDR": address}}
    assert client.get(API, **asked).status_code == (200 if may else 401)
    assert client.get("/review", **asked).status_code == (200 if may else 404)
    assert ('href="/review"' in client.get("/", **asked).text) == may
    # No token is not the token "".
    assert client.get(API, headers={"Authorization": "Bearer "} | headers).status_code in (200, 401)
