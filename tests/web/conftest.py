"""An application for the tests that need no server around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from digitlens.reading.reader import Reader
from digitlens.settings import Settings
from digitlens.web import create_app


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with the default settings, but a folder of its own for corrections."""
    return create_app(Settings(corrections_dir=tmp_path_factory.mktemp("corrections")))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Asks that application."""
    return app.test_client()


@pytest.fixture
def client_with() -> Callable[..., FlaskClient]:
    """Makes a client of an application with other settings."""

    def make(reader: Reader | None = None, **settings: Any) -> FlaskClient:
        return create_app(Settings(**settings), reader).test_client()

    return make
