"""What the views work with: the settings and the reader of the application they run in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from digitlens.reading.reader import Reader
from digitlens.settings import Settings

_KEY = "digitlens"


@dataclass(frozen=True, slots=True)
class Service:
    """The settings and the reader of one application."""

    settings: Settings
    reader: Reader

    def attach(self, app: Flask) -> None:
        """Make this the service of an application."""
        app.extensions[_KEY] = self


def service() -> Service:
    """The service of the application that answers the request."""
    found: Service = current_app.extensions[_KEY]
    return found
