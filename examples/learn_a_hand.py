"""Learn a hand: a writer whom the model misreads corrects it, and then it reads that writer better.

    python examples/learn_a_hand.py                     # the whole curve
    python examples/learn_a_hand.py --counts 0 20       # two points of it

Of the people who wrote the pen strokes, six were kept out of all training. This takes the one of
them whom the active model misreads most. Half of that writer's digits are written again and again
to a real server, through its API, each time as the same hand would write it on another day: turned,
leaning, stretched and bent a little otherwise. The writer corrects what is misread and confirms
what is not, until so many mistakes are corrected. All of it is accepted, the model is retrained,
and if the gate admits it, it is promoted while the server runs. The writer's other digits, which
nobody has corrected, are written in the same way and read before and after.

It needs DIGITLENS_DATA_DIR with `mnist/` and `pendigits/`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.error import URLError

import numpy as np

from digitlens import Reader
from digitlens.corrections import open_store
from digitlens.errors import DataError
from digitlens.models.library import Library
from digitlens.quiet import quiet
from digitlens.settings import Settings
from digitlens.training.data.drawings import Drawing, load_pendigits
from digitlens.training.data.hand import vary

COUNTS = (0, 5, 10, 20, 50)  # mistakes that are corrected
OTHERS = 6000  # pictures of the writer's other digits: of fewer too few are misread to count by
TO_CHOOSE = 1500  # pictures of each writer's digits, by which one of them is chosen
PATIENCE = 5.0  # seconds in which a server takes a new version


@dataclass(frozen=True)
class Written:
    """A digit that was written: its strokes, as JSON has them, and which one it is."""

    strokes: list[list[list[float]]]
    label: int


@dataclass(frozen=True)
class Point:
    """One point of the curve: shares of misread digits, and what it took."""

    mistakes: int
    confirmed: int
    admitted: bool
    writer_before: float
    writer_after: float
    mnist_before: float
    mnist_after: float
    seconds: float


class Server:
    """A server on the loopback, started for this."""

    def __init__(self, settings: Settings) -> None:
        names = ("models_dir", "corrections_dir", "runs_dir")
        variables = {f"DIGITLENS_{n.upper()}": str(getattr(settings, n)) for n in names}
        self._token = secrets.token_hex()
        variables |= {"DIGITLENS_ADMIN_TOKEN": self._token, "DIGITLENS_DATABASE_URL": ""}
        variables["DIGITLENS_CORRECTIONS_PER_MINUTE"] = "0"  # a writer in haste
        program = str(Path(sys.executable).parent / "digitlens")
        command = [program, "serve", "--host", "127.0.0.1", "--port", "0"]
        settings.runs_dir.mkdir(parents=True, exist_ok=True)
        log = settings.runs_dir / "server.log"  # a pipe that nobody empties would halt the server
        with log.open("w") as file:
            self._process = subprocess.Popen(  # noqa: S603 -- our own server
                command, env=os.environ | variables, stdout=file
            )
        self._url = ""
        while not self._url:
            assert self._process.poll() is None, "the server did not start"
            time.sleep(0.05)
            found = re.search(r"http://[\d.:]+(?=\s)", log.read_text())
            self._url = found[0] if found else ""
        while not self._is_ready():
            time.sleep(0.05)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask for JSON, with JSON where there is something to say, as one who may review."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self._url + path, data, headers)  # noqa: S310 -- loopback
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 -- loopback
            return json.load(answer)

    def _is_ready(self) -> bool:
        assert self._process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(self._url + "/readyz", timeout=30):  # noqa: S310 -- loopback
                return True
        except URLError:
            return False

    def stop(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait()


def write(drawings: Sequence[Drawing], seed: int) -> Iterator[Written]:
    """Write these digits again and again, each time otherwise; always the same for a seed."""
    rng = np.random.default_rng(seed)
    while True:
        for drawing in drawings:
            strokes = vary(drawing.strokes, rng)
            yield Written([(200 * s).round(1).tolist() for s in strokes], drawing.label)


def misread(reader: Reader, written: Sequence[Written]) -> float:
    """The share of what was written that is misread."""
    readings = reader.read_many([one.strokes for one in written])
    return float(np.mean([r.text != str(w.label) for r, w in zip(readings, written, strict=True)]))


def choose(reader: Reader, data_dir: Path | None, others: int) -> tuple[int, list[Drawing]]:
    """The test writer whom the model misreads most, and what that writer wrote."""
    writers: dict[int, list[Drawing]] = {}
    for drawing in load_pendigits(data_dir):
        if drawing.part == "test":
            writers.setdefault(drawing.writer, []).append(drawing)
    errors = {w: misread(reader, list(islice(write(d, 0), others))) for w, d in writers.items()}
    print("misread: " + ", ".join(f"writer {w} {error:.1%}" for w, error in errors.items()))
    worst = max(errors, key=lambda writer: errors[writer])
    return worst, writers[worst]


def correct(server: Server, pages: Iterator[Written], mistakes: int) -> int:
    """Write until so many mistakes are corrected; returns how many answers were confirmed."""
    confirmed = 0
    while mistakes:
        one = next(pages)
        answer = server.ask("/api/v1/read", {"strokes": one.strokes})
        if len(answer["digits"]) != 1:
            continue  # taken for two digits: the network cannot learn anything from that
        said = {"reading": answer["id"], "strokes": one.strokes, "should": str(one.label)}
        server.ask("/api/v1/corrections", said | {"client": "the-writer"})
        is_right = answer["text"] == str(one.label)
        confirmed += is_right
        mistakes -= not is_right
    return confirmed


def accept_all(server: Server) -> None:
    """Review what was said; this writer is to be believed."""
    pending = "/api/v1/review?status=pending&limit=200"
    while found := server.ask(pending)["corrections"]:
        decision = {"ids": [one["id"] for one in found], "action": "accept"}
        server.ask("/api/v1/review/decisions", decision)


def learn(settings: Settings, changes: dict[str, Any]) -> tuple[bool, dict[str, Any]]:
    """Retrain and promote; whether it was admitted, and the gate's figures."""
    with quiet():
        from digitlens.training.retrain.retrain import Wish, retrain

    store = open_store(settings)
    run = settings.runs_dir / "retrain"
    library = Library(settings.models_dir)
    wish = Wish(library, settings.data_dir, run, changes=changes, promote=True)
    outcome = retrain(wish, store.accepted, print)
    store.close()
    for reason in outcome.verdict.reasons:
        print(f"  {reason}")
    return outcome.verdict.admitted, json.loads((run / "verdict.json").read_text())


