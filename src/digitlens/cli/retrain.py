"""`digitlens retrain`: a new version of the model, from accepted corrections, if it is better."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitlens.errors import InvalidInput, MissingExtra
from digitlens.lock import hold
from digitlens.quiet import quiet
from digitlens.settings import Settings

if TYPE_CHECKING:
    from digitlens.corrections import Store
    from digitlens.models.library import Library
    from digitlens.training.retrain.retrain import Outcome

REFUSED = 3  # exit status where the gate says no
_LOCK = "retrain.lock"


@click.command()
@click.option("--dry-run", is_flag=True, help="Train and report only: no version, nothing noted.")
@click.option("--promote", is_flag=True, help="Make the new version active if it is admitted.")
@click.option("--if-new", type=click.IntRange(1), metavar="N", help="Only if N are new.")
@click.option("--resume", is_flag=True, help="Go on with the last one that was not finished.")
@click.option("--run", help="Name or folder of the run.  [RUNS/retrain-N]")
@click.option("--data", multiple=True, help="What to replay.  [what the model was trained on]")
@click.option("--epochs", type=click.IntRange(1), help="How often the corrections are seen.  [6]")
@click.option("--models", type=click.Path(path_type=Path), help="As DIGITLENS_MODELS_DIR.")
@click.option("--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR.")
def command(
    dry_run: bool,
    promote: bool,
    if_new: int | None,
    resume: bool,
    run: str | None,
    data: tuple[str, ...],
    epochs: int | None,
    models: Path | None,
    data_dir: Path | None,
) -> None:
    r"""Train the active model on accepted corrections, and admit it if it is better.

    A part of the corrections is held out. The new version is admitted if it reads those better, and
    the test set of MNIST and the pen strokes not worse, by more than chance. The exit status is 0
    if it is admitted or there was nothing to do, 3 if it is not admitted.

    \b
    digitlens retrain --dry-run
    digitlens retrain --if-new 200 --promote
    """
    if dry_run and promote:
        raise InvalidInput("--dry-run", "no --promote: nothing comes of it", "both")
    if find_spec("tensorflow") is None or find_spec("rich") is None:
        raise MissingExtra("digitlens retrain", "train")
    from digitlens.corrections import open_store
    from digitlens.models.library import Library

    own = Settings.from_environment()
    library = Library(models or own.models_dir)
    with hold(library.folder / _LOCK) as lock:
        if lock is None:
            click.echo("another retraining is running: nothing to do")
            return
        store = open_store(own)
        try:
            if if_new and not resume and not _is_enough(library, store, if_new):
                return
            with quiet():  # TensorFlow says a lot about GPUs that it does not find
                from digitlens.training.retrain.retrain import Wish, retrain
            wish = Wish(
                library=library,
                data_dir=data_dir or own.data_dir,
                run=_unfinished(run, own.runs_dir) if resume else _new(run, own.runs_dir),
                data=data,
                changes={"epochs": epochs} if epochs else {},
                dry_run=dry_run,
                promote=promote,
            )
            click.echo(f"run: {wish.run}")
            outcome = retrain(wish, store.accepted, click.echo)
        finally:
            store.close()
    _say(outcome, wish.run)
    sys.exit(0 if outcome.verdict.admitted else REFUSED)


def _is_enough(library: Library, store: Store, least: int) -> bool:
    from digitlens.training.retrain.seen import count_new

    new = count_new(library.folder, store.accepted())
    if new < least:
        click.echo(f"{new:,} new corrections, {least:,} are wanted: nothing to do")
    return new >= least


def _new(run: str | None, runs: Path) -> Path:
    if run is not None:
        folder = _place(run, runs)
        if (folder / "run.json").exists():
            expected = "the name of a new run, or --resume to go on with this one"
            raise InvalidInput("--run", expected, str(folder))
        return folder
    number = 1
    while (runs / f"retrain-{number}").exists():
        number += 1
    return runs / f"retrain-{number}"


def _unfinished(run: str | None, runs: Path) -> Path:
    """The run that was named, or the last retraining that did not come to its end."""
    from digitlens.training.run import all_runs

    if run is not None:
        found = [_place(run, runs)]
    else:
        started = [(r.started, path) for path, r in all_runs(runs) if r.state != "done"]
        found = [path for _, path in sorted(started)]
    found = [path for path in found if (path / "retrain.json").exists()]
    if not found:
        raise InvalidInput("--resume", f"a retraining in {runs} that was not finished", "none")
    return found[-1]


def _place(run: str, runs: Path) -> Path:
    return Path(run) if Path(run).name != run else runs / run


def _say(outcome: Outcome, run: Path) -> None:
    for reason in outcome.verdict.reasons:
        click.echo(reason)
    if not outcome.verdict.admitted:
        click.echo("not admitted: the active version stays")
    elif outcome.version is None:
        click.echo("it would be admitted")
    elif outcome.is_promoted:
        click.echo(f"admitted: {outcome.version.name} is active")
    else:
        name = outcome.version.name
        click.echo(f"admitted: `digitlens models promote {name}` makes it active")
    click.echo(f"figures, and what changed sides: {run / 'verdict.html'}")
