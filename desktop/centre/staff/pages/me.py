# SPDX-License-Identifier: Apache-2.0
"""One's own account: password, language, where one is signed in."""

from __future__ import annotations

from desktop.centre.staff import account, password, session
from desktop.centre.staff.asked import Asked, Go, Page, Reply
from desktop.centre.staff.trail import note
from desktop.errors import Problem
from desktop.i18n import _


def show(asked: Asked) -> Reply:
    """The page."""
    return _page(asked)


def _page(asked: Asked, status: int = 200, notice: str = "") -> Page:
    open_sessions = session.count(asked.conn, asked.me.account_id, asked.now)
    return Page(
        "me.html", {"sessions": open_sessions, "shortest": password.SHORTEST}, status, notice,
        "bad" if notice else "good",
    )  # fmt: skip


def change_password(asked: Asked) -> Reply:
    """Take another password, if the present one is right and the new one was typed twice."""
    me = asked.me
    new = asked.typed_whole("new")
    if not account.password_fits(asked.conn, me.account_id, asked.typed_whole("present")):
        return _page(asked, 400, _("The present password is not right."))
    if new != asked.typed_whole("again"):
        return _page(asked, 400, _("The new password was typed in two ways. Type it again."))
    if new == asked.typed_whole("present"):
        return _page(asked, 400, _("The new password is the present one. Choose another."))
    try:
        account.change_password(asked.conn, me.account_id, new, asked.now, keep=me.token_hash)
    except Problem as problem:
        return _page(asked, 400, str(problem))
    note(asked, "change password", "staff_account", me.account_id)
    return Go("/me", "password")


def change_language(asked: Asked) -> Reply:
    """Speak another language from the next page on."""
    account.change_language(asked.conn, asked.me.account_id, asked.typed("language"), asked.now)
    return Go("/me", "language")
