"""Download: a file from the first address that has it, whole or not at all."""

from __future__ import annotations

import http.client
import os
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from digitlens.errors import DataError

Watch = Callable[[str, int, int], None]  # name of a file, bytes that are here, bytes of all (or 0)

_TIMEOUT = 30  # seconds without a byte
_PIECE = 1 << 18  # bytes that are downloaded between two looks at how far it is
_LARGEST = 64_000_000  # bytes that a file may have


def unwatched(_name: str, _here: int, _total: int) -> None:
    """Watch no download."""


def download(addresses: Sequence[str], path: Path, watch: Watch = unwatched) -> None:
    """Download a file next to its place, and move it there when it is whole.

    Args:
        addresses: Of folders that have it; the first that answers is taken.
        path: Where it shall be, with the name that it has there.
        watch: Is told how far it is.

    Raises:
        DataError: None of them has it, or it cannot be written.
    """
    part = path.with_suffix(f".{os.getpid()}.part")
    failures = []
    for address in addresses:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _copy(address + path.name, part, path.name, watch)
            part.replace(path)
            return
        except (OSError, http.client.HTTPException) as error:
            part.unlink(missing_ok=True)
            failures.append(f"{address}: {error}")
    raise DataError(
        "MNIST",
        "to download it, or DIGITLENS_DATA_DIR with a folder that has mnist/",
        "; ".join(failures),
    )


def _copy(address: str, path: Path, name: str, watch: Watch) -> None:
    """Download a file, piece by piece; one that is cut short is an error."""
    with (
        urllib.request.urlopen(address, timeout=_TIMEOUT) as answer,  # noqa: S310 -- mnist.ADDRESSES
        path.open("wb") as file,
    ):
        total, here = int(answer.headers.get("Content-Length") or 0), 0
        while here < _LARGEST and (piece := answer.read(_PIECE)):
            file.write(piece)
            here += len(piece)
            watch(name, here, total)
    if here < total:
        raise OSError(f"{here:,} of {total:,} bytes came")
