"""Load: requests over connections that stay open, as many as are answered, for some time.

`wrk` makes them where it is installed, and otherwise a loop of this project's own. What makes the
load runs on the cores that the server needs; wrk takes the least of them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import client
from benchmarks.server import HOST

_SCRIPT = Path(__file__).parent / "post.lua"
_PATIENCE = 30  # seconds over its time, after which wrk is stopped


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a load.

    Attributes:
        rate: Answers per second.
        latency: Median time from request to answer, in milliseconds.
        failed: Answers that were errors, and requests without one.
    """

    rate: float
    latency: float
    failed: int


def tool() -> str:
    """What makes the load."""
    return "wrk" if shutil.which("wrk") else "benchmarks.client"


def drive(
    port: int, path: str, bodies: Sequence[bytes], connections: int, seconds: float
) -> Outcome:
    """Send pictures in turn, each connection its next one as soon as it has its answer.

    Args:
        port: Of a server on the loopback.
        path: Where the pictures go.
        bodies: The pictures, as PNG.
        connections: How many are open at a time.
        seconds: For how long.
    """
    if tool() == "wrk":
        return _with_wrk(port, path, bodies, connections, seconds)
    times, failed = client.drive((HOST, port), path, bodies, connections, seconds)
    if not times:
        return Outcome(0, 0, failed)
    return Outcome(len(times) / seconds, sorted(times)[len(times) // 2] * 1000, failed)


def _with_wrk(
    port: int, path: str, bodies: Sequence[bytes], connections: int, seconds: float
) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        for index, body in enumerate(bodies, start=1):
            (Path(folder) / f"{index}.png").write_bytes(body)
        options = ["-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
        command = ["wrk", *options, "-s", str(_SCRIPT), f"http://{HOST}:{port}{path}", "--"]
        done = subprocess.run(
            [*command, folder, str(len(bodies))],
            capture_output=True,
            text=True,
            check=True,
            timeout=seconds + _PATIENCE,
        )
    said = json.loads(done.stdout.splitlines()[-1])
    return Outcome(said["requests"] / said["seconds"], said["median"], said["failed"])
