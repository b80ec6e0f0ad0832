# SPDX-License-Identifier: Apache-2.0
"""Joining codes: made here, told to a laptop once, on paper or as a QR."""

from __future__ import annotations

import segno

from desktop.centre import account, joining_code
from desktop.centre.areas import area_name, provinces
from desktop.centre.staff.area_codes import read_areas
from desktop.centre.staff.asked import Asked, Page, Reply
from desktop.centre.staff.page import markup
from desktop.centre.staff.trail import note
from desktop.errors import Problem
from desktop.i18n import _
from desktop.sync.invitation import Invitation
from desktop.thai.normalise import normalise_name

_LATEST = 50


def show(asked: Asked) -> Reply:
    """The form, and the codes made last."""
    return _page(asked)


def _page(
    asked: Asked, status: int = 200, notice: str = "", made: dict[str, object] | None = None
) -> Page:
    names = ("office", "role", "areas", "name")
    return Page(
        "joining.html",
        {
            "offices": account.offices(asked.conn), "all_roles": account.ROLES,
            "codes": joining_code.codes(asked.conn)[:_LATEST], "made": made,
            "office_names": {one.id: one.name for one in account.offices(asked.conn)},
            "now_": asked.centre.database.stamp(), "area_name": area_name,
            "provinces": provinces(),
            "typed": {name: asked.typed(name) for name in names},
        },
        status, notice, "bad" if notice else "good",
    )  # fmt: skip


def _typed(asked: Asked) -> tuple[account.Office, account.Role, tuple[str, ...], str]:
    office = account.office(asked.conn, asked.typed("office"))
    if office is None:
        raise Problem(_("Choose an office."))
    role = asked.typed("role")
    if role not in account.ROLES:
        raise Problem(_("Choose a role."))
    name = normalise_name(asked.typed("name"))[:100]
    if not name:
        raise Problem(_("Type what the laptop is called, so that it can be told apart."))
    return office, role, read_areas(asked.typed("areas")), name


def make(asked: Asked) -> Reply:
    """Make a code and show it, this once."""
    try:
        office, role, areas, name = _typed(asked)
    except Problem as problem:
        return _page(asked, 400, str(problem))
    code, kept = joining_code.make_code(
        asked.conn, asked.centre.database, office=office.id,
        role=role, areas=areas, name=name, by=asked.me.account_id,
    )  # fmt: skip
    note(asked, "make joining code", "joining_code", kept.id)
    address = asked.centre.config.centre.address.rstrip("/")
    return _page(asked, made={
        "code": code, "name": name, "office": office.name, "ends_at": kept.ends_at,
        "address": address,
        "areas": [area_name(one) if one else _("The whole country") for one in kept.areas],
        "qr": _qr(Invitation(address, code, asked.centre.pin).link),
    })  # fmt: skip


def _qr(text: str) -> object:
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=4, dark="#000000", light="#ffffff", svgclass="qr", lineclass=None, omitsize=True
    )
    return markup(drawn)
