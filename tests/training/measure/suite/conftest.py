"""A suite of a few pictures, run once for the tests that look at its results."""

from __future__ import annotations

import os
from typing import Any

import pytest

from digitlens.models.bundle import load
from digitlens.training.measure.suite.run import run
from tests.training.measure.suite.material import FEW, sources


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the shipped bundle makes of a few pictures of each set."""
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        found = run(load(None), sources(), lines.append, FEW)
    assert len(lines) == len(found["sets"]) + len(found["others"]) + 75
    return found
