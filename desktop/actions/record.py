# SPDX-License-Identifier: Apache-2.0
"""Finishing a form, and correcting a finished one by another.

Finishing is one transaction: the record is frozen, what it says is written to the nouns it is
about (``DISPATCH``), its files become attachments, the draft is gone. It is never undone: what
was signed in a house is a fact. A correction is an addendum, a second record that names the
first and shows what changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from desktop.actions import activity, alert, follow_up, referral, registration, visit
from desktop.actions.difference import differences
from desktop.actions.done import Done, shown_in
from desktop.actions.draft import DraftProblem, open_draft
from desktop.actions.finish import Finish, FromForm
from desktop.actions.household import place_scope
from desktop.i18n import _
from desktop.model import record as nouns
from desktop.model.attachment import THUMB, Attachment
from desktop.model.draft import Draft, Subject
from desktop.model.record import Core, Record
from desktop.store import attachment
from desktop.store import draft as drafts
from desktop.store import household as households
from desktop.store import record as records
from desktop.store.case_file import NotYours
from desktop.store.store import Store
from desktop.store.write import Write

if TYPE_CHECKING:
    from desktop.xforms.finish import Finished

__all__ = ["DISPATCH", "amend", "differences", "finish", "note_use", "open_record"]

DISPATCH: Final[dict[str, FromForm]] = {
    nouns.HOME_VISIT: visit.record_visit,
    nouns.FOLLOW_UP: follow_up.from_form,
    nouns.ALERT: alert.from_form,
    nouns.REFERRAL: referral.from_form,
    nouns.ACTIVITY: activity.from_form,
    nouns.REGISTRATION: registration.from_form,
}
"""What a form's record does besides being kept. A form that is not here is only kept."""

_AREAS: Final = (
    "household.area_code",
    "visit.area_code",
    "alert.area_code",
    "activity.area_code",
    "address.area_code",
)
_KINDS: Final = {
    "visit.sign_visitor": "sign_visitor",
    "visit.sign_person": "sign_person",
    "visit.sign_witness": "sign_witness",
    "consent.signature": "sign_consent",
    "assistance.receipt": "receipt",
}
"""What a file is, by the core value that names it."""


def finish(store: Store, by: str, draft_id: str, finished: Finished) -> Done:
    """Freeze a form that has no faults; the value is the record's id, which is the draft's.

    Finishing the same draft twice (a commit whose answer was lost) gives the same record.
    Raises :class:`DraftProblem` for a draft that was thrown away or never there, and what the
    form's noun says; nothing is kept then.
    """
    if hashlib.sha256(finished.xml).hexdigest() != finished.sha256:
        raise ValueError("the record is not the one its hash is of")
    with store.write(by) as write:
        if records.find_record(write.conn, draft_id) is not None:
            return Done(frozenset(), draft_id)
        draft = drafts.find_draft(write.conn, draft_id)
        if draft is None or draft.discarded_at:
            raise DraftProblem(
                _("This form was finished or thrown away. Open the list of forms again.")
            )
        _freeze(write, draft, finished)
        drafts.remove(write, draft_id)
    return Done(shown_in(write.changed) | {"drafts", "records"}, draft_id)


def _freeze(write: Write, draft: Draft, finished: Finished) -> None:
    core = Core(finished.core)
    amends = draft.subject.amends
    before = records.find_record(write.conn, amends) if amends else None
    area, scope = _where(write, draft.subject, core, before)
    told = Finish(
        record_id=draft.id,
        form_id=draft.form_id,
        form_version=draft.form_version,
        core=core,
        subject=draft.subject,
        attachments=_files(write, draft, finished, core),
        by=write.by,
        now=write.now(),
        amends=amends,
        first_record=draft.id if before is None else before.first_id,
        scope=scope,
        area=area,
        household_id=draft.subject.household_id,
        person_id=draft.subject.person_id,
        case_id=draft.subject.case_id,
        event_id=draft.subject.event_id,
    )
    if (noun := DISPATCH.get(draft.form_id)) is not None:
        told = noun(write, told)
    records.put_record(write, told.scope, _record(draft, finished, told))
    for one in told.attachments:
        attachment.put_attachment(write, told.scope, draft.id, (told.noun, told.noun_id), one)


