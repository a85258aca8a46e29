"""`digitlens new-model` writes a file that works, and never over one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_read import digitlens


def test_written(tmp_path: Path) -> None:
    """The file names itself in its commands, and builds a network for digits."""
    path = tmp_path / "mine.py"
    done = digitlens("new-model", path)
    assert done.returncode == 0
    assert f"digitlens train --model {path}" in done.stdout.decode()
    assert f"digitlens describe {path}" in path.read_text(encoding="utf-8")
    pytest.importorskip("keras", reason="install the extra `train`")
    from digitlens.training.architectures import find

    assert find(str(path))().output_shape == (None, 10)


def test_not_over(tmp_path: Path) -> None:
    """A file that is there is kept, unless --force is given."""
    path = tmp_path / "mine.py"
    path.write_text("mine")
    done = digitlens("new-model", path)
    assert done.returncode == 2
    assert b"--force" in done.stderr
    assert path.read_text() == "mine"
    assert digitlens("new-model", "--force", path).returncode == 0
    assert "build_model" in path.read_text(encoding="utf-8")


def test_place(tmp_path: Path) -> None:
    """A name that is no Python file's and a folder that is not there are errors."""
    assert b"ends in .py" in digitlens("new-model", tmp_path / "mine.txt").stderr
    assert b"a folder that is there" in digitlens("new-model", tmp_path / "no" / "mine.py").stderr
