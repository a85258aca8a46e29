"""What a page will ask for is ready soon after the page is; a server without pages spares it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# In a process of its own: others of these tests have loaded everything.
_ASK = """
import sys
from pathlib import Path
from time import monotonic, sleep

from digitlens.settings import Settings
from digitlens.web import create_app

path, module, folder = sys.argv[1:]
client = create_app(Settings(corrections_dir=Path(folder))).test_client()
assert client.get("/healthz").status_code == 200
assert module not in sys.modules
assert client.get(path).status_code == 200
end = monotonic() + 60
while module not in sys.modules:
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
