"""Limit: how often one client may do something, by the token bucket.

It is counted in the memory of a worker, by address, and forgotten when the bucket is full again or
when too many others came since: no address is written anywhere.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from time import monotonic

_MOST = 10_000  # clients that are counted at a time


class Limit:
    """So many times a minute, and as many at once.

    Args:
        per_minute: How often; 0 for as often as one likes.
    """

    def __init__(self, per_minute: int) -> None:
        self._size = float(per_minute)
        self._lock = threading.Lock()
        # Of each client: what was left in its bucket, and when that was.
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Take one of a client's tokens.

        Returns:
            The seconds until there is one again; 0 where there was one.
        """
        if not self._size:
            return 0.0
        with self._lock:
            left = self._left(client)
            self._buckets.pop(client, None)
            self._buckets[client] = (left - (left >= 1), monotonic())
            if len(self._buckets) > _MOST:
                self._buckets.popitem(last=False)
        return self._until(left)

    def wait(self, client: str) -> float:
        """The seconds until a client has a token, without taking one; 0 where it has."""
        if not self._size:
            return 0.0
        with self._lock:
            return self._until(self._left(client))

    def _left(self, client: str) -> float:
        left, then = self._buckets.get(client, (self._size, monotonic()))
        return min(self._size, left + (monotonic() - then) * self._size / 60)

    def _until(self, left: float) -> float:
        return 0.0 if left >= 1 else (1 - left) * 60 / self._size
