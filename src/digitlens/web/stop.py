"""Stop: a process that is told to stop hears it, whatever its threads do.

Python runs a signal's handler in the main thread. Granian's sleeps in a lock meanwhile, and wakes
only where the kernel gives the signal to that very thread: if another one gets it, one of OpenBLAS
for instance, nobody does anything. A thread that only waits for the signal always gets it.
"""

from __future__ import annotations

import os
import signal
import threading

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def listen_for_stop() -> None:
    """Let a thread of this process wait for its end, and call the handler that is set by then.

    To be called in the main thread before there are others, NumPy's included: those that it starts
    afterwards leave the signals alone.
    """
    for number in SIGNALS:  # what a process inherits from the one that forked it is not its own
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    threading.Thread(target=_wait, name="stop", daemon=True).start()


def _wait() -> None:
    number = signal.sigwait(SIGNALS)
    handler = signal.getsignal(number)
    if not callable(handler):  # Granian has not set its own yet: there is nothing to finish
        os._exit(128 + number)
    handler(number, None)
