"""The Lab: what it shows of the runs, and nothing else of the machine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from digitlens.settings import Settings
from digitlens.training.architectures import ARCHITECTURES
from digitlens.training.configure import presets
from digitlens.training.jobs.line import Line
from digitlens.web import create_app
from digitlens.web import schemas as problems
from digitlens.web.lab import history, options, schemas
from tests.running import Server, until
from tests.web.lab_runs import make_run, write_history

API = "/api/v1/lab"
ONE = {"strokes": [[[0, 0], [0, 100]]]}


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """A folder with three runs: one that is done, one that runs, one whose process is gone."""
    folder = tmp_path / "runs"
    make_run(folder, "first")
    make_run(folder, "second", "running", epoch=1)
    make_run(folder, "third", "running", pid=0)
    return folder


@pytest.fixture
def lab(client_with: Callable[..., FlaskClient], runs: Path) -> FlaskClient:
    """A client of an application with those runs, in which nothing is trained."""
    return client_with(runs_dir=runs, training="on")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of an application with one run, that only looks; beside it lies what is secret."""
    folder = tmp_path_factory.mktemp("shown")
    make_run(folder, "secret")
    make_run(folder / "runs", "first")
    (folder / "runs" / "x.png").write_bytes(b"secret")
    return create_app(Settings(runs_dir=folder / "runs")).test_client()


def test_lists_runs(lab: FlaskClient) -> None:
    """The overview has every run, the latest first, as the API's models have it."""
    said = schemas.Overview.model_validate_json(lab.get(f"{API}/runs").data)
    assert [run.name for run in said.runs] == ["third", "second", "first"]
    assert [run.state for run in said.runs] == ["failed", "running", "done"]
    assert said.runs[0].reason == "Its process is gone."
    first = said.runs[2]
    assert (first.accuracy, first.interval, first.bytes) == (0.9876, (0.985, 0.989), 100_000)
    assert {"bundle", "drawing.svg", "evaluation.json", "report.html"} <= set(first.parts)
    assert (said.serving.run, said.serving.name) == (None, said.own.name)
    assert said.own.accuracy is not None
    assert said.own.bytes > 0


def test_no_runs(client_with: Callable[..., FlaskClient], tmp_path: Path) -> None:
    """Where there is no folder of runs yet, nothing is listed, and none is made."""
    lab = client_with(runs_dir=tmp_path / "none")
    assert lab.get(f"{API}/runs").json["runs"] == []
    assert "digitlens train --preset quick" in lab.get("/lab").text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", [f"{API}/runs", f"{API}/runs/first", f"{API}/runs/first/history"])
def test_nothing_new(lab: FlaskClient, path: str) -> None:
    """Who has it already is told so, without a body."""
    tag = lab.get(path).headers["ETag"]
    again = lab.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_news(lab: FlaskClient, runs: Path) -> None:
    """An epoch more is another answer, with the row that is new."""
    path = f"{API}/runs/second/history"
    tag = lab.get(path).headers["ETag"]
    write_history(runs / "second", 2)
    answer = lab.get(f"{path}?since=1", headers={"If-None-Match": tag})
    said = schemas.History.model_validate_json(answer.data)
    assert said.columns == list(history.COLUMNS)
    assert [row[0] for row in said.rows] == [2]
    assert said.last == 2


def test_history_that_is_being_written(tmp_path: Path) -> None:
    """No number is null, and half a line is none."""
    assert history.read_history(tmp_path)["rows"] == []
    head = ",".join(history.COLUMNS)
    (tmp_path / "history.csv").write_text(f"{head}\n1,nan,0.5,inf,0.5,0.001,9\n2,0.1,0.")
    assert history.read_history(tmp_path)["rows"] == [[1, None, 0.5, None, 0.5, 0.001, 9]]


def test_one_run(lab: FlaskClient) -> None:
    """A run tells how it stands and which of its layers have pictures."""
    said = schemas.RunDetail.model_validate_json(lab.get(f"{API}/runs/first").data)
    assert (said.name, said.state, said.filters) == ("first", "done", ["conv"])
    page = lab.get("/lab/runs/first")
    assert page.status_code == 200
    assert "first" in page.text


