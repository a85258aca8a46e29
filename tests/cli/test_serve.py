"""`digitlens serve` starts, says where, stops, comes back, and says what is wrong."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from digitlens.cli.serve import chosen, command
from digitlens.errors import SettingsError
from digitlens.settings import Settings
from tests.running import DIGITLENS, Server, until


def fails(*options: str, **environment: str) -> str:
    """Run `digitlens serve` where it cannot serve, and return what it says."""
    done = subprocess.run(
        [DIGITLENS, "serve", *options],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def test_says_where(own_server: Server) -> None:
    """The first line says the address, on a free port where port 0 was asked for."""
    first = own_server.output().splitlines()[0]
    assert f"digitlens serves on {own_server.url}" in first
    assert own_server.port > 0


def test_comes_back_on_its_port(own_server: Server) -> None:
    """A server that is stopped and started again has its old address."""
    before = own_server.url
    assert own_server.stop() == 0
    own_server.start()
    assert own_server.url == before
    assert own_server.ask("GET", "/healthz").status == 200


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_stops(own_server: Server, how: signal.Signals) -> None:
    """It stops when it is told to, and leaves no process behind and the port free."""
    workers = own_server.workers()
    assert own_server.stop(how) == 0
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), "workers to end")
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", own_server.port))
        again.listen()
    assert "Traceback" not in own_server.output()


def test_port_is_taken(server: Server) -> None:
    """A port on which another program listens is an error, also where that is digitlens itself."""
    said = fails("--port", str(server.port))
    assert f"127.0.0.1:{server.port}" in said
    assert "in use" in said
    assert server.ask("GET", "/healthz").status == 200


def test_port_stays_taken_without_a_worker(own_server: Server) -> None:
    """The port is the server's even while all its workers are being replaced."""
    for worker in own_server.workers():
        os.kill(worker, signal.SIGKILL)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", own_server.port))


def test_stops_in_the_middle_of_a_request(own_server: Server) -> None:
    """A client that never finishes its request does not keep the server from stopping."""
    with socket.create_connection(("127.0.0.1", own_server.port), timeout=10) as slow:
        slow.sendall(b"POST /api/v1/read HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n")
        assert own_server.ask("GET", "/healthz").status == 200
        assert own_server.stop() == 0


def test_stops_after_it_was_suspended(own_server: Server) -> None:
    """A server that was suspended and resumed still stops when it is told to."""
    for how in (signal.SIGSTOP, signal.SIGCONT):
        for pid in (own_server.pid, *own_server.workers()):
            os.kill(pid, how)
    assert own_server.ask("GET", "/healthz").status == 200
    assert own_server.stop() == 0


@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        (["--port", "x"], {}, "--port: expected a whole number"),
        (["--port", "65536"], {}, "--port: expected a port"),
        (["--workers", "0"], {}, "--workers: expected a whole number from 1"),
        (["--log-format", "xml"], {}, "--log-format: expected one of console, json"),
        (["--host", "nobody.invalid"], {}, "nobody.invalid"),
        (["--host", "203.0.113.1"], {}, "203.0.113.1"),
        (["--model", "/nowhere"], {}, "/nowhere"),
        ([], {"PORT": "x"}, "PORT: expected a whole number"),
        ([], {"DIGITLENS_THREADS": "many"}, "DIGITLENS_THREADS: expected a whole number"),
        ([], {"DIGITLENS_THREAD": "1"}, "did you mean DIGITLENS_THREADS?"),
    ],
)
def test_says_what_is_wrong(options: list[str], environment: dict[str, str], said: str) -> None:
    """A setting that is wrong is one clear line, wherever it comes from."""
    error = fails(*options, **environment)
    assert error.startswith("Error: ")
    assert error.count("\n") == 1
    assert said in error


def test_host_by_name(start_server: Callable[..., Server]) -> None:
    """A host can be a name."""
    server = start_server(command=[DIGITLENS, "serve", "--host", "localhost"])
    assert "http://localhost:" in server.output()


@pytest.mark.parametrize(
    ("options", "environment", "port"),
    [
        ({}, {}, 8000),
        ({}, {"PORT": "1"}, 1),
        ({}, {"PORT": ""}, 8000),
        ({}, {"PORT": "1", "DIGITLENS_PORT": "2"}, 2),
        ({"port": "3"}, {"PORT": "1", "DIGITLENS_PORT": "2"}, 3),
    ],
)
def test_what_wins(
    monkeypatch: pytest.MonkeyPatch,
    options: dict[str, str | None],
    environment: dict[str, str],
    port: int,
) -> None:
    """An option wins over DIGITLENS_PORT, that over the host's PORT, and that over the default."""
    for name in ("PORT", "DIGITLENS_PORT"):
        monkeypatch.delenv(name, raising=False)
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    assert chosen(options).port == port


def test_a_wrong_variable_is_no_matter_for_an_option(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong variable is an error even where an option would win: it would surprise later."""
    monkeypatch.setenv("DIGITLENS_PORT", "x")
    with pytest.raises(SettingsError, match="DIGITLENS_PORT"):
        chosen({"port": "1"})


def test_help_names_every_setting() -> None:
    """`--help` has every setting of the server with its default."""
    text = " ".join(CliRunner().invoke(command, ["--help"]).output.split())
    for name in Settings.__dataclass_fields__:
        assert ("--" + name.replace("_", "-") in text) == (name != "data_dir")
    assert "[default: 20000000]" in text
