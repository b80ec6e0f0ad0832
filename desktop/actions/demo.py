# SPDX-License-Identifier: Apache-2.0
"""A store to try the program with: the five events of ``resources/demo``, and field work.

It is built by the same actions a facilitator uses, so what stands in it could have been entered
by hand. Everybody in it is made up, and so are the numbers (registrar 99xx).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.actions.attendance import Tick, arrive, enter_sheet, leave_early
from desktop.actions.demo_field import EARLIEST, DemoClock, put_field_work
from desktop.actions.entry import Entry
from desktop.actions.event import create_event
from desktop.actions.event_draft import EventDraft
from desktop.actions.fixture import FixtureEvent, FixturePerson, FixtureRow, read_fixture
from desktop.actions.office import found
from desktop.actions.organisation import AwardEntry, add_awards
from desktop.actions.roster import add_entries, lock_roster, substitute
from desktop.actions.stays import Sighting, sightings
from desktop.actions.wording import DEPARTMENT, MINISTRY
from desktop.model.attendance import Method
from desktop.model.event import Event, Session
from desktop.model.facilitator import Facilitator, Office
from desktop.paths import shipped
from desktop.store import event as events
from desktop.store import roster
from desktop.store.clock import Clock, system_clock
from desktop.store.ids import new_id
from desktop.store.store import Store

PASSPHRASE: Final = "samut-demo-2569"  # noqa: S105 - opens a store of made-up people only
FACILITATOR: Final = "ธิดา ใจดี"
NICKNAME: Final = "ธิดา"

_WHY_LATER: Final = "บันทึกจากใบลงชื่อ"
_NOBODYS_NAME: Final = Entry(title="นางสาว", first="กมลชนก", last="ตัวอย่างดี")
"""Stands in where a story says that a substitute came and not who."""

_ATTENDED: Final = frozenset({"seed0_shift_share", "seed2_apm_noi", "seed4_lgo_83"})
"""The stories that are shown with their attendance; the others wait for the desk."""
_VISITED: Final = frozenset({"seed1_tak_highland"})
"""The stories that tell of homes."""


@dataclass(frozen=True, slots=True)
class DemoKeys:
    """How the store is opened, and which event is which fixture."""

    folder: Path
    facilitator: str
    """The name the unlock screen shows."""
    facilitator_id: str
    passphrase: str
    recovery_code: str
    events: Mapping[str, str]
    """Event id by the name of the fixture file without its ending."""


def build_demo(folder: Path, clock: Clock = system_clock) -> DemoKeys:
    """Found a store in ``folder`` and fill it with the five events; it is closed at the end.

    The home visits are told as of the moment that ``clock`` gives. Raises what founding a store
    raises (a store is there already, the folder is read-only).
    """
    office = Office("", f"{DEPARTMENT} (ตัวอย่าง)", "10", MINISTRY)
    by = new_id()
    facilitator = Facilitator(by, FACILITATOR, "นักพัฒนาสังคม")
    built = clock()
    moving = DemoClock(built - EARLIEST)
    store, code = found(folder, office, facilitator, PASSPHRASE, label=NICKNAME, clock=moving)
    try:
        stories = sorted(shipped("resources", "demo").glob("seed*.json"))
        made = {
            path.stem: put_story(store, by, read_fixture(path), attended=path.stem in _ATTENDED).id
            for path in stories
        }
        moving.now = built
        for path in stories:
            if path.stem in _VISITED:
                put_field_work(store, by, made[path.stem], path, moving)
    finally:
        store.close()
    return DemoKeys(folder, NICKNAME, by, PASSPHRASE, str(code), made)


def put_story(store: Store, by: str, fixture: FixtureEvent, *, attended: bool = False) -> Event:
    """Enter the event of a fixture: timetable, roster with seats, awards, then its attendance.

    ``attended`` also enters who was there, as the story tells it.
    """
    event: Event = create_event(store, by, draft(fixture)).value
    if fixture.rows:
        add_entries(store, by, event.id, entries(fixture))
        lock_roster(store, by, event.id)
    if fixture.awards:
        add_awards(store, by, event.id, awards(fixture))
    if attended:
        _attend(store, by, event.id, fixture)
    return event


def draft(fixture: FixtureEvent) -> EventDraft:
    """The fixture's event as the form of a new event would hand it over."""
    event, programme = fixture.event, fixture.programme
    return EventDraft(
        name=event.name,
        kind=event.kind,
        programme=replace(programme, id="") if programme else None,
        batch=event.batch,
        date_from=event.date_from,
        date_to=event.date_to,
        date_note=event.date_note or ("" if event.has_dates else "-"),
        venue=event.venue,
        venue_area=event.venue_area,
        hosts=event.hosts,
        areas=event.areas or _provinces(fixture),
        target=event.target,
        quota=_quota(fixture),
        rule=event.rule,
        digits=event.digits,
        certificate_kind=event.certificate_kind,
        days=len(fixture.days),
        sessions=fixture.sessions,
        ceremony=fixture.ceremony,
    )