@pytest.mark.parametrize("path", ["/lab", "/lab/runs/first"])
def test_pages(shown: FlaskClient, path: str) -> None:
    """The pages need nothing inline, name each address once, and all of them lead somewhere."""
    page = shown.get(path).text
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\s(style|on\w+)=\"", page)
    linked = re.findall(r'<(?:script|link)[^>]*\s(?:src|href)="([^"]+)', page)
    assert len([address for address in linked if "/js/lab/" in address]) > 8
    for address in linked:
        assert shown.get(address).status_code == 200, address


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("config.toml", "text/plain"),
        ("history.csv", "text/plain"),
        ("layers.json", "application/json"),
        ("drawing.svg", "image/svg+xml"),
        ("evaluation.json", "application/json"),
        ("report.html", "text/html"),
        ("filters/conv.png", "image/png"),
        ("mistakes/4.png", "image/png"),
    ],
)
def test_files(shown: FlaskClient, path: str, kind: str) -> None:
    """The files of a run are sent, each with a policy under which nothing in it runs."""
    answer = shown.get(f"/lab/runs/first/{path}")
    assert (answer.status_code, answer.mimetype) == (200, kind)
    policies = answer.headers.getlist("Content-Security-Policy")
    assert len(policies) == 1
    assert policies[0].startswith("sandbox; default-src 'none'")
    assert "script" not in policies[0]


@pytest.mark.parametrize("where", ["/lab/runs/", f"{API}/runs/"])
@pytest.mark.parametrize(
    "name",
    [
        "none",
        "..",
        "%2e%2e",
        "..%2fsecret",
        "../secret",
        ".queue",
        "first/../../secret",
        "first%00",
        "secret\\..",
    ],
)
def test_leads_nowhere_else(shown: FlaskClient, where: str, name: str) -> None:
    """A name that is no run's is not found, whatever lies where it points to."""
    for rest in ("", "/config.toml", "/history"):
        assert shown.get(where + name + rest).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "run.json",
        "model.keras",
        "bundle/card.json",
        "stop",
        "..%2f..%2fsecret.png",
        "filters/..%2f..%2fx.png",
        "filters/%2e%2e/mistakes/4.png/x",
        "filters/conv",
        "mistakes/none.png",
    ],
)
def test_sends_only_what_is_shown(shown: FlaskClient, path: str) -> None:
    """Of a run's folder, only what the pages show can be had."""
    assert shown.get(f"/lab/runs/first/{path}").status_code == 404


def test_damaged_runs_are_passed_over(lab: FlaskClient, runs: Path) -> None:
    """A folder that is no run, or a damaged one, keeps the others from nobody."""
    (runs / "notes").mkdir()
    (runs / "broken").mkdir()
    (runs / "broken" / "run.json").write_text("{")
    assert len(lab.get(f"{API}/runs").json["runs"]) == 3
    assert lab.get("/lab/runs/broken").status_code == 404


def test_choices_are_those_of_the_command_line() -> None:
    """Architectures and presets, found without Keras, are those that there are, each explained."""
    assert {option.name for option in options.architectures()} == set(ARCHITECTURES)
    assert {option.name for option in options.presets()} == set(presets())
    assert all(option.about for option in (*options.architectures(), *options.presets()))
    assert options.FIRST[0] in ARCHITECTURES
    assert options.FIRST[1] in presets()


def test_sources(tmp_path: Path) -> None:
    """Beside MNIST, the CSV files and the folders of digits in the data folder are on offer."""
    assert options.sources(None) == options.sources(tmp_path / "none") == {"mnist": "mnist"}
    for name in ("mine.csv.gz", "notes.txt"):
        (tmp_path / name).touch()
    for name in ("photos/3", "mnist"):
        (tmp_path / name).mkdir(parents=True)
    assert options.sources(tmp_path) == {
        "mnist": "mnist",
        "csv:mine.csv.gz": f"csv:{tmp_path / 'mine.csv.gz'}",
        "folder:photos": f"folder:{tmp_path / 'photos'}",
    }


def test_serves_the_model_of_a_run(lab: FlaskClient) -> None:
    """The model of a run that is chosen answers, says so, and leaves when it is sent away."""
    own = lab.get("/api/v1/model").json["name"]
    said = lab.put(f"{API}/serving", json={"run": "first"})
    assert (said.status_code, said.json["serving"]["run"]) == (200, "first")
    reading = lab.post("/api/v1/read", json=ONE).json
    assert (reading["text"], reading["model"]) == ("1", {"name": "first", "version": "9"})
    assert lab.get("/api/v1/model").json["name"] == "first"
    assert lab.put(f"{API}/serving", json={"run": None}).status_code == 200
    assert lab.post("/api/v1/read", json=ONE).json["model"]["name"] == own


