# SPDX-License-Identifier: Apache-2.0
"""Consent given outside a form, and taken back; what stops when it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from desktop.actions.done import Done, finished
from desktop.actions.finish import Finish
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.consent import Consent, ConsentWithdrawal, Withdrawal, who_consents
from desktop.store import consent as consents
from desktop.store import household as households
from desktop.store import person as people
from desktop.store import record as records
from desktop.store.clock import instant
from desktop.store.facilitator import office_scope
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.normalise import normalise

CONSENTS = frozenset({"consents", "people"})

_MOMENT: Final = timedelta(milliseconds=1)


class ConsentProblem(Problem):
    """A consent cannot be kept as it was said."""


def give(store: Store, by: str, consent: Consent, *, of_age: bool = False) -> Done:
    """Keep what a person was told and said outside a form; the value is the id.

    Never undone: who gave it takes it back by :func:`withdraw`. Raises :class:`ConsentProblem`
    when the guardian who spoke has no name, or for a minor who spoke alone (PDPA section 20);
    ``of_age`` says that she came of age by marriage or may do the act alone.
    """
    with store.write(by) as write:
        _demand_guardian(write, consent, of_age)
        one = keep(write, scope(write, consent.person_id, consent.household_id), consent)
    return Done(CONSENTS, one.id)


def _demand_guardian(write: Write, consent: Consent, of_age: bool) -> None:
    person = people.people(write.conn, [consent.person_id]).get(consent.person_id)
    if person is None or consent.given_by in ("guardian", "both"):
        return
    who = who_consents(
        write.now().local.date(),
        born=person.born,
        birth_year=person.birth_year,
        married=of_age,
        may_act_alone=of_age,
    )
    if who != "self":
        raise ConsentProblem(
            _("At this age a parent or guardian consents too. Write down who did.")
        )


def keep_told(write: Write, told: Finish, given_at: str, household_id: str = "") -> None:
    """Keep what a form tells of its person's consent, if it tells anything.

    Nothing is written when a correction says what was said before. One that says something
    else stands right after what it corrects: it outweighs that, and nothing that was taken back
    since. None is of a later moment than now, where no withdrawal would reach it.
    """
    core = told.core
    if not told.person_id or not core.text("consent.basis"):
        return
    consent = Consent(
        id=new_id(),
        person_id=told.person_id,
        given_at=given_at,
        basis=core.text("consent.basis"),
        notice_version=core.text("consent.notice_version"),
        notice_read=core.yes("consent.notice_read"),
        photo=core.yes("consent.photo"),
        publish=core.yes("consent.publish"),
        given_by=core.text("consent.by") or "self",
        guardian_name=core.text("consent.guardian_name"),
        guardian_relation=core.text("consent.guardian_relation"),
        witness=core.text("consent.witness"),
        signature=core.text("consent.signature").partition(".")[0],
        record_id=told.record_id,
        household_id=household_id,
    )
    said = _said_before(write, told.amends)
    if said is not None:
        same = replace(said, id=consent.id, record_id=consent.record_id, given_at=consent.given_at)
        if consent == same:
            return
        after = datetime.fromisoformat(said.given_at) + _MOMENT
        consent = replace(consent, given_at=instant(after).utc)
    keep(write, told.scope, replace(consent, given_at=min(consent.given_at, write.now().utc)))


def _said_before(write: Write, record_id: str) -> Consent | None:
    """The consent told by a record or, where a correction changed none, by the one before it."""
    while record_id:
        said = consents.consent_of_record(write.conn, record_id)
        if said is not None:
            return said
        record = records.find_record(write.conn, record_id)
        record_id = "" if record is None else record.amends
    return None


def keep(write: Write, at: str, consent: Consent) -> Consent:
    """Keep a consent in the transaction of ``write``, in the scope ``at``."""
    if consent.given_by in ("guardian", "both") and not consent.guardian_name.strip():
        raise ConsentProblem(_("Type the name of the parent or guardian who consented."))
    if consent.publish and not consent.photo:
        consent = replace(consent, publish=False)  # nothing to publish
    one = replace(
        consent,
        id=consent.id or new_id(),
        given_at=consent.given_at or write.now().utc,
        guardian_name=normalise(consent.guardian_name).strip(),
        witness=normalise(consent.witness).strip(),
    )
    consents.put_consent(write, at, one)
    return one


def scope(write: Write, person_id: str, household_id: str = "") -> str:
    """Where the consents of a person stand: with her household, her earlier ones, the office."""
    found = households.scope_of(write.conn, household_id) if household_id else None
    return found or consents.scope_of(write.conn, person_id) or office_scope(write.conn)


def withdraw(store: Store, by: str, person_id: str, what: Withdrawal, reason: str = "") -> Done:
    """Note that a person takes back her consent to photos, to their publication, or all of it.

    The value is the :class:`ConsentWithdrawal`. Undoing it is for the slip of a finger: who
    changes her mind later gives a new consent.
    """
    with store.write(by) as write:
        one = ConsentWithdrawal(
            new_id(), person_id, what, write.now().utc, by, normalise(reason).strip()
        )
        consents.put_withdrawal(write, scope(write, person_id), one)
    return finished(write, one)


def stopped_by(what: Withdrawal) -> tuple[str, ...]:
    """What stops from now on when this is taken back, and what goes on, as sentences to read."""
    publication = (
        _("No photo of this person is put into reports that leave the office."),
        _("Photos already published are taken down by the office that published them."),
    )
    photo = (
        _("No new photo of this person is taken."),
        _("Photos taken before are no longer shown or printed; they wait to be erased."),
    )
    goes_on = _(
        "Help under the law goes on: visits, follow-ups and referrals do not rest on consent."
    )
    if what == "publication":
        return (*publication, _("Photos may still be taken for the case itself."), goes_on)
    if what == "photo":
        return (*photo, *publication, goes_on)
    return (
        *photo,
        *publication,
        _("Details that only consent allowed (such as the ethnic group) are no longer used."),
        _("Tell the centre: it decides within 30 days what must be erased."),
        goes_on,
    )
