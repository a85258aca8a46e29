"""The Lab of one application: its line, its listing, and the process that trains."""

from __future__ import annotations

import subprocess
from typing import Any

from flask import current_app

from digitlens.settings import Settings
from digitlens.training.jobs.line import Line
from digitlens.training.jobs.queue import ensure
from digitlens.web.lab.listing import Listing
from digitlens.web.lab.permission import is_installed
from digitlens.web.serving import Serving

_KEY = "digitlens.lab"


class Lab:
    """What the views of the Lab work with.

    Args:
        settings: Those of the application.
        serving: The model that answers.
    """

    def __init__(self, settings: Settings, serving: Serving) -> None:
        self.line = Line(settings.runs_dir)
        self.serving = serving
        self.listing = Listing(self.line, serving)
        self._trains = settings.training != "off" and is_installed()
        self._data = settings.data_dir
        self._started: list[subprocess.Popen[bytes]] = []

    def ensure(self) -> None:
        """Let what stands in line be trained, also what was left by a server before this one."""
        self._started = [child for child in self._started if child.poll() is None]
        if self._trains and not self._started:
            data = {"DIGITLENS_DATA_DIR": str(self._data.absolute())} if self._data else {}
            child = ensure(self.line, data)
            self._started += [child] if child else []


def install(app: Any, settings: Settings, serving: Serving) -> None:
    """Give an application its Lab; what waited in line when the last server ended goes on."""
    app.extensions[_KEY] = Lab(settings, serving)
    app.extensions[_KEY].ensure()


def lab() -> Lab:
    """The Lab of the application that answers the request."""
    found: Lab = current_app.extensions[_KEY]
    return found
