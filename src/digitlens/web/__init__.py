"""The web: the page and the REST API, as one Flask application.

Importing this package imports no Flask, so that the process which only watches over the servers
stays small; `create_app` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digitlens.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

    from digitlens.reading.reader import Reader


def create_app(settings: Settings | None = None, reader: Reader | None = None) -> Flask:
    """Create the application.

    Args:
        settings: Where they are left out, those of the environment.
        reader: What reads the pictures; without it, one with the model and the limits of the
            settings.

    Raises:
        SettingsError: A `DIGITLENS_*` variable has a value that it cannot have.
        BundleError: The model cannot be used.
    """
    from digitlens.web.app import build

    return build(settings or Settings.from_environment(), reader)
