# SPDX-License-Identifier: Apache-2.0
"""Alerts: raised in one action, then handled step by step, each step with its time.

1300 is called first and the rest is written down after; the call and its time are a step like
the others. An alert always has a case; one of child protection makes it restricted at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from desktop.actions.case_file import named_case
from desktop.actions.casework import (
    CaseDraft,
    add_found,
    begin,
    demand_urgency,
    follow_days,
    keep,
    note,
    open_again,
    protecting,
    today,
    told_moment,
)
from desktop.actions.done import Done, finished
from desktop.actions.finish import Finish
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.alert import STEP_KINDS, Alert, AlertStep, AlertStepKind
from desktop.model.case_file import CaseFile
from desktop.model.follow_up import FollowUp, due_after
from desktop.model.visit import read_people
from desktop.store import alert as kept
from desktop.store import case_file as cases
from desktop.store import follow_up as follow_ups
from desktop.store.codelist import code
from desktop.store.ids import natural_id, new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.identifiers import read_phone
from desktop.thai.normalise import normalise, normalise_name

JUNIOR: Final = "noi"
"""The source (list ``alert_source``) that has a mentor beside it."""


class AlertProblem(Problem):
    """An alert cannot be raised or handled as written."""


@dataclass(frozen=True, slots=True)
class AlertDraft:
    """An alert before it is raised."""

    source: str
    problems: tuple[str, ...]
    """The weightiest first; a problem of child protection weighs more than any other."""
    urgency: str
    seen_at: datetime
    area: str = ""
    place: str = ""
    detail: str = ""
    people: int = 1
    told_at: datetime | None = None
    """When it was told on; now, when a mentor or agencies are named without it."""
    mentor: str = ""
    mentor_id: str = ""
    mentor_told_at: datetime | None = None
    agencies: tuple[str, ...] = ()
    called_1300_at: datetime | None = None
    """None when 1300 was not called, or not yet."""
    reporter: str = ""
    reporter_id: str = ""
    phone: str = ""
    lat_lon: str = ""
    targets: tuple[str, ...] = ()
    person_id: str = ""
    household_id: str = ""
    event_id: str = ""
    case_id: str = ""
    """The case it belongs to, when that is known; a case is opened otherwise."""


def raise_alert(store: Store, by: str, draft: AlertDraft) -> Done:
    """Raise an alert and open its case, in one transaction; the value is the alert.

    Raises :class:`AlertProblem` for what is missing, and ``NotYours`` when it names a
    restricted case of others.
    """
    with store.write(by) as write:
        alert = _raised(write, draft)
    return finished(write, alert)


def _raised(write: Write, draft: AlertDraft, *, alert_id: str = "", record_id: str = "") -> Alert:
    now = write.now().local
    draft = _checked(draft, now)
    case = _case_of(write, draft)
    someone = draft.agencies or draft.mentor or draft.mentor_id
    alert = Alert(
        id=alert_id or new_id(),
        case_id=case.id,
        source=draft.source,
        seen_at=draft.seen_at,
        problems=draft.problems,
        urgency=draft.urgency,
        raised_at=now,
        raised_by=write.by,
        told_at=draft.told_at or draft.mentor_told_at or (now if someone else None),
        area=draft.area,
        place=draft.place,
        lat_lon=draft.lat_lon,
        detail=draft.detail,
        people=draft.people,
        reporter=draft.reporter,
        reporter_id=draft.reporter_id,
        phone=draft.phone,
        mentor=draft.mentor,
        mentor_id=draft.mentor_id,
        agencies=draft.agencies,
        restricted=not protecting().isdisjoint(draft.problems),
        event_id=draft.event_id,
        record_id=record_id,
    )
    kept.put(write, alert)
    if draft.called_1300_at is not None:
        _step(write, alert, "called_1300", draft.called_1300_at)
    told_at = alert.told_at or now
    if draft.mentor or draft.mentor_id:
        _step(write, alert, "told_mentor", draft.mentor_told_at or told_at, whom=draft.mentor)
    for agency in draft.agencies:
        _step(write, alert, "told_agency", told_at, whom=agency)
    note(write, case, "alert", about=("alert", alert.id))
    return alert


def _checked(draft: AlertDraft, now: datetime) -> AlertDraft:
    """The draft with its words tidied. Raises :class:`AlertProblem`."""
    if code("alert_source", draft.source) is None:
        raise AlertProblem(_("Choose who raises the alert."))
    if not draft.problems:
        raise AlertProblem(_("Choose what was found."))
    demand_urgency(draft.urgency)
    tidied = replace(
        draft,
        place=normalise(draft.place).strip(),
        detail=normalise(draft.detail).strip(),
        mentor=normalise_name(draft.mentor),
        reporter=normalise_name(draft.reporter),
        phone=read_phone(draft.phone) if draft.phone.strip() else "",
        problems=tuple(dict.fromkeys(draft.problems)),
        agencies=tuple(dict.fromkeys(draft.agencies)),
    )
    if not (tidied.area or tidied.place):
        raise AlertProblem(_("Say where it is: choose the tambon, or describe the place."))
    if draft.source == JUNIOR and not (tidied.mentor or tidied.mentor_id):
        raise AlertProblem(_("Name the mentor of the junior volunteer."))
    if draft.people < 1:
        raise AlertProblem(_("Type how many people need help: 1 or more."))
    if draft.seen_at > now:
        raise AlertProblem(_("The time it was seen is still to come. Put the time right."))
    for told in (draft.told_at, draft.mentor_told_at):
        if told is not None and not draft.seen_at <= told <= now:
            raise AlertProblem(
                _("It was told on after it was seen, and not later than now. Put the time right.")
            )
    if draft.called_1300_at is not None and draft.called_1300_at > now:
        raise AlertProblem(_("The call to 1300 is still to come. Put the time right."))
    return tidied


def _case_of(write: Write, draft: AlertDraft) -> CaseFile:
    """The case an alert belongs to, opened or with what was found added."""
    if not draft.case_id:
        opened = CaseDraft(
            person_id=draft.person_id,
            household_id=draft.household_id,
            event_id=draft.event_id,
            area=draft.area,
            targets=draft.targets,
            problems=draft.problems,
            detail=draft.detail or draft.place,
            urgency=draft.urgency,
        )
        return begin(write, opened, "alert")
    case = cases.case_file(write.conn, write.by, draft.case_id)
    if not case.is_open:
        case = open_again(write, case, "")
    found = add_found(
        case,
        write.by,
        targets=draft.targets,
        problems=draft.problems,
        detail=draft.detail,
        urgency=draft.urgency,
    )
    keep(write, found)
    if found.restricted and not case.restricted:
        note(write, found, "restrict")
    return found


def note_step(
    store: Store,
    by: str,
    alert_id: str,
    kind: AlertStepKind,
    *,
    at: datetime | None = None,
    whom: str = "",
    note: str = "",
) -> Done:
    """Note what was done about an alert, and when; the value is the step.

    Closing one whose case is open and has no follow-up plans one by urgency. Raises
    :class:`AlertProblem` and ``NotYours``.
    """
    with store.write(by) as write:
        line = kept.alert(write.conn, by, alert_id)
        moment = at or write.now().local
        if kind not in STEP_KINDS:
            raise ValueError(f"no such step: {kind}")
        if moment > write.now().local:
            raise AlertProblem(_("This moment is still to come. Put the time right."))
        if moment < line.alert.seen_at:
            raise AlertProblem(
                _("This moment lies before the alert was seen. Put the time right.")
            )
        if not line.is_open:
            raise AlertProblem(_("This alert is closed."))
        step = _step(
            write, line.alert, kind, moment, whom=normalise(whom).strip(),
            said=normalise(note).strip(),
        )  # fmt: skip
        if kind == "closed":
            _look_again(write, line.alert)
    return finished(write, step)


def _look_again(write: Write, alert: Alert) -> None:
    case = cases.case_file(write.conn, write.by, alert.case_id)
    if case.is_open and follow_ups.next_open(write.conn, case.id) is None:
        day = today(write)
        due = due_after(day, follow_days(case.urgency))
        follow_ups.put(write, FollowUp(new_id(), case.id, day, due, case.owner_id))


def _step(
    write: Write,
    alert: Alert,
    kind: AlertStepKind,
    at: datetime,
    *,
    whom: str = "",
    said: str = "",
) -> AlertStep:
    now = write.now().local
    step = AlertStep(new_id(), alert.id, kind, at, write.by, now, whom, said)
    kept.put_step(write, step, alert.case_id)
    return step


# ---- from a form


def from_form(write: Write, finish: Finish) -> Finish:
    """Raise the alert that a form tells of.

    A correction cannot change an alert, which is a fact: what it adds goes to the case, and its
    record stands beside the first. Raises :class:`AlertProblem` and ``NotYours``.
    """
    core, conn = finish.core, write.conn
    first = finish.first_record or finish.record_id
    seen_at = told_moment(write, core.moment("alert.seen_at"))
    if seen_at is None:
        raise AlertProblem(_("Say when it was seen."))
    mentor = next(iter(read_people(core.text("alert.mentor_id"))), None)
    reporter = next(iter(read_people(core.text("alert.reporter"))), None)
    named = finish.case_id
    told_at = told_moment(write, core.moment("alert.told_at"))
    draft = AlertDraft(
        source=core.text("alert.source"),
        problems=core.codes("alert.problems"),
        urgency=core.text("alert.urgency"),
        seen_at=seen_at,
        area=core.text("alert.area_code"),
        place=core.text("alert.place"),
        detail=core.text("alert.detail"),
        people=core.whole("alert.n_people") or 1,
        told_at=told_at,
        mentor=mentor.name if mentor else "",
        mentor_id=mentor.person_id if mentor else "",
        agencies=core.codes("alert.agencies"),
        called_1300_at=(told_at or write.now().local) if core.yes("alert.called_1300") else None,
        reporter=reporter.name if reporter else "",
        reporter_id=reporter.person_id if reporter else "",
        phone=core.text("alert.phone"),
        lat_lon=core.text("alert.lat_lon"),
        person_id=finish.person_id,
        household_id=finish.household_id,
        event_id=finish.event_id,
        case_id=named_case(write, named).id if named else "",
    )
    held = kept.of_record(conn, first)
    if held is None:
        alert = _raised(write, draft, alert_id=natural_id("alert", first), record_id=first)
    else:
        alert = held
        case = _case_of(write, replace(_checked(draft, write.now().local), case_id=held.case_id))
        note(write, case, "correction", about=("alert", held.id))
    return replace(
        finish,
        scope=cases.scope_of(conn, alert.case_id),
        area=alert.area or finish.area,
        case_id=alert.case_id,
        noun="alert",
        noun_id=alert.id,
    )
