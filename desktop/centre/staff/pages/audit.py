# SPDX-License-Identifier: Apache-2.0
"""The audit log: who read and changed what, and whether the log itself is whole."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final

from desktop.centre import audit, reports
from desktop.centre.database import stamp
from desktop.centre.staff import account
from desktop.centre.staff.asked import PAGE_LENGTH, Asked, Go, Page, Reply
from desktop.centre.staff.moment import THAILAND, moment
from desktop.centre.staff.pages.certificate import VERDICTS
from desktop.centre.staff.trail import ACTIONS, STAFF, note
from desktop.errors import Problem
from desktop.i18n import _, ngettext
from desktop.thai.dates import parse_date

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


def show(asked: Asked) -> Reply:
    """The newest rows; narrowed to somebody, something, or days. Itself written in the log."""
    typed = {name: asked.query.get(name, "").strip()[:200] for name in ("who", "about", "day")}
    notice, since, before = "", "", asked.query.get("before", "")[:30]
    if typed["day"]:
        try:
            begun = datetime.combine(parse_date(typed["day"]), time(), THAILAND).astimezone(UTC)
        except Problem as problem:
            notice = str(problem)
        else:
            since = stamp(begun)
            before = before or stamp(begun + timedelta(days=1))
    found = audit.entries(
        asked.conn, lane=typed["who"], record_id=typed["about"], since=since, before=before,
        limit=PAGE_LENGTH + 1,
    )  # fmt: skip
    rows = found[:PAGE_LENGTH]
    note(asked, "read audit", "audit", detail=str(len(rows)), record_id="")
    members = {f"{STAFF}{one.id}": one.name for one in account.members(asked.conn)}
    return Page("audit.html", {
        "rows": rows, "actions": ACTIONS, "detail_words": _detail_words, "typed": typed,
        "members": members,
        "people": reports.account_names(asked.conn, {row.by for row in rows}),
        "devices": reports.device_names(asked.conn, {row.device for row in rows if row.device}),
        "places": reports.scope_names(
            asked.conn, {row.record_id for row in rows if row.noun == "scope"}
        ),
        "older": rows[-1].at if len(found) > PAGE_LENGTH else "",
    }, 400 if notice else 200, notice, "bad")  # fmt: skip


def _detail_words(detail: str) -> str:
    """What a row says besides, as far as it is no code: how many, which moment, which verdict."""
    first, _blank, rest = detail.partition(" ")
    if detail in VERDICTS:
        return _(VERDICTS[detail][0])
    if detail.isdigit():
        return ngettext("{count} row", "{count} rows", int(detail)).format(count=detail)
    if _MOMENT.fullmatch(first):
        return " · ".join(part for part in (moment(first), _detail_words(rest)) if part)
    return detail


def check(asked: Asked) -> Reply:
    """Walk every chain of the log from its beginning."""
    broken = audit.verify(asked.centre.database)
    note(asked, "check audit", "audit", "", detail=f"{len(broken)}")
    return Go("/audit", "chain_broken" if broken else "chain_good")
