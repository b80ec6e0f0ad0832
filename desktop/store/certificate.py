# SPDX-License-Identifier: Apache-2.0
"""The register of certificates in the store, its numbers, and every printing.

A number is drawn from the register of one office, one kind and one year (พ.ศ.). Rows are never
removed and a tombstone would not free its number: ``numbers`` looks at all. Several rows may
bear one number: the editions of a certificate, of which the last counts.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import STANDING, Certificate, Signer, Status, Wording
from desktop.store import lease
from desktop.store.certificate_step import ROW_RECEIVED, STATUS, steps_at
from desktop.store.facilitator import office
from desktop.store.tables.certificate import certificate as register_table
from desktop.store.tables.certificate import certificate_print
from desktop.store.write import Write

_PRINTS: Final = (
    select(func.count())
    .select_from(certificate_print)
    .where(
        certificate_print.c.certificate_id == register_table.c.id,
        certificate_print.c.deleted == 0,
    )
    .scalar_subquery()
)
_ROW: Final = select(
    register_table.c.id,
    register_table.c.event_id,
    register_table.c.kind,
    register_table.c.year,
    register_table.c.number,
    register_table.c.number_text,
    register_table.c.seat,
    STATUS.label("status"),
    register_table.c.issue_date,
    register_table.c.wording,
    register_table.c.enrolment_id,
    register_table.c.award_id,
    register_table.c.organisation,
    register_table.c.reason,
    register_table.c.replaces,
    _PRINTS.label("prints"),
    register_table.c.layout,
    register_table.c.edition,
    register_table.c.proof,
    register_table.c.office_id,
).where(register_table.c.deleted == 0)
_IN_ORDER: Final = (
    register_table.c.year,
    register_table.c.kind,
    register_table.c.number,
    register_table.c.edition,
    register_table.c.id,
)


class NoNumbers(Problem):
    """The numbers the centre lent to this laptop are used up."""


@dataclass(frozen=True, slots=True)
class Printing:
    """One printing of one certificate, with the words that were on the paper."""

    id: str
    certificate_id: str
    at: str
    """UTC instant."""
    by: str
    printer: str
    copies: int
    reason: str
    wording: Wording | None
    plate: str = ""
    """SHA-256 of what was drawn; empty where nobody said."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who took a certificate, and when (ISO date)."""

    by: str
    on: str


def wording_fields(wording: Wording | None) -> dict[str, Any] | None:
    """A wording as plain JSON values."""
    return asdict(wording) if wording is not None else None


def read_wording(fields: Mapping[str, Any] | None) -> Wording | None:
    """A wording from what ``wording_fields`` wrote."""
    if fields is None:
        return None
    signers = tuple(Signer(**signer) for signer in fields["signers"])
    pictures = tuple((str(slot), str(sha)) for slot, sha in fields.get("pictures", ()))
    return Wording(**{
        **fields, "issuer": tuple(fields["issuer"]), "signers": signers, "pictures": pictures,
    })  # fmt: skip


def _certificate(row: Any) -> Certificate:
    return Certificate(**{**row._mapping, "wording": read_wording(row.wording)})


def register(
    conn: Connection,
    *,
    event_id: str | None = None,
    kind: str | None = None,
    year: int | None = None,
    offices: Sequence[str] | None = None,
) -> tuple[Certificate, ...]:
    """Rows of the register by year, kind, number and edition, of one event, kind, year or of
    some offices when given."""
    query = _ROW
    if offices is not None:
        query = query.where(register_table.c.office_id.in_(offices))
    if event_id is not None:
        query = query.where(register_table.c.event_id == event_id)
    if kind is not None:
        query = query.where(register_table.c.kind == kind)
    if year is not None:
        query = query.where(register_table.c.year == year)
    return tuple(_certificate(row) for row in conn.execute(query.order_by(*_IN_ORDER)))


