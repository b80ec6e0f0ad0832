# SPDX-License-Identifier: Apache-2.0
"""People on their way onto a roster: gathered, then written in a few batches."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace

from desktop.actions.entry import Entry, EntryProblem, Read, person_from
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.event import Event
from desktop.model.organisation import Organisation
from desktop.model.person import Person, PersonIdentifier
from desktop.model.roster import Enrolment, Source
from desktop.store import event as events
from desktop.store import hall, roster
from desktop.store import organisation as organisations
from desktop.store import person as people
from desktop.store.facilitator import office_scope
from desktop.store.ids import new_id
from desktop.store.write import Write


class RosterProblem(Problem):
    """The roster cannot be changed so."""


def open_event(write: Write, event_id: str) -> Event:
    """The event, unless it is closed: then a sentence says to reopen it."""
    event = events.event(write.conn, event_id)
    if event.closed:
        raise EntryProblem(_("This event is closed. Reopen it first."))
    return event


def completed(person: Person, entry: Entry) -> Person:
    """A known ``person`` with the blanks filled that the entry fills; nothing is overwritten."""
    names = ("sex", "phone", "born", "born_precision", "birth_year", "name_en", "area")
    said = {
        name: value
        for name in names
        if not getattr(person, name) and (value := getattr(entry, name))
    }
    return replace(person, **said) if said else person


def known_ids(read: Iterable[Read]) -> set[str]:
    """The people of the store whom these entries are said to be."""
    return {one.entry.known_person_id for one in read if one.entry.known_person_id}


def next_seat(write: Write, event: Event) -> int | None:
    """The seat of one more person: the next of a locked roster, otherwise none yet.

    In a hall the next of this door's own, because another door may give one at this moment.
    """
    if not event.roster_locked:
        return None
    lane = hall.seat_lane(write.conn, event.id)
    if lane is None:
        return roster.last_seat(write.conn, event.id) + 1
    return lane.next({one.seat for one in roster.enrolments(write.conn, event.id)})


def seat_again(write: Write, event: Event, before: Enrolment) -> int | None:
    """The seat of somebody who comes back: her own if nobody has it, otherwise as one more."""
    taken = {
        one.seat
        for one in roster.enrolments(write.conn, event.id)
        if one.status == "enrolled" and one.id != before.id
    }
    return next_seat(write, event) if before.seat in (None, *taken) else before.seat


class Arrivals:
    """People on their way onto one roster, gathered so that they are written in a few batches.

    Made inside a write; :meth:`write` puts everything. Reads what it needs in a handful of
    statements, whatever the number of people.
    """

    def __init__(self, write: Write, event: Event, known_ids: Iterable[str]) -> None:
        self._write = write
        self.event = event
        self._known = people.people(write.conn, known_ids)
        self._numbers = people.numbers_of(write.conn, self._known)
        self._badges = roster.badge_numbers(write.conn, event.id)
        self._organisations: dict[str, list[Organisation]] = {}
        for one in organisations.organisations_unsorted(write.conn):
            self._organisations.setdefault(one.name, []).append(one)
        self._new_organisations: list[Organisation] = []
        self._new_people: list[Person] = []
        self._changed_people: list[Person] = []
        self._identifiers: list[PersonIdentifier] = []
        self._enrolments: list[Enrolment] = []

    def organisation(self, entry: Entry) -> str | None:
        """The id of the entry's organisation: a known one of that name, or a new one."""
        if not entry.organisation:
            return None
        bearers = self._organisations.setdefault(entry.organisation, [])
        found = organisations.choose(bearers, entry.organisation_area)
        if found is None:
            found = Organisation(
                new_id(),
                entry.organisation,
                entry.organisation_kind or "other",
                entry.organisation_area,
            )
            bearers.append(found)
            self._new_organisations.append(found)
        return found.id

    def person(self, read: Read) -> str:
        """The id of the entry's person: the known one, her blanks filled, or a new one."""
        known_id = read.entry.known_person_id
        if known_id is not None:
            known = self._known.get(known_id)
            if known is None:
                raise EntryProblem(
                    _("This person is no longer in the data. Enter her as a new person.")
                )
            filled = completed(known, read.entry)
            if filled is not known:
                self._changed_people.append(filled)
            person_id = known.id
        else:
            person_id = new_id()
            blank = Person(person_id, "", read.entry.first)
            self._new_people.append(person_from(read.entry, blank))
        if read.identifier is not None:
            held = self._numbers.get(person_id)
            if held is None:
                said = replace(read.identifier, id=new_id(), person_id=person_id)
                self._identifiers.append(said)
            elif read.identifier.value and not held.value:
                # She had none when it was written why; now she has one.
                said = replace(read.identifier, id=held.id, person_id=person_id)
                self._identifiers.append(said)
        return person_id

    def enrol(
        self,
        read: Read,
        person_id: str,
        seat: int | None,
        source: Source,
        *,
        substitute_for: str = "",
        badge_no: int | None = None,
        organisation_id: str | None = None,
    ) -> Enrolment:
        """Her place on the roster, with a badge number of its own unless she has one.

        ``organisation_id`` stands where the entry names no organisation.
        """
        entry = read.entry
        enrolment = Enrolment(
            id=roster.enrolment_id(self.event.id, person_id),
            event_id=self.event.id,
            person_id=person_id,
            seat=seat,
            badge_no=badge_no or self._badge_no(),
            role=entry.role,
            group=entry.group,
            organisation_id=organisation_id or self.organisation(entry),
            position=entry.position,
            area=entry.area,
            team=entry.team,
            source=source,
            status="enrolled",
            substitute_for=substitute_for,
            food=entry.food,
            note=entry.note,
        )
        self._enrolments.append(enrolment)
        return enrolment

    def _badge_no(self) -> int:
        while (number := secrets.randbelow(999_999) + 1) in self._badges:
            pass
        self._badges.add(number)
        return number

    def write(self) -> None:
        """Put everything that was gathered."""
        write, office = self._write, office_scope(self._write.conn)
        event = events.event_scope(self.event.id)
        write.put_many(
            "organisation",
            [
                (o.id, office, organisations.organisation_fields(o))
                for o in self._new_organisations
            ],
        )
        write.put_many(
            "person", [(p.id, office, people.person_fields(p)) for p in self._new_people]
        )
        for person in self._changed_people:
            people.put_person(write, person)
        write.put_many(
            "person_identifier",
            [(i.id, office, people.identifier_fields(i)) for i in self._identifiers],
        )
        write.put_many(
            "enrolment", [(n.id, event, roster.enrolment_fields(n)) for n in self._enrolments]
        )
