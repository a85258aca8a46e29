"""`digitlens train` makes runs, goes on with them, and says what is wrong in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digitlens.cli.train import command
from digitlens.errors import DigitlensError
from digitlens.training.data import mnist
from digitlens.training.run import Run
from tests.training.mnist_like import write_folder
from tests.training.small import MODEL

pytest.importorskip("tensorflow", reason="install the extra `train`")
pytestmark = pytest.mark.training
SMALL = ("epochs=2", "batch=40", "rate=0.01")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a learner's file and a small data folder, for runs to be made in."""
    monkeypatch.setattr(mnist, "FILES", write_folder(tmp_path / "data"))
    monkeypatch.setenv("DIGITLENS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DIGITLENS_RUNS_DIR", str(tmp_path / "runs"))
    (tmp_path / "mine.py").write_text(MODEL)
    return tmp_path


def train(place: Path, *options: str) -> Result:
    """Call the command for the learner's file."""
    return CliRunner().invoke(command, ["--model", str(place / "mine.py"), *options, *SMALL])


def test_runs_are_numbered(place: Path) -> None:
    """Each training leaves a run of its own, named after its network and preset."""
    for name in ("mine-quick", "mine-quick-2"):
        result = train(place, "--preset", "quick")
        assert result.exit_code == 0, result.output
        assert Run.read(place / "runs" / name).state == "done"
        assert str(place / "runs" / name / "report.html") in result.output


def test_a_run_is_not_trained_over(place: Path) -> None:
    """A name that is taken is refused, and what is there stays."""
    assert train(place, "--run", "one").exit_code == 0
    before = (place / "runs" / "one" / "run.json").read_text()
    error = train(place, "--run", "one").exception
    assert isinstance(error, DigitlensError)
    assert "--resume" in str(error)
    assert (place / "runs" / "one" / "run.json").read_text() == before


def test_resume(place: Path) -> None:
    """`--resume` goes on with the last run that was not finished, with its own settings."""
    assert train(place, "--run", "one").exit_code == 0
    run = Run.read(place / "runs" / "one")
    (place / "runs" / "one" / "run.json").write_text(
        (place / "runs" / "one" / "run.json").read_text().replace('"done"', '"stopped"')
    )
    result = CliRunner().invoke(command, ["--resume"])
    assert result.exit_code == 0, result.output
    again = Run.read(place / "runs" / "one")
    assert (again.state, again.epochs, again.accuracy) == ("done", 2, run.accuracy)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["epoch=3"], "did you mean epochs?"),
        (["--preset", "fast"], "one of best, polish, quick, refine, settle, standard"),
        (["--model", "compakt"], "compact"),
        (["--model", "none.py"], "no such file"),
        (["--resume"], "a run in"),
        (["--resume", "epochs=3"], "the run's own"),
        (["--data", "imagenet"], "mnist"),
        (["--run", "none", "--resume"], "none"),
    ],
)
def test_mistakes(place: Path, options: list[str], said: str) -> None:
    """What cannot be done is said before anything is trained."""
    error = CliRunner().invoke(command, options).exception
    assert isinstance(error, DigitlensError)
    assert said in str(error)
    if "imagenet" not in options:  # its run says why it failed
        assert not list(place.glob("runs/*"))
