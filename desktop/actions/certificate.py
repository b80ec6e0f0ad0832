# SPDX-License-Identifier: Apache-2.0
"""Certificates: issued from the register, printed, handed over, come back, void, replaced.

The register is never tidied: the first issue draws one number for every seat (or every award) in
order, and a seat that gets no certificate keeps its row with the reason. So every number can be
accounted for, and a number seen on paper is one person's for ever. Every step is kept as a fact
with who, when and why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, cast

from desktop.actions.certificate_page import (
    FillingGroup,
    NotPrintable,
    PlateDiffers,
    certificate_fillings,
    check_plates,
    demand_printable,
    demand_same_plates,
    plates_of,
)
from desktop.actions.computer_face import faces_for_issue, keep_faces
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
from desktop.actions.proof import prover
from desktop.actions.template_choice import TemplateLost, freeze, shows_proof, template_for
from desktop.actions.wording import PROJECT
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import FORWARD, Certificate, Status, Wording
from desktop.model.eligibility import Moment
from desktop.model.template import Template
from desktop.model.template_form import template_digest
from desktop.printing.wording import digits_of, in_digits
from desktop.store import certificate as register
from desktop.store import event, organisation, plan, roster
from desktop.store.certificate import Printing, Receipt
from desktop.store.certificate_step import Taken, put_steps
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.write import Write

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "NOT_A_TRAINEE", "NOT_ISSUED", "NOT_PASSED", "UNDECIDED", "WITHDRAWN", "FillingGroup",
    "NotEntitled", "NotPrintable", "PlateDiffers", "ReasonMissing", "RegisterRow", "RosterOpen",
    "certificate_fillings", "demand_same_plates", "hand_over", "issue", "plates_of",
    "record_print", "register_rows", "replace_after_name_fix", "replace_paper", "reprint",
    "take_back", "void",
]  # fmt: skip


class ReasonMissing(Problem):
    """This is only done for a reason, and the register must show it."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register with whose it is, also where the number is not used."""

    certificate: Certificate
    name: str
    organisation: str
    receipt: Receipt | None


def issue(
    store: Store,
    by: str,
    event_id: str,
    *,
    issue_date: date,
    enrolment_ids: Collection[str] = (),
    award_ids: Collection[str] = (),
    kind: str | None = None,
    moment: Moment | None = None,
) -> Done:
    """Issue certificates to people of the roster or for awards; the value is those now issued.

    Template, words and signers are those of the event's plan, and are frozen. Numbers are drawn
    in the order of the seats from the register of this office, the kind and the year พ.ศ. of
    ``issue_date`` as the office counts it; what has a certificate already is left alone.
    ``kind`` is the event's when not given, ``moment`` (how far the event has come) that of the
    clock. It cannot be undone: a number once drawn stays in the register; :func:`void` says so
    there. Raises :class:`RosterOpen`, :class:`NotEntitled` naming the person, and a Problem when
    the event gives no certificates or its template is not here.
    """
    if bool(enrolment_ids) == bool(award_ids):
        raise ValueError("either people or awards")
    faces = faces_for_issue(store, event_id, PROJECT if award_ids else kind)
    with store.write(by) as write:
        chosen = frozenset(enrolment_ids or award_ids)
        kind = PROJECT if award_ids else kind or event.event(write.conn, event_id).certificate_kind
        if not kind:
            raise Problem(_("This event gives no certificates. Choose their kind first."))
        if kind == PROJECT and not award_ids:
            raise ValueError("certificates of projects go to awards")
        planned = plan.plan(write.conn, event_id, kind)
        page = template_for(write.conn, planned)
        keep_faces(write, faces)
        frame = frame_of(write.conn, event_id, kind, issue_date, planned=planned, template=page)
        places = awards(write.conn, frame) if award_ids else seats(write, frame, chosen, moment)
        made = fill(write, frame, places, chosen, template_digest(page))
        if made:
            freeze(write, planned)
            made = _kept(write, made, page, proof=planned.proof)
        write.audit("issue", "certificate", event_id, str(len(made)))
    return Done(shown_in(write.changed), made)


