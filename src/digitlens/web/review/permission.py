"""Permission: who may review.

With an admin token set, whoever has it: people log in with it, programs send it with every request.
Without one the review exists only on the server's own machine. Every change needs the CSRF token of
the session, except where the admin token itself comes along: no browser sends that on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest

from flask import Request

from digitlens.settings import Settings
from digitlens.web.corrections.keeping import Keeping
from digitlens.web.corrections.limit import Limit
from digitlens.web.origin import client_of, is_local, is_own
from digitlens.web.problems import LOGIN_NEEDED, NOT_ALLOWED, TOO_MANY, refusal
from digitlens.web.review import session as sessions
from digitlens.web.review.session import Session

HEADER = "X-CSRF-Token"
FIELD = "csrf"
_TRIES = 10  # tokens that one client may try in a minute
_BEARER = "Bearer "


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks.

    Attributes:
        may: Whether they may review.
        session: Theirs, if their cookie has one.
        by_token: Whether they have sent the admin token itself.
    """

    may: bool
    session: Session | None
    by_token: bool = False


class Gate:
    """Lets people in.

    Args:
        settings: With the admin token, or without.
        keeping: Whose key signs the sessions.
    """

    def __init__(self, settings: Settings, keeping: Keeping) -> None:
        self._settings, self._keeping = settings, keeping
        self._tries = Limit(_TRIES)

    @property
    def key(self) -> bytes:
        """What sessions are signed with; another one for another token."""
        return self._keeping.key.for_("review " + self._settings.admin_token)

    @property
    def has_token(self) -> bool:
        """Whether people log in here."""
        return bool(self._settings.admin_token)

    def exists(self, request: Request) -> bool:
        """Whether there is a review at all, for whoever asks."""
        return self.has_token or is_local(self._settings, request)

    def visitor(self, request: Request) -> Visitor:
        """Who asks.

        Raises:
            Problem: They have tried too many tokens.
        """
        authorization = request.headers.get("Authorization", "")
        if self.has_token and authorization.startswith(_BEARER):
            may = self.try_token(authorization.removeprefix(_BEARER), request)
            return Visitor(may, None, by_token=may)
        session = self._session(request)
        if self.has_token:
            return Visitor(session is not None and session.is_admin, session)
        return Visitor(is_local(self._settings, request), session)

    def may_see(self, request: Request) -> bool:
        """Whether the bar shows the way there."""
        if self.has_token:
            session = self._session(request)
            return session is not None and session.is_admin
        return is_local(self._settings, request)

    def try_token(self, given: str, request: Request) -> bool:
        """Whether a text is the admin token.

        Raises:
            Problem: This client has tried too many.
        """
        client = client_of(request)
        wait = self._tries.wait(client)
        if wait:
            raise refusal(TOO_MANY, "token", f"up to {_TRIES} tries a minute", "more").later(wait)
        right = compare_digest(_digest(given), _digest(self._settings.admin_token))
        if not (right and self.has_token):
            self._tries.take(client)
            return False
        return True

    def check(self, request: Request, changes: bool = False) -> None:
        """Check that a request may look, or change something.

        Raises:
            Problem: It may not.
        """
        visitor = self.visitor(request)
        if not visitor.may:
            expected = "the admin token, or a login with it"
            raise refusal(LOGIN_NEEDED, "Authorization", expected, "none that lets you in")
        if changes and not visitor.by_token:
            self.check_csrf(request, visitor.session, request.headers.get(HEADER, ""))

    def check_csrf(self, request: Request, session: Session | None, given: str) -> None:
        """Check that a page of this session sent a request.

        Raises:
            Problem: It did not, or does not say so.
        """
        if not is_own(request):
            came = request.headers.get("Origin") or "another site"
            raise refusal(NOT_ALLOWED, "Origin", "this server's own page", came[:80])
        if session is None or not sessions.is_csrf(given, session, self.key):
            raise refusal(NOT_ALLOWED, HEADER, "the CSRF token of this session", "another or none")

    def _session(self, request: Request) -> Session | None:
        cookie = request.cookies.get(sessions.COOKIE)
        return sessions.read(cookie, self.key) if cookie else None


def _digest(text: str) -> bytes:
    """Texts of different lengths take equally long to compare."""
    return blake2b(text.encode("utf-8", "surrogatepass")).digest()
