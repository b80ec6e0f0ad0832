# SPDX-License-Identifier: Apache-2.0
"""What is decided of an event's certificates before they are issued: template, words, signers,
and what is noted of single recipients."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.actions.done import Done, finished
from desktop.actions.numbering import award_wording, frame_of, person_wording, printed_names
from desktop.actions.template_choice import (
    TemplateLost,
    template_for,
    usual_template,
)
from desktop.actions.wording import PROJECT, Frame, wording_for_person
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import Signer, Wording
from desktop.model.plan import FIELDS, MOST_ISSUERS, MOST_SIGNERS, Plan
from desktop.model.template import Template
from desktop.printing.wording import DOCUMENT_WORDS
from desktop.store import event as events
from desktop.store import organisation, roster
from desktop.store import plan as rows
from desktop.store.store import Store
from desktop.thai.normalise import normalise

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "DOCUMENT_WORDS", "PlanProblem", "keep_fields", "keep_plan", "plan", "plan_template",
    "planned_lines", "planned_words", "recipient_fields", "usual_words",
]  # fmt: skip

LONGEST: Final = 400
"""Letters of one text of a plan or of one field."""


class PlanProblem(Problem):
    """Certificates cannot be planned like this."""


def plan(store: Store, event_id: str, kind: str) -> Plan:
    """The plan of an event's certificates of a kind; one that is as usual when nobody made one."""
    with store.read() as conn:
        return rows.plan(conn, event_id, kind)


def keep_plan(store: Store, by: str, one: Plan) -> Done:
    """Keep a plan; the value is it, tidied. What is issued already stays as it is.

    Raises :class:`PlanProblem` for a text that is too long, too many who sign or issue, or a
    template that is not here.
    """
    tidied = _tidied(one)
    with store.write(by) as write:
        if tidied.template:
            template_for(write.conn, tidied)
        rows.put_plan(write, tidied)
    return finished(write, tidied)


def _tidied(one: Plan) -> Plan:
    issuers = tuple(line for line in map(_text, one.issuers) if line)
    signers = tuple(
        Signer(_text(who.name), _text(who.position))
        for who in one.signatories
        if who.name.strip() or who.position.strip()
    )
    if len(signers) > MOST_SIGNERS:
        raise PlanProblem(_("At most {most} people sign a certificate.").format(most=MOST_SIGNERS))
    if any(not who.name for who in signers):
        raise PlanProblem(_("Type the name of everybody who signs."))
    if len(issuers) > MOST_ISSUERS:
        raise PlanProblem(
            _("At most {most} offices issue a certificate together.").format(most=MOST_ISSUERS)
        )
    return replace(
        one,
        document_word=_text(one.document_word),
        opening=_text(one.opening),
        deed=_text(one.deed),
        subject=_text(one.subject),
        when_where=_text(one.when_where),
        wish=_text(one.wish),
        given=_text(one.given),
        issuers=issuers,
        signatories=signers,
    )


def _text(said: str) -> str:
    lines = (" ".join(line.split()) for line in normalise(said).splitlines())
    text = "\n".join(line for line in lines if line)
    if len(text) > LONGEST:
        raise PlanProblem(
            _("This text is too long for a certificate: {most} letters at most.").format(
                most=LONGEST
            )
        )
    return text


# ---- what it comes to


def usual_words(
    store: Store,
    event_id: str,
    kind: str,
    language: str = "th",
    issue_date: date | None = None,
) -> Wording:
    """The words of a certificate when the plan says nothing, without a recipient."""
    nothing = Plan(event_id, kind, language="en" if language == "en" else "th")
    return planned_words(store, nothing, issue_date)


def planned_words(store: Store, one: Plan, issue_date: date | None = None) -> Wording:
    """The words of a certificate under a plan, saved or not, without a recipient."""
    with store.read() as conn:
        return wording_for_person(_frame(store, conn, one, issue_date), "")


def planned_lines(
    store: Store, one: Plan, keys: Collection[str], issue_date: date | None = None
) -> Mapping[str, Wording]:
    """The words of these recipients (enrolments or awards) under a plan, saved or not."""
    with store.read() as conn:
        frame = _frame(store, conn, one, issue_date)
        if one.kind == PROJECT:
            return {
                award.id: award_wording(frame, award)
                for award in organisation.awards(conn, one.event_id)
                if award.id in keys
            }
        chosen = [row for row in roster.roster(conn, one.event_id) if row.enrolment_id in keys]
        names = printed_names(conn, chosen)
        return {
            row.enrolment_id: person_wording(frame, row, names[row.enrolment_id]) for row in chosen
        }


def _frame(store: Store, conn: Connection, one: Plan, issue_date: date | None) -> Frame:
    given = issue_date or events.event(conn, one.event_id).date_to or store.now().local.date()
    template = _template(conn, one)
    return frame_of(conn, one.event_id, one.kind, given, planned=_tidied(one), template=template)


def plan_template(store: Store, one: Plan) -> Template:
    """The template of a plan, saved or not; the usual one where that is not here."""
    with store.read() as conn:
        return _template(conn, one)


def _template(conn: Connection, one: Plan) -> Template:
    try:
        return template_for(conn, one)
    except TemplateLost:
        return template_for(conn, replace(one, template=usual_template(one.kind)))


# ---- single recipients


def recipient_fields(store: Store, event_id: str) -> Mapping[str, Mapping[str, str]]:
    """What is noted of the recipients of an event, by enrolment or award and by field."""
    with store.read() as conn:
        return rows.fields(conn, event_id)


def keep_fields(
    store: Store, by: str, event_id: str, noted: Mapping[str, Mapping[str, str]]
) -> Done:
    """Note values of recipients (:data:`~desktop.model.plan.FIELDS`); an empty one takes it away.

    What is issued already stays as it is.
    """
    tidied = {
        holder_id: {_field(name): _text(value) for name, value in values.items()}
        for holder_id, values in noted.items()
    }
    with store.write(by) as write:
        rows.put_fields(write, event_id, tidied)
    return finished(write)


def _field(name: str) -> str:
    if name not in FIELDS:
        raise ValueError(f"no field of a recipient: {name}")
    return name
