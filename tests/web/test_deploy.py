"""What the deployment files start, is started here and reads a digit.

Two things differ: it listens on the loopback and not on all addresses, and `digitlens` is that of
this environment. Docker's engine is not needed: the Dockerfile is read, and its commands are run as
they stand there.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from digitlens.settings import Settings
from tests.running import Server
from tests.web.pictures import SEVEN_PNG

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SEARCH = {"PATH": f"{BIN}:{os.environ['PATH']}"}
EVERYWHERE = "0.0.0.0"  # noqa: S104  # what the files say; the tests put the loopback in its place


def read(name: str) -> str:
    """The text of a file of the repository."""
    return (ROOT / name).read_text()


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, in their order, with their arguments."""
    text = re.sub(r"^\s*#.*\n", "", read("Dockerfile"), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line]  # type: ignore[misc]  # all have both


def last(name: str) -> str:
    """The arguments of the last instruction of a name: the one that holds."""
    return [arguments for instruction, arguments in instructions() if instruction == name][-1]


def commands() -> dict[str, list[str]]:
    """What each of the files starts."""
    render = re.search(r"startCommand: (.+)", read("render.yaml"))
    procfile = re.search(r"^web: (.+)", read("Procfile"))
    unit = re.search(r"^ExecStart=(.+)", read("docs/digitlens.service"), re.MULTILINE)
    assert render
    assert procfile
    assert unit
    return {
        "render.yaml": shlex.split(render[1]),
        "Procfile": shlex.split(procfile[1]),
        "Dockerfile": json.loads(last("CMD")),
        "digitlens.service": shlex.split(unit[1].replace("/opt/digitlens/bin/", "")),
    }


@pytest.mark.parametrize("name", commands())
def test_starts_and_reads(name: str, start_server: Callable[..., Server]) -> None:
    """What the file starts listens on the port that the host says, and reads a digit."""
    command = commands()[name]
    if name == "digitlens.service":
        assert command[-4:] == ["--host", "127.0.0.1", "--port", "8000"]
        command[-1] = "0"
    else:
        assert command[-2:] == ["--host", EVERYWHERE]
        command[-1] = "127.0.0.1"
    server = start_server(command=[str(BIN / command[0]), *command[1:]], port_variable="PORT")
    answer = server.ask("POST", "/api/v1/read", SEVEN_PNG, {"Content-Type": "image/png"})
    assert answer.json["text"] == "7"


def test_no_tensorflow(server: Server) -> None:
    """A server that has read has nothing of TensorFlow or Keras in its memory."""
    assert (
        server.ask("POST", "/api/v1/read", SEVEN_PNG, {"Content-Type": "image/png"}).status == 200
    )
    for pid in (server.pid, *server.workers()):
        loaded = Path(f"/proc/{pid}/maps").read_text()
        assert "site-packages/tensorflow/" not in loaded
        assert "site-packages/h5py/" not in loaded


def test_health_check_of_the_container(own_server: Server) -> None:
    """The container's health check succeeds while the server reads, and fails when it is gone."""
    command = json.loads(last("HEALTHCHECK").partition("CMD")[2])
    environment = os.environ | SEARCH | {"PORT": str(own_server.port)}

    def check() -> int:
        done = subprocess.run(
            command, env=environment, capture_output=True, timeout=30, check=False
        )
        return done.returncode

    assert check() == 0
    own_server.stop()
    assert check() != 0


def test_container_is_slim_and_not_root() -> None:
    """The image is a slim Python of a version that is supported, without the training extra."""
    stages = [arguments for name, arguments in instructions() if name == "FROM"]
    assert all(re.match(r"python:3\.1[1-9]-slim", stage) for stage in stages)
    assert last("USER") not in ("root", "0")
    names = [name for name, _ in instructions()]
    assert names.index("USER") < names.index("CMD")
    assert re.findall(r"\.\[(.*?)\]", read("Dockerfile")) == ["serve,postgres"]


def test_container_copies_what_a_build_needs() -> None:
    """What is copied exists, is let through by .dockerignore, and is all that pyproject names."""
    copied = {
        source
        for name, arguments in instructions()
        if name == "COPY" and "--from" not in arguments
        for source in arguments.split()[:-1]
    }
    assert all((ROOT / source).exists() for source in copied)
    let_through = {line[1:] for line in read(".dockerignore").splitlines() if line[:1] == "!"}
    assert copied == let_through
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert {"pyproject.toml", project["readme"], *project["license-files"], "src"} <= copied


def test_files_install_the_extra() -> None:
    """Each host installs the extra that serves, and what PostgreSQL needs."""
    assert ".[serve,postgres]" in read("requirements.txt").splitlines()
    assert "buildCommand: pip install '.[serve,postgres]'" in read("render.yaml")


def test_variables_are_settings() -> None:
    """A variable in the files or in the page about them is a setting, with a value it can have."""
    for name in ("render.yaml", "Dockerfile", "docs/digitlens.service", "docs/deploy.md"):
        text = read(name)
        for variable in set(re.findall(r"DIGITLENS_[A-Z_]+", text)):
            values = re.findall(rf'{variable}(?:=|\n\s+value: "?)([\w.]+)', text) or [""]
            for value in values:
                Settings.from_environment({variable: value})


def test_page_names_every_file() -> None:
    """docs/deploy.md is about each of the files."""
    page = read("docs/deploy.md")
    for name in (
        "render.yaml",
        "Procfile",
        "requirements.txt",
        "digitlens.service",
        "docker build",
    ):
        assert name in page
