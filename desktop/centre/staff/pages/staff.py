# SPDX-License-Identifier: Apache-2.0
"""Who may open these pages."""

from __future__ import annotations

from desktop.centre.staff import account, password
from desktop.centre.staff.asked import Asked, Go, NotFound, Page, Reply
from desktop.centre.staff.page import ROLE_WORDS
from desktop.centre.staff.policy import ROLES
from desktop.centre.staff.trail import note
from desktop.errors import Problem
from desktop.i18n import _


def show(asked: Asked) -> Reply:
    """Everybody, and a form for another one."""
    return _page(asked)


def _page(
    asked: Asked, status: int = 200, notice: str = "", handed: tuple[str, str] | None = None
) -> Page:
    return Page(
        "staff.html",
        {
            "members": account.members(asked.conn), "all_roles": ROLES, "words_": ROLE_WORDS,
            "handed": handed, "typed": {n: asked.typed(n) for n in ("login", "name", "role")},
        },
        status, notice, "bad" if status >= 400 else "good",
    )  # fmt: skip


def add(asked: Asked) -> Reply:
    """Make an account. Its first password is shown once, to be handed over, and must be
    changed at the first sign-in."""
    first = password.temporary()
    try:
        made = account.add(
            asked.conn, asked.typed("login"), asked.typed("name"), asked.typed("role"), first,
            by=asked.me.account_id, now=asked.now,
        )  # fmt: skip
    except Problem as problem:
        return _page(asked, 400, str(problem))
    note(asked, "add staff", "staff_account", made, detail=asked.typed("role"))
    return _page(asked, handed=(asked.typed("login"), first))


def change(asked: Asked) -> Reply:
    """Another role, open or closed, or a new first password."""
    account_id = asked.path["account"]
    found = account.member(asked.conn, account_id)
    if found is None:
        raise NotFound(_("There is no such account."))
    do = asked.typed("do")
    if do == "password":
        first = password.temporary()
        account.change_password(asked.conn, account_id, first, asked.now, must_change=True)
        note(asked, "reset password", "staff_account", account_id)
        return _page(asked, handed=(found.login, first))
    active = do != "close" if do in ("close", "open") else found.active
    role = asked.typed("role") if do == "role" else found.role
    try:
        account.change(asked.conn, account_id, role=role, active=active, now=asked.now)
    except Problem as problem:
        return _page(asked, 400, str(problem))
    note(asked, "change staff", "staff_account", account_id, detail=f"{role} {do}")
    return Go("/staff", "saved")
