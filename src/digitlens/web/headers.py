"""Headers that keep browsers from doing what no page of ours needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_POLICY = "Content-Security-Policy"
HEADERS = [
    (_POLICY, POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
]


def install(app: Flask) -> None:
    """Send the headers with every answer of an application, whatever makes it."""
    inner = app.wsgi_app

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            own = any(name == _POLICY for name, _ in headers)  # a stricter one, of a file
            return start_response(status, headers + (HEADERS[1:] if own else HEADERS), *error)

        return inner(environ, start)

    app.wsgi_app = answer  # type: ignore[method-assign]  # how Flask wants its WSGI to be wrapped
