"""The request that this application works with."""

from __future__ import annotations

import io
from time import perf_counter
from typing import Any

from flask import Request


class PictureRequest(Request):
    """A request that knows when it came, and keeps the pictures of a form out of the file system.

    Attributes:
        start: Seconds, of `time.perf_counter`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start = perf_counter()

    def _get_file_stream(self, *_: Any, **__: Any) -> io.BytesIO:
        """Where Werkzeug puts a file: without this, large ones would be written to /tmp."""
        return io.BytesIO()
