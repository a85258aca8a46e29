"""A running server takes the active version, in every worker, and no request is of two models."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from digitlens.models.bundle import load
from digitlens.models.library import Library
from digitlens.reading.reader import Reader
from digitlens.settings import Settings
from digitlens.web import create_app
from digitlens.web.serving import Serving
from tests.models.bundles import make_bundle
from tests.running import Server, until
from tests.web.lab_runs import make_run

SHIPPED = load().card.version

ONE = json.dumps({"strokes": [[[0, 0], [0, 100]]]})
BATCH = json.dumps({"pictures": [{"strokes": [[[0, 0], [0, 100]]]}] * 10})
SOON = 3.0  # seconds after which no worker reads with the version before; they look every second
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library with the versions r1 and r2."""
    found = Library(tmp_path / "models")
    for name in ("r1", "r2"):
        found.add(make_bundle(tmp_path / name, name))
    return found


def version_of(client: FlaskClient) -> str:
    """The version that reads a drawing now."""
    said = client.post("/api/v1/read", data=ONE, headers=JSON).json
    return str(said["model"]["version"])


def test_starts_with_the_active_version(library: Library) -> None:
    """An application that is built after a promotion has the promoted model from the first."""
    library.promote("r1")
    client = create_app(Settings(models_dir=library.folder)).test_client()
    assert version_of(client) == "r1"
    assert client.get("/api/v1/model").json["version"] == "r1"


def test_a_model_that_was_named_stays(library: Library, tmp_path: Path) -> None:
    """A server that was told its model reads with that one, whatever is promoted."""
    library.promote("r1")
    settings = Settings(models_dir=library.folder, model=tmp_path / "r2")
    assert version_of(create_app(settings).test_client()) == "r2"


def test_damaged_active_version(library: Library) -> None:
    """An active version that is gone changes nothing: the shipped model answers."""
    library.promote("r1")
    shutil.rmtree(library.folder / "r1")
    client = create_app(Settings(models_dir=library.folder)).test_client()
    assert version_of(client) == SHIPPED
    assert client.get("/readyz").status_code == 200


def test_a_version_that_comes_late(library: Library, tmp_path: Path) -> None:
    """A version whose files are seen only after it was promoted answers once they are."""
    library.promote("r1")
    shutil.move(library.folder / "r1", tmp_path / "late")
    client = create_app(Settings(models_dir=library.folder)).test_client()
    assert version_of(client) == SHIPPED
    shutil.move(tmp_path / "late", library.folder / "r1")
    until(lambda: version_of(client) == "r1", "the version to answer")


def test_what_is_no_promotion(library: Library, tmp_path: Path) -> None:
    """A new name for a version is written into the same file, but loads no model again."""
    library.promote("r1")
    serving = Serving(tmp_path / "runs", Reader(), library)
    serving.look()
    reader = serving.reader()
    assert reader.card.version == "r1"
    library.next_name()
    serving.look()
    assert serving.reader() is reader


def test_lab_shows_the_active_version(library: Library, tmp_path: Path) -> None:
    """The Lab's own model is the active version; a chosen run answers until it is given up."""
    make_run(tmp_path / "runs", "first")
    settings = Settings(models_dir=library.folder, runs_dir=tmp_path / "runs", training="on")
    client = create_app(settings).test_client()
    library.promote("r1")
    put = client.put("/api/v1/lab/serving", json={"run": "first"}).json
    assert put["serving"]["name"] == "first"
    assert version_of(client) == "9"
    library.promote("r2")
    overview = "/api/v1/lab/runs"
    until(lambda: client.get(overview).json["own"]["version"] == "r2", "the own model to change")
    assert version_of(client) == "9"
    client.put("/api/v1/lab/serving", json={"run": None})
    assert version_of(client) == "r2"


def test_promotion_under_load(library: Library, start_server: Callable[..., Server]) -> None:
    """While eight clients read, promotions fail no request, mix none, and soon reach every one."""
    server = start_server(environment={"DIGITLENS_MODELS_DIR": str(library.folder)})
    over = threading.Event()
    seen: list[tuple[float, set[str]]] = []
    failed: list[object] = []

    def read() -> None:
        while not over.is_set():
            began = time.monotonic()
            try:
                answer = server.ask("POST", "/api/v1/read/batch", BATCH, JSON)
                readings = [result["reading"] for result in answer.json["results"]]
                seen.append((began, {reading["model"]["version"] for reading in readings}))
            except Exception as error:
                failed.append(error)

    clients = [threading.Thread(target=read) for _ in range(8)]
    for client in clients:
        client.start()
    try:
        for name in ("r1", "r2", "shipped"):
            _promote_and_check(library, name, seen)
    finally:
        over.set()
        for client in clients:
            client.join()
    assert failed == []
    assert all(len(versions) == 1 for _, versions in seen)


def _promote_and_check(library: Library, name: str, seen: list[tuple[float, set[str]]]) -> None:
    until(lambda: len(seen) > 20, "requests to be answered")
    seen.clear()
    library.promote(name)
    late = time.monotonic() + SOON
    until(lambda: sum(began > late for began, _ in seen) > 20, "requests after the promotion")
    wanted = SHIPPED if name == "shipped" else name
    assert {v for began, versions in list(seen) if began > late for v in versions} == {wanted}
