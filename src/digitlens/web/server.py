"""The server: Granian runs the application in worker processes and watches over them."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import click

from digitlens.errors import SettingsError
from digitlens.settings import Settings
from digitlens.web import create_app


def serve(settings: Settings) -> None:
    """Serve until the process is told to stop.

    Raises:
        SettingsError: The address cannot be listened on.
        BundleError: The model cannot be used.
    """
    from granian.constants import Interfaces
    from granian.server import Server

    settings = replace(settings, port=_free_port(settings))
    server = Server(
        "digitlens.web",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        websockets=False,
        respawn_failed_workers=True,
        log_access=False,
    )
    click.echo(f"digitlens serves on {_url(settings)} (stop with Ctrl+C)")
    server.serve(target_loader=partial(_load, settings), wrap_loader=False)


def _load(settings: Settings) -> Callable[..., Any]:
    """Create the application, in the worker."""
    return create_app(settings)


def _free_port(settings: Settings) -> int:
    """Check that the port can be had, or find one that can where it is 0."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise SettingsError(
            "host and port", "an address to listen on", f"{where} ({error.strerror})"
        ) from error


def _url(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"
