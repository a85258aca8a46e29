"""The course is true: its commands run, its programs hold, its figures are those measured."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from docs.lessons.measure import TRAININGS
from docs.lessons.pages import LEARN, MEASURED, TABLES, filled

from digitlens.cli import group
from digitlens.models import bundle
from digitlens.training.data import mnist
from tests.running import Server
from tests.training.mnist_like import write_folder

pytest.importorskip("keras", reason="install the extra `train`")

ROOT = LEARN.parents[1]
PAGES = sorted(LEARN.glob("*.md"))
STEPS = [page for page in PAGES if page.name[0].isdigit()]
PROGRAMS = {file.stem: file for file in sorted((ROOT / "examples" / "learn").glob("*.py"))}
NETWORKS = sorted((ROOT / "examples" / "learn" / "networks").glob("*.py"))
SHELL = re.compile(r"^ *```sh\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
PYTHON = re.compile(r"^ *```python\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)\)")
# What sets up a machine is not done in a test.
SET_UP = ("python3 -m venv", ". .venv", "pip install")
# What makes a program's experiment small.
SMALL = {"STEPS": 50, "RATES": (0.01,), "EPOCHS": 12, "SHARES": (0.0, 0.5)}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in MNIST's form with a few hundred drawn digits."""
    folder = tmp_path / "data"
    monkeypatch.setattr(mnist, "FILES", write_folder(folder))
    monkeypatch.setenv("DIGITLENS_DATA_DIR", str(folder))
    return folder


def commands(page: Path) -> list[str]:
    """The lines of the page's shell blocks."""
    blocks = SHELL.findall(page.read_text(encoding="utf-8"))
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if not line.startswith(SET_UP)]


def load(path: Path) -> ModuleType:
    """A program or a network as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_figures(page: Path) -> None:
    """The tables hold what was measured: `python -m docs.lessons`."""
    text = page.read_text(encoding="utf-8")
    assert filled(text, json.loads(MEASURED.read_text(encoding="utf-8"))) == text


def test_figures_are_of_the_shipped_network() -> None:
    """What step 4 says of the shipped network is of this one: `python -m docs.lessons.measure`."""
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))["softmax"]
    assert measured["temperature"] == bundle.load().card.temperature


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links(page: Path) -> None:
    """Every link and picture leads to a file."""
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_step_has_all_parts() -> None:
    """Each step has a picture, or is the last; each has something to try, exercises, solutions."""
    for page in STEPS:
        text = page.read_text(encoding="utf-8")
        assert "../images/learn/" in text or page == STEPS[-1], page.name
        for part in ("## Exercises", "<details><summary>Solutions", "```sh", " minutes"):
            assert part in text, f"{page.name}: {part}"
        assert text.count("<details>") == text.count("</details>")


def test_under_an_hour() -> None:
    """The times of the steps add up to less than an hour, and the index says what they say."""
    index = (LEARN / "README.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"\]\((\d[^)]*)\) \|.*\| (\d+) \|", index))
    assert sorted(said) == [page.name for page in STEPS]
    for page in STEPS:
        assert f"*{said[page.name]} minutes" in page.read_text(encoding="utf-8"), page.name
    assert sum(map(int, said.values())) < 60


def test_everything_is_used() -> None:
    """Every program, network and picture belongs to a page; what is measured is in a page."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    pictures = (LEARN.parent / "images" / "learn").glob("*.png")
    for file in [*PROGRAMS.values(), *NETWORKS, *pictures]:
        assert file.name in text, file.name
    for order in TRAININGS.values():
        assert order in text, order
    for name in TABLES:
        assert re.search(rf"<!-- figures: {name}, .*-->\n\| ", text), name


def test_set_up() -> None:
    """The extras that the index names are there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"pip install -e '\.\[(.*?)\]'", (LEARN / "README.md").read_text())
    assert named
    assert set(named[0].split(",")) <= set(project["optional-dependencies"])


@pytest.mark.training
@pytest.mark.parametrize("name", ["convolution", "pooling", "softmax"])
@pytest.mark.usefixtures("data")
def test_programs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every program that trains nothing finds what it asserts, in drawn digits as well."""
    assert give_program(PROGRAMS[name], [], monkeypatch)


@pytest.mark.training
@pytest.mark.parametrize("name", ["dropout", "batchnorm"])
def test_training_programs(name: str, real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every program that trains finds what it asserts in few steps; drawn digits are too easy."""
    monkeypatch.setenv("DIGITLENS_DATA_DIR", str(real_data))
    assert give_program(PROGRAMS[name], [], monkeypatch)


@pytest.mark.training
@pytest.mark.usefixtures("data")
def test_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command and snippet of the course works, in its order, on tiny data."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIGITLENS_RUNS_DIR", raising=False)
    for page in (LEARN / "README.md", *STEPS):
        for command in commands(page):
            give(shlex.split(command), monkeypatch)
        for snippet in PYTHON.findall(page.read_text(encoding="utf-8")):
            exec(compile(snippet, page.name, "exec"), {})  # noqa: S102 -- our own documentation
    assert (tmp_path / "runs" / "mine" / "report.html").exists()


def give(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a command, in this process where that is possible: TensorFlow is loaded once."""
    if command[:2] == ["digitlens", "serve"]:
        server = Server(Path("log"), options=command[2:]).start()
        assert server.stop() == 0
    elif command[0] == "digitlens":
        group.main(command[1:], prog_name="digitlens", standalone_mode=False)
    else:
        assert command[0] == "python", command
        if len(command) > 2:  # those without arguments have a test of their own
            give_program(Path(command[1]), command[2:], monkeypatch)


def give_program(path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> object:
    """Call the main function of a program, made small."""
    program = load(path)
    for name, value in SMALL.items():
        if hasattr(program, name):
            monkeypatch.setattr(program, name, value)
    return program.main(*arguments)
