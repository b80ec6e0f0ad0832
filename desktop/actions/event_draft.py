# SPDX-License-Identifier: Apache-2.0
"""An event before it is made, and what must be true of an event and of a session."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.event import (
    CeremonyRole,
    DigitStyle,
    Event,
    MarkScope,
    PassRule,
    Pattern,
    PlannedSession,
    Programme,
    Session,
)
from desktop.store import area, codelist
from desktop.store.ids import new_id
from desktop.thai.normalise import normalise, normalise_name

LONGEST: Final = 60
"""Days from the first to the last of one event."""
_MIDNIGHT: Final = 24 * 60


class EventProblem(Problem):
    """What was asked of an event or its timetable cannot be."""


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as a form or a pattern has it, before it is made."""

    name: str
    kind: str = "training"
    programme: Programme | None = None
    """One that is known (by id, or by name and fiscal year) or a new one."""
    batch: str = ""
    date_from: date | None = None
    date_to: date | None = None
    """None: the same as ``date_from``."""
    date_note: str = ""
    venue: str = ""
    venue_area: str = ""
    hosts: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    area_label: str = ""
    target: int | None = None
    quota: int | None = None
    rule: PassRule = field(default_factory=PassRule)
    late_after: int = 15
    mark_scope: MarkScope = "half"
    digits: DigitStyle = "arabic"
    certificate_kind: str = "completion"
    days: int = 1
    """Number of days while the dates are not known."""
    sessions: tuple[PlannedSession | Session, ...] = ()
    ceremony: tuple[CeremonyRole, ...] = ()


def draft_from(
    pattern: Pattern, name: str, date_from: date | None = None, date_to: date | None = None
) -> EventDraft:
    """A draft in the shape of ``pattern``, drawn out or cut to the days there are."""
    days = pattern.days
    if date_from is not None and date_to is not None and date_to >= date_from:
        days = (date_to - date_from).days + 1
    return EventDraft(
        name=name,
        kind=pattern.kind,
        date_from=date_from,
        date_to=date_to,
        rule=pattern.rule,
        certificate_kind=pattern.certificate_kind,
        days=days,
        sessions=stretched(pattern, days),
    )


def stretched(pattern: Pattern, days: int) -> tuple[PlannedSession, ...]:
    """The sessions of ``pattern`` over ``days`` days.

    The first and the last day keep their shape; the days between repeat the pattern's middle
    ones. Fewer days than the pattern has: the middle goes first, then the last day.
    """
    middle = list(range(2, pattern.days)) or [pattern.days]
    taken: list[int] = []
    for day in range(1, days + 1):
        if day == 1:
            taken.append(1)
        elif day == days:
            taken.append(pattern.days)
        else:
            taken.append(middle[(day - 2) % len(middle)])
    return tuple(
        replace(planned, day_no=day)
        for day, shape in enumerate(taken, 1)
        for planned in pattern.sessions
        if planned.day_no == shape
    )


# ---- checks


def check_event(event: Event) -> Event:
    """``event`` with its texts in one spelling. Raises :class:`EventProblem` with a sentence."""
    event = replace(
        event,
        name=normalise(event.name),
        batch=normalise(event.batch),
        date_note=normalise(event.date_note),
        venue=normalise(event.venue),
        hosts=tuple(host for text in event.hosts if (host := normalise_name(text))),
        areas=tuple(dict.fromkeys(event.areas)),
        area_label=normalise(event.area_label),
        date_to=event.date_to or event.date_from,
    )
    if not event.name:
        raise EventProblem(_("Type the name of the event."))
    if codelist.code("event_kind", event.kind) is None:
        raise EventProblem(_("Choose the kind of event."))
    _check_dates(event)
    _check_numbers(event)
    if event.certificate_kind and codelist.code("cert_kind", event.certificate_kind) is None:
        raise EventProblem(_("Choose the kind of certificate, or none."))
    for code in (event.venue_area, *event.areas):
        if code and area.area(code) is None:
            raise EventProblem(
                _("There is no area with the code {code}. Choose it from the list.").format(
                    code=code
                )
            )
    return event


def _check_dates(event: Event) -> None:
    first, last = event.date_from, event.date_to
    if first is None or last is None:
        if last is not None:
            raise EventProblem(_("Choose the first day too."))
        if not event.date_note:
            raise EventProblem(_("Choose a date, or write when the event is expected to be."))
        return
    if last < first:
        raise EventProblem(_("The last day is before the first. Choose a later one."))
    if (last - first).days > LONGEST:
        raise EventProblem(
            _("An event is at most {days} days long. Make several events of it.").format(
                days=LONGEST
            )
        )


def _check_numbers(event: Event) -> None:
    if not 0 <= event.rule.percent <= 100:
        raise EventProblem(_("The share to pass is a whole number from 0 to 100."))
    if not 0 <= event.late_after <= 120:
        raise EventProblem(_("Minutes until late are a whole number from 0 to 120."))
    if event.target is not None and not 1 <= event.target <= 5000:
        raise EventProblem(_("The number of people expected is from 1 to 5,000."))
    if event.quota is not None and event.quota < 1:
        raise EventProblem(_("The quota for each province is at least 1."))


def check_session(session: Session, days: int) -> Session:
    """``session`` with its texts in one spelling, for an event of ``days`` days.

    A session without a title takes the Thai word of its kind. Raises :class:`EventProblem`.
    """
    kind = codelist.code("session_kind", session.kind)
    if kind is None:
        raise EventProblem(_("Choose the kind of session."))
    if not 1 <= session.day_no <= days:
        raise EventProblem(
            _("The event has no day {number}. Add the day first.").format(number=session.day_no)
        )
    if session.start < 0 or session.end > _MIDNIGHT:
        raise EventProblem(_("A session lies within one day, from 00:00 to 24:00."))
    if session.end <= session.start:
        raise EventProblem(_("The session ends before it begins. Set a later end."))
    return replace(
        session,
        title=normalise(session.title) or kind.th,
        lecturer=normalise_name(session.lecturer),
        place=normalise(session.place),
    )


def session_from(event_id: str, planned: PlannedSession | Session) -> Session:
    """A new session of an event from one of a plan."""
    return Session(
        id=new_id(),
        event_id=event_id,
        day_no=planned.day_no,
        on=None,
        start=planned.start,
        end=planned.end,
        kind=planned.kind,
        title=planned.title,
        counts=planned.counts,
        mandatory=planned.mandatory,
        lecturer=planned.lecturer if isinstance(planned, Session) else "",
        place=planned.place if isinstance(planned, Session) else "",
    )


def dates_of(event: Event, days_without_dates: int) -> tuple[date | None, ...]:
    """The dates of an event's days: every day from first to last, or so many without a date."""
    first, last = event.date_from, event.date_to
    if first is None or last is None:
        return (None,) * max(1, days_without_dates)
    return tuple(first + timedelta(days=day) for day in range((last - first).days + 1))
