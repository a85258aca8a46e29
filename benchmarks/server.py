"""A server process that is measured: started, asked, weighed and stopped."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
_PATIENCE = 120  # seconds that a server has for its first answer
_PAUSE = 0.005  # seconds between two attempts to ask a server that is starting


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to serve.

    Attributes:
        name: What it is called.
        command: What starts it; the port is put at the end.
        path: Where it takes pictures.
    """

    name: str
    command: Sequence[str]
    path: str


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers.

    Attributes:
        contender: What it is.
        port: Where it listens, on the loopback.
        pid: The process that was started.
        seconds: From its start to its first answer.
    """

    contender: Contender
    port: int
    pid: int
    seconds: float

    def ask(self, png: bytes) -> tuple[int, bytes]:
        """Send one picture, over a connection of its own. Returns the status and the body."""
        return _post(self.port, self.contender.path, png)

    def processes(self) -> list[int]:
        """The process and all that descend from it."""
        return _tree(self.pid)

    def memory(self) -> tuple[float, float]:
        """Memory of the process and all that descend from it, in MiB.

        Returns:
            PSS, in which a page that n processes share counts 1/n for each of them, and RSS,
            in which it counts in full for each.
        """
        pss = rss = 0.0
        for pid in self.processes():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            sizes = {line.split(":")[0]: line.split() for line in rollup.splitlines()[1:]}
            pss += int(sizes["Pss"][1]) / 1024
            rss += int(sizes["Rss"][1]) / 1024
        return pss, rss


@contextmanager
def running(contender: Contender, first: bytes, log: Path) -> Iterator[Running]:
    """Start a server, wait for its first answer, and stop it in the end.

    Args:
        contender: What is started.
        first: The picture that it is asked for, again and again until it answers.
        log: Where its output goes.

    Raises:
        RuntimeError: It ended, or did not answer in time.
    """
    port = _free_port()
    start = time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*contender.command, str(port)], stdout=output, stderr=output, env=_environment()
        )
    try:
        while not _answers(port, contender.path, first):
            late = time.perf_counter() - start > _PATIENCE
            if late or process.poll() is not None:
                said = log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{contender.name} does not answer:\n{said}")
            time.sleep(_PAUSE)
        yield Running(contender, port, process.pid, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int, path: str, png: bytes) -> bool:
    try:
        return _post(port, path, png)[0] == 200
    except OSError:
        return False


def _post(port: int, path: str, png: bytes) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=_PATIENCE)
    try:
        connection.request("POST", path, png, {"Content-Type": "image/png"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _environment() -> dict[str, str]:
    """This process's environment, but every setting is at its default.

    Python keeps compiled modules, as it does unless it is told not to.
    """
    left_out = ("PORT", "PYTHONDONTWRITEBYTECODE")
    return {
        name: value
        for name, value in os.environ.items()
        if name not in left_out and not name.startswith("DIGITLENS_")
    }


def _tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread may end while it is looked at
            children += (thread / "children").read_text(encoding="ascii").split()
    return [pid] + [one for child in children for one in _tree(int(child))]
