"""`digitlens read` prints what it read, for people and for programs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drawings import canvas, encode, strokes_of


def digitlens(*arguments: str | Path, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command line."""
    command = [Path(sys.executable).parent / "digitlens", *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a number, an empty page and a file that is no picture."""
    (tmp_path / "305.png").write_bytes(encode(canvas(strokes_of("305"), size=(500, 280))))
    (tmp_path / "page.jpg").write_bytes(encode(255 - canvas([[(0, 0), (0, 1)]], 0), "JPEG"))
    (tmp_path / "note.txt").write_text("no picture")
    return tmp_path


def test_table(folder: Path) -> None:
    """Each picture has a line; one that cannot be read does not keep the others from it."""
    (folder / "page.jpg").write_bytes(encode(canvas([[(0, 0), (0, 1)]], 1, 1) * 0 + 255, "JPEG"))
    done = digitlens("read", *sorted(folder.iterdir()))
    lines = done.stdout.decode().splitlines()
    assert "305" in lines[0].split()[1]
    assert lines[0].rstrip().endswith("%")
    assert "cannot be read: expected a picture" in lines[1]
    assert "no ink" in lines[2]
    assert done.returncode == 1


def test_json(folder: Path) -> None:
    """With --json each line is an object, of a reading or of an error."""
    done = digitlens("read", "--json", folder / "305.png", folder / "note.txt")
    reading, error = map(json.loads, done.stdout.decode().splitlines())
    assert reading["text"] == "305"
    assert len(reading["digits"][0]["probabilities"]) == 10
    assert error["error"]["expected"].startswith("a picture")


def test_standard_input(folder: Path) -> None:
    """A dash reads a picture from standard input."""
    done = digitlens("read", "-", data=(folder / "305.png").read_bytes())
    assert done.stdout.split()[1] == b"305"
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["read"], b"Missing argument"),
        (["reed"], b"No such command"),
        (["read", "--model", "nowhere", "x.png"], b"the card cannot be read"),
    ],
)
def test_errors(arguments: list[str], word: bytes) -> None:
    """What is wrong is said in a line, without a traceback."""
    done = digitlens(*arguments)
    assert done.returncode == 2
    assert word in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", [[], ["serve"], ["read"], ["train"], ["evaluate"]])
def test_help(command: list[str]) -> None:
    """Every command explains itself."""
    done = digitlens(*command, "--help")
    assert done.returncode == 0
    assert b"Usage: digitlens" in done.stdout