def _kept(
    write: Write, rows: Sequence[Certificate], page: Template, *, proof: bool, reason: str = ""
) -> tuple[Certificate, ...]:
    """Sign, where the page shows it, and keep certificates that are issued now."""
    if proof and shows_proof(page):
        signing = prover(write)
        rows = [replace(row, proof=signing.proof_for(row, row.edition)) for row in rows]
    register.put_certificates(write, rows)
    put_steps(
        write, [Taken(row.id, row.event_id, "issued", row.issue_date, reason) for row in rows]
    )
    return tuple(rows)


def record_print(
    store: Store,
    by: str,
    certificate_ids: Iterable[str],
    printer: str = "",
    copies: int = 1,
    reason: str = "",
    plates: Mapping[str, str] | None = None,
) -> Done:
    """Note that certificates went to a printer or into a file; the value is the printings.

    From the second printing of a certificate on a reason is demanded. What was on the paper is
    kept with each printing, and ``plates`` (:func:`plates_of`) of what was drawn; looked up when
    not given. It cannot be undone: the paper is there. Raises :class:`ReasonMissing`,
    :class:`NotPrintable`, and :class:`PlateDiffers` for one that was drawn differently before;
    nothing is noted then.
    """
    ids = tuple(dict.fromkeys(certificate_ids))
    if plates is None:
        plates = _plates_now(store, ids)
    with store.write(by) as write:
        rows = register.certificates(write.conn, ids)
        for row in rows:
            demand_printable(row)
            if row.prints and not reason.strip():
                raise ReasonMissing(
                    _("Number {number} was printed before. Say why it is printed again.").format(
                        number=row.number_text
                    )
                )
        check_plates(write.conn, rows, plates)
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
                plate=plates.get(row.id, ""),
            )
            for row in rows
        )
        events = [row.event_id for row in rows]
        register.put_prints(write, tuple(zip(events, made, strict=True)))
        fresh = [row for row in rows if row.status == "issued"]
        register.set_status(write, fresh, "printed")
        for row in rows:
            write.audit("print", "certificate", row.id, str(max(1, copies)))
    return Done(shown_in(write.changed), made)


def _plates_now(store: Store, ids: Sequence[str]) -> Mapping[str, str]:
    """What is drawn of these; nothing of one whose template or page cannot be had here."""
    try:
        return plates_of(certificate_fillings(store, ids))
    except (NotPrintable, TemplateLost):
        return {}


def reprint(
    store: Store, by: str, certificate_id: str, printer: str, copies: int, reason: str
) -> Done:
    """Print one certificate again under its number. The reason is always demanded."""
    _demand_reason(reason)
    return record_print(store, by, (certificate_id,), printer, copies, reason)


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Say why. The reason is kept in the register."))


def void(store: Store, by: str, certificate_id: str, reason: str, on: date | None = None) -> Done:
    """Declare a certificate void, or a number that waits for one. The row stays; its number never
    returns. No undo.

    Raises :class:`ReasonMissing`, and :class:`NotPrintable` for one that is void or replaced.
    """
    _demand_reason(reason)
    with store.write(by) as write:
        row = register.certificate(write.conn, certificate_id)
        if "void" not in FORWARD[row.status]:
            raise NotPrintable(
                _("Number {number} is void or replaced already.").format(number=row.number_text)
            )
        reason = reason.strip()
        register.set_status(write, (row,), "void", reason=reason)
        put_steps(write, [Taken(row.id, row.event_id, "void", _day(write, on), reason)])
    return Done(shown_in(write.changed), replace(row, status="void", reason=reason))


def replace_after_name_fix(store: Store, by: str, certificate_id: str, reason: str) -> Done:
    """Issue a replacement (ใบแทน) after a name was put right: same number, the next edition.

    The old row is replaced and stays with its printings; the new one points to it and is to be
    printed. The value is the new row; undo takes it back until it is printed. Raises
    :class:`ReasonMissing`, :class:`NotPrintable`, and a Problem when the words are the same as
    before.
    """
    return _replaced(store, by, certificate_id, reason, words_differ=True)


def replace_paper(store: Store, by: str, certificate_id: str, reason: str) -> Done:
    """Issue a replacement for a paper that was lost or spoilt, in the words as they are now.

    As :func:`replace_after_name_fix`, but nothing need have been put right.
    """
    return _replaced(store, by, certificate_id, reason, words_differ=False)


