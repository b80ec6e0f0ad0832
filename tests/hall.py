# SPDX-License-Identifier: Apache-2.0
"""A hall to test in: a real encrypted store with an event, people on its roster, and a clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from desktop.actions.fixture import FixtureEvent
from desktop.actions.stays import sightings
from desktop.model.attendance import Mark
from desktop.model.event import Event, MarkScope, PassRule, Session
from desktop.model.facilitator import Office
from desktop.model.organisation import Award, Organisation
from desktop.model.person import Person
from desktop.model.roster import Enrolment
from desktop.store import attendance, event, facilitator, organisation, person, roster
from desktop.store.ids import new_id
from desktop.store.keys import DataKey
from desktop.store.store import Store

BANGKOK = timezone(timedelta(hours=7))
BY = "facilitator-1"
MORNING, AFTERNOON, CLOSING = "morning", "afternoon", "closing"


@dataclass
class Clock:
    """A clock that stands still until it is told to go on."""

    now: datetime = field(default_factory=lambda: datetime(2019, 3, 1, 9, 0, tzinfo=BANGKOK))

    def __call__(self) -> datetime:
        return self.now

    def to(self, hour: int, minute: int = 0, day: int | None = None) -> None:
        self.now = self.now.replace(hour=hour, minute=minute, day=day or self.now.day)


@dataclass
class Hall:
    """An event of one day (1 March 2019, 09:00–12:00 and 13:00–16:30) in a store."""

    store: Store
    clock: Clock
    event_id: str = "event-1"

    def enrol(self, name: str, seat: int | None = None, **fields: str) -> str:
        """Put one person on the roster; returns the enrolment's id."""
        with self.store.write(BY) as write:
            person_id = new_id()
            person.put_person(write, Person(person_id, "นาย", name, last=""))
            taken = roster.badge_numbers(write.conn, self.event_id)
            one = Enrolment(
                id=roster.enrolment_id(self.event_id, person_id),
                event_id=self.event_id,
                person_id=person_id,
                seat=seat,
                badge_no=max(taken, default=0) + 1,
                role=fields.get("role", "trainee"),
                group="network",
                organisation_id=None,
                position="",
                area=fields.get("area", "63"),
                team=None,
                source="preregistered",
                status=fields.get("status", "enrolled"),  # type: ignore[arg-type]
            )
            roster.put_enrolment(write, one)
        return one.id

    def lock(self) -> None:
        with self.store.write(BY) as write:
            roster.put_lock(write, self.event_id, locked=True, reason="")

    def award(self, name: str, title: str, order_no: int) -> str:
        with self.store.write(BY) as write:
            organisation.put_organisation(write, Organisation(f"org-{order_no}", name, "assoc"))
            award_id = f"award-{order_no}"
            organisation.put_award(
                write,
                Award(award_id, self.event_id, f"org-{order_no}", name, title, "กองทุน", order_no),
            )
        return award_id

    def marks(self, enrolment_id: str) -> tuple[Mark, ...]:
        with self.store.read() as conn:
            return attendance.marks_of(conn, enrolment_id)


def open_hall(folder: Path, *, mark_scope: MarkScope = "half", percent: int = 80) -> Hall:
    """A new store in ``folder`` with an office and the event, nobody on its roster yet."""
    clock = Clock()
    store = Store.create(folder, DataKey(bytes(range(32))), clock=clock)
    day = date(2019, 3, 1)
    with store.write(BY) as write:
        facilitator.put_office(write, Office("office-1", "กองทดสอบ", "10", "กระทรวง"))
        event.put_event(
            write,
            Event(
                "event-1",
                "123456",
                "โครงการทดสอบ",
                "training",
                date_from=day,
                date_to=day,
                venue="ห้องประชุม ๑",
                rule=PassRule("minutes", percent),
                mark_scope=mark_scope,
                digits="thai",
            ),
        )
        event.put_day(write, "event-1", 1, day)
        for name, start, end, kind in (
            (MORNING, 540, 720, "lecture"),
            (AFTERNOON, 780, 990, "practice"),
            (CLOSING, 990, 1020, "closing"),
        ):
            event.put_session(
                write,
                Session(name, "event-1", 1, day, start, end, kind, name, counts=kind != "closing"),
            )
    return Hall(store, clock)


def tell(hall: Hall, fixture: FixtureEvent) -> dict[int, str]:
    """Put the event of a fixture with its roster and attendance into the hall's store.

    Straight through the store, so that actions can be tested on it; returns enrolments by seat.
    """
    hall.event_id = "told"
    seats: dict[int, str] = {}
    with hall.store.write(BY) as write:
        heading = fixture.event
        event.put_event(
            write,
            Event(
                "told",
                "654321",
                heading.name,
                heading.kind,
                date_from=heading.date_from,
                date_to=heading.date_to,
                venue=heading.venue,
                rule=heading.rule,
                digits=heading.digits,
                certificate_kind=heading.certificate_kind,
            ),
        )
        for day in fixture.days:
            event.put_day(write, "told", day.no, day.on)
        names = {}
        for session in fixture.sessions:
            names[session.id] = f"told-{session.id}"
            event.put_session(
                write,
                Session(
                    names[session.id],
                    "told",
                    session.day_no,
                    session.on,
                    session.start,
                    session.end,
                    session.kind,
                    session.title,
                    session.counts,
                ),
            )
        for number, role in enumerate(fixture.ceremony):
            event.put_ceremony_role(
                write,
                type(role)(f"told-{role.id}", "told", role.role, role.person_name, role.position),
                number,
            )
        for row in fixture.rows:
            who = row.person
            person_id = f"00000000-0000-7000-8000-{row.seat:012}"
            person.put_person(
                write,
                Person(person_id, who.title, who.first, who.middle, who.last, who.title_code),
            )
            seats[row.seat] = roster.enrolment_id("told", person_id)
            roster.put_enrolment(
                write,
                Enrolment(
                    seats[row.seat],
                    "told",
                    person_id,
                    row.seat,
                    row.seat,
                    row.role,
                    row.group,
                    None,
                    "",
                    row.area,
                    row.team,
                    "preregistered",
                    "enrolled",
                ),
            )
        roster.put_lock(write, "told", locked=True, reason="")
        for seat, seen in sightings(fixture).items():
            for sighting in seen:
                attendance.put_mark(
                    write,
                    Mark(
                        new_id(),
                        seats[seat],
                        names[sighting.session.id],
                        sighting.scope,
                        sighting.kind,
                        sighting.minute,
                        write.now().utc,
                        BY,
                        write.device,
                        "paper",
                    ),
                    "told",
                )
    return seats
