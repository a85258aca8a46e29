"""Fixtures that several tests share."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.running import Server

# How long an example takes depends on what else the machine does.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_collection_finish() -> None:
    """Leave alone what modules hold: Keras looks for garbage before each network that it builds."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running `digitlens serve`, shared by all tests: ask it, leave it running."""
    running = Server(tmp_path_factory.mktemp("server") / "log").start()
    yield running
    running.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A running server of this test's own, which it may `stop()` and `start()` on its port."""
    running = Server(tmp_path / "log").start()
    yield running
    running.stop()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers with arguments as `Server` takes them; they are stopped after the test."""
    started: list[Server] = []

    def start(**arguments: object) -> Server:
        started.append(Server(tmp_path / f"log{len(started)}", **arguments))  # type: ignore[arg-type] -- passed on
        return started[-1].start()

    yield start
    for running in started:
        running.stop()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The data folder with the real MNIST."""
    folder = os.environ.get("DIGITLENS_DATA_DIR")
    if not folder:
        pytest.skip("set DIGITLENS_DATA_DIR to a folder that has mnist/, to test on the real MNIST")
    return Path(folder)
