"""Permission: who may start and stop trainings and choose the model that answers.

Looking is free. Whoever may change something can keep the machine busy for hours. So by default
only people at this very machine can, and no website that they have open can do it for them.
"""

from __future__ import annotations

from importlib.util import find_spec

from flask import Request

from digitlens.settings import Settings
from digitlens.web.origin import is_local, is_own
from digitlens.web.problems import NOT_ALLOWED, NOT_INSTALLED, refusal

INSTALL = "pip install 'digitlens[train]'"


def is_installed() -> bool:
    """Whether the libraries that train are there; none of them is loaded."""
    return all(find_spec(name) is not None for name in ("tensorflow", "keras", "rich"))


def why_not(settings: Settings, request: Request) -> str:
    """Why a request may not change anything; empty where it may."""
    if settings.training == "off":
        return "Changes are switched off on this server (setting training)."
    if settings.training == "loopback" and not is_local(settings, request):
        return (
            "Only who sits at the server's own machine can change something here. "
            "The setting training=on lets everybody who reaches it."
        )
    return ""


def check(settings: Settings, request: Request) -> None:
    """Check that a request may change something.

    Raises:
        Problem: It may not, or another website sent it.
    """
    reason = why_not(settings, request)
    if reason:
        raise refusal(NOT_ALLOWED, "training", "a client that may change something", reason)
    if not is_own(request):
        came = request.headers.get("Origin") or "another site"
        raise refusal(NOT_ALLOWED, "Origin", "this server's own page, or a program", came[:80])


def check_installed() -> None:
    """Check that trainings can run here.

    Raises:
        Problem: The extra is not installed.
    """
    if not is_installed():
        raise refusal(NOT_INSTALLED, "server", f"one with the extra train: {INSTALL}", "none")
