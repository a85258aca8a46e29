"""The key that signs what the server hands out and wants to know again: readings and logins.

All workers have the same one, and so have all machines that share the folder of the corrections,
or the setting `secret`. It is made when it is first needed: whoever only starts a server finds no
file.
"""

from __future__ import annotations

import logging
import os
import tempfile
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

FILE = "key"
_BYTES = 32
_LOG = logging.getLogger("digitlens.web")


class Key:
    """A secret of the server, from which one for each purpose is derived.

    Args:
        folder: Where it is kept, in a file that only the server's user can read.
        secret: The text that it is made from instead; empty for the file.
    """

    def __init__(self, folder: Path, secret: str = "") -> None:
        self._folder = folder
        self._bytes = blake2b(secret.encode(), digest_size=_BYTES).digest() if secret else b""
        # Where no file can be written: workers are forked with it, so they still agree.
        self._spare = os.urandom(_BYTES)
        self._derived: dict[str, bytes] = {}

    def for_(self, purpose: str) -> bytes:
        """The 32 bytes for one purpose: what is signed for another one is of no use for it."""
        if purpose not in self._derived:
            root = self._root()
            self._derived[purpose] = blake2b(purpose.encode(), key=root, digest_size=32).digest()
        return self._derived[purpose]

    def _root(self) -> bytes:
        if not self._bytes:
            try:
                self._bytes = _kept(self._folder)
            except OSError as error:
                _LOG.warning("the key cannot be kept in %s: %s", self._folder, error.strerror)
                self._bytes = self._spare
        return self._bytes


def _kept(folder: Path) -> bytes:
    """The key of a folder; where there is none, a new one."""
    file = folder / FILE
    found = _read(file)
    if not found:
        folder.mkdir(parents=True, exist_ok=True)
        _create(file)
        found = _read(file)
    return found


def _read(file: Path) -> bytes:
    """The key in a file; empty where there is none."""
    try:
        found = file.read_bytes()
    except FileNotFoundError:
        return b""
    if len(found) != _BYTES:
        raise OSError(0, f"{file} is no key: it has {len(found)} bytes instead of {_BYTES}")
    return found


def _create(file: Path) -> None:
    """Write a key, whole or not at all; where another process was faster, its key stays."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".key-")  # which nobody else can read
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(os.urandom(_BYTES))
            part.flush()
            os.fsync(part.fileno())
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()
