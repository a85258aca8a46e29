"""Memory: what glibc should know of a server that reads pictures in many threads.

Each thread would get a heap of its own, and each heap would keep what its largest picture took.
Two are enough: most of the time goes into what holds Python's lock or computes without allocating.
"""

from __future__ import annotations

import ctypes

_ARENA_MAX = -8  # of malloc.h
_HEAPS = 2


def spare_memory() -> None:
    """Let the threads of this process share two heaps, where its malloc is glibc's."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, _HEAPS)
