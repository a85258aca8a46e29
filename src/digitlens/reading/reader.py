"""Read: the story of a picture from its bytes to a `Reading`, top to bottom."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from os import cpu_count
from pathlib import Path

import numpy as np

from digitlens.models.bundle import Bundle, load
from digitlens.reading.judge import judge
from digitlens.reading.limits import Limits
from digitlens.reading.network import Network
from digitlens.reading.prepare import Prepared, prepare, show_stages
from digitlens.reading.result import Digit, Reading, Status

_LARGE_BLOCK = 4 << 20  # bytes, more than a drawing takes at any stage
_CHUNK = 32  # pictures that are prepared before the network is asked


class Reader:
    """Reads digits. One reader serves any number of threads.

    Args:
        bundle: The model, or the folder of its bundle; the shipped one without it.
        limits: The largest picture that is taken.

    Raises:
        BundleError: The model cannot be used.

    Example:
        >>> Reader().read([[[0, 0], [0, 100]]]).text
        '1'
    """

    def __init__(
        self, bundle: Bundle | Path | str | None = None, limits: Limits | None = None
    ) -> None:
        loaded = bundle if isinstance(bundle, Bundle) else load(bundle)
        self.card = loaded.card
        self.limits = limits or Limits()
        self._network = Network(loaded)
        _keep_freed_memory()

    def read(self, picture: object) -> Reading:
        """Read the digits of one picture.

        Args:
            picture: A path, the bytes of a file (PNG, JPEG, WebP, GIF, BMP, TIFF), a NumPy array
                (h, w), (h, w, 3) or (h, w, 4), a PIL image, or strokes: a list of strokes, each a
                list of points [x, y], y down.

        Raises:
            InvalidInput: It is none of these, is damaged, or is over the limits.
        """
        return self._read_chunk([picture])[0]

    def read_many(self, pictures: Iterable[object]) -> list[Reading]:
        """Read many pictures, faster than one after another.

        Args:
            pictures: Each as `read` takes it.

        Returns:
            Their readings, in their order.

        Raises:
            InvalidInput: One of them cannot be read.
        """
        return list(self.read_each(pictures))

    def read_each(self, pictures: Iterable[object]) -> Iterator[Reading]:
        """Read many pictures as `read_many` does, and give each reading as soon as its turn comes.

        Only so many pictures are held at a time that all cores are busy.
        """
        threads = cpu_count() or 1
        ahead: deque[Future[list[Reading]]] = deque()
        with ThreadPoolExecutor(threads) as pool:
            for chunk in _chunked(pictures):
                ahead.append(pool.submit(self._read_chunk, chunk))
                if len(ahead) > 2 * threads:
                    yield from ahead.popleft().result()
            while ahead:
                yield from ahead.popleft().result()

    def _read_chunk(self, pictures: list[object]) -> list[Reading]:
        prepared = [prepare(picture, self.limits) for picture in pictures]
        logits = self._network.logits(np.concatenate([p.glyphs for p in prepared]))
        readings, start = [], 0
        for picture, one in zip(pictures, prepared, strict=True):
            end = start + len(one.boxes)
            digits = judge(logits[start:end], one.boxes, self.card)
            readings.append(self._answer(picture, one, digits))
            start = end
        return readings

    def _answer(self, picture: object, prepared: Prepared, digits: list[Digit]) -> Reading:
        shown = [digit for digit in digits if digit.status != "not_a_digit"]
        return Reading(
            text="".join(str(digit.digit) for digit in shown),
            status=_status(digits),
            confidence=math.prod(digit.confidence for digit in shown) if shown else 0.0,
            digits=tuple(digits),
            model=(self.card.name, self.card.version),
            size=prepared.size,
            seen=tuple(prepared.glyphs[:, :, :, 0]),
            _prepare=partial(show_stages, picture, self.limits),
        )


def _keep_freed_memory() -> None:
    """Let the memory of one picture serve the next one.

    glibc hands freed memory back to the system, and asks for it again page by page, unless a larger
    block has been freed before. That took a fifth of the time of a reading.
    """
    np.empty(_LARGE_BLOCK, np.uint8)


def _status(digits: list[Digit]) -> Status:
    """The status of a picture: that of the digit that says least."""
    found = {digit.status for digit in digits}
    for status in ("not_a_digit", "unsure", "read"):
        if status in found:
            return status
    return "blank"


def _chunked(pictures: Iterable[object]) -> Iterator[list[object]]:
    remaining = iter(pictures)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk
