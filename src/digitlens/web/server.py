"""The server: Granian runs the application in worker processes and watches over them.

Where processes can be forked, the one that watches builds the application, and its workers share
the memory of it: a second worker takes a fraction of what the first one did.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from digitlens.corrections.start import prepare
from digitlens.errors import SettingsError
from digitlens.quiet import quiet
from digitlens.settings import Settings
from digitlens.web import create_app
from digitlens.web.logs import configuration, economize, log_serving, log_trouble
from digitlens.web.memory import spare_memory
from digitlens.web.stop import listen_for_stop

# Requests that come in slowly each hold a thread until they are whole: those that are slow must
# not keep out the others. How many of them read at a time is `Settings.threads`.
THREADS = 64
# Granian's memory comes from jemalloc, which keeps what each thread has used; requests need little.
_GRANIANS_MEMORY = ("_RJEM_MALLOC_CONF", "narenas:1,tcache_max:4096")
_GRACE = 5  # seconds that requests have to finish when the server is told to stop
_IDLE = 600  # seconds after which a thread without work ends: it has to build its own interpreter


def serve(settings: Settings) -> None:
    """Serve until the process is told to stop.

    Raises:
        SettingsError: The address cannot be listened on.
        BundleError: The model cannot be used.
        StoreError: The database of corrections is damaged, or made by a newer version.
    """
    listen_for_stop()
    claim = _claim(settings)
    spare_memory()
    with quiet():
        app = create_app(settings)  # a model of no use is said once, here, not by each worker
    address, port = claim.getsockname()[:2]
    if sys.platform != "linux":  # elsewhere the workers share one socket, and a port has but one
        claim.close()
    server = _server(settings, address, port)
    trouble = prepare(settings)
    if trouble:  # digits are read all the same
        log_trouble(trouble)
    log_serving(_url(settings.host, port))
    server.serve(target_loader=_loader(settings, app), wrap_loader=False)
    claim.close()


def _server(settings: Settings, address: str, port: int) -> Any:
    os.environ.setdefault(*_GRANIANS_MEMORY)  # read when Granian is imported
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    return Server(
        "digitlens.web",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,  # browsers speak HTTP/2 over TLS only, which a proxy in front ends
        workers=settings.workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=_IDLE,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE,
        log_level=LogLevels.error,
        log_dictconfig=configuration(settings.log_format),
    )


def _loader(settings: Settings, app: Callable[..., Any]) -> Callable[[], Callable[..., Any]]:
    """What each worker calls for its application."""
    if sys.platform != "linux":  # a worker starts empty there
        return partial(_load, settings)
    multiprocessing.set_start_method("fork", force=True)
    gc.collect()
    gc.freeze()  # a collection would write to every object, and each write copies a shared page
    return partial(_inherit, app)


def _inherit(app: Callable[..., Any]) -> Callable[..., Any]:
    """Take over the application that this worker was forked with."""
    listen_for_stop()
    economize()
    return app


def _load(settings: Settings) -> Callable[..., Any]:
    """Create the application, in the worker."""
    spare_memory()
    return _inherit(create_app(settings))


def _claim(settings: Settings) -> socket.socket:
    """Take the port, or a free one where it is 0, so that no other program gets it.

    The socket never listens. The workers' own, which do, may share its port with it.
    """
    if settings.port > 65535:  # getaddrinfo would take it, and wrap it around
        raise SettingsError("--port", "a port, 0 to 65535", str(settings.port))
    claim = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        claim = socket.socket(family, kind, protocol)
        # Connections of a server that has just ended do not keep the port; a living server does.
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        claim.bind(address)
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    except OSError as error:
        if claim:
            claim.close()
        where = f"{settings.host}:{settings.port} ({error.strerror})"
        raise SettingsError("--host and --port", "an address to listen on", where) from error
    return claim


def _url(host: str, port: int) -> str:
    """Where a person on this machine finds the server."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- what a user may have chosen
    host = everywhere.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
