# SPDX-License-Identifier: Apache-2.0
"""Certificates: issued from the register, printed, printed again, void, handed over.

The register is never tidied: the first issue draws one number for every seat (or every award) in
order, and a seat that gets no certificate keeps its row with the reason. So every number can be
accounted for, and a number seen on paper is one person's for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from desktop.actions.done import Done, finished, shown_in
from desktop.actions.numbering import (
    NOT_A_TRAINEE,
    NOT_ISSUED,
    NOT_PASSED,
    UNDECIDED,
    WITHDRAWN,
    NotEntitled,
    RosterOpen,
    awards,
    fill,
    frame_of,
    notes_now,
    printed_names,
    seats,
)
from desktop.actions.wording import PROJECT
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import FORWARD, Certificate, Status, Wording
from desktop.model.eligibility import Moment
from desktop.model.event import DigitStyle
from desktop.store import certificate as register
from desktop.store import event, organisation, roster
from desktop.store.certificate import Printing, Receipt
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.thai.digits import styled

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.printing.certificate import CertificatePage

_ON_PAPER: Final[frozenset[Status]] = frozenset({"issued", "printed", "handed"})


class ReasonMissing(Problem):
    """This is only done for a reason, and the register must show it."""


class NotPrintable(Problem):
    """There is nothing to print: the row is void, replaced or not used."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register with whose it is, also where the number is not used."""

    certificate: Certificate
    name: str
    organisation: str
    receipt: Receipt | None


def issue(  # noqa: PLR0913 - what a facilitator chooses
    store: Store,
    by: str,
    event_id: str,
    *,
    layout_hash: str,
    issue_date: date,
    enrolment_ids: Collection[str] = (),
    award_ids: Collection[str] = (),
    kind: str | None = None,
    moment: Moment | None = None,
) -> Done:
    """Issue certificates to people of the roster or for awards; the value is those now issued.

    Numbers are drawn in the order of the seats from the register of this office, the kind and
    the year พ.ศ. of ``issue_date``; what has a certificate already is left alone. ``kind`` is
    the event's when not given, ``moment`` (how far the event has come) that of the clock. It
    cannot be undone: a number once drawn stays in the register; :func:`void` says so there.
    Raises :class:`RosterOpen`, :class:`NotEntitled` naming the person, and a Problem when the
    event gives no certificates.
    """
    if bool(enrolment_ids) == bool(award_ids):
        raise ValueError("either people or awards")
    with store.write(by) as write:
        chosen = frozenset(enrolment_ids or award_ids)
        kind = PROJECT if award_ids else kind or event.event(write.conn, event_id).certificate_kind
        if not kind:
            raise Problem(_("This event gives no certificates. Choose their kind first."))
        if kind == PROJECT and not award_ids:
            raise ValueError("certificates of projects go to awards")
        frame = frame_of(write.conn, event_id, kind, issue_date)
        places = awards(write.conn, frame) if award_ids else seats(write, frame, chosen, moment)
        made = fill(write, frame, places, chosen, layout_hash)
        write.audit("issue", "certificate", event_id, str(len(made)))
    return Done(shown_in(write.changed), made)


def record_print(
    store: Store,
    by: str,
    certificate_ids: Iterable[str],
    printer: str = "",
    copies: int = 1,
    reason: str = "",
) -> Done:
    """Note that certificates went to a printer or into a file; the value is the printings.

    From the second printing of a certificate on a reason is demanded. What was on the paper is
    kept with each printing. It cannot be undone: the paper is there. Raises
    :class:`ReasonMissing` and :class:`NotPrintable`; nothing is noted then.
    """
    with store.write(by) as write:
        rows = register.certificates(write.conn, tuple(dict.fromkeys(certificate_ids)))
        for row in rows:
            _demand_printable(row)
            if row.prints and not reason.strip():
                raise ReasonMissing(
                    _("Number {number} was printed before. Say why it is printed again.").format(
                        number=row.number_text
                    )
                )
        made = tuple(
            Printing(
                id=new_id(),
                certificate_id=row.id,
                at=write.now().utc,
                by=by,
                printer=printer,
                copies=max(1, copies),
                reason=reason.strip(),
                wording=row.wording,
            )
            for row in rows
        )
        events = [row.event_id for row in rows]
        register.put_prints(write, tuple(zip(events, made, strict=True)))
        register.put_certificates(
            write, [replace(row, status="printed") for row in rows if row.status == "issued"]
        )
        for row in rows:
            write.audit("print", "certificate", row.id, str(max(1, copies)))
    return Done(shown_in(write.changed), made)


def reprint(
    store: Store, by: str, certificate_id: str, printer: str, copies: int, reason: str
) -> Done:
    """Print one certificate again under its number. The reason is always demanded."""
    _demand_reason(reason)
    return record_print(store, by, (certificate_id,), printer, copies, reason)


