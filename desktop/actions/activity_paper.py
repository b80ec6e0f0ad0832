# SPDX-License-Identifier: Apache-2.0
"""The papers about volunteers: activities by the four roles, mentors and their juniors.

They are in Thai whatever language the window speaks, in the digits of the event. What is on them
was open to everybody of the event; that somebody took it out is noted all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from desktop.actions.casework import thai_word
from desktop.actions.paper_filling import NothingToPrint
from desktop.i18n import _
from desktop.model.activity import Activity
from desktop.model.area import spoken
from desktop.model.event import DigitStyle, Event
from desktop.model.mentorship import Pair
from desktop.model.summary import Span
from desktop.store import activity as activities
from desktop.store import area as areas
from desktop.store import event as events
from desktop.store import mentorship as mentorships
from desktop.store import summary
from desktop.store.codelist import codes
from desktop.store.facilitator import office
from desktop.store.store import Store
from desktop.thai.dates import be_range
from desktop.thai.digits import styled
from desktop.thai.sort_key import sort_key

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.printing.heading import Heading
    from desktop.printing.listing import Cell, ListColumn, ListRow

Kind = Literal["pdf", "xlsx"]


def activities_paper(store: Store, by: str, event_id: str = "", *, kind: Kind = "pdf") -> bytes:
    """Activities of an event, or of all, with the four roles. Raises :class:`NothingToPrint`."""
    from desktop.printing.listing import list_pdf, list_xlsx

    with store.read() as conn:
        event = events.event(conn, event_id) if event_id else None
        found = activities.activities(conn, event_id=event_id)
        totals = summary.activities(conn, Span(event_id=event_id))
        days = [one.held_on for one in found]
        digits: DigitStyle = event.digits if event is not None else "arabic"
        when = be_range(min(days), max(days), digits=digits) if days else ""
        heading = _heading(conn, "กิจกรรมจิตอาสา ๔ บทบาท", event, when, digits)
    if not found:
        raise NothingToPrint(_("There is nothing to print yet."))
    _noted(store, by, kind, "activity")
    columns, rows = _columns(digits), [_row(one) for one in reversed(found)]
    rows.append(_sum(found, digits))
    notes = [
        styled(
            f"{number}. {thai_word('noi_role', role.role)}: {role.activities} กิจกรรม "
            f"ผู้เข้าร่วม {role.people:,} คน",
            digits,
        )
        for number, role in enumerate(totals.roles, 1)
    ]
    notes.append("กิจกรรมหนึ่งอาจมีหลายบทบาท จึงนับในทุกบทบาทที่ทำ")
    if kind == "xlsx":
        return list_xlsx(heading, "กิจกรรมจิตอาสา", columns, rows, digits, notes=notes)
    return list_pdf(heading, columns, rows, digits, notes=notes)


def mentors_paper(store: Store, by: str, event_id: str = "", *, kind: Kind = "pdf") -> bytes:
    """Mentors, each with her juniors, of an event or of all. Raises :class:`NothingToPrint`."""
    from desktop.printing.listing import ListColumn, ListRow, list_pdf, list_xlsx

    with store.read() as conn:
        event = events.event(conn, event_id) if event_id else None
        pairs = mentorships.pairs(conn, event_id=event_id)
        digits: DigitStyle = event.digits if event is not None else "arabic"
        heading = _heading(conn, "พี่เลี้ยงและ อพม.น้อย ในความดูแล", event, "", digits)
    if not pairs:
        raise NothingToPrint(_("There is nothing to print yet."))
    _noted(store, by, kind, "mentorship")
    columns = [ListColumn("ลำดับ", 16, "centre"), ListColumn("อพม.น้อย", 130),
               ListColumn("ตั้งแต่", 45), ListColumn("หมายเหตุ", 86)]  # fmt: skip
    by_mentor: dict[str, list[Pair]] = {}
    for pair in sorted(pairs, key=lambda one: (sort_key(one.mentor), sort_key(one.junior))):
        by_mentor.setdefault(pair.mentorship.mentor_id, []).append(pair)
    rows: list[ListRow] = []
    for hers in by_mentor.values():
        count = styled(str(len(hers)), digits)
        rows.append(ListRow((f"พี่เลี้ยง {hers[0].mentor} ({count} คน)",), "band"))
        rows += [
            ListRow((number, pair.junior, pair.mentorship.since, ""))
            for number, pair in enumerate(hers, 1)
        ]
    if kind == "xlsx":
        return list_xlsx(heading, "พี่เลี้ยง", columns, rows, digits)
    return list_pdf(heading, columns, rows, digits)


def _columns(digits: DigitStyle) -> list[ListColumn]:
    from desktop.printing.listing import ListColumn

    return [
        ListColumn("วันที่", 26, size=10),
        ListColumn("กิจกรรม", 60),
        ListColumn("สถานที่", 57, size=10),
        *(
            ListColumn(styled(f"บทบาท {number}", digits), 17, "centre", 10)
            for number in range(1, 5)
        ),
        *(ListColumn(word, 13, "right", 10) for word in ("เด็ก", "เยาวชน", "อพม.", "ภาคี")),
        ListColumn("รวม", 14, "right"),
    ]


def _row(one: Activity) -> ListRow:
    from desktop.printing.listing import ListRow

    area = areas.area(one.area) if one.area else None
    where = " ".join(part for part in (one.place, spoken(area) if area else "") if part)
    # A number, so that a workbook can be counted with.
    roles: list[Cell] = [1 if role.code in one.noi_roles else None for role in codes("noi_role")]
    return ListRow((one.held_on, one.name, where, *roles, *_people(one), one.people))


def _people(one: Activity) -> tuple[Cell, ...]:
    return (one.children, one.youth, one.volunteers, one.network)


def _sum(found: tuple[Activity, ...], digits: DigitStyle) -> ListRow:
    from desktop.printing.listing import ListRow

    roles: list[Cell] = [
        sum(role.code in one.noi_roles for one in found) for role in codes("noi_role")
    ]
    people: list[Cell] = [
        sum(one.children for one in found),
        sum(one.youth for one in found),
        sum(one.volunteers for one in found),
        sum(one.network for one in found),
    ]
    whole = sum(one.people for one in found)
    return ListRow(
        ("รวม", styled(f"{len(found):,} กิจกรรม", digits), "", *roles, *people, whole), "total"
    )


def _heading(
    conn: Connection, title: str, event: Event | None, when: str, digits: DigitStyle
) -> Heading:
    from desktop.printing.heading import Heading

    name = "" if event is None else " ".join(e for e in (event.name, event.batch) if e)
    return Heading(styled(title, digits), name or "ทุกกิจกรรมของหน่วยงาน", when, office(conn).name)


def _noted(store: Store, by: str, kind: Kind, noun: str) -> None:
    with store.write(by) as write:
        write.audit("print" if kind == "pdf" else "export", noun, detail="list")