def certificate(conn: Connection, certificate_id: str) -> Certificate:
    """One row of the register. ``KeyError`` when there is none."""
    return certificates(conn, (certificate_id,))[0]


def certificates(conn: Connection, certificate_ids: Sequence[str]) -> tuple[Certificate, ...]:
    """These rows of the register in the order asked for. ``KeyError`` when one is missing."""
    wanted = func.json_each(json.dumps(list(certificate_ids))).table_valued("value")
    rows = conn.execute(_ROW.where(register_table.c.id.in_(select(wanted.c.value))))
    found = {row.id: _certificate(row) for row in rows}
    return tuple(found[certificate_id] for certificate_id in certificate_ids)


def holds_one(conn: Connection, enrolment_id: str) -> bool:
    """Whether a certificate was issued for this place on a roster and is not void."""
    found = conn.scalar(
        select(register_table.c.id).where(
            register_table.c.enrolment_id == enrolment_id,
            STATUS.in_(STANDING),
            register_table.c.deleted == 0,
        )
    )
    return found is not None


def receipts(conn: Connection, event_id: str) -> dict[str, Receipt]:
    """Who received what at an event, by certificate id: as the last hand-over says that stands,
    and of one from before steps were noted as its row says."""
    t = register_table.c
    rows = conn.execute(
        select(t.id, t.received_by, t.received_on).where(
            t.event_id == event_id, t.deleted == 0, ROW_RECEIVED
        )
    )
    found = {row.id: Receipt(row.received_by, row.received_on) for row in rows}
    for one in steps_at(conn, event_id):
        if one.step == "handed":
            found[one.certificate_id] = Receipt(one.whom, one.on)
        elif one.step == "returned":
            found.pop(one.certificate_id, None)
    return found


def numbers(conn: Connection, kind: str, year: int) -> Iterator[int]:
    """The numbers the next rows of this kind and year get, in order.

    Before this laptop joined a centre: every number above the highest the office ever drew;
    afterwards those that were lent to it, and then no more. Void, unused and deleted rows count
    too: a number never comes back. To be drawn in the transaction that keeps the rows, so that
    nobody else draws the same.
    """
    if lease.leased(conn):
        return lease.draw(conn, office(conn).id, kind, year)
    return itertools.count(last_number(conn, kind, year) + 1)


def next_number(write: Write, kind: str, year: int) -> int:
    """The first of :func:`numbers`. Raises :class:`NoNumbers` when there is none."""
    return drawn(numbers(write.conn, kind, year))


def drawn(numbers: Iterator[int]) -> int:
    """The next of ``numbers``. Raises :class:`NoNumbers` when there is none left."""
    number = next(numbers, None)
    if number is None:
        raise NoNumbers(
            _(
                "This computer has no certificate numbers left. Send data to the centre once: "
                "it gives new ones."
            )
        )
    return number


def last_number(conn: Connection, kind: str, year: int) -> int:
    """The highest number the office ever drew for this kind and year; 0 for none."""
    last = conn.scalar(
        select(func.max(register_table.c.number)).where(
            register_table.c.office_id == office(conn).id,
            register_table.c.kind == kind,
            register_table.c.year == year,
        )
    )
    return int(last or 0)


def put_certificate(write: Write, certificate: Certificate) -> None:
    """Keep a row of the register. ``prints`` is counted and not kept."""
    put_certificates(write, (certificate,))


def put_certificates(write: Write, certificates: Sequence[Certificate]) -> None:
    """Keep many rows of the register in a few statements."""
    if not certificates:
        return
    ours = office(write.conn).id
    t = register_table.c
    # A number stays in the register it was drawn from, whoever keeps its row anew.
    there = select(t.id, t.office_id).where(
        t.id.in_(select(func.json_each(bindparam("ids")).table_valued("value").c.value))
    )
    listed = {"ids": json.dumps([one.id for one in certificates])}
    drawn_in = {row.id: row.office_id for row in write.conn.execute(there, listed)}
    # A replacement too bears a number of the register that the first was drawn from.
    ours_or = {one.id: one.office_id or ours for one in certificates}
    write.put_many(
        "certificate",
        [
            (one.id, f"w:{one.event_id}", _fields(one, drawn_in.get(one.id, ours_or[one.id])))
            for one in certificates
        ],
    )


