# SPDX-License-Identifier: Apache-2.0
"""Papers of the register: a whole book, the order on the stage, and what was printed again.

In Thai whatever language the window speaks. The digits are the event's; a book over many events
is in those of the newest of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from desktop.actions.certificate_history import name_of
from desktop.actions.paper_filling import NothingToPrint, event_words, thai
from desktop.actions.register import Account, BookRow, account_here, book_here
from desktop.actions.stage import StageLine, stage_lines
from desktop.i18n import _
from desktop.model.certificate import Order, Wording
from desktop.model.event import DigitStyle, Event
from desktop.store import certificate as register
from desktop.store import certificate_step
from desktop.store import event as events
from desktop.store.facilitator import office_or_none
from desktop.store.store import Store
from desktop.thai.dates import be_date
from desktop.thai.digits import styled, to_arabic

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.printing.heading import Heading
    from desktop.printing.listing import ListRow
    from desktop.printing.register import RegisterLine
    from desktop.printing.stage import StageRow

Format = Literal["pdf", "xlsx"]
Steps = Callable[[int, int], None]

_STATES: Final = {
    "unused": "ไม่ใช้เลข",
    "lent": "ยังไม่ใช้",
    "unknown": "ยังไม่ทราบ",
    "replaced": "มีใบแทนแล้ว",
}
"""States that have no word in the code list, or another one there."""
_VOID: Final = "(ยกเลิก ไม่เรียกชื่อ)"
"""In the place of a name, so that it is not called and the turns after it stay as they are."""
_LENT: Final = "กันเลขไว้ที่เครื่องนี้ ยังไม่ใช้"
_UNKNOWN: Final = "เครื่องอื่นใช้เลขนี้และยังไม่ส่งข้อมูล"
_DONE: Final = {
    "printed": "พิมพ์ซ้ำ", "void": "ยกเลิก", "replaced": "ออกใบแทน", "returned": "รับคืน",
}  # fmt: skip


def book_paper(
    store: Store,
    kind: str,
    year: int,
    fmt: Format = "pdf",
    *,
    event_id: str = "",
    states: Collection[str] = (),
    text: str = "",
    progress: Steps | None = None,
) -> bytes:
    """A register over all events, or the part of it that is asked for as in ``register.book``.

    One with every number ends in its account: how many stand in each state. For a thread.
    """
    from desktop.printing.register import register_pdf, register_xlsx

    with store.read() as conn:
        rows = book_here(conn, kind, year, event_id=event_id, states=states, text=text)
        if not rows:
            raise NothingToPrint(_("There is no number to show."))
        held = account_here(conn, kind, year)
        # All numbers may be those of one event.
        whole = not (states or text) and len({row.number for row in rows}) == held.last
        totals = _totals(held) if whole else ""
        digits = _digits(conn, rows)
        name = events.event(conn, event_id).name if event_id else thai("cert_kind", kind)
        heading = _heading(conn, "ทะเบียนคุม", name, f"ปี พ.ศ. {year}", digits)
    lines = [_book_line(row, place, digits) for place, row in enumerate(rows, 1)]
    totals = styled(totals, digits)
    if fmt == "xlsx":
        return register_xlsx(heading, lines, digits, totals=totals)
    return register_pdf(heading, lines, digits, courses=True, totals=totals, progress=progress)


def _totals(held: Account) -> str:
    parts = [
        f"{_STATES.get(state) or thai('cert_status', state)} {count}"
        for state, count in held.counts.items()
        if count
    ]
    more = f"  (ออกใบแทนภายใต้เลขเดิม {held.replaced_editions} ใบ)" if held.replaced_editions else ""
    return f"เลขที่ 1–{held.last}: {', '.join(parts)}  รวม {sum(held.counts.values())} เลข{more}"


def _digits(conn: Connection, rows: Sequence[BookRow]) -> DigitStyle:
    for row in reversed(rows):
        if row.certificate is not None:
            try:
                return events.event(conn, row.certificate.event_id).digits
            except LookupError:
                continue
    return "arabic"


def _book_line(row: BookRow, place: int, digits: DigitStyle) -> RegisterLine:
    from desktop.printing.register import RegisterLine

    held, receipt = row.certificate, row.receipt
    notes = [row.why] if row.why else []
    if held is None:
        notes.append(_LENT if row.state == "lent" else _UNKNOWN)
    else:
        if held.edition > 1:
            notes.append(styled(f"ใบแทน ฉบับที่ {held.edition}", digits))
        if held.prints > 1:
            notes.append(styled(f"พิมพ์ {held.prints} ครั้ง", digits))
    issued = date.fromisoformat(held.issue_date) if held and held.issue_date else None
    got = date.fromisoformat(receipt.on) if receipt else None
    signers = held.wording.signers if held and held.wording else ()
    # An organisation that is honoured is not its own agency.
    own = to_arabic(row.organisation) == to_arabic(row.name)
    return RegisterLine(
        no=styled(str(place), digits),
        number=styled(row.number_text or str(row.number), digits),
        name=row.name,
        organisation="" if own else row.organisation,
        course=row.subject or row.event_name,
        issued=be_date(issued, "short", digits) if issued else "",
        issued_on=issued,
        signers=", ".join(one.name for one in signers),
        status=_STATES.get(row.state) or thai("cert_status", row.state),
        note=" ".join(notes),
        received_by=receipt.by if receipt else "",
        received=be_date(got, "short", digits) if got else "",
        received_on=got,
    )


def stage_paper(
    store: Store,
    event_id: str,
    kind: str = "",
    fmt: Format = "pdf",
    order: Order = "stage",
    progress: Steps | None = None,
) -> bytes:
    """The order on the stage, with each name as it is read out. For a thread."""
    from desktop.printing.stage import stage_pdf, stage_xlsx

    lines = stage_lines(store, event_id, kind, order)
    if not lines:
        raise NothingToPrint(_("Nobody receives a certificate at this event yet."))
    with store.read() as conn:
        held = events.event(conn, event_id)
        heading = _event_heading(conn, "ลำดับการรับมอบ", held)
    grouped = order == "stage" and len({line.team for line in lines}) > 1
    rows = [_stage_row(line, held.digits, grouped=grouped) for line in lines]
    if fmt == "xlsx":
        return stage_xlsx(heading, rows)
    return stage_pdf(heading, rows, held.digits, progress=progress)


def _stage_row(line: StageLine, digits: DigitStyle, *, grouped: bool) -> StageRow:
    from desktop.printing.stage import StageRow

    return StageRow(
        order=styled(str(line.order), digits),
        number=line.number,
        reading=_VOID if line.void else line.reading,
        name=line.name,
        organisation=line.organisation,
        project=line.project,
        group=styled(f"กลุ่ม {line.team}", digits) if grouped and line.team else "",
        seat=styled(str(line.seat), digits) if line.seat else "",
    )


def log_paper(store: Store, event_id: str, fmt: Format = "pdf") -> bytes:
    """What was printed again, declared void, replaced or came back at an event, and why."""
    from desktop.printing.listing import ListColumn, list_pdf, list_xlsx

    with store.read() as conn:
        held = events.event(conn, event_id)
        rows = _log(conn, event_id, held.digits)
        if not rows:
            raise NothingToPrint(_("Nothing was printed again, void or replaced at this event."))
        heading = _event_heading(conn, "บันทึกการพิมพ์ซ้ำ ยกเลิก และออกใบแทน", held)
    columns = (
        ListColumn("วันเวลา", 34, "centre"),
        ListColumn("เลขที่", 24, "centre"),
        ListColumn("ชื่อผู้รับ", 66),
        ListColumn("รายการ", 24, "centre"),
        ListColumn("เหตุผล", 66),
        ListColumn("ผู้บันทึก", 40),
        ListColumn("เครื่องพิมพ์", 23, size=9),
    )
    if fmt == "xlsx":
        return list_xlsx(heading, "บันทึก", columns, rows, held.digits)
    return list_pdf(heading, columns, rows, held.digits)


def _log(conn: Connection, event_id: str, digits: DigitStyle) -> list[ListRow]:
    from desktop.printing.listing import ListRow

    held = {row.id: row for row in register.register(conn, event_id=event_id)}
    told: list[tuple[str, str, str, str, str, str]] = []
    seen: set[str] = set()
    for log in register.prints_of(conn, list(held)):
        if log.certificate_id in seen:
            told.append((log.at, log.certificate_id, "printed", log.reason, log.by, log.printer))
        seen.add(log.certificate_id)
    told += [
        (step.at, step.certificate_id, step.step, step.reason, step.by, "")
        for step in certificate_step.steps_at(conn, event_id)
        if step.step in _DONE and step.certificate_id in held
    ]
    return [
        ListRow(
            (
                datetime.fromisoformat(at).astimezone(),
                styled(held[one].number_text, digits),
                _recipient(held[one].wording),
                _DONE[what],
                reason,
                name_of(conn, by),
                printer,
            )
        )
        for at, one, what, reason, by, printer in sorted(told)
    ]


def _recipient(wording: Wording | None) -> str:
    return "" if wording is None else wording.recipient


def _event_heading(conn: Connection, title: str, held: Event) -> Heading:
    name = " ".join(part for part in (held.name, held.batch) if part)
    return _heading(conn, title, name, event_words(held), held.digits)


def _heading(
    conn: Connection, title: str, name: str, when_where: str, digits: DigitStyle
) -> Heading:
    from desktop.printing.heading import Heading

    office = office_or_none(conn)
    return Heading(
        title=title,
        event=styled(name, digits),
        when_where=styled(when_where, digits),
        office="" if office is None else styled(office.name, digits),
    )
