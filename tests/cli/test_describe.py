"""`digitlens describe` tells of networks by name, by file and by folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_read import digitlens


def test_shipped(tmp_path: Path) -> None:
    """Without a name it tells of the shipped network, in lines of 100 columns, and draws it."""
    done = digitlens("describe", "--svg", tmp_path / "a.svg")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "compact, LiteRT"
    assert "30,325,504" in done.stdout.decode()
    assert max(map(len, lines)) <= 100
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_network(tmp_path: Path) -> None:
    """A learner's file is told layer by layer, as JSON for programs; nothing else is said."""
    pytest.importorskip("keras", reason="install the extra `train`")
    digitlens("new-model", tmp_path / "mine.py")
    done = digitlens("describe", "--json", tmp_path / "mine.py")
    told = json.loads(done.stdout)
    assert done.stderr == b""
    assert told["name"] == "mine"
    assert told["layers"][1]["kind"] == "Conv2D"
    assert told["layers"][1]["shape"] == [26, 26, 32]


def test_unknown(tmp_path: Path) -> None:
    """What is not there is said in one line."""
    pytest.importorskip("keras", reason="install the extra `train`")
    done = digitlens("describe", tmp_path / "none.keras")
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: ")
    assert done.stderr.endswith(b"Received: no such file.\n")
    assert done.stderr.count(b"\n") == 1