def _fields(certificate: Certificate, office_id: str) -> dict[str, Any]:
    return {
        "event_id": certificate.event_id,
        "office_id": office_id,
        "kind": certificate.kind,
        "year": certificate.year,
        "number": certificate.number,
        "number_text": certificate.number_text,
        "seat": certificate.seat,
        "status": certificate.status,
        "issue_date": certificate.issue_date,
        "wording": wording_fields(certificate.wording),
        "enrolment_id": certificate.enrolment_id,
        "award_id": certificate.award_id,
        "organisation": certificate.organisation,
        "reason": certificate.reason,
        "replaces": certificate.replaces,
        "layout": certificate.layout,
        "edition": certificate.edition,
        "proof": certificate.proof,
    }


def set_status(
    write: Write,
    certificates: Sequence[Certificate],
    status: Status,
    *,
    reason: str | None = None,
    receipt: Receipt | None = None,
) -> None:
    """Change where certificates stand, and with it the reason and who took them if given."""
    fields: dict[str, str] = {"status": status}
    if reason is not None:
        fields["reason"] = reason
    if receipt is not None:
        fields |= {"received_by": receipt.by, "received_on": receipt.on}
    for one in certificates:
        write.put("certificate", one.id, f"w:{one.event_id}", **fields)


def put_prints(write: Write, printings: Sequence[tuple[str, Printing]]) -> None:
    """Keep printings, each with its event's id. They are facts and cannot be changed."""
    write.put_many(
        "certificate_print",
        [
            (
                printing.id,
                f"w:{event_id}",
                {
                    "certificate_id": printing.certificate_id,
                    "printed_at": printing.at,
                    "printed_by": printing.by,
                    "printer": printing.printer,
                    "copies": printing.copies,
                    "reason": printing.reason,
                    "wording": wording_fields(printing.wording),
                    "plate": printing.plate,
                },
            )
            for event_id, printing in printings
        ],
    )


def prints(conn: Connection, certificate_id: str) -> tuple[Printing, ...]:
    """Every printing of one certificate (this edition), first to last."""
    return prints_of(conn, (certificate_id,))


def prints_of(conn: Connection, certificate_ids: Sequence[str]) -> tuple[Printing, ...]:
    """Every printing of these certificates, first to last."""
    t = certificate_print.c
    rows = conn.execute(
        select(
            t.id, t.certificate_id, t.printed_at, t.printed_by, t.printer, t.copies, t.reason,
            t.wording, t.plate,
        )
        .where(
            t.certificate_id.in_(
                select(func.json_each(bindparam("ids")).table_valued("value").c.value)
            ),
            t.deleted == 0,
        )
        .order_by(t.printed_at, t.id),
        {"ids": json.dumps(list(certificate_ids))},
    )  # fmt: skip
    return tuple(Printing(*row[:7], read_wording(row.wording), row.plate) for row in rows)


def plates(conn: Connection, certificate_ids: Sequence[str]) -> dict[str, str]:
    """What was drawn when these were printed last, where it is known."""
    return {one.certificate_id: one.plate for one in prints_of(conn, certificate_ids) if one.plate}


def editions(conn: Connection, one: Certificate) -> tuple[Certificate, ...]:
    """Every row that bears the number of this one in its register, first to last."""
    t = register_table.c
    rows = conn.execute(
        _ROW.where(
            t.office_id == one.office_id, t.kind == one.kind, t.year == one.year,
            t.number == one.number,
        ).order_by(t.edition, t.id)
    )  # fmt: skip
    return tuple(_certificate(row) for row in rows)
