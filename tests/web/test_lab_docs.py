"""docs/lab.md is about the whole API of the Lab, and its requests work."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from digitlens.training.jobs.line import Line
from tests.running import Server
from tests.web.lab_runs import make_run

PAGE = (Path(__file__).parents[2] / "docs" / "lab.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(curl .*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_requests_work(start_server: Callable[..., Server], tmp_path: Path) -> None:
    """Each request runs as it stands, in the order of the page, and none is refused."""
    runs = tmp_path / "runs"
    make_run(runs, "my-run")
    make_run(runs, "my-training", "running")
    assert len(BLOCKS) == 6
    with Line(runs).hold():  # so that nothing is trained
        server = start_server(options=["--runs-dir", str(runs)])
        for block in BLOCKS:
            code = block.replace("curl ", "curl --fail-with-body ")
            code = code.replace("http://127.0.0.1:8000", server.url)
            done = subprocess.run(
                ["bash", "-euc", code], capture_output=True, text=True, timeout=30, check=False
            )
            assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_page_has_every_request(client: FlaskClient, method: str) -> None:
    """Each request of the OpenAPI document that is the Lab's is explained."""
    for path, operations in client.get("/api/openapi.json").json["paths"].items():
        if path.startswith("/api/v1/lab/") and method in operations:
            assert f"`{method.upper()} {path}`" in PAGE
