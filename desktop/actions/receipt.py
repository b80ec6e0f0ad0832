# SPDX-License-Identifier: Apache-2.0
"""Receipts (ใบสำคัญรับเงิน): one sheet for everybody, one paper a person, and the sums as a book.

The form is the Ministry of Finance's for people from outside the civil service
(ใบสำคัญรับเงินค่าใช้จ่ายในการฝึกอบรมบุคคลภายนอก). Every page of the sheet says its own sum in figures
and in words, the last one that of all pages too. Where no amounts are typed yet, the sheet lists
the people and is filled in by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from desktop.actions.claim import ClaimList, ClaimRow, claims_in
from desktop.actions.paper_filling import (
    BLANK_DAY,
    Fields,
    Ground,
    NothingToPrint,
    event_words,
    expected,
    ground,
)
from desktop.actions.paper_template import drawn, office_pictures, paper_template
from desktop.i18n import _
from desktop.model.claim import CLAIM_KINDS, Claim, ClaimKind
from desktop.model.paper import EVERYBODY, IdNumbers, Whom, table_of
from desktop.model.template import Filling, rows_on_page
from desktop.store.person import numbers_of
from desktop.store.store import Store
from desktop.thai.baht import baht_figures, baht_words
from desktop.thai.dates import be_date
from desktop.thai.identifiers import grouped, masked

Steps = Callable[[int, int], None]
WORDS: Final[Mapping[ClaimKind, str]] = {
    "meal": "ค่าอาหาร",
    "lodging": "ค่าเช่าที่พัก",
    "fare": "ค่าพาหนะ",
    "per_diem": "เบี้ยเลี้ยง",
    "honorarium": "ค่าตอบแทน",
}
"""What the kinds are called on paper."""
_SHEET: Final = "ใบสำคัญรับเงินค่าใช้จ่ายในการฝึกอบรมบุคคลภายนอก"
_SINGLE: Final = "ใบสำคัญรับเงิน"
_BLANK: Final = "." * 60


def receipt_sheet_paper(
    store: Store,
    event_id: str,
    progress: Steps | None = None,
    *,
    whom: Whom = EVERYBODY,
    template: str = "",
) -> bytes:
    """The sheet that everybody who is paid signs.

    Raises :class:`NothingToPrint` when amounts are typed, but for none of those chosen.
    """
    with store.read() as conn:
        about = ground(conn, event_id)
        held = claims_in(conn, event_id)
        rows = _chosen(held, [row.enrolment_id for row in expected(conn, event_id, whom)], whom)
    chosen = paper_template(store, "receipt_sheet", template, event_id)
    table = table_of(chosen)
    most = len(rows) if table is None else rows_on_page(table)
    pages = [rows[at : at + most] for at in range(0, len(rows), most)]
    everything = [one for row in rows for one in row.claims.values()]
    typed = {one.kind for one in everything}
    shared = {
        "title": _SHEET,
        "count": str(len(rows)),
        "payer": held.plan.payer or _BLANK,
        "payer_position": held.plan.payer_position,
        "when_where": event_words(about.event, broken=True),
    }
    grand = sum(one.amount for one in everything)
    pictures = office_pictures(store, event_id)
    fillings = []
    for number, page in enumerate(pages, 1):
        sums = _sums(page)
        own: dict[str, str] = {
            kind: baht_figures(sums.get(kind, 0)) if kind in typed else "" for kind in CLAIM_KINDS
        }
        total = sum(sums.values())
        last = number == len(pages) > 1 and grand
        fields = about.filled(
            **shared,
            **own,
            page=f"หน้า {number}/{len(pages)}",
            total=baht_figures(total) if total else "",
            total_words=baht_words(total) if total else _BLANK,
            grand_total=baht_figures(grand) if last else "",
            grand_words=baht_words(grand) if last else "",
        )
        first = (number - 1) * most
        lines = tuple(_line(about, row, first + at) for at, row in enumerate(page, 1))
        fillings.append(Filling(fields=fields, pictures=pictures, rows=lines))
    return drawn(store, chosen, fillings, _SHEET, progress, event_id=event_id)


def _chosen(held: ClaimList, wanted: Sequence[str], whom: Whom) -> list[ClaimRow]:
    """Those to be paid among ``wanted``; all of them while no amount is typed at all."""
    keep = set(wanted)
    typed = any(row.claims for row in held.rows)
    # Whoever left the roster since is paid as well, unless only some people are asked for.
    rows = [
        row
        for row in held.rows
        if (row.enrolment_id in keep or (not row.row.expected and whom == EVERYBODY))
        and (row.claims or not typed)
    ]
    if not rows:
        raise NothingToPrint(_("Nobody among those you chose is paid anything yet."))
    return rows


def _sums(rows: Sequence[ClaimRow]) -> dict[ClaimKind, int]:
    found: dict[ClaimKind, int] = {}
    for row in rows:
        for kind, one in row.claims.items():
            found[kind] = found.get(kind, 0) + one.amount
    return found


def _line(about: Ground, row: ClaimRow, place: int) -> Fields:
    paid = row.paid_on
    said: dict[str, str] = {
        kind: baht_figures(row.claims[kind].amount) if kind in row.claims else ""
        for kind in CLAIM_KINDS
    }
    said |= {
        "no": str(place),
        "total": baht_figures(row.total) if row.claims else "",
        "paid_on": be_date(paid, "short") if paid else "",
    }
    own = {**about.person(row.row), "address": about.home(row.row)}
    return {**own, **{name: about.said(text) for name, text in said.items()}}


def receipt_paper(
    store: Store,
    by: str,
    event_id: str,
    progress: Steps | None = None,
    *,
    whom: Whom = EVERYBODY,
    template: str = "",
    numbers: IdNumbers = "none",
) -> bytes:
    """A receipt for each person who is paid something.

    ``numbers`` puts identity numbers on it, masked or whole; whole ones are noted in the audit
    log. Raises :class:`NothingToPrint` when nobody chosen is paid anything.
    """
    with store.read() as conn:
        about = ground(conn, event_id)
        held = claims_in(conn, event_id)
        rows = _chosen(held, [row.enrolment_id for row in expected(conn, event_id, whom)], whom)
        rows = [row for row in rows if row.claims]
        if not rows:
            raise NothingToPrint(_("Type the amounts first: nobody is paid anything yet."))
        known = numbers_of(conn, [row.row.person_id for row in rows]) if numbers != "none" else {}
    ids = {
        person_id: grouped(one.value) if numbers == "whole" else masked(one.value)
        for person_id, one in known.items()
        if one.value
    }
    chosen = paper_template(store, "receipt", template, event_id)
    pictures = office_pictures(store, event_id)
    fillings = [
        _receipt(about, held, row, ids.get(row.row.person_id, ""), pictures) for row in rows
    ]
    if numbers == "whole":
        with store.write(by) as write:
            write.audit("print", "person_identifier", event_id, str(len(ids)))
    return drawn(store, chosen, fillings, _SINGLE, progress, event_id=event_id)


def _receipt(
    about: Ground,
    held: ClaimList,
    row: ClaimRow,
    id_number: str,
    pictures: Mapping[str, str],
) -> Filling:
    paid = row.paid_on
    person = about.person(row.row)
    items = tuple(
        {
            "no": about.said(str(at)),
            "item": about.said(_item(one)),
            "amount": about.said(baht_figures(one.amount)),
        }
        for at, one in enumerate(
            (row.claims[kind] for kind in CLAIM_KINDS if kind in row.claims), 1
        )
    )
    given = {
        "title": _SINGLE,
        "date": be_date(paid) if paid else BLANK_DAY,
        "id_number": id_number,
        "address": about.home(row.row) or _BLANK,
        "total": baht_figures(row.total),
        "total_words": baht_words(row.total),
        "payer": held.plan.payer or _BLANK,
        "payer_position": held.plan.payer_position,
    }
    told = {name: about.said(text) for name, text in given.items()}
    return Filling(fields={**about.fields, **person, **told}, pictures=pictures, rows=items)


def _item(one: Claim) -> str:
    return f"{WORDS[one.kind]}  {one.detail}".strip()


def claims_book(store: Store, event_id: str) -> bytes:
    """Everybody's amounts as a workbook, with sums that Excel works out.

    Raises :class:`NothingToPrint` when no amount is typed.
    """
    from desktop.printing.claim import ClaimLine, claims_xlsx
    from desktop.printing.heading import Heading

    with store.read() as conn:
        about = ground(conn, event_id)
        held = claims_in(conn, event_id)
    rows = [row for row in held.rows if row.claims]
    if not rows:
        raise NothingToPrint(_("Type the amounts first: nobody is paid anything yet."))
    fields = about.fields
    when = about.said(event_words(about.event))
    heading = Heading("ค่าใช้จ่ายผู้เข้าร่วม", fields["event"], when, fields["office"])
    lines = [
        ClaimLine(
            no=str(place),
            name=row.row.name,
            organisation=row.row.organisation,
            days=row.days,
            amounts=tuple(
                row.claims[kind].amount if kind in row.claims else None for kind in CLAIM_KINDS
            ),
            paid_on=row.paid_on,
        )
        for place, row in enumerate(rows, 1)
    ]
    return claims_xlsx(heading, tuple(WORDS[kind] for kind in CLAIM_KINDS), lines, about.digits)
