# SPDX-License-Identifier: Apache-2.0
"""The papers of an event: sign-in sheets, name badges, the name proof, the register.

Papers of the office are in Thai whatever language the window speaks, in the digit style of the
event. What is read from the store is read at once; the PDF is made outside of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from desktop.actions.certificate import RegisterRow, register_rows
from desktop.actions.numbering import printed_names
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model import area as areas
from desktop.model.event import Day, DigitStyle, Event
from desktop.model.roster import RosterRow, badge_code
from desktop.model.sheet import Sheet
from desktop.store import area, codelist, roster
from desktop.store import event as events
from desktop.store.facilitator import office_or_none
from desktop.store.store import Store
from desktop.thai.dates import be_date, be_range
from desktop.thai.digits import styled

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.printing.heading import Heading
    from desktop.printing.register import RegisterLine

Kind = Literal["pdf", "xlsx"]
Steps = Callable[[int, int], None]
_UNUSED: Final = "ไม่ใช้เลข"


class NothingToPrint(Problem):
    """There is nobody, or nothing, that this paper could show."""


def sheet_paper(
    store: Store, event_id: str, pages: Sequence[Sheet], progress: Steps | None = None
) -> bytes:
    """The sign-in sheets of one day, as their pages were fixed by ``prepare_sheets``."""
    from desktop.printing.sheet import SheetLine, SheetPage, sheets_pdf

    if not pages:
        raise NothingToPrint(_("There is no sheet for this day yet."))
    with store.read() as conn:
        event = events.event(conn, event_id)
        day = next(one for one in events.days(conn, event_id) if one.no == pages[0].day_no)
        rows = {row.enrolment_id: row for row in roster.roster(conn, event_id)}
        heading = _heading(conn, event, "ใบลงทะเบียน", _day_words(event, day))
    numbers = {
        enrolment_id: place
        for place, enrolment_id in enumerate(
            (one for page in pages for one in page.enrolment_ids), 1
        )
    }

    def line(enrolment_id: str) -> SheetLine:
        row = rows[enrolment_id]
        return SheetLine(
            no=styled(str(row.seat or numbers[enrolment_id]), event.digits),
            name=row.name,
            position=row.position,
            organisation=row.organisation,
            phone=styled(row.phone, event.digits),
        )

    made = [
        SheetPage(page.code, tuple(line(one) for one in page.enrolment_ids if one in rows))
        for page in pages
    ]
    return sheets_pdf(heading, made, pages[0].halves, event.digits, progress=progress)


def badge_paper(store: Store, event_id: str, progress: Steps | None = None) -> bytes:
    """A name badge for everybody expected, by seat."""
    from desktop.printing.badge import Badge, badges_pdf

    with store.read() as conn:
        event = events.event(conn, event_id)
        rows = _expected(conn, event_id)
    badges = [
        Badge(
            name=row.name,
            code=badge_code(event.code, row.badge_no),
            organisation=row.organisation,
            place=_place(row),
            role=_thai("event_role", row.role),
            seat=styled(str(row.seat), event.digits) if row.seat else "",
        )
        for row in rows
    ]
    return badges_pdf(styled(_name(event), event.digits), badges, progress=progress)


def proof_paper(store: Store, event_id: str, progress: Steps | None = None) -> bytes:
    """The sheet on which people check how their names will be printed."""
    from desktop.printing.proof import ProofLine, proof_pdf

    with store.read() as conn:
        event = events.event(conn, event_id)
        rows = _expected(conn, event_id)
        names = printed_names(conn, rows)
        heading = _heading(conn, event, "ใบตรวจสะกดชื่อ", _event_words(event))
    lines = [
        ProofLine(
            no=styled(str(row.seat or place), event.digits),
            name=names[row.enrolment_id],
            organisation=row.organisation,
        )
        for place, row in enumerate(rows, 1)
    ]
    return proof_pdf(heading, lines, event.digits, progress=progress)


def register_paper(
    store: Store, event_id: str, kind: Kind = "pdf", progress: Steps | None = None
) -> bytes:
    """The register of certificates of an event, as a PDF or a workbook."""
    from desktop.printing.register import register_pdf, register_xlsx

    rows = register_rows(store, event_id)
    if not rows:
        raise NothingToPrint(_("No certificate has been issued at this event yet."))
    with store.read() as conn:
        event = events.event(conn, event_id)
        heading = _heading(conn, event, "ทะเบียนคุมประกาศนียบัตร", _event_words(event))
    lines = [_register_line(row, place, event.digits) for place, row in enumerate(rows, 1)]
    if kind == "xlsx":
        return register_xlsx(heading, lines, event.digits)
    return register_pdf(heading, lines, event.digits, progress=progress)


def _register_line(row: RegisterRow, place: int, digits: DigitStyle) -> RegisterLine:
    from desktop.printing.register import RegisterLine

    held = row.certificate
    issued = date.fromisoformat(held.issue_date) if held.issue_date else None
    wording = held.wording
    notes = [held.reason] if held.reason else []
    if held.prints > 1:
        notes.append(styled(f"พิมพ์ {held.prints} ครั้ง", digits))
    if row.receipt is not None:
        day = be_date(date.fromisoformat(row.receipt.on), "short", digits)
        by = f" โดย {row.receipt.by}" if row.receipt.by else ""
        notes.append(f"รับ {day}{by}")
    return RegisterLine(
        no=styled(str(place), digits),
        number=styled(held.number_text, digits),
        name=row.name,
        organisation=row.organisation,
        course=wording.subject if wording is not None else "",
        issued=be_date(issued, "short", digits) if issued else "",
        issued_on=issued,
        signers=", ".join(one.name for one in wording.signers) if wording is not None else "",
        status=_UNUSED if held.status == "unused" else _thai("cert_status", held.status),
        note=" ".join(notes),
    )


def days_to_sign(store: Store, event_id: str) -> tuple[Day, ...]:
    """The days of an event on which something is held."""
    with store.read() as conn:
        return tuple(day for day in events.days(conn, event_id) if day.halves)


def _expected(conn: Connection, event_id: str) -> tuple[RosterRow, ...]:
    rows = tuple(row for row in roster.roster(conn, event_id) if row.expected)
    if not rows:
        raise NothingToPrint(_("Nobody is on the roster yet."))
    return rows


def _heading(conn: Connection, event: Event, title: str, when_where: str) -> Heading:
    from desktop.printing.heading import Heading

    office = office_or_none(conn)
    return Heading(
        title=title,
        event=styled(_name(event), event.digits),
        when_where=styled(when_where, event.digits),
        office="" if office is None else styled(office.name, event.digits),
    )


def _name(event: Event) -> str:
    return " ".join(part for part in (event.name, event.batch) if part)


def _event_words(event: Event) -> str:
    if event.date_from is None:
        when = event.date_note
    elif event.date_to is None or event.date_to == event.date_from:
        when = f"วันที่ {be_date(event.date_from)}"
    else:
        when = f"ระหว่างวันที่ {be_range(event.date_from, event.date_to)}"
    return "  ".join(part for part in (when, _venue(event)) if part)


def _day_words(event: Event, day: Day) -> str:
    when = f"วันที่ {day.no}" if day.on is None else f"วันที่ {be_date(day.on)}"
    return "  ".join(part for part in (when, _venue(event)) if part)


def _venue(event: Event) -> str:
    place = event.venue.strip().removeprefix("ณ ").strip()
    return f"ณ {place}" if place else ""


def _place(row: RosterRow) -> str:
    found = area.area(row.province) if row.province else None
    return "" if found is None else areas.spoken(found)


def _thai(name: str, entry: str) -> str:
    found = codelist.code(name, entry)
    return entry if found is None else found.th
