"""The examples of docs/api.md and of /api/docs work, and both are about the whole API."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from digitlens.settings import Settings
from digitlens.web.problems import KINDS
from digitlens.web.samples import SAMPLES
from tests.running import Server
from tests.web.pictures import SEVEN_PNG

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLES = [
    (kind, code, following)
    for (kind, code), following in zip(BLOCKS, [*BLOCKS[1:], ("", "")], strict=True)
    if kind in ("sh", "python")
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the picture that the examples use."""
    (tmp_path / "seven.png").write_bytes(SEVEN_PNG)
    return tmp_path


def run(command: list[str], folder: Path) -> str:
    """Run a command in a folder and return what it printed."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shape(found: Any) -> Any:
    """What stays the same when another model reads: names, kinds of values, and the words."""
    if isinstance(found, dict):
        changing = ("name", "version", "id", "receipt")
        return {k: "" if k in changing else shape(v) for k, v in found.items()}
    if isinstance(found, list):
        return [shape(inner) for inner in found]
    return "a number" if isinstance(found, float) else found


def without_places(found: Any) -> Any:
    """A reading without the boxes, which a better reader may draw a pixel wider."""
    if isinstance(found, dict):
        return {k: without_places(v) for k, v in found.items() if k != "box"}
    return [without_places(v) for v in found] if isinstance(found, list) else found


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_example(number: int, server: Server, folder: Path) -> None:
    """An example runs as it stands, and answers what the page says that it answers."""
    kind, code, (next_kind, expected) = EXAMPLES[number]
    code = code.replace("http://127.0.0.1:8000", server.url)
    command = ["bash", "-euc", code] if kind == "sh" else [sys.executable, "-c", code]
    printed = run(command, folder)
    if next_kind == "json":
        said = without_places(json.loads(printed))
        assert shape(said) == shape(without_places(json.loads(expected)))
    elif next_kind == "text":
        assert printed == expected
    else:
        assert "status" in printed or "sha256" in printed


def test_page_has_every_path(client: FlaskClient) -> None:
    """Each path of the OpenAPI document has an example."""
    code = "".join(code for _, code, _ in EXAMPLES)
    for path in client.get("/api/openapi.json").json["paths"]:
        if path.startswith("/api/v1/lab/"):  # docs/lab.md is about those
            continue
        if path.startswith("/api/v1/review"):  # docs/corrections.md is about those
            continue
        assert re.search(":8000" + re.sub(r"{\w+}", r"\\S+", path) + r"\b", code)
        assert f"`GET {path}`" in PAGE or f"`POST {path}`" in PAGE


def test_page_has_every_kind_of_problem() -> None:
    """Each kind of problem is in the table, with its status."""
    for kind in KINDS:
        assert f"| {kind.status} | `/api/docs#{kind.name}` |" in PAGE


def test_page_has_the_defaults() -> None:
    """The limits in the table are the defaults of the settings."""
    for name, value in re.findall(r"\| `DIGITLENS_(\w+)` \| (\d+) \|", PAGE):
        assert getattr(Settings(), name.lower()) == int(value)


@pytest.mark.parametrize("operation", SAMPLES)
def test_samples_of_the_docs(operation: str, server: Server, folder: Path) -> None:
    """The commands of /api/docs work, as the page shows them to who looks at this server."""
    page = html.unescape(server.ask("GET", "/api/docs").body.decode())
    for sample in SAMPLES[operation]:
        command = sample.on(server.url)
        assert f"<code>{command}</code>" in page
        assert json.loads(run(["bash", "-euc", command], folder))


def test_docs_behind_a_proxy(client: FlaskClient) -> None:
    """Behind a proxy that brings HTTPS, the commands have its address."""
    headers = {"Host": "digits.example.org", "X-Forwarded-Proto": "https"}
    assert (
        "curl https://digits.example.org/api/v1/read"
        in client.get("/api/docs", headers=headers).text
    )


def test_docs_have_every_operation_and_object(client: FlaskClient) -> None:
    """The page has a section for each operation and each object, and its links lead somewhere."""
    document = client.get("/api/openapi.json").json
    page = client.get("/api/docs").text
    operations = [o["operationId"] for p in document["paths"].values() for o in p.values()]
    places = set(re.findall(r'id="([\w-]+)"', page))
    assert {*operations, *document["components"]["schemas"]} <= places
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= places
