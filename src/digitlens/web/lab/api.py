"""The Lab's API: what there is, and what can be done with it.

Nobody is kept waiting here: a page asks again and again, and mostly hears that nothing is new. So
watching takes no thread from reading digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, request

from digitlens.errors import BundleError
from digitlens.training.run import STOP, Run
from digitlens.web.lab import options, permission
from digitlens.web.lab.history import read_history
from digitlens.web.lab.lab import lab
from digitlens.web.lab.listing import Piece, say_filters, say_run
from digitlens.web.problems import CONFLICT, INVALID, NO_RUN, refusal
from digitlens.web.service import service

blueprint = Blueprint("lab_api", __name__, url_prefix="/api/v1/lab")


@blueprint.get("/options")
def get_options() -> Response:
    """Tell what a training can be started with, and whether it may be from here."""
    return jsonify(say_options())


@blueprint.get("/runs")
def list_runs() -> Response:
    """List the runs, the line and the model that answers."""
    lab().ensure()
    return _respond(lab().listing.piece())


@blueprint.post("/runs")
def start_training() -> tuple[Response, int]:
    """Put a training in line."""
    permission.check(service().settings, request)
    permission.check_installed()
    from digitlens.web.lab import bodies  # which loads pydantic

    wanted = bodies.start(request)
    _check("model", wanted.model, [option.name for option in options.architectures()])
    _check("preset", wanted.preset, [option.name for option in options.presets()])
    sources = options.sources(service().settings.data_dir)
    for source in wanted.data:
        _check("data", source, list(sources))
    data = tuple(sources[source] for source in wanted.data)
    with _writing():
        job = lab().line.add(wanted.model, wanted.preset, data, wanted.epochs)
        lab().ensure()
    lab().listing.forget()
    return jsonify(asdict(job)), 202


@blueprint.delete("/line/<name>")
def remove_from_line(name: str) -> tuple[str, int]:
    """Take a training out of the line."""
    permission.check(service().settings, request)
    if not lab().line.remove(name):
        raise refusal(NO_RUN, "name", "that of a training in line", name[:80])
    lab().listing.forget()
    return "", 204


@blueprint.get("/runs/<name>")
def get_run(name: str) -> Response:
    """Tell how a run stands."""
    folder, run = find(name)
    return _respond(Piece.of(say_run(folder, run) | {"filters": say_filters(folder)}))


@blueprint.get("/runs/<name>/history")
def get_history(name: str) -> Response:
    """Give the epochs of a run."""
    since = request.args.get("since", 0, type=int)
    return _respond(Piece.of(read_history(find(name)[0], since)))


@blueprint.post("/runs/<name>/stop")
def stop_training(name: str) -> tuple[Response, int]:
    """Let a training end after the batch it is at."""
    permission.check(service().settings, request)
    current = lab().line.current()
    if current and current.name == name:  # which may not have said a word yet
        folder = lab().line.runs / current.name
    else:
        folder, run = find(name)
        if run.state != "running":
            raise refusal(CONFLICT, "name", "a run that is running", f"one that is {run.state}")
    with _writing():
        (folder / STOP).touch()
    lab().listing.forget()
    return jsonify(name=name), 202


@blueprint.put("/serving")
def choose_model() -> Response:
    """Let the model of a run answer everybody, or the server's own again."""
    permission.check(service().settings, request)
    from digitlens.web.lab import bodies

    name = bodies.serve(request).run
    if name is not None:
        find(name)
    try:
        with _writing():
            lab().serving.choose(name)
    except BundleError as error:
        raise refusal(CONFLICT, "run", "one with a model that can answer", str(error)) from error
    lab().listing.forget()
    return _respond(lab().listing.piece())


def find(name: str) -> tuple[Path, Run]:
    """The folder of a run that there is, and how it stands.

    Raises:
        Problem: There is none of this name.
    """
    found = lab().listing.find(name)
    if found is None:
        raise refusal(NO_RUN, "name", "that of a run", ascii(name[:80]))
    return found


def say_options() -> dict[str, Any]:
    """What a training can be started with, as the API and the page say it."""
    reason = permission.why_not(service().settings, request)
    if not permission.is_installed():
        reason = f"This server has no libraries that train: {permission.INSTALL}"
    return {
        "allowed": not reason,
        "reason": reason,
        "architectures": [asdict(option) for option in options.architectures()],
        "presets": [asdict(option) for option in options.presets()],
        "data": list(options.sources(service().settings.data_dir)),
    }


@contextmanager
def _writing() -> Iterator[None]:
    """Say it plainly where the server may not write what it is told to."""
    try:
        yield
    except OSError as error:
        expected = "a folder of runs that the server can write to"
        raise refusal(CONFLICT, "runs_dir", expected, error.strerror or repr(error)) from error


def _respond(piece: Piece) -> Response:
    response = Response(piece.body, mimetype="application/json")
    response.set_etag(piece.tag)
    response.headers["Cache-Control"] = "no-cache"  # kept, but asked about each time
    response.make_conditional(request)
    return response


def _check(argument: str, name: str, known: list[str]) -> None:
    if name not in known:
        raise refusal(INVALID, argument, "one of " + ", ".join(known), ascii(name[:80]))