def wait_for(server: Server, version: str) -> float:
    """Wait until the server reads with a version; returns the seconds that took."""
    began = time.monotonic()
    line = {"strokes": [[[0, 0], [0, 100]]]}
    while server.ask("/api/v1/read", line)["model"]["version"] != version:
        assert time.monotonic() - began < PATIENCE, f"the server does not read with {version}"
        time.sleep(0.05)
    return time.monotonic() - began


def point(
    settings: Settings, drawings: list[Drawing], mistakes: int, others: int, changes: dict[str, Any]
) -> Point:
    """Let the writer correct so many mistakes, and measure what the model learns from that."""
    library = Library(settings.models_dir)
    asked = list(islice(write(drawings[1::2], 1), others))
    before = Reader(library.active().folder)
    writer_before = misread(before, asked)
    mnist = next((1 - m.value for m in before.card.metrics if m.name == "mnist_test"), 0.0)
    if not mistakes:
        return Point(0, 0, False, writer_before, writer_before, mnist, mnist, 0.0)
    server = Server(settings)
    try:
        confirmed = correct(server, write(drawings[::2], 2), mistakes)
        accept_all(server)
        began = time.monotonic()
        try:
            admitted, verdict = learn(settings, changes)
        except DataError as error:  # too few to hold some of them out
            print(f"  {error}")
            same = writer_before, writer_before, mnist, mnist
            return Point(mistakes, confirmed, False, *same, 0.0)
        seconds = time.monotonic() - began
        if admitted:
            took = wait_for(server, verdict["version"])
            print(f"  the server reads with {verdict['version']} after {took:.1f} s")
    finally:
        server.stop()
    after = misread(Reader(settings.runs_dir / "retrain" / "bundle"), asked)
    figures = verdict["frozen"]["mnist_test"]
    old, new = (1 - figures[side] / figures["count"] for side in ("before", "after"))
    return Point(mistakes, confirmed, admitted, writer_before, after, old, new, seconds)


def main(
    counts: Sequence[int] = COUNTS,
    others: int = OTHERS,
    base: Settings | None = None,
    changes: dict[str, Any] | None = None,
) -> list[Point]:
    """Draw the curve: for each number of corrected mistakes from the same version anew.

    Args:
        counts: How many mistakes are corrected.
        others: How many pictures of the writer's other digits are read.
        base: Says which version is active and where the data are; nothing in it is changed.
        changes: Settings of the training that are to be others.
    """
    base = base or Settings.from_environment()
    active = Library(base.models_dir).active()
    number, drawings = choose(Reader(active.folder), base.data_dir, min(others, TO_CHOOSE))
    print(f"writer {number} writes to the version {active.name}")
    curve = []
    for mistakes in counts:
        folder = Path(mkdtemp(prefix="learn-a-hand-"))
        settings = replace(
            base,
            models_dir=folder / "models",
            corrections_dir=folder / "corrections",
            runs_dir=folder / "runs",
            database_url="",
        )
        if active.name != "shipped":
            Library(settings.models_dir).add(active.folder)
            Library(settings.models_dir).promote(active.name)
        found = point(settings, drawings, mistakes, others, changes or {})
        curve.append(found)
        print(
            f"{found.mistakes:3} mistakes corrected, {found.confirmed} answers confirmed: misread"
            f" {found.writer_before:.2%}, then {found.writer_after:.2%} of this writer's other"
            f" digits, {found.mnist_before:.2%} and {found.mnist_after:.2%} of MNIST's"
            + ("" if not mistakes else " (admitted)" if found.admitted else " (not admitted)")
        )
    return curve


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A writer corrects the model, and it learns.")
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, metavar="N")
    parser.add_argument("--json", type=Path, help="Write the curve there.")
    arguments = parser.parse_args()
    points = main(arguments.counts)
    if arguments.json:
        entries = [{name: getattr(p, name) for name in Point.__annotations__} for p in points]
        arguments.json.write_text(json.dumps(entries, indent=1) + "\n")
