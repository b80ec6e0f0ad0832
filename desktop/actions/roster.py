# SPDX-License-Identifier: Apache-2.0
"""People onto a roster and off it, their seats, and the spelling of their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.actions.arrivals import Arrivals, RosterProblem, known_ids, open_event, seat_again
from desktop.actions.done import Done, finished
from desktop.actions.door import substitute, walk_in
from desktop.actions.entry import (
    Entry,
    EntryProblem,
    Read,
    entry_of,
    entry_warnings,
    numbered,
    person_from,
    read_entry,
)
from desktop.actions.person import confirm_name, confirm_names, fix_name, spelling
from desktop.i18n import _
from desktop.model.person import PersonIdentifier
from desktop.model.roster import Enrolment, RosterRow
from desktop.store import certificate as certificates
from desktop.store import person as people
from desktop.store import roster
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.normalise import normalise


@dataclass(frozen=True, slots=True)
class Added:
    """What adding many people came to."""

    enrolment_ids: tuple[str, ...]
    """Of those who were added or came back, in the order of the entries."""
    already: tuple[int, ...]
    """Places (from 0) of entries whose person was on the roster already; nothing changed."""


def add_entries(store: Store, by: str, event_id: str, entries: Sequence[Entry]) -> Done:
    """Put many people on a roster in one transaction; ``value`` is :class:`Added`.

    A person who was withdrawn comes back. All or nothing: raises :class:`EntryProblem` naming
    the line that cannot be read, :class:`RosterProblem` when the roster is locked or a seat is
    given twice.
    """
    read = numbered(entries)
    with store.write(by) as write:
        event = open_event(write, event_id)
        if event.roster_locked:
            raise RosterProblem(
                _("The roster is locked. Unlock it first, or add the person as a walk-in.")
            )
        there = {one.person_id: one for one in roster.enrolments(write.conn, event_id)}
        _check_seats(read, there.values())
        arrivals = Arrivals(write, event, known_ids(read))
        added: list[str] = []
        already: list[int] = []
        for place, one in enumerate(read):
            before = there.get(one.entry.known_person_id or "")
            if before is not None and before.status == "enrolled":
                already.append(place)
                continue
            made = arrivals.enrol(
                one,
                arrivals.person(one),
                one.entry.seat,
                "preregistered",
                badge_no=None if before is None else before.badge_no,
            )
            there[made.person_id] = made
            added.append(made.id)
        arrivals.write()
    return finished(write, Added(tuple(added), tuple(already)))


def _check_seats(read: Iterable[Read], there: Iterable[Enrolment]) -> None:
    given = [one.entry.seat for one in read if one.entry.seat is not None]
    if not given:
        return
    held = [one.seat for one in there if one.seat is not None and one.status == "enrolled"]
    for seat, count in Counter([*held, *given]).items():
        if count > 1:
            raise RosterProblem(
                _("Seat {seat} is given to more than one person.").format(seat=seat)
            )
        if seat < 1:
            raise RosterProblem(_("Seat numbers begin with 1."))


def change_entry(store: Store, by: str, enrolment_id: str, entry: Entry) -> Done:
    """Change what is known of one person on a roster; ``value`` is her new line.

    ``entry`` is the whole of it, as :func:`desktop.actions.entry.entry_of` gives it to a form.
    Her name, number and telephone change on every roster she is on. The seat of a locked roster
    stays.
    """
    read = read_entry(entry)
    with store.write(by) as write:
        before = roster.enrolment(write.conn, enrolment_id)
        event = open_event(write, before.event_id)
        organisation_id = before.organisation_id
        if read.entry.organisation != roster.row(write.conn, enrolment_id).organisation:
            arrivals = Arrivals(write, event, ())
            organisation_id = arrivals.organisation(read.entry)
            arrivals.write()
        person = people.person(write.conn, before.person_id)
        changed = person_from(read.entry, person)
        # The entry is the whole of what is known now, so what it leaves empty becomes empty.
        changed = replace(
            changed,
            sex=read.entry.sex,
            phone=read.entry.phone,
            name_en=read.entry.name_en,
            born=read.entry.born,
            born_precision=read.entry.born_precision,
            birth_year=read.entry.birth_year,
        )
        if spelling(changed) != spelling(person):
            changed = replace(changed, name_confirmed_at="")
        people.put_person(write, changed)
        _put_number(write, before.person_id, read.identifier)
        seat = before.seat
        if not event.roster_locked and read.entry.seat != before.seat:
            others = roster.enrolments(write.conn, event.id)
            _check_seats([read], (one for one in others if one.id != before.id))
            seat = read.entry.seat
        roster.put_enrolment(
            write,
            replace(
                before,
                seat=seat,
                role=read.entry.role,
                group=read.entry.group,
                organisation_id=organisation_id,
                position=read.entry.position,
                area=read.entry.area,
                team=read.entry.team,
                food=read.entry.food,
                note=read.entry.note,
            ),
        )
        line = roster.row(write.conn, enrolment_id)
    return finished(write, line)


def _put_number(write: Write, person_id: str, said: PersonIdentifier | None) -> None:
    # Of whom another door told four digits, the number is not here to be changed.
    held = [one for one in people.identifiers(write.conn, person_id) if one.whole]
    if said is None:
        for one in held:
            people.delete_identifier(write, one.id)
        return
    kept_id = held[0].id if held else new_id()
    people.put_identifier(write, replace(said, id=kept_id, person_id=person_id))


# ---- off and on


def withdraw(store: Store, by: str, enrolment_id: str, reason: str = "") -> Done:
    """Take somebody off the roster; her line, her marks and her seat's number stay.

    Refused while she has a certificate: the register would name somebody who is on no list.
    """
    with store.write(by) as write:
        before = roster.enrolment(write.conn, enrolment_id)
        open_event(write, before.event_id)
        if certificates.holds_one(write.conn, enrolment_id):
            raise RosterProblem(
                _("A certificate has been issued to this person. Declare it void first.")
            )
        if before.status == "substituted":
            raise RosterProblem(_("Somebody else came in this person's place already."))
        note = "; ".join(text for text in (before.note, normalise(reason)) if text)
        roster.put_enrolment(write, replace(before, status="withdrawn", note=note))
    return finished(write)


def readmit(store: Store, by: str, enrolment_id: str) -> Done:
    """Put somebody back on the roster who was withdrawn or substituted.

    Refused while the substitute is there. On a locked roster she takes her own seat if it is
    free, otherwise the next one.
    """
    with store.write(by) as write:
        before = roster.enrolment(write.conn, enrolment_id)
        event = open_event(write, before.event_id)
        if any(
            one.status == "enrolled" and one.substitute_for == enrolment_id
            for one in roster.enrolments(write.conn, before.event_id)
        ):
            raise RosterProblem(
                _("Somebody else came in this person's place. Withdraw that person first.")
            )
        seat = seat_again(write, event, before)
        roster.put_enrolment(write, replace(before, status="enrolled", seat=seat))
    return finished(write)


# ---- lock


def lock_roster(store: Store, by: str, event_id: str) -> Done:
    """Lock a roster: everybody enrolled has a seat from 1 to n; ``value`` is n.

    Seats already given within 1 to n are kept. The others go to the rest by province code, then
    in the order of a Thai dictionary. Those withdrawn or substituted lose theirs.
    """
    with store.write(by) as write:
        open_event(write, event_id)
        if roster.is_locked(write.conn, event_id):
            raise RosterProblem(_("The roster is locked already."))
        lines = roster.roster(write.conn, event_id)
        if not any(line.expected for line in lines):
            raise RosterProblem(_("Nobody is on the roster yet. Add people first."))
        seats = seated(lines)
        held = {line.enrolment_id: line.seat for line in lines}
        given = ((one, seat) for one, seat in seats.items() if held[one] != seat)
        roster.put_seats(write, event_id, given)
        roster.put_lock(write, event_id, locked=True, reason="")
    return finished(write, sum(seat is not None for seat in seats.values()))


def seated(lines: Sequence[RosterRow]) -> dict[str, int | None]:
    """The seat each line has once the roster is locked, by enrolment id."""
    expected = [line for line in lines if line.expected]
    seats: dict[str, int | None] = dict.fromkeys((line.enrolment_id for line in lines), None)
    taken: set[int] = set()
    for line in expected:
        if line.seat is not None and 1 <= line.seat <= len(expected) and line.seat not in taken:
            seats[line.enrolment_id] = line.seat
            taken.add(line.seat)
    free = (number for number in range(1, len(expected) + 1) if number not in taken)
    rest = [line for line in expected if seats[line.enrolment_id] is None]
    # Those without a province stand at the end: 99 is above every code.
    rest.sort(key=lambda line: (line.province or "99", line.sort_key, line.enrolment_id))
    seats.update((line.enrolment_id, number) for line, number in zip(rest, free, strict=True))
    return seats


def unlock_roster(store: Store, by: str, event_id: str, reason: str) -> Done:
    """Unlock a roster, with a reason; not once certificate numbers were drawn by its seats."""
    reason = normalise(reason)
    if not reason:
        raise RosterProblem(_("Say why the roster is unlocked."))
    with store.write(by) as write:
        if not roster.is_locked(write.conn, event_id):
            raise RosterProblem(_("The roster is not locked."))
        if roster.has_register(write.conn, event_id):
            raise RosterProblem(
                _("Certificates have been issued by these seats, so the roster stays locked.")
            )
        roster.put_lock(write, event_id, locked=False, reason=reason)
    return finished(write)


__all__ = [
    "Added", "Entry", "EntryProblem", "RosterProblem", "add_entries", "change_entry",
    "confirm_name", "confirm_names", "entry_of", "entry_warnings", "fix_name",
    "lock_roster", "readmit", "seated", "substitute", "unlock_roster", "walk_in", "withdraw",
]  # fmt: skip
