# SPDX-License-Identifier: Apache-2.0
"""Referrals: the letter of nine items, sent, acknowledged, answered.

An agency that is silent for more than three days turns red (``model.referral.standing``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.actions.case_file import named_case
from desktop.actions.casework import advance, chosen, demand_open, thai_word, today
from desktop.actions.done import Done, finished
from desktop.actions.finish import Finish
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.case_file import CaseFile
from desktop.model.referral import Letter, Referral
from desktop.store import case_file as cases
from desktop.store import organisation as organisations
from desktop.store import referral as kept
from desktop.store.codelist import code, codes, word
from desktop.store.facilitator import facilitator, office
from desktop.store.ids import natural_id, new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.normalise import normalise, normalise_name

if TYPE_CHECKING:
    from sqlalchemy import Connection


class ReferralProblem(Problem):
    """A referral cannot be kept or moved as asked."""


def put_referral(store: Store, by: str, referral: Referral) -> Done:
    """Keep the words of a letter, new or known; the value is it.

    Days of sending and of the answer are written by the functions below.
    """
    with store.write(by) as write:
        case = cases.case_file(write.conn, by, referral.case_id)
        if referral.id:
            held = kept.referral(write.conn, by, referral.id)
            if held.sent_on is not None:
                raise ReferralProblem(
                    _("This letter has been sent. Write another one if something changed.")
                )
            referral = replace(referral, case_id=held.case_id, written_on=held.written_on)
        else:
            demand_open(case)
            referral = replace(referral, id=new_id(), written_on=today(write))
        referral = _tidied(
            replace(
                referral,
                sent_on=None,
                acknowledged_on=None,
                result_on=None,
                urgency=referral.urgency or case.urgency,
            )
        )
        kept.put(write, referral)
    return finished(write, referral)


def send(
    store: Store, by: str, referral_id: str, *, on: date | None = None, doc_no: str = ""
) -> Done:
    """The letter went out, today or on a day before. Raises :class:`ReferralProblem`."""
    with store.write(by) as write:
        held = kept.referral(write.conn, by, referral_id)
        sent = _sent(write, held, on or today(write), doc_no)
    return finished(write, sent)


def _sent(write: Write, referral: Referral, on: date, doc_no: str) -> Referral:
    if referral.sent_on is not None:
        raise ReferralProblem(_("This letter has been sent already."))
    if not (referral.to_organisation_id or referral.to_name):
        raise ReferralProblem(_("Choose the agency that the letter goes to."))
    _demand_past(on, today(write))
    sent = replace(referral, sent_on=on, doc_no=normalise(doc_no).strip() or referral.doc_no)
    kept.put(write, sent)
    advance(write, cases.case_file(write.conn, write.by, referral.case_id), "referred")
    return sent


def acknowledge(
    store: Store, by: str, referral_id: str, *, on: date | None = None, who: str = ""
) -> Done:
    """The agency took it up; ``who`` said so. Raises :class:`ReferralProblem`."""
    with store.write(by) as write:
        held = kept.referral(write.conn, by, referral_id)
        day = on or today(write)
        _demand_after(held, day, today(write))
        held = replace(held, acknowledged_on=day, acknowledged_by=normalise(who).strip())
        kept.put(write, held)
    return finished(write, held)


def note_result(
    store: Store, by: str, referral_id: str, result: str, *, on: date | None = None
) -> Done:
    """What the agency did about it. An answer is an acknowledgement too."""
    with store.write(by) as write:
        held = kept.referral(write.conn, by, referral_id)
        day = on or today(write)
        _demand_after(held, day, today(write))
        said = normalise(result).strip()
        if not said:
            raise ReferralProblem(_("Type what came of it."))
        held = replace(
            held,
            result=said,
            result_on=day,
            acknowledged_on=held.acknowledged_on or day,
        )
        kept.put(write, held)
    return finished(write, held)


def remove(store: Store, by: str, referral_id: str) -> Done:
    """Throw away a letter that was not sent. Raises :class:`ReferralProblem`."""
    with store.write(by) as write:
        if kept.referral(write.conn, by, referral_id).sent_on is not None:
            raise ReferralProblem(_("A letter that was sent stays with the case."))
        kept.delete(write, referral_id)
    return finished(write)


def _demand_past(day: date, today: date) -> None:
    if day > today:
        raise ReferralProblem(_("This day is still to come. Put the day right."))


def _demand_after(referral: Referral, day: date, today: date) -> None:
    if referral.sent_on is None:
        raise ReferralProblem(_("This letter has not been sent yet."))
    if day < referral.sent_on:
        raise ReferralProblem(_("This day lies before the letter was sent. Put the day right."))
    _demand_past(day, today)


def _tidied(referral: Referral) -> Referral:
    return replace(
        referral,
        to_name=normalise_name(referral.to_name),
        informer=normalise_name(referral.informer),
        person=normalise_name(referral.person),
        summary=normalise(referral.summary).strip(),
        need=normalise(referral.need).strip(),
        done=normalise(referral.done).strip(),
        opinion=normalise(referral.opinion).strip(),
        contact=normalise(referral.contact).strip(),
        doc_no=normalise(referral.doc_no).strip(),
    )


def letter(store: Store, by: str, referral_id: str) -> Letter:
    """What the printed letter says, in Thai. Asking for it leaves a line in the audit log.

    Raises ``NotYours``.
    """
    with store.write(by) as write:
        conn = write.conn
        referral = kept.referral(conn, by, referral_id)
        case = cases.case_file(conn, by, referral.case_id)
        owner, ours = facilitator(conn, case.owner_id), office(conn)
        kind = thai_word("org_type", referral.to_kind) if referral.to_kind else ""
        write.audit("print", "referral", referral.id)
        if case.restricted:
            write.audit("print", "case_file", case.id)
        order = [one.code for one in codes("problem")]
        return Letter(
            referral=referral,
            case_no=case.case_no,
            to=kept.addressee(conn, referral) or kind,
            problems=tuple(
                thai_word("problem", one)
                for one in sorted(
                    referral.problems,
                    key=lambda one: order.index(one) if one in order else len(order),
                )
            ),
            urgency=thai_word("urgency", referral.urgency or case.urgency),
            owner=owner.name if owner else "",
            owner_position=owner.position if owner else "",
            office=ours.name,
            ministry=ours.ministry,
            restricted=case.restricted,
        )


# ---- from forms


def from_visit(write: Write, finish: Finish) -> Finish:
    """Begin a letter to each kind of agency that a visit wants the case handed on to.

    A visit that wants it without saying to whom begins one letter. Letters that were written
    on or sent since are left as they are; a correction takes back those it no longer wants.
    """
    if not finish.case_id:
        return finish
    core, first = finish.core, finish.first_record or finish.record_id
    wanted = (core.codes("referral.to") or ("",)) if core.yes("referral.wanted") else ()
    case = cases.case_file(write.conn, write.by, finish.case_id)
    known = {one.id: one for one in kept.of_case(write.conn, write.by, case.id)}
    told = {natural_id("referral", first, kind): kind for kind in wanted}
    for referral_id, kind in told.items():
        if referral_id not in known:
            kept.put(write, _begun(write, finish, case, referral_id, kind))
    if finish.amends:
        possible = {
            natural_id("referral", first, kind)
            for kind in ("", *(one.code for one in codes("org_type")))
        }
        for referral_id in (known.keys() & possible) - told.keys():
            if known[referral_id].sent_on is None and not known[referral_id].record_id:
                kept.delete(write, referral_id)
    return finish


def _begun(write: Write, finish: Finish, case: CaseFile, referral_id: str, kind: str) -> Referral:
    core = finish.core
    names = cases.people_names(write.conn, (case.person_id,))
    return _tidied(
        Referral(
            id=referral_id,
            case_id=case.id,
            written_on=today(write),
            to_kind=kind,
            person=names.get(case.person_id, ""),
            summary=case.detail,
            problems=case.problems,
            need=core.text("visit.needs"),
            opinion=core.text("visit.opinion"),
            urgency=case.urgency,
        )
    )


def from_form(write: Write, finish: Finish) -> Finish:
    """Keep the letter of nine items as filled in, and send it when it has a day of sending.

    It takes the place of a letter to the same agency, or to its kind, that was only begun.
    Raises ``NotYours``, :class:`ReferralProblem` and what ``named_case`` raises.
    """
    conn, core = write.conn, finish.core
    case = named_case(write, core.text("referral.case_id") or finish.case_id)
    first = finish.first_record or finish.record_id
    organisation_id, name, kind = _to_whom(conn, core.text("referral.to_org"))
    held = _place_for(conn, case, first, organisation_id, name, kind)
    sent_on, taken_on = core.day("referral.sent_on"), core.day("referral.ack_on")
    if taken_on is not None and (sent_on is None or taken_on < sent_on):
        raise ReferralProblem(_("This day lies before the letter was sent. Put the day right."))
    if taken_on is not None:
        _demand_past(taken_on, today(write))
    written = _tidied(
        replace(
            held or Referral(natural_id("referral", first), case.id, today(write)),
            to_organisation_id=organisation_id,
            to_name=name,
            to_kind=kind or (held.to_kind if held else ""),
            informer=core.text("referral.informer"),
            person=core.text("referral.person"),
            summary=core.text("referral.summary"),
            problems=frozenset(core.codes("referral.problems")),
            need=core.text("referral.need"),
            done=core.text("referral.done"),
            opinion=core.text("referral.opinion"),
            urgency=core.text("referral.urgency") or case.urgency,
            contact=core.text("referral.contact"),
            doc_no=core.text("referral.doc_no"),
            acknowledged_on=taken_on or (held.acknowledged_on if held else None),
            sent_on=sent_on if finish.amends and held and held.sent_on else None,
            record_id=first,
        )
    )
    if sent_on is not None and written.sent_on is None:
        written = _sent(write, written, sent_on, written.doc_no)
    else:
        kept.put(write, written)
    return replace(
        finish,
        scope=cases.scope_of(conn, case.id),
        case_id=case.id,
        noun="referral",
        noun_id=written.id,
    )


def _to_whom(conn: Connection, text: str) -> tuple[str, str, str]:
    """Id, name and kind of the agency an answer names; only the name for an unknown one."""
    said, wanted = chosen(text)
    try:
        found = organisations.organisation(conn, wanted)
    except LookupError:
        name = normalise_name(said)
        known = organisations.find_by_name(conn, name) if name else None
        if known is None:
            return (
                "",
                word("org_type", name) if code("org_type", name) else name,
                (name if code("org_type", name) else ""),
            )
        found = known
    return found.id, found.name, found.kind


def _place_for(
    conn: Connection, case: CaseFile, first: str, organisation_id: str, name: str, kind: str
) -> Referral | None:
    """The letter that this one corrects, or the one that was begun for it."""
    own = natural_id("referral", first)
    begun = None
    for one in kept.letters(conn, case.id):
        if one.record_id == first or one.id == own:
            return one
        same = (
            (organisation_id and one.to_organisation_id == organisation_id)
            or (name and one.to_name == name)
            or (not one.to_organisation_id and not one.to_name and one.to_kind in (kind, ""))
        )
        if begun is None and one.sent_on is None and not one.record_id and same:
            begun = one
    return begun
