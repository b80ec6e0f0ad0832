# SPDX-License-Identifier: Apache-2.0
"""The one door. Every request passes here, in this order: the table of rights, who is signed in,
where the form came from, the language; then the page, then the headers.

Whatever a page reads or writes happens in one transaction together with its audit rows: when the
page fails, neither is there; when it is shown, both are.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import parse_qs

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desktop.centre.database import Busy
from desktop.centre.staff import session
from desktop.centre.staff.asked import (
    Ask,
    Asked,
    Centre,
    Download,
    Forbidden,
    Go,
    NotFound,
    Page,
    Reply,
    TooMuch,
)
from desktop.centre.staff.page import BAD_NOTICES, NOTICES, write
from desktop.centre.staff.policy import ALONE, POLICY, Right, may
from desktop.errors import Problem
from desktop.i18n import LANGUAGES, _, speaking

log = logging.getLogger(__name__)

COOKIE: Final = "__Host-samut"
FORM_COOKIE: Final = "__Host-samut-form"
MOST_BYTES: Final = 64 * 1024
"""No form is larger."""
_MOST_FIELDS: Final = 500
SAFE: Final = frozenset({"GET", "HEAD"})
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Strict-Transport-Security": "max-age=31536000",
}


class Unread(Problem):
    """A form that no page of ours sends."""


_STATUS: Final[dict[type[Problem], int]] = {
    NotFound: 404, Forbidden: 403, TooMuch: 429, Busy: 503,
}  # fmt: skip
_Ways = Literal["looks", "writes", "alone"]
"""How a page meets the database: it only looks; it writes, if only that somebody looked; it
makes transactions of its own."""


@dataclass(frozen=True, slots=True)
class _Knock:
    """A request as far as it is known before anybody is asked who it is."""

    method: str
    right: Right
    token: str
    form_cookie: str
    fetched_from: str
    body: bytes
    path: Mapping[str, Any]
    query: Mapping[str, str]
    address: str
    root: str
    host: str


class Door:
    """Wraps a page into a Starlette endpoint."""

    def __init__(self, centre: Centre, *, outside: bool = False) -> None:
        """``outside``: for the public page alone; nobody is ever signed in there."""
        self._centre = centre
        self._outside = outside

    def opens(self, method: str, path: str, ask: Ask) -> Any:
        """The endpoint of a route. ``KeyError`` for one the table of rights does not know."""
        right = POLICY[method, path]
        # Only numbers and names of the staff's own people: nothing is written, and on SQLite a
        # long count must not hold up the laptops.
        looks = method == "GET" and right == "viewer"
        ways: _Ways = "alone" if (method, path) in ALONE else "looks" if looks else "writes"

        async def endpoint(request: Request) -> Response:
            body = b""
            if request.method not in SAFE:
                async for part in request.stream():
                    body += part
                    if len(body) > MOST_BYTES:
                        return _dressed(Response(status_code=413))
            knock = _Knock(
                request.method, right,
                request.cookies.get(COOKIE, ""), request.cookies.get(FORM_COOKIE, ""),
                request.headers.get("sec-fetch-site", ""), body,
                {name: _clean(value) for name, value in request.path_params.items()},
                {name: _clean(value) for name, value in request.query_params.items()},
                request.client.host if request.client else "",
                request.scope.get("root_path", ""),
                f"{request.url.scheme}://{request.headers.get('host', '')}",
            )  # fmt: skip
            return _dressed(await run_in_threadpool(self._answer, knock, ask, ways))

        return endpoint

    def _answer(self, knock: _Knock, ask: Ask, ways: _Ways) -> Response:
        database = self._centre.database
        now = database.now()
        who = None
        if knock.token and not self._outside:
            try:
                who = self._who(knock.token, now)
            except Busy as problem:
                return _busy(problem)
        tongue = who.language if who else knock.query.get("lang", "th")
        with speaking(tongue if tongue in LANGUAGES else "th"):
            if who is None and knock.right != "public":
                return RedirectResponse(f"{knock.root}/login", 303)
            if who is not None and who.must_change and knock.right not in ("public", "self"):
                return RedirectResponse(f"{knock.root}/me", 303)
            # Signed in or not, a form carries the proof of the cookie its page was made for.
            secret = knock.token if who else knock.form_cookie or session.fresh_token()
            asked = Asked(
                self._centre, _NO_CONNECTION, now, knock.path, knock.query, {}, knock.address,
                knock.root, knock.host, who, self._outside,
            )  # fmt: skip
            try:
                reply = self._ask(replace(asked, form=_form(knock, asked, secret)), ask, ways)
            except Problem as problem:
                log.info("a page answered with a problem", extra={"kind": type(problem).__name__})
                status = _STATUS.get(type(problem), 400)
                reply = Page("problem.html", {"sentence": str(problem)}, status)
            return self._write(reply, asked, knock, secret)

    def _who(self, token: str, now: datetime) -> session.SignedIn | None:
        database = self._centre.database
        with database.read() as conn:
            who = session.of(conn, token, now)
        if who is not None and session.due(who, now):
            with database.write() as conn:
                session.touch(conn, who, now)
        return who

    def _ask(self, asked: Asked, ask: Ask, ways: _Ways) -> Reply:
        """The page's answer, in the kind of transaction its route has."""
        if ways == "alone":
            return ask(asked)
        database = self._centre.database
        with database.read() if ways == "looks" else database.write() as conn:
            return ask(replace(asked, conn=conn))

    def _write(self, reply: Reply, asked: Asked, knock: _Knock, secret: str) -> Response:
        if isinstance(reply, Download):
            return Response(
                reply.content,
                media_type=reply.media,
                headers={"Content-Disposition": f'attachment; filename="{reply.name}"'},
            )
        if isinstance(reply, Go):
            end = f"?done={reply.notice}" if reply.notice else ""
            answer: Response = RedirectResponse(f"{asked.root}{reply.to}{end}", 303)
            if reply.token:
                _put(answer, COOKIE, reply.token)
                answer.delete_cookie(FORM_COOKIE, secure=True, httponly=True, samesite="strict")
            elif reply.token is not None:
                answer.delete_cookie(COOKIE, secure=True, httponly=True, samesite="strict")
            return answer
        done = asked.query.get("done", "")
        notice, tone = reply.notice, reply.tone
        if not notice and done in NOTICES and knock.method in SAFE:
            notice, tone = _(NOTICES[done]), "bad" if done in BAD_NOTICES else "good"
        html = write(
            reply.template,
            {
                **reply.values, "asked": asked, "root": asked.root, "me": asked.who,
                "proof": session.proof(secret), "notice": notice, "tone": tone,
            },
            now=asked.now,
        )  # fmt: skip
        answer = Response(html, reply.status, media_type="text/html; charset=utf-8")
        if asked.who is None and not knock.form_cookie:
            _put(answer, FORM_COOKIE, secret)
        return answer


