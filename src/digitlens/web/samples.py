"""Samples: commands for the docs, which work as they stand."""

from __future__ import annotations

from dataclasses import dataclass

SEVEN = [[[90, 60], [180, 60], [130, 220]]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A command that asks for something.

    Attributes:
        title: What it shows.
        command: For a shell; `SERVER` stands for the address of the server.
    """

    title: str
    command: str

    def on(self, server: str) -> str:
        """The command for one server, whose address ends without a slash."""
        return self.command.replace("SERVER", server)


SAMPLES: dict[str, tuple[Sample, ...]] = {
    "read": (
        Sample(
            "Strokes of a pen",
            "curl SERVER/api/v1/read \\\n"
            "  --json '{\"strokes\": [[[90, 60], [180, 60], [130, 220]]]}'",
        ),
        Sample(
            "A file as the body",
            "curl SERVER/api/v1/read \\\n"
            "  --header 'Content-Type: image/png' --data-binary @seven.png",
        ),
        Sample("A file of a form", "curl SERVER/api/v1/read --form image=@seven.png"),
        Sample(
            "A file as text, and what the network saw of it",
            'echo "{\\"image\\": \\"$(base64 < seven.png)\\"}" | tr -d \'\\n\' |\n'
            "  curl 'SERVER/api/v1/read?include=seen' --json @-",
        ),
    ),
    "read_batch": (
        Sample(
            "Files of a form",
            "curl SERVER/api/v1/read/batch \\\n  --form image=@seven.png --form image=@seven.png",
        ),
        Sample(
            "A list, one of which cannot be read",
            'curl SERVER/api/v1/read/batch --json \'{"pictures": [\n'
            '  {"strokes": [[[0, 0], [0, 100]]]}, {"image": "bm90IGEgcGljdHVyZQ=="}\n'
            "]}'",
        ),
    ),
    "say_correction": (
        Sample(
            "A picture is read, and the reading corrected",
            "strokes='[[[90, 60], [180, 60], [130, 220]]]'\n"
            'reading=$(curl --silent SERVER/api/v1/read --json "{\\"strokes\\": $strokes}" |\n'
            '  sed \'s/.*"id": "\\([^"]*\\)".*/\\1/\')\n'
            "curl SERVER/api/v1/corrections --json \\\n"
            '  "{\\"reading\\": \\"$reading\\", \\"strokes\\": $strokes, \\"should\\": \\"1\\"}"',
        ),
    ),
    "model": (Sample("", "curl SERVER/api/v1/model"),),
    "alive": (Sample("", "curl SERVER/healthz"),),
    "ready": (Sample("", "curl SERVER/readyz"),),
}
