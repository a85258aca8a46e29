"""Serving: our server and the peer's, in turn, each started, asked and loaded anew each round."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks import load
from benchmarks.drawn import Drawn, drawn_elsewhere
from benchmarks.effort import Effort, Say
from benchmarks.figures import Figure, Goal
from benchmarks.others import Others
from benchmarks.server import HOST, Contender, Running, running

CONNECTIONS = 8
_PICTURES = 30  # different ones in a load
_DISTURBED = 0.05  # share of the machine that others may take in a round
_PAUSE = 0.3  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Round:
    """What one server did in one round.

    Attributes:
        start: Seconds from the start of the process to its first answer.
        rate: Requests per second over eight connections.
        latency: Median milliseconds of a request over one connection.
        memory: Most PSS of all its processes under the eight connections, in MiB.
        resident: The same in RSS.
        failed: Requests that failed.
        right: Share of the pictures that were read right, 0 to 1.
        others: Share of the machine that other programs took meanwhile, 0 to 1.
    """

    start: float
    rate: float
    latency: float
    memory: float
    resident: float
    failed: int
    right: float
    others: float


def measure(effort: Effort, peer: bool, say: Say) -> list[Figure]:
    """Measure both servers."""
    pictures = drawn_elsewhere(_PICTURES)
    with tempfile.TemporaryDirectory() as folder:
        contenders = [ours()]
        if peer and find_spec("tensorflow"):
            contenders.append(the_peer(Path(folder)))
        rounds: dict[str, list[Round]] = {contender.name: [] for contender in contenders}
        for number in range(effort.rounds + 1):
            for contender in contenders:
                log = Path(folder) / f"{contender.name}.log"
                if not number:  # brings files into the cache, and is not counted
                    with running(contender, pictures[0].png, log):
                        continue
                say(f"round {number} of {effort.rounds}: {contender.name}")
                rounds[contender.name].append(_quiet_round(contender, pictures, effort, log))
    return _figures(rounds["digitlens"], rounds.get("peer", []))


def ours() -> Contender:
    """The server of this project, as it comes."""
    program = str(Path(sys.executable).parent / "digitlens")
    return Contender("digitlens", (program, "serve", "--host", HOST, "--port"), "/api/v1/read")


def the_peer(folder: Path) -> Contender:
    """The usual way, with a network that is made here."""
    module = (sys.executable, "-m", "benchmarks.peer")
    network = str(folder / "network.keras")
    subprocess.run([*module, "--make", network], check=True, capture_output=True)
    return Contender("peer", (*module, network), "/predict")


def _quiet_round(contender: Contender, pictures: list[Drawn], effort: Effort, log: Path) -> Round:
    """A round that other programs leave alone: of some attempts, the first such, or the best."""
    attempts: list[Round] = []
    while not attempts or (attempts[-1].others > _DISTURBED and len(attempts) < effort.attempts):
        attempts.append(_round(contender, pictures, effort, log))
    return min(attempts, key=lambda one: one.others)


def _round(contender: Contender, pictures: list[Drawn], effort: Effort, log: Path) -> Round:
    bodies = [picture.png for picture in pictures]
    with running(contender, bodies[0], log) as server:
        right = _share_right(server, pictures) if contender.name == "digitlens" else 0.0
        where = server.port, contender.path, bodies
        load.drive(*where, CONNECTIONS, effort.warm_up)
        others = Others(server.processes())
        with _weighed(server) as heaviest:
            busy = load.drive(*where, CONNECTIONS, effort.seconds)
        memory, resident = heaviest()
        alone = load.drive(*where, 1, effort.seconds)
        return Round(
            server.seconds,
            busy.rate,
            alone.latency,
            memory,
            resident,
            busy.failed + alone.failed,
            right,
            others.share(),
        )


def _share_right(server: Running, pictures: list[Drawn]) -> float:
    texts: list[str] = [json.loads(server.ask(picture.png)[1])["text"] for picture in pictures]
    right: int = sum(text == picture.text for text, picture in zip(texts, pictures, strict=True))
    return right / len(pictures)


@contextmanager
def _weighed(server: Running) -> Iterator[Callable[[], tuple[float, float]]]:
    """Look at a server's memory again and again; gives what tells the most that was seen."""
    seen = [server.memory()]
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(_PAUSE):
            seen.append(server.memory())

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield lambda: (max(pss for pss, _ in seen), max(rss for _, rss in seen))
    finally:
        stop.set()
        watch.join()


def _figures(mine: list[Round], theirs: list[Round]) -> list[Figure]:
    def figure(name: str, what: str, unit: str, goal: float | None, higher: bool = False) -> Figure:
        ours, peers = ([getattr(r, name) for r in rounds] for rounds in (mine, theirs))
        return Figure(
            name,
            what,
            unit,
            median(ours),
            median(peers) if peers else None,
            higher,
            Goal("ratio", goal) if goal else None,
            (min(ours), max(ours)),
            (min(peers), max(peers)) if peers else None,
        )

    failed = sum(r.failed for r in mine)
    right = min(r.right for r in mine)
    taken = max(r.others for r in mine + theirs)
    return [
        figure("rate", f"requests per second, {CONNECTIONS} connections", "1/s", 60, higher=True),
        figure("latency", "median latency, 1 connection", "ms", 30),
        figure("memory", "memory under that load, all processes (PSS)", "MiB", 6),
        figure("resident", "the same as RSS, shared pages counted twice", "MiB", None),
        figure("start", "process start to first answer", "s", 8),
        Figure("failed", "failed requests", "", failed, goal=Goal("ours", 0, most=True)),
        Figure("right", "pictures of the load that were read right", "share", right),
        Figure("others", "most of the machine that other programs took", "share", taken),
    ]
