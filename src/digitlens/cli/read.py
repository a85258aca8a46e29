"""`digitlens read`: read the digits of pictures."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitlens.errors import InvalidInput
from digitlens.quiet import quiet
from digitlens.settings import Settings

if TYPE_CHECKING:
    from digitlens.reading.result import Digit, Reading

_WORDS = {"read": "", "blank": "no ink", "not_a_digit": "not a digit"}


@click.command()
@click.argument("pictures", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--model", type=click.Path(path_type=Path), help="Folder of a bundle.  [the active]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, for programs.")
def command(pictures: tuple[str, ...], model: Path | None, as_json: bool) -> None:
    """Read the digits of PICTURES: files, or - for a picture on standard input.

    Prints a line for each: its name, what was read, and how sure that is. A picture that cannot be
    read is said so, the others are read; the exit status is then 1.
    """
    from digitlens.models.library import chosen
    from digitlens.reading.limits import Limits
    from digitlens.reading.reader import Reader

    settings = Settings.from_environment()
    limits = Limits(settings.max_bytes, settings.max_pixels, settings.max_points)
    with quiet():
        reader = Reader(model or chosen(settings), limits)
    width = max(len(name) for name in pictures)
    failed = False
    for name in pictures:
        try:
            reading = reader.read(sys.stdin.buffer.read() if name == "-" else name)
        except InvalidInput as error:
            failed = True
            _say_error(name, error, width, as_json)
            continue
        _say(name, reading, width, as_json)
    sys.exit(1 if failed else 0)


def _say(name: str, reading: Reading, width: int, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"picture": name} | _as_entries(reading)))
        return
    sure = f"{reading.confidence:6.1%}" if reading.text else " " * 6
    click.echo(f"{name:{width}}  {reading.text or '-':>8}  {sure}  {_in_words(reading)}".rstrip())


def _say_error(name: str, error: InvalidInput, width: int, as_json: bool) -> None:
    if as_json:
        said = {"argument": error.argument, "expected": error.expected, "received": error.received}
        click.echo(json.dumps({"picture": name, "error": said}))
        return
    click.echo(f"{name:{width}}  cannot be read: expected {error.expected}, got {error.received}")


def _in_words(reading: Reading) -> str:
    if reading.status != "unsure":
        return _WORDS[reading.status]
    return ", ".join(_doubt(digit) for digit in reading.digits if digit.status == "unsure")


def _doubt(digit: Digit) -> str:
    return " or ".join(str(d) for d in (digit.digit, *digit.alternatives)) + "?"


def _as_entries(reading: Reading) -> dict[str, Any]:
    """A reading as the REST API gives it."""
    return {
        "text": reading.text,
        "status": reading.status,
        "confidence": reading.confidence,
        "digits": [_digit(digit) for digit in reading.digits],
        "model": {"name": reading.model[0], "version": reading.model[1]},
    }


def _digit(digit: Digit) -> dict[str, Any]:
    box = digit.box
    return {
        "digit": digit.digit,
        "confidence": digit.confidence,
        "status": digit.status,
        "alternatives": list(digit.alternatives),
        "probabilities": list(digit.probabilities),
        "box": {"x": box.x, "y": box.y, "width": box.width, "height": box.height},
    }
