"""`digitlens retrain` is right for a timer: it does what is to be done once, or nothing."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from digitlens.cli import group
from digitlens.errors import DataError, InvalidInput
from digitlens.lock import hold
from tests.running import DIGITLENS, until

pytest.importorskip("keras", reason="install the extra `train`")

from tests.training.retrain.world import (
    World,
    corrected_world,
)

pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world in which forty corrections wait for their first retraining."""
    with (
        pytest.MonkeyPatch.context() as patch,
        corrected_world(tmp_path_factory.mktemp("world")) as world,
    ):
        for name, value in world.environment().items():
            patch.setenv(name, value)
        yield world


def run(*arguments: str) -> tuple[int, str]:
    """The exit status of `digitlens retrain`, and what it prints; its errors are raised."""
    done = CliRunner().invoke(group, ["retrain", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def test_nothing_new(world: World) -> None:
    """With fewer new corrections than are wanted, nothing is done, and that is no failure."""
    status, said = run("--if-new", "200")
    assert (status, said) == (0, "40 new corrections, 200 are wanted: nothing to do\n")
    assert not (world.folder / "runs").exists()


def test_two_at_once(world: World) -> None:
    """While one runs, another does nothing, and that is no failure."""
    with hold(world.library.folder / "retrain.lock"):
        status, said = run("--promote")
    assert (status, said) == (0, "another retraining is running: nothing to do\n")
    assert world.library.active_name() == "first"


def test_contradiction(world: World) -> None:
    """What a dry run makes cannot be promoted."""
    with pytest.raises(InvalidInput, match="--dry-run"):
        run("--dry-run", "--promote")
    assert world.library.active_name() == "first"


def test_nothing_to_go_on_with(world: World) -> None:
    """Where no retraining was interrupted, there is none to resume."""
    with pytest.raises(InvalidInput, match=r"a retraining in .* that was not finished"):
        run("--resume")
    assert world.library.active_name() == "first"


def test_killed_and_resumed(world: World) -> None:
    """A killed one leaves the active version; resumed, it ends; then nothing is new."""
    code = (
        "import sys; from tests.training.retrain.world import patched_main; "
        "patched_main(sys.argv[1], sys.argv[2:])"
    )
    arguments = ["retrain", "--epochs", "30", "--promote"]
    command = [str(Path(DIGITLENS).parent / "python"), "-c", code, str(world.data), *arguments]
    history = world.folder / "runs" / "retrain-1" / "history.csv"
    started = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL)
    until(lambda: history.exists() or started.poll() is not None, "an epoch to end", 240)
    started.send_signal(signal.SIGKILL)
    assert started.wait() == -signal.SIGKILL
    assert world.library.active_name() == "first"
    assert len(world.library.versions()) == 2
    status, said = run("--resume", "--promote")
    assert "40 corrections as when it began" in said
    assert (status == 0) == (world.library.active_name() == "r1")
    assert "of 10 corrections held out" in said
    assert run("--if-new", "1") == (0, "0 new corrections, 1 are wanted: nothing to do\n")


def test_too_few(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no corrections at all it says how many it needs."""
    monkeypatch.setenv("DIGITLENS_CORRECTIONS_DIR", str(tmp_path))
    with pytest.raises(DataError, match="10 accepted mistakes"):
        run()
    assert world.library.active_name() in ("first", "r1")
