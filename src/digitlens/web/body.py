"""The body of a request, up to the limit and not a byte more."""

from __future__ import annotations

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

_PIECE = 65536
_PATIENCE = 3  # times the limit, that is read and thrown away before a request is refused


def read_body(request: Request) -> bytes:
    """Read the whole body.

    Raises:
        RequestEntityTooLarge: It is over the application's limit. Where the request says its
            length, none of it has been read.
    """
    if request.content_length is not None or not request.environ.get("wsgi.input_terminated"):
        return request.get_data(cache=False)
    # Sent in chunks, without a length. Werkzeug cuts such a body at the limit and says nothing.
    limit = _limit(request)
    data: bytes = request.environ["wsgi.input"].read(limit + 1)
    if len(data) > limit:
        raise RequestEntityTooLarge
    return data


def drain(request: Request) -> None:
    """Read what is still on its way of a body that is refused, and keep nothing of it.

    A client that is still sending when the connection closes sees a broken connection and not the
    answer that says why.
    """
    stream = request.environ["wsgi.input"]
    left = _PATIENCE * _limit(request)
    while left > 0 and (piece := stream.read(min(_PIECE, left))):
        left -= len(piece)


def _limit(request: Request) -> int:
    limit = request.max_content_length
    return 0 if limit is None else limit
