"""Alive, and ready to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask.testing import FlaskClient

from digitlens.reading.reader import Reader
from digitlens.reading.result import Reading


class WrongReader(Reader):
    """A reader that reads everything as 8."""

    def read(self, picture: object) -> Reading:
        """Read an 8."""
        return replace(super().read(picture), text="8")


class BrokenReader(Reader):
    """A reader that cannot read."""

    def read(self, picture: object) -> Reading:
        """Fail."""
        raise RuntimeError(f"no interpreter for {type(picture)}")


def test_alive_and_ready(client: FlaskClient) -> None:
    """A server that works says so in both places."""
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_alive_but_not_ready(client_with: Callable[..., FlaskClient]) -> None:
    """One that does not read what everybody reads is alive, but not ready."""
    for reader in (WrongReader(), BrokenReader()):
        client = client_with(reader)
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json) == (503, {"status": "failing"})
