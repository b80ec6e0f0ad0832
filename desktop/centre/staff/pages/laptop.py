# SPDX-License-Identifier: Apache-2.0
"""One laptop: who works on it, what was on it at a moment, and closing it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from desktop.centre import account, device, reports, rights
from desktop.centre import held as holdings
from desktop.centre.areas import area_name
from desktop.centre.database import stamp
from desktop.centre.staff.asked import Asked, Download, Go, NotFound, Page, Reply
from desktop.centre.staff.moment import THAILAND
from desktop.centre.staff.trail import note
from desktop.errors import Problem
from desktop.i18n import _
from desktop.thai.dates import be_date, parse_date, parse_time

GRACES: Final = (0, 7, 30)
"""Days a revoked laptop may still bring its work, to choose from."""


def _laptop(asked: Asked) -> reports.Laptop:
    found = reports.laptop(asked.conn, asked.path["device"])
    if found is None:
        raise NotFound(_("The centre does not know this laptop."))
    return found


def show(asked: Asked) -> Reply:
    """The laptop and the facilitators on it with their areas."""
    laptop = _laptop(asked)
    return Page("laptop.html", {
        "laptop": laptop, "before": reports.since(asked.now), "graces": GRACES,
        "people": [
            (one, [area_name(code) if code else "" for code in one.areas])
            for one in account.accounts(asked.conn, device=laptop.id)
        ],
    })  # fmt: skip


def _moment(asked: Asked) -> tuple[datetime, str, str]:
    """The moment asked for, and its day and time as they stand in the form."""
    day, clock = asked.query.get("day", "").strip(), asked.query.get("time", "").strip()
    if not day:
        local = asked.now.astimezone(THAILAND)
        return asked.now, be_date(local.date(), "short"), f"{local:%H.%M}"
    minutes = parse_time(clock) if clock else 24 * 60
    begun = datetime.combine(parse_date(day), time(), THAILAND)
    return (begun + timedelta(minutes=minutes)).astimezone(UTC), day, clock


def _held(asked: Asked, laptop: reports.Laptop, at: datetime) -> tuple[holdings.HeldScope, ...]:
    allowed = rights.rights_of(asked.centre.database, laptop.id).scopes()
    return holdings.held(asked.conn, laptop.id, stamp(at), allowed)


def held(asked: Asked) -> Reply:
    """What was on it. Written in the audit log."""
    laptop = _laptop(asked)
    notice = ""
    try:
        at, day, clock = _moment(asked)
    except Problem as problem:
        at, day, clock, notice = asked.now, asked.query["day"], "", str(problem)
    scopes = _held(asked, laptop, at)
    note(asked, "read laptop", "device", laptop.id, detail=stamp(at))
    counts: dict[str, Any] = {
        kind: sum(scope.counts.get(kind, 0) for scope in scopes) for kind in holdings.KINDS
    }
    return Page("held.html", {
        "laptop": laptop, "at": at, "day": day, "clock": clock, "scopes": scopes,
        "names": reports.scope_names(asked.conn, [scope.scope for scope in scopes]),
        "counts": counts, "persons": sum(scope.persons for scope in scopes),
        "sensitive": sum(scope.sensitive for scope in scopes),
    }, 400 if notice else 200, notice, "bad")  # fmt: skip


def held_csv(asked: Asked) -> Reply:
    """Everybody whose data was on it, one a line. Written in the audit log."""
    laptop = _laptop(asked)
    at, _day, _clock = _moment(asked)
    scopes = _held(asked, laptop, at)
    names = reports.scope_names(asked.conn, [scope.scope for scope in scopes])
    people = holdings.persons(asked.conn, [scope.scope for scope in scopes], stamp(at))
    note(asked, "export laptop", "device", laptop.id, detail=f"{stamp(at)} {len(people)}")
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow([
        _("Where"), _("Name"), _("Area"), _("Telephone number held"), _("Known since"), _("Id"),
    ])  # fmt: skip
    for one in people:
        where = _("A restricted case") if one.scope.startswith("c:") else names[one.scope]
        lines.writerow([_plain(part) for part in (
            where, one.name, area_name(one.area), _("yes") if one.phone else _("no"), one.since,
            one.id,
        )])  # fmt: skip
    # The mark in front makes Excel read it as UTF-8.
    return Download("held.csv", "text/csv; charset=utf-8", ("\ufeff" + text.getvalue()).encode())


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r＝＋－＠" and text else text


def revoke(asked: Asked) -> Reply:
    """Close the laptop, with days of grace in which it may still bring its work."""
    laptop = _laptop(asked)
    typed = asked.typed("grace")
    if typed not in {str(days) for days in GRACES}:
        raise Problem(_("Choose for how long the laptop may still bring its work."))
    done = device.revoke(asked.conn, asked.centre.database, laptop.id, timedelta(days=int(typed)))
    if done:
        note(asked, "revoke laptop", "device", laptop.id, detail=typed)
    return Go(f"/laptops/{laptop.id}", "revoked")
