"""What a page will ask for is ready soon after the page is; a server without pages spares it."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from digitlens.corrections import Store
from digitlens.web import ahead
from tests.running import until

# In a process of its own: others of these tests have loaded everything.
_ASK = """
import sys
from pathlib import Path
from time import monotonic, sleep

from digitlens.settings import Settings
from digitlens.web import create_app

path, module, folder = sys.argv[1:]


def done():
    return path == "/" or list(Path(folder).glob("*.db"))


client = create_app(Settings(corrections_dir=Path(folder))).test_client()
assert client.get("/healthz").status_code == 200
assert module not in sys.modules
assert client.get(path).status_code == 200
end = monotonic() + 60
while module not in sys.modules or not done():
    assert monotonic() < end
    sleep(0.01)
"""


@pytest.mark.parametrize(
    ("path", "module"),
    [("/", "digitlens.web.entries"), ("/review", "digitlens.web.review.schemas")],
)
def test_made_ready(path: str, module: str, tmp_path: Path) -> None:
    """Opening a page loads what its first request needs; the review's database is opened."""
    command = [sys.executable, "-c", _ASK, path, module, tmp_path / "kept"]
    subprocess.run(command, check=True, timeout=90)
    assert (path == "/review") == bool(list(tmp_path.glob("kept/*.db")))


def test_no_thread(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that starts no more threads shows the pages all the same, and tries again."""
    tried = []

    def refuse(_: threading.Thread) -> None:
        tried.append(1)
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    for _ in range(2):
        assert client.get("/").status_code == 200
        assert client.get("/review").status_code == 200
    assert len(tried) == 4


def test_one_at_a_time(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many open a page meanwhile, the database is waited for by one thread."""
    waiting, go_on = [], threading.Event()

    def wait(_: Store) -> None:
        waiting.append(1)
        go_on.wait(30)

    monkeypatch.setattr(Store, "open", wait)
    for _ in range(5):
        assert client.get("/review").status_code == 200
    until(lambda: waiting, "the database to be opened")
    go_on.set()
    until(lambda: not ahead._OPENING.locked(), "the thread to end")
    assert len(waiting) == 1
