# SPDX-License-Identifier: Apache-2.0
"""Signing in and out."""

from __future__ import annotations

from desktop.centre.staff import login, session
from desktop.centre.staff.asked import Asked, Go, Page, Reply
from desktop.centre.staff.trail import note


def show(asked: Asked) -> Reply:
    """The form; somebody who is signed in already goes on to the overview."""
    if asked.who is not None:
        return Go("/")
    return Page("login.html", {"login": ""})


def send(asked: Asked) -> Reply:
    """Take name and password.

    Counting tries must outlast a refusal, so it is done in transactions of its own, and this
    page's is not begun before (see ``door``: the route is one of those that ask for none).
    """
    typed = asked.typed("login")
    try:
        opened = login.sign_in(
            asked.centre.database, typed, asked.typed_whole("password"), asked.address, asked.now
        )
    except login.ShutOut as problem:
        return Page("login.html", {"login": typed}, 429, str(problem), "bad")
    except login.NotSignedIn as problem:
        return Page("login.html", {"login": typed}, 401, str(problem), "bad")
    with asked.centre.database.write() as conn:
        note(asked, "sign in", "staff_account", opened.account_id, by=opened.account_id, conn=conn)
    return Go("/me" if opened.must_change else "/", token=opened.token)


def leave(asked: Asked) -> Reply:
    """Close this session."""
    session.end(asked.conn, asked.me)
    return Go("/login", "signed_out", token="")


def leave_everywhere(asked: Asked) -> Reply:
    """Close every session of whoever asks."""
    session.end_all(asked.conn, asked.me.account_id)
    note(asked, "sign out everywhere", "staff_account", asked.me.account_id)
    return Go("/login", "signed_out_everywhere", token="")
