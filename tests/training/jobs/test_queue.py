"""The line of trainings: one at a time, in order, and none that nobody can see or stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from digitlens.training.jobs.alive import is_alive
from digitlens.training.jobs.line import Job, Line
from digitlens.training.jobs.queue import arguments, ensure, work
from digitlens.training.run import STOP, Run
from tests.running import until

# A program in the place of `digitlens`: it takes the same arguments and keeps its run as a training
# does, and heeds the wish to stop. What it does beyond that, its MODEL says.
PROGRAM = """
import sys, time
from dataclasses import replace
from pathlib import Path
from digitlens.training.run import Run
import os

options = dict(zip(sys.argv[2::2], sys.argv[3::2]))
folder, model = Path(options["--run"]), options["--model"]
run = Run(folder.name, model, "running", "2026-01-01T00:00:00Z", 3, 1, os.getpid())
run.write(folder)
with (folder.parent / "order").open("a") as order:
    order.write(folder.name + "\\n")
if model == "fails":
    print("\\x1b[31mError: there are no digits here\\x1b[0m", file=sys.stderr)
    sys.exit(2)
if model == "dies":
    os.kill(os.getpid(), 9)
if model == "forgets":
    (folder / "stop").unlink()
if model in ("waits", "forgets"):
    while not (folder / "stop").exists():
        time.sleep(0.01)
    replace(run, state="stopped", reason="as wished").write(folder)
else:
    replace(run, state="done", epoch=3).write(folder)
