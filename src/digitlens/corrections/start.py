"""Start: a server's database is brought up to date before the server takes requests.

That happens in a process of its own, so that a server nobody corrects pays neither the time nor the
memory for the database's libraries; and not at all where a look shows that there is nothing to do.
"""

from __future__ import annotations

import json
import sys

from digitlens.corrections.address import FILE, address
from digitlens.corrections.version import HEAD, peek
from digitlens.errors import StoreError, StoreTooNew, StoreUnavailable
from digitlens.settings import Settings

_PATIENCE = 60  # seconds for migrations; one that takes longer goes on
_CODE = "from digitlens.corrections.start import main; main()"
_WORDS: dict[str, type[StoreError]] = {"too new": StoreTooNew, "error": StoreError}


def prepare(settings: Settings) -> str | None:
    """Bring the database of the settings up to date, if there is one yet.

    Returns:
        Why it cannot be used now; None where it can. It will be tried again when it is asked for.

    Raises:
        SettingsError: The URL is of no database that can be used.
        StoreTooNew: A newer version of digitlens has made the database; it is left as it is.
        StoreError: It is damaged, or its libraries are missing.
    """
    url = address(settings)
    if not settings.database_url:
        path = settings.corrections_dir / FILE
        if not path.exists() or peek(path) == HEAD:
            return None
    import subprocess  # which most starts do without

    command = [sys.executable, "-c", _CODE]
    try:
        # The URL may have a password: every user sees the arguments of a process.
        done = subprocess.run(  # noqa: S603 -- our own program
            command, input=url, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return "their database is still being brought up to date"
    if done.returncode:
        raise StoreError(f"the database of corrections cannot be opened: {done.stderr[-500:]}")
    word, said = json.loads(done.stdout)
    if word in _WORDS:
        raise _WORDS[word](said)
    return said or None


def main() -> None:
    """Open the store whose URL comes on the standard input, and say what came of it."""
    from digitlens.corrections.store import Store

    word, said = "", ""
    try:
        Store(sys.stdin.read()).open()
    except StoreUnavailable as error:
        said = error.reason
    except StoreTooNew as error:
        word, said = "too new", str(error)
    except StoreError as error:
        word, said = "error", str(error)
    sys.stdout.write(json.dumps([word, said]))
