# SPDX-License-Identifier: Apache-2.0
"""Texts that two people wrote apart and nobody has chosen from yet.

The list holds counts and ages; what was written is shown on a page of its own, to a role that
may see it, and that page is written in the audit log.
"""

from __future__ import annotations

from desktop.centre import conflict, reports
from desktop.centre.staff.asked import Asked, NotFound, Page, Reply
from desktop.centre.staff.trail import note
from desktop.centre.staff.words import field_word
from desktop.i18n import _

_MOST_SHOWN = 200


def show(asked: Asked) -> Reply:
    """By area; with ``?scope=`` the records of one."""
    scope = asked.query.get("scope", "")[:200]
    records = conflict.open_records(asked.conn, scope)
    areas = conflict.open_areas(records)
    names = reports.scope_names(asked.conn, [area.scope for area in areas])
    return Page("conflicts.html", {
        "areas": areas, "names": names, "scope": scope,
        "records": records[:_MOST_SHOWN] if scope else (),
        "texts": sum(area.texts for area in areas), "total": len(records),
    })  # fmt: skip


def one(asked: Asked) -> Reply:
    """The texts of one record, side by side."""
    scope = asked.query.get("scope", "")[:200]
    kind, record = asked.path["kind"], asked.path["record"]
    found = conflict.texts(asked.conn, scope, kind, record)
    if not found:
        raise NotFound(_("Nothing waits here any more: somebody has chosen."))
    if scope.startswith("c:") and asked.me.role != "admin":
        raise NotFound(_("Only its readers may see a restricted case, on their laptops."))
    note(asked, "read texts", kind, record, detail=scope)
    by_field: dict[str, list[conflict.OneText]] = {}
    for text in found:
        by_field.setdefault(text.field, []).append(text)
    return Page("conflict.html", {
        "kind": kind, "record": record, "scope": scope,
        "name": reports.scope_names(asked.conn, [scope])[scope],
        "fields": [(field_word(name), texts) for name, texts in by_field.items()],
    })  # fmt: skip
