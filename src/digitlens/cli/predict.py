"""`digitlens predict`: read the digits of a CSV file, as Kaggle's Digit Recognizer asks for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitlens.errors import InvalidInput
from digitlens.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from digitlens.training.measure.subject import Subject

_CHUNK = 500  # digits between two steps of the bar


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--submission",
    type=click.Path(path_type=Path),
    required=True,
    help="File to write: ImageId,Label, counted from 1.",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="A bundle, a run, a .keras or a .h5 file.  [the active]",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(file: Path, submission: Path, model: Path | None, force: bool) -> None:
    """Read the digits of FILE: a CSV with 784 pixels on each line, as Kaggle's test.csv.

    A label before the pixels is passed over. The file may be gzipped and have a header or none.
    """
    from digitlens.models.library import chosen
    from digitlens.training.data.csv_source import read_csv
    from digitlens.training.measure.subject import load_subject

    if submission.exists() and not force:
        raise InvalidInput(
            "--submission", "a file that is not there yet, or --force", str(submission)
        )
    subject = load_subject(model or chosen(Settings.from_environment()))
    images, _ = read_csv(file, labelled=False, say=lambda line: click.echo(line, err=True))
    digits = _read(subject, images)
    rows = (f"{number},{digit}\n" for number, digit in enumerate(digits, 1))
    part = submission.with_name(f".{submission.name}.part")
    part.write_text("ImageId,Label\n" + "".join(rows), encoding="utf-8")
    part.replace(submission)
    click.echo(f"{len(digits):,} digits read by {subject.name}: {submission}")


def _read(subject: Subject, images: npt.NDArray[np.uint8]) -> list[int]:
    from digitlens.training.data.prepared import prepared

    digits: list[int] = []
    hidden = not sys.stderr.isatty()  # in a log file it would be rubbish
    with click.progressbar(
        length=len(images), label="reading", file=sys.stderr, hidden=hidden
    ) as bar:
        for start in range(0, len(images), _CHUNK):
            chunk = images[start : start + _CHUNK]
            digits += subject.logits(prepared(chunk)).argmax(axis=1).tolist()
            bar.update(len(chunk))
    return digits
