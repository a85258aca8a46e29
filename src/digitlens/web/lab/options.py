"""Options: what a training can be started with. Files are listed; nothing of Keras is loaded."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import digitlens.training

_TRAINING = Path(digitlens.training.__file__).parent
FIRST = ("simple", "quick")  # what the form proposes: it is soon over
MNIST = "mnist"
_ORDER = ("quick", "standard", "best")
MOST_EPOCHS = 1000


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose.

    Attributes:
        name: As the command line takes it.
        about: What it is, in a sentence.
    """

    name: str
    about: str


@cache
def architectures() -> tuple[Option, ...]:
    """The networks on board: a file each, with a function of its name."""
    files = sorted((_TRAINING / "architectures").glob("*.py"))
    return tuple(option for file in files if (option := _architecture(file)))


@cache
def presets() -> tuple[Option, ...]:
    """The presets, the quickest first; what one is for stands in its first line."""
    files = {file.stem: file for file in (_TRAINING / "presets").glob("*.toml")}
    order = dict.fromkeys((*_ORDER, *sorted(files)))
    return tuple(Option(name, _comment(files[name])) for name in order if name in files)


def sources(data_dir: Path | None) -> dict[str, str]:
    """What can be trained on: MNIST, and the CSV files and folders of digits beside it.

    Args:
        data_dir: The folder with the data sets; without it, there is MNIST alone.

    Returns:
        What the command line takes for each, by a name without the folder's path.
    """
    found = {MNIST: MNIST}
    for path in sorted(data_dir.iterdir()) if data_dir and data_dir.is_dir() else ():
        kind = _kind(path)
        if kind:
            found[f"{kind}:{path.name}"] = f"{kind}:{path.absolute()}"
    return found


def _kind(path: Path) -> str:
    if path.is_file() and path.name.endswith((".csv", ".csv.gz")):
        return "csv"
    return "folder" if any((path / str(digit)).is_dir() for digit in range(10)) else ""


def _architecture(file: Path) -> Option | None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    if file.stem not in functions:
        return None
    first = (ast.get_docstring(tree) or "").partition("\n")[0]
    return Option(file.stem, _sentence(first.partition(": ")[2] or first))


def _comment(file: Path) -> str:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    return first[1:].strip() if first.startswith("#") else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