def _record(draft: Draft, finished: Finished, told: Finish) -> Record:
    return Record(
        id=draft.id,
        form_id=draft.form_id,
        form_version=draft.form_version,
        instance_id=finished.instance_id,
        name=finished.name,
        noun=told.noun,
        noun_id=told.noun_id,
        answers=finished.answers,
        xml=finished.xml.decode(),
        sha256=finished.sha256,
        started_at=draft.started_at,
        finished_at=told.now.utc,
        by=told.by,
        household_id=told.household_id,
        person_id=told.person_id,
        case_id=told.case_id,
        event_id=told.event_id,
        amends=told.amends,
        first_id=told.first_record,
    )


def _where(write: Write, subject: Subject, core: Core, before: Record | None) -> tuple[str, str]:
    """Tambon and scope as far as they can be told before the noun says more.

    The household's own, then the tambon of the form, then that of the record it corrects, then
    the event's, then the office's.
    """
    area = next((code for key in _AREAS if len(code := core.text(key)) == 6), "")
    household_id = core.text("visit.household_id") or subject.household_id
    scope = households.scope_of(write.conn, household_id) if household_id else None
    if scope is None and not area and before is not None:
        scope = records.scope_of(write.conn, before.id)
    if scope is not None and not area and scope.startswith("t:"):
        area = scope[2:]
    return area, scope or place_scope(write, area, subject.event_id)


def _files(write: Write, draft: Draft, finished: Finished, core: Core) -> tuple[Attachment, ...]:
    """The draft's files that the record names, each with what the form says it is, and their
    thumbnails."""
    text = finished.xml.decode()
    kinds = {core.text(key): kind for key, kind in _KINDS.items()}
    for row in core.rows("assistance"):
        kinds[row.text("assistance.receipt")] = "receipt"
    for row in core.rows("attachment"):
        kinds[row.text("attachment.file")] = row.text("attachment.kind")
    return tuple(
        replace(one, kind=kinds.get(one.name) or one.kind)
        for one in drafts.files(write.conn, draft.id)
        if one.name in text or (one.kind == THUMB and one.place in text)
    )


# ---- reading


def open_record(store: Store, by: str, record_id: str) -> Record:
    """One record to be read by a person, which the audit log notes. ``LookupError`` for none.

    What stands in a home visit is sensitive (PDPA section 26), so every look is noted, a refused
    one too. Raises ``NotYours``.
    """
    with store.read() as conn:
        refused = None
        try:
            found = records.record(conn, by, record_id)
        except NotYours as problem:
            refused = problem
    with store.write(by) as write:
        write.audit("view" if refused is None else "refused", "record", record_id)
    if refused is not None:
        raise refused
    return found


def note_use(store: Store, by: str, record_id: str, use: Literal["print", "export"]) -> Done:
    """Note that a record, or a report of it, was printed or went out as a file."""
    with store.write(by) as write:
        write.audit(use, "record", record_id)
    return Done(frozenset())


# ---- correcting


def amend(store: Store, by: str, record_id: str) -> Done:
    """Begin an addendum to the newest record of a chain; the value is its :class:`Draft`.

    It starts with the answers of that record and is filled with the same version of the form.
    When one is open already, that one is the value. ``LookupError`` for a record there is not;
    raises ``NotYours``.
    """
    with store.write(by) as write:
        newest = records.chain(write.conn, by, record_id)[-1]
        draft = drafts.amending(write.conn, newest.id)
        if draft is not None:
            return Done(frozenset(), draft)
        subject = Subject(
            newest.event_id, newest.household_id, newest.person_id, newest.case_id, newest.id
        )
        draft = open_draft(write, newest.form_id, newest.form_version, subject, "th")
        drafts.describe(write, draft.id, {"title": newest.name})
    return Done(frozenset({"drafts"}), replace(draft, title=newest.name))
