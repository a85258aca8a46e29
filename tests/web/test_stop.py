"""A process that is told to stop hears it."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from digitlens.web.stop import SIGNALS

ASLEEP = """
import signal, threading
from digitlens.web.stop import listen_for_stop
listen_for_stop()
import numpy  # brings threads of its own
told = threading.Event()
if {handles}:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
print("asleep", flush=True)
told.wait()
raise SystemExit(7)
"""


@pytest.mark.parametrize("how", SIGNALS)
@pytest.mark.parametrize(("handles", "status"), [(True, 7), (False, 128)])
def test_hears_it(how: signal.Signals, handles: bool, status: int) -> None:
    """While the main thread sleeps, the handler is called; without one, the process ends."""
    code = ASLEEP.format(handles=handles)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"asleep\n"
        process.send_signal(how)
        try:
            assert process.wait(30) == (status if handles else status + how)
        finally:
            process.kill()
