# SPDX-License-Identifier: Apache-2.0
"""Facilitators as the centre knows them: office, role, areas, and whether they may sync."""

from __future__ import annotations

from dataclasses import replace

from desktop.centre import account
from desktop.centre.areas import area_name, provinces
from desktop.centre.database import new_id
from desktop.centre.staff.area_codes import read_areas, write_areas
from desktop.centre.staff.asked import PAGE_LENGTH, Asked, Go, NotFound, Page, Reply
from desktop.centre.staff.trail import note
from desktop.errors import Problem
from desktop.i18n import _
from desktop.thai.normalise import normalise_name


def show(asked: Asked) -> Reply:
    """The list, narrowed by office or a part of the name."""
    find = normalise_name(asked.query.get("find", ""))[:100]
    office = asked.query.get("office", "")[:100]
    found = account.accounts(asked.conn, office_id=office, search=find)
    offices = {one.id: one.name for one in account.offices(asked.conn)}
    return Page("people.html", {
        "people": found[asked.offset : asked.offset + PAGE_LENGTH], "total": len(found),
        "offices": offices, "office": office, "find": find, "offset": asked.offset,
        "length": PAGE_LENGTH, "area_name": area_name,
    })  # fmt: skip


def new(asked: Asked) -> Reply:
    """An empty form."""
    return _form(asked, None)


def _form(
    asked: Asked, person: account.Account | None, status: int = 200, notice: str = ""
) -> Page:
    typed = {name: asked.typed(name) for name in ("name", "office", "new_office", "role", "areas")}
    if person is not None and not asked.form:
        typed |= {"name": person.name, "office": person.office, "role": person.role,
                  "areas": write_areas(person.areas)}  # fmt: skip
    return Page(
        "person.html",
        {
            "person": person, "typed": typed, "offices": account.offices(asked.conn),
            "all_roles": account.ROLES, "provinces": provinces(),
            "area_names": [area_name(code) if code else _("The whole country")
                           for code in (person.areas if person else ())],
        },
        status, notice, "bad" if notice else "good",
    )  # fmt: skip


def _typed(asked: Asked, known: account.Account | None) -> account.Account:
    name = normalise_name(asked.typed("name"))[:200]
    if not name:
        raise Problem(_("Type the person's name."))
    role = asked.typed("role")
    if role not in account.ROLES:
        raise Problem(_("Choose a role."))
    areas = read_areas(asked.typed("areas"))
    if known is not None:
        return replace(known, name=name, role=role, areas=areas)
    return account.Account(new_id(), _office(asked), name, role, areas)


def _office(asked: Asked) -> str:
    """The office chosen, or a new one that is named."""
    named = normalise_name(asked.typed("new_office"))[:200]
    if named:
        made = account.Office(new_id(), named)
        account.keep_office(asked.conn, asked.centre.database, made)
        return made.id
    if account.office(asked.conn, asked.typed("office")) is None:
        raise Problem(_("Choose an office, or type the name of a new one."))
    return asked.typed("office")


def add(asked: Asked) -> Reply:
    """Make a facilitator known before her laptop joins."""
    try:
        made = _typed(asked, None)
    except Problem as problem:
        return _form(asked, None, 400, str(problem))
    account.keep_account(asked.conn, asked.centre.database, made)
    note(asked, "add person", "account", made.id)
    return Go(f"/people/{made.id}", "saved")


def _known(asked: Asked) -> account.Account:
    found = account.account_of(asked.conn, asked.path["account"])
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


def one(asked: Asked) -> Reply:
    """The form of one facilitator."""
    return _form(asked, _known(asked))


def change(asked: Asked) -> Reply:
    """Keep what was typed, or open or close the account."""
    known = _known(asked)
    do = asked.typed("do")
    if do in ("close", "open"):
        account.set_active(asked.conn, asked.centre.database, known.id, do == "open")
        note(asked, "change person", "account", known.id, detail=do)
        return Go(f"/people/{known.id}", "saved")
    try:
        changed = _typed(asked, known)
    except Problem as problem:
        return _form(asked, known, 400, str(problem))
    account.keep_account(asked.conn, asked.centre.database, changed)
    note(asked, "change person", "account", known.id, detail="areas")
    return Go(f"/people/{known.id}", "saved")
