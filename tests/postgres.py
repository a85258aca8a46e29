"""A real PostgreSQL for tests: a server of their own, in a folder of its own, without a port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

_PLACES = "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin"


def find_programs() -> Path | None:
    """The folder with PostgreSQL's programs, the newest of those that are there."""
    found = [path for place in _PLACES for path in Path("/").glob(place[1:] + "/initdb")]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve())
    return max(found, key=str).parent if found else None


class Postgres:
    """A server with databases of its own; `stop` it and its folder is gone.

    Args:
        programs: The folder with PostgreSQL's programs.
    """

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # A socket's path may have about a hundred characters, which pytest's folders exceed.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._user = None
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            self._user = "nobody"
            os.chown(self.folder, pwd.getpwnam(self._user).pw_uid, -1)
        self._numbers = count()
        self._run("initdb", "--no-sync", "--auth=trust", "--username=digitlens", "-D", self._data)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def start(self) -> Postgres:
        """Start the server and wait until it answers."""
        options = f"-c listen_addresses='' -k {self.folder}"
        log = self.folder / "log"
        self._run("pg_ctl", "start", "-w", "-t", 60, "-D", self._data, "-l", log, "-o", options)
        return self

    def halt(self, mode: str = "fast") -> None:
        """Stop the server; its databases stay. `immediate` is as if the power had failed."""
        self._run("pg_ctl", "stop", "-w", "-t", 60, "-D", self._data, "-m", mode)

    def stop(self) -> None:
        """Stop the server and remove its databases."""
        self.halt("immediate")
        shutil.rmtree(self.folder)

    def new_database(self) -> str:
        """Make an empty database; returns its URL."""
        name = f"test{next(self._numbers)}"
        self._run("createdb", "-h", self.folder, "-U", "digitlens", name)
        return f"postgresql+psycopg://digitlens@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: object) -> None:
        command: Sequence[str] = [str(self._programs / program), *map(str, arguments)]
        # Where the server inherits our outputs, reading them would wait for its end.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                command,
                stdout=said,
                stderr=said,
                cwd=self.folder,
                user=self._user,
                check=False,
                timeout=120,
            )
            said.seek(0)
            assert done.returncode == 0, said.read().decode()
