# SPDX-License-Identifier: Apache-2.0
"""Making and changing programmes, events and their timetables.

Days follow dates: an event whose dates change gains and loses days at its end. A day or a
session at which attendance was taken is never lost that way: the action is refused.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from desktop.actions.done import Done, finished
from desktop.actions.event_draft import (
    EventDraft,
    EventProblem,
    check_event,
    check_session,
    dates_of,
    draft_from,
    session_from,
    stretched,
)
from desktop.i18n import _
from desktop.model.event import (
    CeremonyRole,
    Day,
    Event,
    MarkScope,
    PlannedSession,
    Programme,
    Session,
)
from desktop.store import attendance, codelist
from desktop.store import event as events
from desktop.store import sheet as sheets
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.normalise import normalise, normalise_name

_BY_HALF: Final[frozenset[MarkScope]] = frozenset({"half"})

# ---- programmes and events


def put_programme(store: Store, by: str, programme: Programme) -> Done:
    """Keep a programme, new (empty id) or changed; ``value`` is the programme."""
    with store.write(by) as write:
        kept = _programme(write, programme)
    return finished(write, kept)


def _programme(write: Write, programme: Programme) -> Programme:
    programme = replace(programme, name=normalise(programme.name), fund=normalise(programme.fund))
    if not programme.name:
        raise EventProblem(_("Type the name of the programme."))
    if not 2500 <= programme.fiscal_year <= 2700:
        raise EventProblem(_("The fiscal year is a year of the Buddhist era, such as 2569."))
    if not programme.id:
        for known in events.programmes(write.conn):
            if (known.name, known.fiscal_year) == (programme.name, programme.fiscal_year):
                return known
        programme = replace(programme, id=new_id())
    events.put_programme(write, programme)
    return programme


def create_event(store: Store, by: str, draft: EventDraft) -> Done:
    """Make an event with its days, sessions and ceremony; ``value`` is the :class:`Event`."""
    with store.write(by) as write:
        programme = None if draft.programme is None else _programme(write, draft.programme)
        event = check_event(
            Event(
                id=new_id(),
                code=_new_code(write),
                name=draft.name,
                kind=draft.kind,
                programme_id=None if programme is None else programme.id,
                batch=draft.batch,
                date_from=draft.date_from,
                date_to=draft.date_to,
                date_note=draft.date_note,
                venue=draft.venue,
                venue_area=draft.venue_area,
                hosts=draft.hosts,
                areas=draft.areas,
                area_label=draft.area_label,
                target=draft.target,
                quota=draft.quota,
                rule=draft.rule,
                late_after=draft.late_after,
                mark_scope=draft.mark_scope,
                digits=draft.digits,
                certificate_kind=draft.certificate_kind,
            )
        )
        events.put_event(write, event)
        most = max((planned.day_no for planned in draft.sessions), default=1)
        days = dates_of(event, max(draft.days, most))
        for no, held_on in enumerate(days, 1):
            events.put_day(write, event.id, no, held_on)
        for planned in draft.sessions:
            session = session_from(event.id, planned)
            events.put_session(write, check_session(session, len(days)))
        _put_ceremony(write, event.id, draft.ceremony)
    return finished(write, event)


def _new_code(write: Write) -> str:
    """Six digits that no event of this laptop ever had; random, so that two laptops differ."""
    used = events.codes_in_use(write.conn)
    while (code := f"{secrets.randbelow(900_000) + 100_000}") in used:
        pass
    return code


def change_event(store: Store, by: str, event: Event) -> Done:
    """Keep a changed event; its days follow its dates.

    Its code and whether it or its roster is closed do not change here. Raises
    :class:`EventProblem` when a day would be lost at which attendance was taken.
    """
    with store.write(by) as write:
        before = events.event(write.conn, event.id)
        event = check_event(replace(event, code=before.code, closed=before.closed))
        events.put_event(write, event)
        if (before.date_from, before.date_to) != (event.date_from, event.date_to):
            _follow_dates(write, before, event)
    return finished(write, event)


def _follow_dates(write: Write, before: Event, after: Event) -> None:
    days = events.days(write.conn, after.id)
    kept = 0
    for no, held_on in enumerate(_new_dates(days, before, after), 1):
        events.put_day(write, after.id, no, held_on)
        kept = no
    for day in days:
        if day.no > kept:
            _remove_day(write, day)


def _new_dates(days: Sequence[Day], before: Event, after: Event) -> list[date | None]:
    """The dates the days of a moved event have.

    An event that is only moved keeps the gaps between its days; one that grows or shrinks gains
    or loses days at its end.
    """
    first, last = after.date_from, after.date_to
    if first is None or last is None:
        return [None for _day in days]
    if before.date_from is None or before.date_to is None:
        return list(dates_of(after, len(days)))
    span = (last - first).days
    kept = {(day.on - before.date_from).days for day in days if day.on is not None}
    grown = range((before.date_to - before.date_from).days + 1, span + 1)
    offsets = sorted(offset for offset in kept | set(grown) if 0 <= offset <= span)
    return [first + timedelta(days=offset) for offset in offsets] or [first]


def close_event(store: Store, by: str, event_id: str) -> Done:
    """Close an event: its roster takes nobody any more until it is reopened."""
    return _set_closed(store, by, event_id, closed=True)


def reopen_event(store: Store, by: str, event_id: str) -> Done:
    """Reopen a closed event."""
    return _set_closed(store, by, event_id, closed=False)


def _set_closed(store: Store, by: str, event_id: str, *, closed: bool) -> Done:
    with store.write(by) as write:
        event = replace(events.event(write.conn, event_id), closed=closed)
        events.put_event(write, event)
    return finished(write, event)


# ---- days


def add_day(store: Store, by: str, event_id: str, held_on: date | None = None) -> Done:
    """Add a day after the last; without a date it is the day after, if dates are known.

    The event's last date moves with it. ``value`` is the number of the day.
    """
    with store.write(by) as write:
        event = events.event(write.conn, event_id)
        days = events.days(write.conn, event_id)
        last = max((day.on for day in days if day.on is not None), default=event.date_to)
        if event.date_from is None:
            held_on = None
        elif last is not None:
            held_on = held_on or last + timedelta(days=1)
            if held_on <= last:
                raise EventProblem(_("A new day comes after the last one. Choose a later date."))
            events.put_event(write, check_event(replace(event, date_to=held_on)))
        no = len(days) + 1
        events.put_day(write, event_id, no, held_on)
    return finished(write, no)


def remove_day(store: Store, by: str, event_id: str, no: int) -> Done:
    """Take a day and its sessions away; later days move up by one number.

    Refused when attendance was taken on it, for the only day, and when a later day has sign-in
    sheets: their codes name the day by its number.
    """
    with store.write(by) as write:
        days = events.days(write.conn, event_id)
        if len(days) < 2:
            raise EventProblem(_("An event has at least one day."))
        if any(sheet.day_no > no for sheet in sheets.sheets(write.conn, event_id)):
            raise EventProblem(
                _(
                    "Sign-in sheets of a later day were made, and they carry its number. "
                    "Empty this day instead, or remove the last one."
                )
            )
        _refuse_attended(write, event_id, (one.id for one in days[no - 1].sessions))
        for session in days[no - 1].sessions:
            events.delete_session(write, session.id)
        for day in days[no:]:
            events.put_day(write, event_id, day.no - 1, day.on)
            for session in day.sessions:
                events.put_session(write, replace(session, day_no=day.no - 1))
        events.delete_day(write, event_id, len(days))
        left = [day.on for day in days if day.no != no and day.on is not None]
        if left:
            event = events.event(write.conn, event_id)
            events.put_event(write, replace(event, date_from=min(left), date_to=max(left)))
    return finished(write)


def _remove_day(write: Write, day: Day) -> None:
    _refuse_attended(write, day.event_id, (one.id for one in day.sessions))
    for session in day.sessions:
        events.delete_session(write, session.id)
    events.delete_day(write, day.event_id, day.no)


def _refuse_attended(
    write: Write,
    event_id: str,
    session_ids: Iterable[str],
    scopes: Collection[MarkScope] = ("session", "half", "day"),
) -> None:
    if attendance.attended_sessions(write.conn, event_id, scopes).intersection(session_ids):
        raise EventProblem(_("Attendance was taken there, so it stays. Cancel those marks first."))


# ---- sessions


def add_session(
    store: Store,
    by: str,
    event_id: str,
    planned: PlannedSession | Session,
    *,
    lecturer: str = "",
    place: str = "",
) -> Done:
    """Add a session to a day; it may run beside others. ``value`` is the :class:`Session`."""
    with store.write(by) as write:
        session = session_from(event_id, planned)
        session = replace(
            session, lecturer=lecturer or session.lecturer, place=place or session.place
        )
        session = check_session(session, len(events.days(write.conn, event_id)))
        events.put_session(write, session)
    return finished(write, session)


def change_session(store: Store, by: str, session: Session) -> Done:
    """Keep a changed session. Attendance already taken is reckoned anew with its times.

    It does not go to another day with the session, nor to another half of the day for which
    people signed: that would say of them what nobody saw. Raises :class:`EventProblem`.
    """
    with store.write(by) as write:
        session = check_session(session, len(events.days(write.conn, session.event_id)))
        before = events.session(write.conn, session.id)
        if session.day_no != before.day_no:
            _refuse_attended(write, session.event_id, (session.id,))
        elif session.half != before.half:
            _refuse_attended(write, session.event_id, (session.id,), scopes=_BY_HALF)
        events.put_session(write, session)
    return finished(write, session)


def remove_session(store: Store, by: str, session_id: str) -> Done:
    """Take a session away; refused when attendance was taken at it."""
    with store.write(by) as write:
        session = events.session(write.conn, session_id)
        _refuse_attended(write, session.event_id, (session_id,))
        events.delete_session(write, session_id)
    return finished(write)


# ---- ceremony


def set_ceremony(store: Store, by: str, event_id: str, roles: Sequence[CeremonyRole]) -> Done:
    """Make ``roles`` the parts in the ceremony, in this order; a role without an id is new.

    ``value`` is the tuple of roles as kept. Roles left out are taken away.
    """
    with store.write(by) as write:
        kept = _put_ceremony(write, event_id, roles)
    return finished(write, kept)


def _put_ceremony(
    write: Write, event_id: str, roles: Sequence[CeremonyRole]
) -> tuple[CeremonyRole, ...]:
    known = {role.id for role in events.ceremony(write.conn, event_id)}
    kept = tuple(_role(event_id, role, known) for role in roles)
    for order_no, role in enumerate(kept, 1):
        events.put_ceremony_role(write, role, order_no)
    for gone in known - {role.id for role in kept}:
        events.delete_ceremony_role(write, gone)
    return kept


def _role(event_id: str, role: CeremonyRole, known: set[str]) -> CeremonyRole:
    name = normalise_name(role.person_name)
    if not name:
        raise EventProblem(_("Type the name of the person who has this part."))
    if codelist.code("event_role", role.role) is None:
        raise EventProblem(_("Choose the part in the ceremony."))
    return replace(
        role,
        id=role.id if role.id in known else new_id(),
        event_id=event_id,
        person_name=name,
        position=normalise(role.position),
    )


__all__ = [
    "EventDraft", "EventProblem", "add_day", "add_session", "change_event", "change_session",
    "check_event", "close_event", "create_event", "draft_from", "put_programme", "remove_day",
    "remove_session", "reopen_event", "set_ceremony", "stretched",
]  # fmt: skip
