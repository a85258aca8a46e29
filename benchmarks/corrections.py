"""Corrections under load: run as `python -m benchmarks.corrections [--quick]`.

16 clients correct readings at a server with two workers, on SQLite and, where its programs are
installed, on PostgreSQL; then the workers are killed under that load, twenty times; then the review
is asked for its first page out of 50,000 corrections. What was acknowledged is counted afterwards.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import click
from tests.postgres import Postgres, find_programs
from tests.running import Server, until
from tests.web.kept import glyph

from benchmarks.client import Address, Connection, post
from digitlens.corrections import Glyph, Store, Submission, keep
from digitlens.corrections.address import of_file
from digitlens.corrections.database import Database
from digitlens.corrections.packed import pack_up

CLIENTS = 16
SECONDS = 15.0  # of the load without kills
KILLS = 20
APART = 2.9  # seconds between two kills: Granian ends where one worker dies again within 5.5 s
REVIEWED = 50_000
_AHEAD = 600  # readings that are made before, for each second of the load
_BATCH = 200
_CHUNK = 2_000  # corrections of one transaction, when the review's are made
_STROKES = [[[90, 60], [180, 60], [130, 220]]]


@dataclass
class Load:
    """Clients that correct one reading after another, and what they were told.

    Attributes:
        port: Of the server.
        readings: Ids of readings that were made before; then each client reads for itself.
        receipts: Of all corrections that were acknowledged.
        times: Milliseconds that each took.
        failed: Requests that were not acknowledged: each was sent again until it was.
    """

    port: int
    readings: deque[str] = field(default_factory=deque)
    receipts: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    failed: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Load the server as long as this lasts."""
        clients = [threading.Thread(target=self._correct, args=(n,)) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            yield
        finally:
            self.over.set()
            for client in clients:
                client.join()

    def _correct(self, client: int) -> None:
        connection = Connection(self._address)
        for number in count():
            if self.over.is_set():
                return
            # Another client each time, so that no two are folded; another reading as well.
            body = {"reading": self._read(connection), "strokes": _STROKES, "should": "1"}
            self._say(connection, body | {"client": f"{client}-{number}"})

    def read_ahead(self, number: int) -> None:
        """Have readings made, in batches."""
        connection = Connection(self._address)
        pictures: dict[str, object] = {"pictures": [{"strokes": _STROKES}] * _BATCH}
        for _ in range(0, number, _BATCH):
            results = self._post(connection, "/api/v1/read/batch", pictures)[1]["results"]
            self.readings += [result["reading"]["id"] for result in results]

    @property
    def _address(self) -> Address:
        return "127.0.0.1", self.port

    def _read(self, connection: Connection) -> str:
        with suppress(IndexError):
            return self.readings.popleft()
        while True:
            status, said = self._post(connection, "/api/v1/read", {"strokes": _STROKES})
            if status == 200:
                return str(said["id"])

    def _say(self, connection: Connection, body: dict[str, object]) -> None:
        """Correct a reading; what was not acknowledged is said again, as a page does."""
        while True:
            start = time.perf_counter()
            status, said = self._post(connection, "/api/v1/corrections", body)
            if status in (200, 201):
                self.times.append((time.perf_counter() - start) * 1000)
                self.receipts.append(said["receipt"])
                return
            self.failed += 1

    def _post(
        self, connection: Connection, path: str, body: dict[str, object]
    ) -> tuple[int, dict[str, Any]]:
        """Status and answer; status 0 where the connection broke."""
        try:
            data = json.dumps(body).encode()
            connection.send(post(self._address, path, data, "application/json"))
            while (answer := connection.receive()) is None:
                pass
            return answer[1], json.loads(connection.body)
        except OSError:
            time.sleep(0.02)
            with suppress(OSError):  # both workers may be starting
                connection.open_again()
            return 0, {}


@contextmanager
def _serving(folder: Path, url: str) -> Iterator[Server]:
    options = ["--corrections-dir", str(folder), "--corrections-per-minute", "0"]
    options += ["--runs-dir", str(folder / "runs"), "--workers", "2"]
    server = Server(folder / "log", options=options, environment={"DIGITLENS_DATABASE_URL": url})
    server.start()
    try:
        _warm(server)
        yield server
    finally:
        server.stop()


def _warm(server: Server) -> None:
    """Let every worker load what its first correction needs."""
    for _ in range(30):
        server.ask("GET", "/api/v1/corrections/none")


def measure_rate(folder: Path, url: str, name: str, seconds: float) -> None:
    """Corrections per second, and whether each that was acknowledged is there."""
    with _serving(folder, url) as server:
        load = Load(server.port)
        load.read_ahead(round(seconds * _AHEAD))
        start = time.perf_counter()
        with load.running():
            time.sleep(seconds)
        rate = len(load.receipts) / (time.perf_counter() - start)
    store = Store(url)
    lost, kept = _lost(store, load), store.counts().total
    store.close()
    print(
        f"{name}: {rate:.0f} corrections a second; "
        f"median {median(load.times):.1f} ms; acknowledged {len(load.receipts)}, "
        f"kept {kept}, lost {lost}, not acknowledged at first {load.failed}",
        flush=True,
    )
    assert lost == 0  # noqa: S101 -- what the benchmark is about
    assert kept == len(load.receipts)  # noqa: S101


def measure_kills(folder: Path, url: str, name: str, kills: int) -> None:
    """Kill workers under the load: what was acknowledged is there, and nothing is half."""
    with _serving(folder, url) as server:
        load = Load(server.port)
        with load.running():
            killed = [_kill_oldest(server) for _ in range(kills)]
    store = Store(url)
    lost, kept = _lost(store, load), store.counts().total
    store.close()
    print(
        f"{name}: {len(killed)} workers killed; acknowledged {len(load.receipts)}, kept {kept}, "
        f"lost {lost}, requests cut off {load.failed}",
        flush=True,
    )
    assert lost == 0  # noqa: S101
    # Each client may have been cut off after its last correction was written.
    assert 0 <= kept - len(load.receipts) <= CLIENTS  # noqa: S101


def _kill_oldest(server: Server) -> int:
    time.sleep(APART)
    until(lambda: len(server.workers()) == 2, "two workers")
    oldest = min(server.workers(), key=_started)
    os.kill(oldest, signal.SIGKILL)
    return oldest


def _started(pid: int) -> int:
    """When a process was started, in ticks since the machine was."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])


def _lost(store: Store, load: Load) -> int:
    """How many that were acknowledged are not there, or not whole."""
    return sum(len(store.look(receipt)) != 1 for receipt in load.receipts)


def measure_review(folder: Path, reviewed: int) -> None:
    """The first page of the review, and a decision on it."""
    _fill(of_file(folder / "corrections.db"), reviewed)
    with _serving(folder, "") as server:
        for path in (
            "",
            "?order=uncertain",
            "?order=newest",
            "?status=pending&should=3",
            "/counts",
        ):
            times = [_ask(server, f"/api/v1/review{path}") for _ in range(11)]
            print(
                f"review of {reviewed:,}, GET /api/v1/review{path}: first {times[0]:.0f} ms, "
                f"median {median(times):.0f} ms, longest {max(times):.0f} ms",
                flush=True,
            )


def _ask(server: Server, path: str) -> float:
    start = time.perf_counter()
    answer = server.ask("GET", path)
    assert answer.status == 200, answer.body  # noqa: S101
    return (time.perf_counter() - start) * 1000


def _fill(url: str, number: int) -> None:
    """Keep many corrections, of digits that are sure and unsure."""
    database = Database(url)
    for start in range(0, number, _CHUNK):
        said = [pack_up(_submission(n)) for n in range(start, min(start + _CHUNK, number))]
        database.write(lambda connection, said=said: keep.add(connection, said))
    database.close()


def _submission(number: int) -> Submission:
    one: Glyph = glyph(str(number % 10), number * 7 % 11, number * 37 % 1000 / 1000)
    return Submission(f"r{number}", f"c{number}", "digitlens", "1", None, (one,), "wrong")


@click.command()
@click.option("--quick", is_flag=True, help="A short run, to see that everything works.")
@click.option("--only", type=click.Choice(("rate", "kills", "review")), multiple=True)
def main(quick: bool, only: tuple[str, ...]) -> None:
    """Measure, and print what was found."""
    # Told to end, it stops the servers that it has started, as after an error.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    wanted = only or ("rate", "kills", "review")
    if "rate" in wanted:
        _on_each(lambda f, u, n: measure_rate(f, u, n, 4.0 if quick else SECONDS))
    if "kills" in wanted:
        _on_each(lambda f, u, n: measure_kills(f, u, n, 3 if quick else KILLS))
    if "review" in wanted:
        with TemporaryDirectory() as folder:
            measure_review(Path(folder), 2_000 if quick else REVIEWED)


def _on_each(measure: Callable[[Path, str, str], None]) -> None:
    """Measure on either database, as far as there is one."""
    with TemporaryDirectory() as folder:
        measure(Path(folder), of_file(Path(folder) / "corrections.db"), "SQLite")
    programs = find_programs()
    if programs is None:
        print("PostgreSQL: not installed here")
        return
    postgres = Postgres(programs).start()
    try:
        with TemporaryDirectory() as folder:
            measure(Path(folder), postgres.new_database(), "PostgreSQL")
    finally:
        postgres.stop()


if __name__ == "__main__":
    main()