def _provinces(fixture: FixtureEvent) -> tuple[str, ...]:
    return tuple(sorted({row.area[:2] for row in fixture.rows if row.area}))


def _quota(fixture: FixtureEvent) -> int | None:
    """Seats for each province, where every province of the story sent as many."""
    counts: dict[str, int] = {}
    for row in fixture.rows:
        counts[row.area[:2]] = counts.get(row.area[:2], 0) + 1
    even = set(counts.values())
    return even.pop() if len(even) == 1 and "" not in counts else None


def entries(fixture: FixtureEvent) -> tuple[Entry, ...]:
    """The roster of a fixture as an importer would hand it over."""
    return tuple(_entry(row, seat=fixture.seats_given) for row in fixture.rows)


def _entry(row: FixtureRow, *, seat: bool) -> Entry:
    organisation = row.organisation
    return replace(
        person_entry(row.person),
        organisation=organisation.name if organisation else "",
        organisation_kind=organisation.kind if organisation else "",
        organisation_area=organisation.area if organisation else "",
        position=row.position,
        area=row.area,
        group=row.group,
        role=row.role,
        team=row.team,
        seat=row.seat if seat else None,
    )


def person_entry(person: FixturePerson) -> Entry:
    """One person of a fixture as a form would hand her over."""
    return Entry(
        title=person.title,
        title_code=person.title_code,
        first=person.first,
        middle=person.middle,
        last=person.last,
        sex=person.sex,
        identifier_kind=person.identifier_kind,
        identifier=person.identifier,
        none_reason=person.none_reason,
        phone=person.phone,
        born=person.born,
        birth_year=person.birth_year,
    )


def awards(fixture: FixtureEvent) -> tuple[AwardEntry, ...]:
    """The award list of a fixture, in its order."""
    return tuple(
        AwardEntry(
            organisation=award.organisation.name,
            organisation_kind=award.organisation.kind,
            organisation_area=award.organisation.area,
            title=award.title,
            fund=award.fund,
            order_no=award.order_no,
        )
        for award in fixture.awards
    )


def _attend(store: Store, by: str, event_id: str, fixture: FixtureEvent) -> None:
    """Enter a story's attendance: sheets for those who signed, the desk for the others."""
    with store.read() as conn:
        held = {(one.day_no, one.start, one.title): one for one in events.sessions(conn, event_id)}
        by_seat = {row.seat: row.enrolment_id for row in roster.roster(conn, event_id) if row.seat}
    for variant in fixture.variants:
        if variant.substituted and variant.seat in by_seat:
            who = person_entry(variant.substitute) if variant.substitute else _NOBODYS_NAME
            line = substitute(store, by, by_seat[variant.seat], who).value
            by_seat[variant.seat] = line.enrolment_id
    seen = sightings(fixture)
    if not fixture.seats_given:
        # The lock gave the seats; the story only counts how many people there are.
        seen = dict(zip(sorted(by_seat), seen.values(), strict=True))
    ticks = [
        Tick(by_seat[seat], one.session.day_no, one.session.half)
        for seat, theirs in seen.items()
        for one in theirs
        if one.scope == "half"
    ]
    enter_sheet(store, by, event_id, ticks)
    for seat, theirs in seen.items():
        for one in theirs:
            if one.scope != "half":
                _note(store, by, by_seat[seat], one, held)


def _note(
    store: Store,
    by: str,
    enrolment_id: str,
    seen: Sighting,
    held: Mapping[tuple[int, int, str], Session],
) -> None:
    session = held[seen.session.day_no, seen.session.start, seen.session.title]
    method: Method = "search"
    if seen.kind == "in":
        arrive(store, by, enrolment_id, session.id, seen.minute, method, _WHY_LATER)
    else:
        leave_early(store, by, enrolment_id, session.id, seen.minute, method, _WHY_LATER)


__all__ = [
    "FACILITATOR",
    "NICKNAME",
    "PASSPHRASE",
    "DemoKeys",
    "awards",
    "build_demo",
    "draft",
    "entries",
    "person_entry",
    "put_story",
    "read_fixture",
]
