"""Who may change something in the Lab, and who may only look."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from digitlens.training.jobs.line import Line
from tests.web.lab_runs import make_run

API = "/api/v1/lab"
WANTED = {"model": "tiny", "preset": "quick"}


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """A folder with one run."""
    folder = tmp_path / "runs"
    make_run(folder, "first", "running", epoch=1)
    return folder


def changes(client: FlaskClient, address: str = "127.0.0.1", **headers: str) -> set[int]:
    """The statuses of everything that changes something."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    common = {"headers": given, "environ_base": {"REMOTE_ADDR": address}}
    return {
        client.post(f"{API}/runs", json=WANTED, **common).status_code,
        client.post(f"{API}/runs/first/stop", **common).status_code,
        client.delete(f"{API}/line/none", **common).status_code,
        client.put(f"{API}/serving", json={"run": None}, **common).status_code,
    }


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("10.0.0.7", {}),
        ("127.0.0.1", {"Host": "digits.example.org"}),
        ("127.0.0.1", {"Host": "evil.example:8000"}),
        ("127.0.0.1", {"Host": "127.0.0.1.example.org"}),
        ("127.0.0.1", {"X_Forwarded_For": "10.0.0.7"}),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.7"}),
        ("127.0.0.1", {"Origin": "http://evil.example"}),
        ("127.0.0.1", {"Origin": "null"}),
        ("127.0.0.1", {"Sec_Fetch_Site": "cross-site"}),
        ("127.0.0.1", {"Sec_Fetch_Site": "same-site"}),
    ],
)
def test_others_change_nothing(
    client_with: Callable[..., FlaskClient], runs: Path, address: str, headers: dict[str, str]
) -> None:
    """By default nobody changes anything from elsewhere, by a proxy, or for another website."""
    client = client_with(runs_dir=runs)
    assert changes(client, address, **headers) == {403}
    assert Line(runs).waiting() == []
    assert not (runs / "first" / "stop").exists()


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "lab.localhost"])
def test_the_own_machine_may(
    client_with: Callable[..., FlaskClient], runs: Path, host: str
) -> None:
    """At the server's own machine, by any of its names, everything can be changed."""
    client = client_with(runs_dir=runs)
    with Line(runs).hold():  # nothing is trained here
        own = {"Host": host, "Origin": f"http://{host}", "Sec_Fetch_Site": "same-origin"}
        assert 403 not in changes(client, **own)
        assert [job.name for job in Line(runs).waiting()] == ["tiny-quick"]


def test_a_server_that_others_reach(client_with: Callable[..., FlaskClient], runs: Path) -> None:
    """A server that listens to the network lets nobody by default, and everybody where told to."""
    everywhere = "0.0.0.0"  # noqa: S104 -- what a user may choose; nothing listens here
    assert changes(client_with(runs_dir=runs, host=everywhere)) == {403}
    client = client_with(runs_dir=runs, host=everywhere, training="on")
    with Line(runs).hold():
        assert 403 not in changes(client, "10.0.0.7", Host="digits.example.org")
        assert changes(client, "10.0.0.7", Origin="http://evil.example") == {403}


def test_off(client_with: Callable[..., FlaskClient], runs: Path) -> None:
    """Where changes are switched off, nobody makes any, and the page says why."""
    client = client_with(runs_dir=runs, training="off")
    assert changes(client) == {403}
    assert client.get(f"{API}/runs").status_code == 200
    assert "switched off" in client.get("/lab").text
    assert 'id="start"' not in client.get("/lab").text


def test_without_the_extra(
    client_with: Callable[..., FlaskClient], runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the libraries that train, the Lab shows all there is, and says how to get them."""
    monkeypatch.setattr("digitlens.web.lab.permission.find_spec", lambda _: None)
    client = client_with(runs_dir=runs)
    page = client.get("/lab").text
    assert 'id="start"' not in page
    assert "pip install &#39;digitlens[train]&#39;" in page
    answer = client.post(f"{API}/runs", json=WANTED)
    assert (answer.status_code, answer.json["type"]) == (501, "/api/docs#not-installed")
    assert client.get(f"{API}/runs").json["runs"][0]["name"] == "first"


@pytest.mark.parametrize(
    ("body", "argument"),
    [
        ({"model": "none"}, "model"),
        ({"model": "../tiny"}, "model"),
        ({"model": "tiny", "preset": "none"}, "preset"),
        ({"model": "tiny", "data": ["csv:/etc/passwd"]}, "data"),
        ({"model": "tiny", "data": []}, "data"),
        ({"model": "tiny", "epochs": 0}, "epochs"),
        ({"model": "tiny", "epochs": "3"}, "epochs"),
        ({"model": "tiny", "more": 1}, "more"),
        ({}, "model"),
    ],
)
def test_what_cannot_be_trained(
    client_with: Callable[..., FlaskClient], runs: Path, body: dict[str, object], argument: str
) -> None:
    """What is not on offer is refused by its name, and nothing waits in line."""
    answer = client_with(runs_dir=runs).post(f"{API}/runs", json=body)
    assert (answer.status_code, answer.json["argument"]) == (422, argument)
    assert Line(runs).waiting() == []


def test_sources_become_those_of_the_command_line(
    client_with: Callable[..., FlaskClient], runs: Path, tmp_path: Path
) -> None:
    """A source of the data folder is asked for by its name, and trained on wherever it lies."""
    (tmp_path / "mine.csv").touch()
    client = client_with(runs_dir=runs, data_dir=tmp_path)
    with Line(runs).hold():
        client.post(f"{API}/runs", json=WANTED | {"data": ["mnist", "csv:mine.csv"]})
    assert Line(runs).waiting()[0].data == ("mnist", f"csv:{tmp_path / 'mine.csv'}")


def test_only_json(client_with: Callable[..., FlaskClient], runs: Path) -> None:
    """What a form of another page could send is refused."""
    answer = client_with(runs_dir=runs).post(
        f"{API}/runs", data=json.dumps(WANTED), content_type="text/plain"
    )
    assert answer.status_code == 415