@pytest.mark.parametrize(
    ("body", "status", "argument"),
    [
        ({"run": "none"}, 404, "name"),
        ({"run": "../first"}, 404, "name"),
        ({"run": "second"}, 409, "run"),
        ({"run": 3}, 422, "run"),
        ({}, 422, "run"),
    ],
)
def test_what_cannot_answer(
    lab: FlaskClient, body: dict[str, object], status: int, argument: str
) -> None:
    """A run that is none or has no model is refused, and the own model goes on."""
    answer = lab.put(f"{API}/serving", json=body)
    assert answer.status_code == status
    assert problems.Problem.model_validate_json(answer.data).argument == argument
    assert lab.get(f"{API}/runs").json["serving"]["run"] is None


def test_a_model_that_disappears(lab: FlaskClient, runs: Path) -> None:
    """Where the chosen model is deleted or damaged, the own one answers again."""
    lab.put(f"{API}/serving", json={"run": "first"})
    (runs / "first" / "bundle" / "model.tflite").write_bytes(b"damaged")
    (runs / "first" / "bundle" / "card.json").touch()

    def answers() -> str:
        name: str = lab.post("/api/v1/read", json=ONE).json["model"]["name"]
        return name

    until(lambda: answers() != "first", "the own model to answer again")
    assert lab.get("/readyz").status_code == 200


def test_every_worker_answers_with_it(start_server: Callable[..., Server], runs: Path) -> None:
    """In a server with three processes, all answer with the chosen model within two seconds."""
    server = start_server(options=["--runs-dir", str(runs), "--workers", "3"])
    headers = {"Content-Type": "application/json"}

    def models() -> set[str]:
        ask = [server.ask("POST", "/api/v1/read", json.dumps(ONE), headers) for _ in range(30)]
        return {answer.json["model"]["name"] for answer in ask}

    own = models()
    assert len(own) == 1
    server.ask("PUT", f"{API}/serving", json.dumps({"run": "first"}), headers)
    until(lambda: models() == {"first"}, "all to answer with it", patience=5)
    server.ask("PUT", f"{API}/serving", json.dumps({"run": None}), headers)
    until(lambda: models() == own, "all to answer with the own model", patience=5)


def test_stop(lab: FlaskClient, runs: Path) -> None:
    """The wish to stop is noted for a run that runs; of one that does not, it is a conflict."""
    assert lab.post(f"{API}/runs/second/stop").status_code == 202
    assert (runs / "second" / "stop").exists()
    assert lab.get(f"{API}/runs/second").json["stopping"] is True
    assert lab.post(f"{API}/runs/first/stop").status_code == 409
    assert lab.post(f"{API}/runs/none/stop").status_code == 404


def test_line(lab: FlaskClient, runs: Path) -> None:
    """What waits in line is listed, and can be taken out once."""
    line = Line(runs)
    with line.hold():  # as a process that trains does: nothing is started here
        job = line.add("tiny", "quick")
        assert [j["name"] for j in lab.get(f"{API}/runs").json["line"]] == [job.name]
        assert lab.delete(f"{API}/line/{job.name}").status_code == 204
        assert lab.delete(f"{API}/line/{job.name}").status_code == 404
        assert lab.get(f"{API}/runs").json["line"] == []


def test_a_training_that_has_its_turn_but_no_word_yet(lab: FlaskClient, runs: Path) -> None:
    """A training that still loads its libraries is listed as starting, and can be stopped."""
    line = Line(runs)
    with line.hold():
        name = line.add("tiny", "quick").name
        line.take()
        listed = lab.get(f"{API}/runs").json["runs"][0]
        assert (listed["name"], listed["state"]) == (name, "starting")
        assert lab.get(f"{API}/runs/{name}").status_code == 200
        assert lab.get(f"{API}/runs/{name}/history").get_json()["rows"] == []
        assert lab.post(f"{API}/runs/{name}/stop").status_code == 202
        assert (runs / name / "stop").exists()
