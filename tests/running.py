"""A real server process for tests: started, asked, stopped and started again on its port."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 30.0  # seconds that anything may take before a test gives up
DIGITLENS = str(Path(sys.executable).parent / "digitlens")


def until(holds: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait until a condition holds; fail, saying what was waited for, when it never does."""
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience:g} s in vain: {what}")
        time.sleep(0.01)


@dataclass(frozen=True)
class Answer:
    """What a server answered; the names of the headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


class Server:
    """A server process.

    Args:
        log: Where its output goes.
        command: What to start; without it, `digitlens serve` on a free port of the loopback.
        options: More options of `digitlens serve`.
        environment: Variables that are added to the environment.
        port_variable: Which one says the port: `DIGITLENS_PORT`, or `PORT` as hosts have it.
    """

    def __init__(
        self,
        log: Path,
        command: Sequence[str] | None = None,
        options: Sequence[str] = (),
        environment: dict[str, str] | None = None,
        port_variable: str = "DIGITLENS_PORT",
    ) -> None:
        self.log = log
        self.url = ""
        self._command = command or [DIGITLENS, "serve", "--host", "127.0.0.1", *options]
        kept = {"DIGITLENS_CORRECTIONS_DIR": str(log.parent / "corrections")}
        self._environment = kept | os.environ | (environment or {})
        self._port_variable = port_variable
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """The port that it listens on; 0 before the first start."""
        return int(self.url.rpartition(":")[2]) if self.url else 0

    @property
    def pid(self) -> int:
        """The process that was started; it watches over the workers."""
        assert self._process is not None
        return self._process.pid

    def workers(self) -> list[int]:
        """The processes that answer."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def start(self) -> Server:
        """Start it, on the same port as before if it ran before, and wait until it reads."""
        port = {self._port_variable: str(self.port)}
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command, env=self._environment | port, stdout=output, stderr=output
            )
        until(self._is_ready, f"{' '.join(self._command)} to serve:\n{self.output()}")
        return self

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop it, wait until it is gone, and return its exit status."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(how)
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise

    def output(self) -> str:
        """What it has written so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Send one request; a body that is an iterable is sent in chunks, without its length."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def _is_ready(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise AssertionError(f"exited with {self._process.returncode}:\n{self.output()}")
        found = re.findall(r"http://[\w.]+:\d+", self.output())
        if not found:
            return False
        self.url = found[-1].replace("0.0.0.0", "127.0.0.1")  # noqa: S104 -- never listened on here
        try:
            return self.ask("GET", "/readyz").status == 200
        except OSError:
            return False
