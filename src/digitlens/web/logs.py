"""Logs: a line for each request and one for each reading, to be read by people or by programs.

A line says what was asked, how it went and how long it took. It never holds a drawing, a picture,
what was read in it, or who asked.
"""

from __future__ import annotations

import json
import logging
import os
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digitlens.reading.result import Reading

_LOG = logging.getLogger("digitlens.web")
_LONGEST = 120  # characters of a path that are written


def log_request(method: str, path: str, status: int, milliseconds: float) -> None:
    """Write the line of a request."""
    if len(path) > _LONGEST or not path.isprintable():  # a path is whatever a client sent
        path = ascii(path[:_LONGEST])
    entry = {"method": method, "path": path, "status": status, "milliseconds": milliseconds}
    _write("request", "%s %s %d in %.1f ms", entry)


def log_reading(reading: Reading, milliseconds: float) -> None:
    """Write the line of a reading."""
    entry = {
        "status": reading.status,
        "digits": len(reading.digits),
        "confidence": round(reading.confidence, 3),
        "milliseconds": milliseconds,
    }
    _write("reading", "reading: %s, digits %d, confidence %.3f, in %.1f ms", entry)


def log_serving(url: str) -> None:
    """Write where the server can be reached."""
    _write("serving", "digitlens serves on %s (stop it with Ctrl+C)", {"url": url})


def log_trouble(reason: str) -> None:
    """Write why corrections cannot be kept for now."""
    _write("trouble", "corrections cannot be kept for now: %s", {"reason": reason})


def configuration(form: str) -> dict[str, Any]:
    """What `logging.config.dictConfig` takes: all lines go to the standard output.

    Args:
        form: `console` or `json`.
    """
    own = {"handlers": ["out"], "level": "INFO", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "console": {"format": "%(asctime)s %(levelname)s %(message)s"},
            "json": {"()": "digitlens.web.logs.JsonFormatter"},
        },
        "handlers": {
            "out": {
                "class": "digitlens.web.logs.Lines",
                "formatter": form,
            }
        },
        "loggers": {"digitlens": own, "_granian": own | {"level": "ERROR"}},
    }


def economize() -> None:
    """Let this process's log records leave out what no line of ours says, which saves a third.

    The logging HOWTO of Python's documentation names these switches, under "Optimization".
    """
    logging._srcfile = None  # where a call was made
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False


class Lines(logging.Handler):
    """Writes lines to the standard output, each by one call to the system.

    No thread waits for another one's line: those of logging's own handler do, while it writes.
    """

    def handle(self, record: logging.LogRecord) -> bool:
        """Write a record, without the lock that handlers hold otherwise."""
        self.emit(record)
        return True

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; a broken standard output must not keep anybody from reading digits."""
        try:
            os.write(1, (self.format(record) + "\n").encode())
        except Exception:
            self.handleError(record)


class JsonFormatter(logging.Formatter):
    """One JSON object for each line."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record; a line of ours brings its entries, another one its message."""
        entry: dict[str, Any] = {
            "time": self.formatTime(record),
            "level": record.levelname.lower(),
        }
        entry |= getattr(record, "entry", None) or {"event": "log", "message": record.getMessage()}
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 -- logging's name
        """The time in UTC, as RFC 3339 has it."""
        seconds = time.strftime(datefmt or "%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        return f"{seconds}.{int(record.msecs):03d}Z"


def _write(event: str, message: str, entry: dict[str, Any]) -> None:
    if _LOG.isEnabledFor(logging.INFO):
        _LOG.info(message, *entry.values(), extra={"entry": {"event": event} | entry})