def _demand_printable(row: Certificate) -> None:
    if row.status not in _ON_PAPER or row.wording is None:
        raise NotPrintable(
            _("Number {number} is void or not used; there is nothing to print.").format(
                number=row.number_text
            )
        )


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Say why. The reason is kept in the register."))


def void(store: Store, by: str, certificate_id: str, reason: str) -> Done:
    """Declare a certificate void. The row stays; its number never returns. No undo.

    Raises :class:`ReasonMissing`, and :class:`NotPrintable` when there is no certificate.
    """
    _demand_reason(reason)
    with store.write(by) as write:
        row = register.certificate(write.conn, certificate_id)
        if "void" not in FORWARD[row.status]:
            raise NotPrintable(
                _("Number {number} is void or not used already.").format(number=row.number_text)
            )
        voided = replace(row, status="void", reason=reason.strip())
        register.put_certificate(write, voided)
    return Done(shown_in(write.changed), voided)


def replace_after_name_fix(store: Store, by: str, certificate_id: str, reason: str) -> Done:
    """Freeze the words of a certificate anew after a name was put right: same number.

    What was printed before stays with its printings; the reason stands in the register. The
    value is the row to print again, with :func:`reprint`. Raises :class:`ReasonMissing`,
    :class:`NotPrintable`, and a Problem when the words are the same as before.
    """
    _demand_reason(reason)
    with store.write(by) as write:
        row = register.certificate(write.conn, certificate_id)
        _demand_printable(row)
        fixed = _words_now(write.conn, row)
        if fixed == row.wording:
            raise Problem(
                _("The name is the same as on the certificate. Put the name right first.")
            )
        row = replace(row, wording=fixed, reason=reason.strip())
        register.put_certificate(write, row)
        write.audit("reword", "certificate", row.id)
    return finished(write, row)


def _words_now(conn: Connection, row: Certificate) -> Wording:
    """The words as frozen, with the names as they are now."""
    words = cast(Wording, row.wording)
    if row.award_id:
        award = organisation.award(conn, row.award_id)
        return replace(words, recipient=award.organisation, subject=award.title)
    who = roster.row(conn, row.enrolment_id)
    return replace(words, recipient=printed_names(conn, (who,))[row.enrolment_id])


def hand_over(
    store: Store,
    by: str,
    certificate_ids: Iterable[str],
    received_by: str = "",
    on: date | None = None,
) -> Done:
    """Note that certificates were handed over, to whom (empty: the recipient) and when."""
    with store.write(by) as write:
        day = (on or write.now().local.date()).isoformat()
        for certificate_id in certificate_ids:
            row = register.certificate(write.conn, certificate_id)
            _demand_printable(row)
            register.put_certificate(write, replace(row, status="handed"))
            register.put_receipt(write, row, Receipt(received_by.strip(), day))
    return finished(write)


def certificate_pages(store: Store, certificate_ids: Sequence[str]) -> tuple[CertificatePage, ...]:
    """The pages of these certificates in this order, with the words frozen at issue.

    Raises :class:`NotPrintable` for a row that is void or not used.
    """
    from desktop.printing.certificate import CertificatePage

    made = []
    digits: dict[str, DigitStyle] = {}
    with store.read() as conn:
        for row in register.certificates(conn, certificate_ids):
            _demand_printable(row)
            if row.event_id not in digits:
                digits[row.event_id] = event.event(conn, row.event_id).digits
            number = styled(row.number_text, digits[row.event_id])
            made.append(CertificatePage.of(number, cast(Wording, row.wording)))
    return tuple(made)


def register_rows(store: Store, event_id: str) -> tuple[RegisterRow, ...]:
    """The register of an event, every number of it, with whose it is.

    Of whoever still had to attend when the others were issued it says how she stands now.
    """
    with store.read() as conn:
        notes = notes_now(conn, event_id, store.now())
        names = {row.enrolment_id: row.name for row in roster.roster(conn, event_id)}
        awards = {award.id: award.organisation for award in organisation.awards(conn, event_id)}
        receipts = register.receipts(conn, event_id)
        return tuple(
            RegisterRow(
                replace(row, reason=notes.get(row.enrolment_id, row.reason))
                if row.status == "unused" and row.reason == UNDECIDED
                else row,
                row.wording.recipient
                if row.wording
                else names.get(row.enrolment_id) or awards.get(row.award_id, ""),
                row.organisation,
                receipts.get(row.id),
            )
            for row in register.register(conn, event_id=event_id)
        )


__all__ = [
    "NOT_A_TRAINEE",
    "NOT_ISSUED",
    "NOT_PASSED",
    "UNDECIDED",
    "WITHDRAWN",
    "NotEntitled",
    "NotPrintable",
    "ReasonMissing",
    "RegisterRow",
    "RosterOpen",
    "certificate_pages",
    "hand_over",
    "issue",
    "record_print",
    "register_rows",
    "replace_after_name_fix",
    "reprint",
    "void",
]
