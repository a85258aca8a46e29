"""A client that is cheap to run: one loop over plain sockets, for where wrk is not installed."""

from __future__ import annotations

import re
import selectors
import socket
from collections.abc import Sequence
from itertools import cycle
from time import perf_counter

_PATIENCE = 30.0  # seconds that a server may take to accept a connection
_PIECE = 65536
_STATUS = re.compile(rb"HTTP/1\.([01]) (\d{3})")
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)

Address = tuple[str, int]


class Connection:
    """A connection that stays open while the server lets it.

    Args:
        address: Host and port.

    Attributes:
        body: Of the last answer that was whole.
    """

    def __init__(self, address: Address) -> None:
        self.body = b""
        self._address = address
        self._received = b""
        self._start = 0.0
        self._socket = socket.create_connection(address, _PATIENCE)

    def fileno(self) -> int:
        """What a selector waits for."""
        return self._socket.fileno()

    def send(self, request: bytes) -> None:
        """Send a request."""
        self._received = b""
        self._start = perf_counter()
        self._socket.sendall(request)

    def receive(self) -> tuple[float, int, bool] | None:
        """Take what has come.

        Returns:
            Once the answer is whole, the seconds that it took, its status, and whether the
            connection stays open.

        Raises:
            OSError: The connection ended before that.
        """
        piece = self._socket.recv(_PIECE)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self._received += piece
        head, end, body = self._received.partition(b"\r\n\r\n")
        length, status = _LENGTH.search(head), _STATUS.match(head)
        if not end or length is None or status is None or len(body) < int(length[1]):
            return None
        self.body = body
        stays = status[1] == b"1" and not _CLOSE.search(head)
        return perf_counter() - self._start, int(status[2]), stays

    def open_again(self) -> None:
        """Connect anew, as one has to after each answer of a server of HTTP/1.0."""
        self._socket.close()
        self._socket = socket.create_connection(self._address, _PATIENCE)

    def close(self) -> None:
        """Close it, whatever is still to come."""
        self._socket.close()


def drive(
    address: Address, path: str, bodies: Sequence[bytes], connections: int, seconds: float
) -> tuple[list[float], int]:
    """Send pictures in turn, each connection its next one as soon as it has its answer.

    Returns:
        The seconds that each answer took, and how many were errors or never came.
    """
    load = _Load(address, [post(address, path, body, "image/png") for body in bodies])
    end = perf_counter() + seconds
    try:
        for _ in range(connections):
            load.open()
        while perf_counter() < end:
            load.step()
    finally:
        load.close()
    return load.times, load.failed


def post(address: Address, path: str, body: bytes, kind: str) -> bytes:
    """A request that posts a body of a media type."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Load:
    """The connections of one load, and what came of them."""

    def __init__(self, address: Address, requests: list[bytes]) -> None:
        self.times: list[float] = []
        self.failed = 0
        self._address = address
        self._requests = cycle(requests)
        self._selector = selectors.DefaultSelector()

    def open(self) -> None:
        """Open one more connection, and send its first request."""
        connection = Connection(self._address)
        self._selector.register(connection, selectors.EVENT_READ)
        connection.send(next(self._requests))

    def step(self) -> None:
        """Wait for answers, a moment at most, and send the next requests."""
        for key, _ in self._selector.select(timeout=0.1):
            connection = key.fileobj
            assert isinstance(connection, Connection)  # noqa: S101 -- the only kind registered
            try:
                stays = self._take(connection)
            except OSError:
                self.failed += 1
                stays = False
            if stays is not None:
                self._go_on(connection, stays)

    def close(self) -> None:
        """Close all connections."""
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]  # a Connection
        self._selector.close()

    def _take(self, connection: Connection) -> bool | None:
        """Take what has come. Returns whether the connection stays; None before all has come."""
        answer = connection.receive()
        if answer is None:
            return None
        took, status, stays = answer
        self.times.append(took)
        self.failed += status != 200
        return stays

    def _go_on(self, connection: Connection, stays: bool) -> None:
        if not stays:
            self._selector.unregister(connection)
            connection.open_again()
            self._selector.register(connection, selectors.EVENT_READ)
        connection.send(next(self._requests))
