# SPDX-License-Identifier: Apache-2.0
"""The papers of an event: sign-in sheets, badges, tents, envelopes, the name proof, the register.

All but the last two are drawn by templates that the office may have made itself. Papers of the
office are in Thai whatever language the window speaks, in the digit style of the event. What is
read from the store is read at once; the PDF is made outside of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from desktop.actions.certificate import RegisterRow, register_rows
from desktop.actions.numbering import printed_names
from desktop.actions.paper_filling import (
    Ground,
    NothingToPrint,
    day_words,
    event_words,
    expected,
    ground,
    thai,
)
from desktop.actions.paper_template import drawn, office_pictures, paper_template
from desktop.i18n import _
from desktop.model.event import Day, DigitStyle, Half
from desktop.model.paper import EVERYBODY, PaperKind, Whom, table_of
from desktop.model.sheet import Sheet
from desktop.model.template import Filling, Template, rows_on_page
from desktop.store import event as events
from desktop.store import roster
from desktop.store.organisation import organisations_unsorted
from desktop.store.store import Store
from desktop.thai.dates import be_date
from desktop.thai.digits import styled, to_arabic

if TYPE_CHECKING:
    from desktop.printing.heading import Heading
    from desktop.printing.register import RegisterLine

Kind = Literal["pdf", "xlsx"]
To = Literal["people", "agencies"]
Steps = Callable[[int, int], None]
_UNUSED: Final = "ไม่ใช้เลข"
_HALVES: Final[dict[Half, str]] = {"am": "เช้า", "pm": "บ่าย", "eve": "ค่ำ"}
_FOUR: Final = 4


def sheet_paper(
    store: Store,
    event_id: str,
    pages: Sequence[Sheet],
    progress: Steps | None = None,
    *,
    template: str = "",
) -> bytes:
    """The sign-in sheets of one day, as their pages were fixed by ``prepare_sheets``.

    A template with fewer rows than a fixed page has people puts them on two sheets of paper that
    carry the same code.
    """
    if not pages:
        raise NothingToPrint(_("There is no sheet for this day yet."))
    with store.read() as conn:
        about = ground(conn, event_id)
        day = next(one for one in events.days(conn, event_id) if one.no == pages[0].day_no)
        rows = {row.enrolment_id: row for row in roster.roster(conn, event_id)}
    chosen = paper_template(store, "sheet", template, event_id)
    held = pages[0].halves
    shared = about.filled(
        title="ใบลงทะเบียน",
        when_where=day_words(about.event, day),
        halves="   ".join(f"{_HALVES[half]} {'.' * 12} คน" for half in held),
        **{half: word if half in held else "" for half, word in _HALVES.items()},
    )
    everybody = (one for page in pages for one in page.enrolment_ids)
    places = {enrolment_id: place for place, enrolment_id in enumerate(everybody, 1)}
    fillings = []
    for number, page in enumerate(pages, 1):
        lines = [about.person(rows[one], places[one]) for one in page.enrolment_ids if one in rows]
        spaced = " ".join(page.code[at : at + _FOUR] for at in range(0, len(page.code), _FOUR))
        for part, some in enumerate(_parts(chosen, lines)):
            words = f"หน้า {number}/{len(pages)}" + (" (ต่อ)" if part else "")
            own = {"page": about.said(words), "sheet": page.code, "sheet_spaced": spaced}
            fillings.append(Filling(fields={**shared, **own}, rows=tuple(some)))
    return drawn(
        store,
        chosen,
        _pictured(store, event_id, fillings),
        "ใบลงทะเบียน",
        progress,
        event_id=event_id,
    )


def _parts(
    template: Template, rows: Sequence[dict[str, str]]
) -> Iterable[Sequence[dict[str, str]]]:
    """Rows as many as a page of the template holds; at least one page."""
    table = table_of(template)
    most = len(rows) if table is None else rows_on_page(table)
    for at in range(0, max(1, len(rows)), max(1, most)):
        yield rows[at : at + most]


def badge_paper(
    store: Store,
    event_id: str,
    progress: Steps | None = None,
    *,
    whom: Whom = EVERYBODY,
    template: str = "",
) -> bytes:
    """A name badge for everybody expected, by seat."""
    return _each(store, event_id, "badge", "ป้ายชื่อ", whom, template, progress)


def tent_paper(
    store: Store,
    event_id: str,
    progress: Steps | None = None,
    *,
    whom: Whom = EVERYBODY,
    template: str = "",
) -> bytes:
    """A name tent for everybody expected, by seat."""
    return _each(store, event_id, "tent", "ป้ายตั้งโต๊ะ", whom, template, progress)


def _each(
    store: Store,
    event_id: str,
    kind: PaperKind,
    title: str,
    whom: Whom,
    template: str,
    progress: Steps | None,
) -> bytes:
    with store.read() as conn:
        about = ground(conn, event_id)
        rows = expected(conn, event_id, whom)
    fillings = [_of(about, {**about.person(row), "name": _apart(row.name)}) for row in rows]
    chosen = paper_template(store, kind, template, event_id)
    return drawn(
        store, chosen, _pictured(store, event_id, fillings), title, progress, event_id=event_id
    )


def _of(about: Ground, own: dict[str, str]) -> Filling:
    return Filling(fields={**about.fields, **own})


def _apart(name: str) -> str:
    """A name that needs two lines breaks before the surname if it can."""
    return name.replace(" ", " \u200b")


def _pictured(store: Store, event_id: str, fillings: Sequence[Filling]) -> list[Filling]:
    pictures = office_pictures(store, event_id)
    return [
        Filling(fields=one.fields, signers=one.signers, pictures=pictures, rows=one.rows)
        for one in fillings
    ]


def envelope_paper(
    store: Store,
    event_id: str,
    progress: Steps | None = None,
    *,
    whom: Whom = EVERYBODY,
    to: To = "people",
    template: str = "",
) -> bytes:
    """An envelope for each person, or one for each agency that sends somebody."""
    with store.read() as conn:
        about = ground(conn, event_id)
        rows = expected(conn, event_id, whom)
        agencies = {one.id: one for one in organisations_unsorted(conn)}
    if to == "people":
        fillings = [_of(about, about.person(row)) for row in rows]
    else:
        senders = dict.fromkeys(row.organisation_id for row in rows if row.organisation_id)
        fillings = [_of(about, about.agency(agencies[one])) for one in senders if one in agencies]
    if not fillings:
        raise NothingToPrint(_("Nobody among those you chose comes from an agency."))
    chosen = paper_template(store, "envelope", template, event_id)
    return drawn(
        store,
        chosen,
        _pictured(store, event_id, fillings),
        "ซองจดหมาย",
        progress,
        event_id=event_id,
    )


def proof_paper(store: Store, event_id: str, progress: Steps | None = None) -> bytes:
    """The sheet on which people check how their names will be printed."""
    from desktop.printing.proof import ProofLine, proof_pdf

    with store.read() as conn:
        about = ground(conn, event_id)
        rows = expected(conn, event_id, EVERYBODY)
        names = printed_names(conn, rows)
    lines = [
        ProofLine(
            no=about.said(str(row.seat or place)),
            name=names[row.enrolment_id],
            organisation=row.organisation,
        )
        for place, row in enumerate(rows, 1)
    ]
    heading = _heading(about, "ใบตรวจสะกดชื่อ", event_words(about.event))
    return proof_pdf(heading, lines, about.digits, progress=progress)


def register_paper(
    store: Store, event_id: str, kind: Kind = "pdf", progress: Steps | None = None
) -> bytes:
    """The register of certificates of an event, as a PDF or a workbook."""
    from desktop.printing.register import register_pdf, register_xlsx

    rows = register_rows(store, event_id)
    if not rows:
        raise NothingToPrint(_("No certificate has been issued at this event yet."))
    with store.read() as conn:
        about = ground(conn, event_id)
    heading = _heading(about, "ทะเบียนคุมประกาศนียบัตร", event_words(about.event))
    lines = [_register_line(row, place, about.digits) for place, row in enumerate(rows, 1)]
    if kind == "xlsx":
        return register_xlsx(heading, lines, about.digits)
    # No column for who signed, whose names are mostly the same: they stand under the last row.
    signers = "; ".join(dict.fromkeys(line.signers for line in lines if line.signers))
    totals = f"ผู้ลงนาม: {signers}" if signers else ""
    return register_pdf(heading, lines, about.digits, totals=totals, progress=progress)


def _register_line(row: RegisterRow, place: int, digits: DigitStyle) -> RegisterLine:
    from desktop.printing.register import RegisterLine

    held = row.certificate
    issued = date.fromisoformat(held.issue_date) if held.issue_date else None
    got = date.fromisoformat(row.receipt.on) if row.receipt is not None else None
    wording = held.wording
    notes = [held.reason] if held.reason else []
    if held.edition > 1:
        notes.append(styled(f"ใบแทน ฉบับที่ {held.edition}", digits))
    if held.prints > 1:
        notes.append(styled(f"พิมพ์ {held.prints} ครั้ง", digits))
    own = to_arabic(row.organisation) == to_arabic(row.name)
    return RegisterLine(
        no=styled(str(place), digits),
        number=styled(held.number_text, digits),
        name=row.name,
        # An organisation that is honoured is not its own agency.
        organisation="" if own else row.organisation,
        course=wording.subject if wording is not None else "",
        issued=be_date(issued, "short", digits) if issued else "",
        issued_on=issued,
        signers=", ".join(one.name for one in wording.signers) if wording is not None else "",
        status=_UNUSED if held.status == "unused" else thai("cert_status", held.status),
        note=" ".join(notes),
        received_by=row.receipt.by if row.receipt is not None else "",
        received=be_date(got, "short", digits) if got else "",
        received_on=got,
    )


def days_to_sign(store: Store, event_id: str) -> tuple[Day, ...]:
    """The days of an event on which something is held."""
    with store.read() as conn:
        return tuple(day for day in events.days(conn, event_id) if day.halves)


def _heading(about: Ground, title: str, when_where: str) -> Heading:
    from desktop.printing.heading import Heading

    fields = about.fields
    return Heading(title, fields["event"], about.said(when_where), fields["office"])
