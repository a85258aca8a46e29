"""The review's page, its login and its logout."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request
from flask import url_for as url
from werkzeug.wrappers import Response as Answer

from digitlens.web.ahead import expect_review
from digitlens.web.corrections.keeping import keeping
from digitlens.web.origin import is_secure
from digitlens.web.problems import Problem
from digitlens.web.review import session as sessions
from digitlens.web.review.gate import gate
from digitlens.web.review.permission import FIELD
from digitlens.web.review.session import Session
from digitlens.web.scripts import modules

blueprint = Blueprint("review", __name__, url_prefix="/review")
_DIGITS = [(str(digit), str(digit)) for digit in range(10)]


@blueprint.before_request
def check_existence() -> None:
    """Without a token set there is no review elsewhere than on the server's machine."""
    if not gate().exists(request):
        abort(404)


@blueprint.get("")
def index() -> Response:
    """The corrections, or the login for them."""
    visitor = gate().visitor(request)
    if not visitor.may:
        return _login(visitor.session)
    expect_review(keeping())
    session = visitor.session or sessions.begin(is_admin=False)
    page = render_template(
        "review.html",
        csrf=sessions.csrf(session, gate().key),
        logs_in=gate().has_token,
        digits=_DIGITS,
        modules=modules("review/main.js"),
    )
    return _with_cookie(page, session)


@blueprint.post("/login")
def login() -> Answer:
    """Let in whoever has the admin token."""
    visitor = gate().visitor(request)
    try:
        gate().check_csrf(request, visitor.session, request.form.get(FIELD, ""))
        right = gate().try_token(request.form.get("token", "").strip(), request)
    except Problem as problem:
        return _login(visitor.session, problem)
    if not right:
        return _login(visitor.session, wrong=True)
    return _with_cookie(redirect(url(".index"), 303), sessions.begin(is_admin=True))


@blueprint.post("/logout")
def logout() -> Answer:
    """End the session."""
    visitor = gate().visitor(request)
    try:
        gate().check_csrf(request, visitor.session, request.form.get(FIELD, ""))
    except Problem:
        abort(403)
    answer = redirect(url(".index"), 303)
    answer.delete_cookie(sessions.COOKIE, samesite="Strict", httponly=True)
    return answer


def _login(
    session: Session | None, problem: Problem | None = None, wrong: bool = False
) -> Response:
    """The form for the token. It has a session as well, so that no other website can send it."""
    session = session or sessions.begin(is_admin=False)
    why = "That is not the token." if wrong else ""
    if problem:
        why = f"{problem.kind.title}. Please try again in a minute."
    page = render_template("login.html", csrf=sessions.csrf(session, gate().key), why=why)
    answer = _with_cookie(page, session)
    answer.status_code = problem.kind.status if problem else 401 if wrong else 200
    if problem and problem.seconds:
        answer.headers["Retry-After"] = str(int(problem.seconds) + 1)
    return answer


def _with_cookie(page: str | Answer, session: Session) -> Response:
    answer = make_response(page)
    answer.set_cookie(
        sessions.COOKIE,
        sessions.write(session, gate().key),
        max_age=sessions.SECONDS,
        httponly=True,
        samesite="Strict",
        secure=is_secure(request),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
