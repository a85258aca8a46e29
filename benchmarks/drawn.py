"""What was drawn: a digit and its picture, made in this process or in another one."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing of one digit.

    Attributes:
        text: The digit.
        png: The file, 280×280 with transparency (RGBA), black on white.
    """

    text: str
    png: bytes

    def line(self) -> str:
        """The drawing as a line of JSON."""
        return json.dumps({"text": self.text, "png": base64.b64encode(self.png).decode()})


def drawn_elsewhere(count: int) -> list[Drawn]:
    """Have drawings made by another process, so that this one loads no libraries for it.

    Memory that two processes share counts half for each: libraries that both the server and what
    measures it have loaded would make the server look smaller than it is.
    """
    command = [sys.executable, "-m", "benchmarks.pictures", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [Drawn(one["text"], base64.b64decode(one["png"])) for one in found]