"""
COMMAND = (sys.executable, "-c", PROGRAM)
WORKER = f"""
import sys
from pathlib import Path
from digitlens.training.jobs.line import Line
from digitlens.training.jobs.queue import work
work(Line(Path(sys.argv[1])), {COMMAND!r})
"""


@pytest.fixture
def line(tmp_path: Path) -> Line:
    """The line of an empty folder."""
    return Line(tmp_path / "runs")


def state(line: Line, name: str) -> str:
    """How a run stands by its own word; empty before it says one."""
    return Run.read(line.runs / name).state if (line.runs / name / "run.json").exists() else ""


def start(line: Line) -> subprocess.Popen[bytes]:
    """Start a process that trains."""
    return subprocess.Popen([sys.executable, "-c", WORKER, str(line.runs)])


def test_jobs_wait_in_order(line: Line) -> None:
    """Who came first has the first turn, and each has a name of its own."""
    names = [line.add(*wanted).name for wanted in (("b", "quick"), ("a", "quick"), ("b", "quick"))]
    assert names == ["b-quick", "a-quick", "b-quick-2"]
    assert [job.name for job in line.waiting()] == names
    (line.runs / "a-best").mkdir()
    assert line.add("a", "best").name == "a-best-2"


def test_a_job_is_taken_out_once(line: Line) -> None:
    """A job in line can be taken out; one that is not there, or no name at all, cannot."""
    job = line.add("a", "quick")
    assert [line.remove(job.name), line.remove(job.name), line.remove("../" + job.name)] == [
        True,
        False,
        False,
    ]
    assert line.waiting() == []
    assert line.take() is None


def test_damaged_jobs_are_passed_over(line: Line) -> None:
    """A file that is no job, or one that leads out of the folder, keeps nobody waiting."""
    job = line.add("a", "quick")
    (line.folder / "x.json").write_text("{")
    (line.folder / "y.json").write_text(json.dumps({"name": "../y", "model": "a", "preset": "b"}))
    assert line.waiting() == [job]


def test_arguments(tmp_path: Path) -> None:
    """A job becomes the command that a person would type."""
    job = Job("n", "tiny", "quick", ("mnist", "csv:a.csv"), 3)
    assert " ".join(arguments(job, tmp_path / "n")) == (
        f"train --run {tmp_path / 'n'} --model tiny --preset quick "
        "--data mnist --data csv:a.csv --epochs 3"
    )


def test_trains_what_waits_and_ends(line: Line) -> None:
    """All jobs are trained, one after another in their order, and then nobody has a turn."""
    names = [line.add(model, "quick").name for model in ("b", "a", "c")]
    work(line, COMMAND)
    assert (line.runs / "order").read_text().split() == names
    assert [state(line, name) for name in names] == ["done"] * 3
    assert (line.waiting(), line.current(), line.is_held()) == ([], None, False)


def test_failures_are_noted(line: Line) -> None:
    """A training that fails or dies is noted as failed with the reason, and the next is trained."""
    for model in ("fails", "dies", "a"):
        line.add(model, "quick")
    work(line, COMMAND)
    fails, dies = (Run.read(line.runs / name) for name in ("fails-quick", "dies-quick"))
    assert (fails.state, dies.state, state(line, "a-quick")) == ("failed", "failed", "done")
    assert fails.reason == "It ended with status 2: Error: there are no digits here"
    assert "SIGKILL" in dies.reason


def test_a_training_that_never_said_a_word(line: Line) -> None:
    """One that could not even begin has a run that says so."""
    line.add("a", "quick")
    work(line, (sys.executable, "-c", "import sys; sys.exit('no such option')"))
    run = Run.read(line.runs / "a-quick")
    assert (run.state, run.reason) == ("failed", "It ended with status 1: no such option")


def test_stops_when_wished(line: Line) -> None:
    """The wish to stop ends a training, and the one after it has its turn."""
    for model in ("waits", "a"):
        line.add(model, "quick")
    process = start(line)
    until(lambda: state(line, "waits-quick") == "running", "the training to run")
    assert line.current() is not None
    assert [job.name for job in line.waiting()] == ["a-quick"]
    (line.runs / "waits-quick" / STOP).touch()
    assert process.wait(30) == 0
    assert Run.read(line.runs / "waits-quick").reason == "as wished"
    assert state(line, "a-quick") == "done"
    assert not (line.runs / "waits-quick" / STOP).exists()


def test_an_early_wish_is_not_lost(line: Line) -> None:
    """A training that begins without knowing of an earlier wish to stop, is told again."""
    name = line.add("forgets", "quick").name
    (line.runs / name).mkdir()
    (line.runs / name / STOP).touch()
    work(line, COMMAND)
    assert state(line, name) == "stopped"


def test_only_one_trains(line: Line) -> None:
    """While one process trains, another one that is started leaves at once."""
    line.add("waits", "quick")
    first = start(line)
    until(lambda: state(line, "waits-quick") == "running", "the training to run")
    line.add("a", "quick")
    assert line.is_held()
    assert ensure(line) is None
    assert start(line).wait(30) == 0
    assert state(line, "a-quick") == ""
    (line.runs / "waits-quick" / STOP).touch()
    assert first.wait(30) == 0
    assert state(line, "a-quick") == "done"


def test_a_killed_queue_leaves_no_orphan(line: Line) -> None:
    """Where the process is killed, its training can be seen and stopped, and runs alone."""
    for model in ("waits", "a"):
        line.add(model, "quick")
    process = start(line)
    until(lambda: state(line, "waits-quick") == "running", "the training to run")
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    run = Run.read(line.runs / "waits-quick")
    assert is_alive(run.pid)
    assert line.is_held()  # by the training itself
    (line.runs / "waits-quick" / STOP).touch()
    until(lambda: not line.is_held(), "the training to stop")
    work(line, COMMAND)
    assert [state(line, name) for name in ("waits-quick", "a-quick")] == ["stopped", "done"]


def test_a_killed_training_is_noted_later(line: Line) -> None:
    """A run that was cut off with its queue, as by a power cut, is noted as failed by the next."""
    job = line.add("a", "quick")
    assert line.take() == job
    run = Run(job.name, "a", "running", job.queued, 3, 1, pid=0, epoch=2)
    run.write(line.runs / job.name)
    work(line, COMMAND)
    assert Run.read(line.runs / job.name) == replace(
        run, state="failed", reason="Its process was ended."
    )


def test_ends_its_training_with_itself(line: Line) -> None:
    """Told to end, it takes its training with it, whatever signals it was born with."""
    line.add("waits", "quick")
    blocked = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])"
    program = f"{blocked}\nfrom digitlens.training.jobs import queue\nqueue.main({COMMAND!r})"
    process = subprocess.Popen([sys.executable, "-c", program, str(line.runs)])
    until(lambda: state(line, "waits-quick") == "running", "the training to run")
    pid = Run.read(line.runs / "waits-quick").pid
    process.terminate()
    assert process.wait(30) == 128 + signal.SIGTERM
    assert not is_alive(pid)
    assert "SIGTERM" in Run.read(line.runs / "waits-quick").reason


def test_is_alive() -> None:
    """This process is alive; one that has ended is not, nor is what is no Python."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    until(lambda: not is_alive(ended.pid), "a process that ended, but waits for its parent")
    ended.wait()
    sleeper = subprocess.Popen(["sleep", "60"])
    assert (is_alive(os.getpid()), is_alive(ended.pid), is_alive(0)) == (True, False, False)
    if Path("/proc/self").exists():
        assert not is_alive(sleeper.pid)
    sleeper.kill()
    sleeper.wait()