def _form(knock: _Knock, asked: Asked, secret: str) -> dict[str, Sequence[str]]:
    """What was typed, if who typed it has the right and the form is one of ours."""
    if asked.who is not None and not may(asked.who.role, knock.right):
        raise Forbidden(_("Your role does not allow this."))
    if knock.method in SAFE:
        return {}
    try:
        form: dict[str, Sequence[str]] = {
            name: tuple(_clean(value) for value in values)
            for name, values in parse_qs(
                knock.body.decode("utf-8"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
            ).items()
        }
    except ValueError:
        raise Unread(_("The form could not be read. Go back and try again.")) from None
    foreign = knock.fetched_from not in ("", "same-origin", "none")
    said = (form.get("proof") or ("",))[0]
    if foreign or not hmac.compare_digest(said.encode(), session.proof(secret).encode()):
        raise Forbidden(_("This page had been open for too long. Go back, load it again and "
                          "send it once more."))  # fmt: skip
    return form


def _clean(value: Any) -> Any:
    """Without NUL, which no database takes into a text; a number no database has as 0."""
    if isinstance(value, int):
        return value if value < 2**63 else 0
    return value.replace("\0", "")


def _put(answer: Response, name: str, value: str) -> None:
    answer.set_cookie(name, value, path="/", secure=True, httponly=True, samesite="strict")


def _busy(problem: Busy) -> Response:
    return Response(str(problem), 503, {"Retry-After": "5"}, "text/plain; charset=utf-8")


def _dressed(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


_NO_CONNECTION: Final[Connection] = None  # type: ignore[assignment]
"""Before the page's own transaction there is none; nothing before it asks the database."""
