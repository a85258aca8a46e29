"""Imports flow one way; tests mirror the source; nothing in the project names where it was made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_imports_flow_one_way() -> None:
    """No layer imports one above it: the contracts are in pyproject.toml."""
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_tests_mirror_the_source() -> None:
    """A test of a room lies in the folder of that room."""
    rooms = {path.name for path in (ROOT / "src/digitlens").iterdir() if path.is_dir()}
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}
    assert {"reading", "models", "training", "web", "cli"} <= rooms & folders