def _replaced(
    store: Store, by: str, certificate_id: str, reason: str, *, words_differ: bool
) -> Done:
    _demand_reason(reason)
    with store.write(by) as write:
        old = register.certificate(write.conn, certificate_id)
        demand_printable(old)
        fixed = _words_now(write.conn, old)
        if words_differ and fixed == old.wording:
            raise Problem(
                _("The name is the same as on the certificate. Put the name right first.")
            )
        reason = reason.strip()
        made = replace(
            old,
            id=new_id(),
            status="issued",
            wording=fixed,
            reason=reason,
            replaces=old.id,
            edition=old.edition + 1,
            prints=0,
            proof="",
        )
        register.set_status(write, (old,), "replaced", reason=reason)
        put_steps(write, [Taken(old.id, old.event_id, "replaced", _day(write), reason)])
        if old.proof:
            made = replace(made, proof=prover(write).proof_for(made, made.edition))
        register.put_certificate(write, made)
        put_steps(write, [Taken(made.id, made.event_id, "issued", _day(write), reason)])
        write.audit("reword", "certificate", made.id)
    return finished(write, made)


def _words_now(conn: Connection, row: Certificate) -> Wording:
    """The words as frozen, with the names and what is noted of the recipient as they are now."""
    words = cast(Wording, row.wording)
    digits = digits_of(event.event(conn, row.event_id).digits, words.language)
    noted = plan.fields(conn, row.event_id).get(row.enrolment_id or row.award_id, {})
    words = replace(
        words,
        role=in_digits(noted.get("role", words.role), digits),
        project=in_digits(noted.get("project", words.project), digits),
        score=in_digits(noted.get("score", words.score), digits),
    )
    if row.award_id:
        award = organisation.award(conn, row.award_id)
        return replace(
            words,
            recipient=in_digits(award.organisation, digits),
            subject=in_digits(award.title, digits),
        )
    who = roster.row(conn, row.enrolment_id)
    sender = in_digits(who.organisation, digits) if words.organisation else ""
    name = printed_names(conn, (who,))[row.enrolment_id]
    return replace(words, recipient=name, organisation=sender)


def hand_over(
    store: Store,
    by: str,
    certificate_ids: Iterable[str],
    received_by: str = "",
    on: date | None = None,
) -> Done:
    """Note that certificates were handed over, to whom (empty: the recipient) and when."""
    with store.write(by) as write:
        whom, day = received_by.strip(), _day(write, on)
        rows = _going(write, certificate_ids, "handed")
        back = [row for row in rows if row.status == "returned"]
        register.set_status(write, back, "handed", reason="")  # why it came back is in the steps
        register.set_status(write, rows, "handed", receipt=Receipt(whom, day))
        put_steps(write, [Taken(row.id, row.event_id, "handed", day, "", whom) for row in rows])
    return finished(write)


def take_back(
    store: Store,
    by: str,
    certificate_ids: Iterable[str],
    reason: str,
    on: date | None = None,
) -> Done:
    """Note that papers came back or were never fetched (รับคืน). They stand, and may be handed
    over again.

    Raises :class:`ReasonMissing`, and :class:`NotPrintable` for one that has no paper.
    """
    _demand_reason(reason)
    with store.write(by) as write:
        day, reason = _day(write, on), reason.strip()
        rows = _going(write, certificate_ids, "returned")
        register.set_status(write, rows, "returned", reason=reason, receipt=Receipt("", ""))
        put_steps(write, [Taken(row.id, row.event_id, "returned", day, reason) for row in rows])
    return finished(write)


def _going(write: Write, certificate_ids: Iterable[str], to: Status) -> tuple[Certificate, ...]:
    """These rows, each of which may go to this status."""
    rows = register.certificates(write.conn, tuple(dict.fromkeys(certificate_ids)))
    for row in rows:
        demand_printable(row)
        if to not in FORWARD[row.status]:
            raise NotPrintable(
                _("Number {number} was not printed yet, so no paper can come back.").format(
                    number=row.number_text
                )
                if to == "returned" and row.status == "issued"
                else _("Number {number} came back already.").format(number=row.number_text)
            )
    return rows


def _day(write: Write, on: date | None = None) -> str:
    return (on or write.now().local.date()).isoformat()


def register_rows(store: Store, event_id: str) -> tuple[RegisterRow, ...]:
    """The register of an event, every number and edition of it, with whose it is.

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
