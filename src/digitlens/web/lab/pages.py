"""The Lab's pages, and the files that a run has to show."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request, send_file

from digitlens.training.jobs.queue import LOG
from digitlens.training.run import (
    CONFIG,
    DRAWING,
    EVALUATION,
    FILTERS,
    HISTORY,
    LAYERS,
    MISTAKES,
    REPORT,
    Run,
)
from digitlens.web.lab import options, permission
from digitlens.web.lab.api import say_options
from digitlens.web.lab.lab import lab
from digitlens.web.lab.listing import say_run
from digitlens.web.scripts import modules
from digitlens.web.service import service

blueprint = Blueprint("lab", __name__, url_prefix="/lab")

FILES = (CONFIG, HISTORY, LAYERS, DRAWING, EVALUATION, REPORT, LOG)
PICTURES = (FILTERS, MISTAKES)
# A report styles itself and holds its pictures. It may be anybody's: nothing in it runs.
_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@blueprint.get("")
def index() -> str:
    """The runs, their curves and confusions, and the start of a training."""
    return render_template(
        "lab.html",
        options=say_options(),
        may=not permission.why_not(service().settings, request),
        installed=permission.is_installed(),
        install=permission.INSTALL,
        first=options.FIRST,
        most_epochs=options.MOST_EPOCHS,
        modules=modules("lab/main.js"),
    )


@blueprint.get("/runs/<name>")
def run(name: str) -> str:
    """One run, layer by layer."""
    folder, found = _find(name)
    may = not permission.why_not(service().settings, request)
    said = say_run(folder, found)
    return render_template(
        "lab_run.html",
        run=said,
        may=may,
        log=(folder / LOG).exists(),
        modules=modules("lab/run.js"),
    )


@blueprint.get("/runs/<name>/<any({}):file>".format(",".join(f'"{file}"' for file in FILES)))
def file(name: str, file: str) -> Response:
    """A file of a run."""
    return _send(_find(name)[0] / file)


@blueprint.get("/runs/<name>/<any({}):kind>/<file>".format(",".join(PICTURES)))
def picture(name: str, kind: str, file: str) -> Response:
    """A picture of a run: the filters of a layer, or what was misread."""
    folder = _find(name)[0] / kind
    # Only what is listed there is sent, so that no name leads anywhere else.
    if not folder.is_dir() or file not in {path.name for path in folder.glob("*.png")}:
        abort(404)
    return _send(folder / file)


def _find(name: str) -> tuple[Path, Run]:
    found = lab().listing.find(name)
    if found is None:
        abort(404)
    return found


def _send(path: Path) -> Response:
    if not path.is_file():
        abort(404)
    kind = mimetypes.guess_type(path.name)[0]
    if path.suffix in (".toml", ".csv", ".txt"):
        kind = "text/plain"  # which browsers show
    response = send_file(path.absolute(), kind, conditional=True)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "no-cache"
    return response
