# SPDX-License-Identifier: Apache-2.0
"""What the papers of an event say: every field of a template, for the event and for each person.

Papers of the office are in Thai whatever language the window speaks, in the digit style of the
event. A field that a paper does not have is there all the same, empty, so that any template of an
office can be filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.actions.claim import days_came
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model import area as areas
from desktop.model.event import Day, DigitStyle, Event
from desktop.model.organisation import Organisation
from desktop.model.paper import Whom
from desktop.model.person import Person
from desktop.model.roster import RosterRow, badge_code
from desktop.model.template_field import PERSON
from desktop.printing.wording import in_digits
from desktop.store import area, codelist, roster
from desktop.store import event as events
from desktop.store.facilitator import office_or_none
from desktop.store.organisation import organisations_unsorted
from desktop.store.person import people
from desktop.thai.dates import be_date, be_range

if TYPE_CHECKING:
    from sqlalchemy import Connection

Fields = Mapping[str, str]
_NOTHING: Final[Fields] = dict.fromkeys(PERSON, "")
_MOBILE, _LANDLINE = 10, 9
_BEFORE_PLACE: Final = "  \u200b"
BLANK_DAY: Final = ".......... เดือน ........................ พ.ศ. .............."
"""In the place of a date that is written by hand."""


class NothingToPrint(Problem):
    """There is nobody, or nothing, that this paper could show."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is read once for a paper: the event's own fields, and what people's need."""

    event: Event
    fields: Fields
    """Every field, those of the event and the office filled in."""
    places: Mapping[str, str]
    """Area codes of organisations by their id."""
    people: Mapping[str, Person]

    @property
    def digits(self) -> DigitStyle:
        return self.event.digits

    def said(self, text: str) -> str:
        """A text in the digit style of the event."""
        return in_digits(text, self.event.digits)

    def filled(self, **fields: str) -> Fields:
        """The fields of the event with others, in its digit style."""
        return {**self.fields, **{name: self.said(text) for name, text in fields.items()}}

    def person(self, row: RosterRow, place: int = 0) -> dict[str, str]:
        """The fields of one person; ``place`` is her place on the list, for who has no seat."""
        seat = "" if row.seat is None else str(row.seat)
        said = {
            "name": row.name,
            "organisation": row.organisation,
            "position": row.position,
            "place": province(row),
            "role": thai("event_role", row.role),
            "seat": seat,
            "group": f"กลุ่ม {row.team}" if row.team else thai("person_group", row.group),
            "no": seat or (str(place) if place else ""),
            "phone": _phone(row.phone),
            "address": self.address(row),
            "note": row.note,
        }
        fields = {name: self.said(text) for name, text in said.items()}
        # In Arabic digits whatever the event writes: a scanner reads it.
        fields["code"] = badge_code(self.event.code, row.badge_no)
        return fields

    def agency(self, one: Organisation) -> dict[str, str]:
        """The fields of an agency that a letter goes to."""
        return {"name": self.said(one.name), "address": self.said(_address(one.area))}

    def address(self, row: RosterRow) -> str:
        """Where a letter reaches her: her agency's place, or her own, as far as it is known."""
        agency = self.places.get(row.organisation_id or "", "")
        return _address(agency or max((self._own(row), row.area), key=len))

    def home(self, row: RosterRow) -> str:
        """Her own place on one line, or that of her agency, as far as it is known."""
        place = _address(self._own(row) or row.area)
        if not place and (agency := self.places.get(row.organisation_id or "", "")):
            place = f"{row.organisation} {_address(agency)}".strip()
        return self.said(place.replace("\n", " "))

    def _own(self, row: RosterRow) -> str:
        known = self.people.get(row.person_id)
        return "" if known is None else known.area


def ground(conn: Connection, event_id: str) -> Ground:
    """Read what the papers of an event say. ``LookupError`` when there is no such event."""
    event = events.event(conn, event_id)
    office = office_or_none(conn)
    name = event_name(event)
    fields = {
        "event": name,
        "programme": _programme(conn, event, name),
        "when_where": event_words(event, broken=True),
    }
    if office is not None:
        fields["office"] = office.name
        lines = (office.name, office.ministry, _address(office.area))
        fields["sender"] = "\n".join(line for line in lines if line)
    said = {key: in_digits(text, event.digits) for key, text in fields.items()}
    places = {one.id: one.area for one in organisations_unsorted(conn)}
    ids = {one.person_id for one in roster.enrolments(conn, event_id)}
    return Ground(event, {**_NOTHING, **said}, places, people(conn, ids))


def expected(conn: Connection, event_id: str, whom: Whom) -> tuple[RosterRow, ...]:
    """Whom a paper is for, in the order of the roster. Raises :class:`NothingToPrint`."""
    rows = tuple(row for row in roster.roster(conn, event_id) if row.expected)
    if not rows:
        raise NothingToPrint(_("Nobody is on the roster yet."))
    if whom.ids:
        rows = tuple(row for row in rows if row.enrolment_id in set(whom.ids))
    if whom.group:
        rows = tuple(row for row in rows if row.group == whom.group)
    if whom.came:
        came = days_came(conn, event_id)
        rows = tuple(row for row in rows if row.enrolment_id in came)
        if not rows:
            raise NothingToPrint(_("Nobody of these has been checked in yet."))
    if not rows:
        raise NothingToPrint(_("There is nobody among those you chose."))
    return rows


def event_name(event: Event) -> str:
    """An event with its batch."""
    return " ".join(part for part in (event.name, event.batch) if part)


def _programme(conn: Connection, event: Event, name: str) -> str:
    """The programme, unless the event's name says it already."""
    if not event.programme_id:
        return ""
    try:
        said = events.programme(conn, event.programme_id).name
    except LookupError:
        return ""
    return "" if said in name or name in said else said


def event_words(event: Event, *, broken: bool = False) -> str:
    """When and where an event is held.

    ``broken`` marks where the line ends if it must, for a template: before the place.
    """
    if event.date_from is None:
        when = event.date_note
    elif event.date_to is None or event.date_to == event.date_from:
        when = f"วันที่ {be_date(event.date_from)}"
    else:
        when = f"ระหว่างวันที่ {be_range(event.date_from, event.date_to)}"
    return (_BEFORE_PLACE if broken else "  ").join(part for part in (when, venue(event)) if part)


def day_words(event: Event, day: Day) -> str:
    """When and where one day of it is held, for a template.

    A day without a date is counted, and its date is written by hand: the sheet proves who came.
    """
    counted = f"วันที่ {day.no} ของกิจกรรม  ตรงกับวันที่ {BLANK_DAY}"
    when = counted if day.on is None else f"วันที่ {be_date(day.on)}"
    return _BEFORE_PLACE.join(part for part in (when, venue(event)) if part)


def venue(event: Event) -> str:
    """Where an event is held, after ณ."""
    place = event.venue.strip().removeprefix("ณ ").strip()
    return f"ณ {place}" if place else ""


def province(row: RosterRow) -> str:
    """The province somebody stands for, as it is written."""
    found = area.area(row.province) if row.province else None
    return "" if found is None else areas.spoken(found)


def thai(name: str, entry: str) -> str:
    """The Thai word of a code, whatever language the window speaks."""
    found = codelist.code(name, entry)
    return entry if found is None else found.th


def _address(code: str) -> str:
    """An area as it stands on an envelope: tambon and amphoe, then province and postcode."""
    found = area.area(code) if code else None
    if found is None:
        return ""
    below, _space, last = areas.spoken(found).rpartition(" ")
    # A tambon of several post offices: better no code than the wrong one.
    code = found.postcodes[0] if len(found.postcodes) == 1 else ""
    return "\n".join(line for line in (below, f"{last} {code}".strip()) if line)


def _phone(digits: str) -> str:
    """A telephone number in the groups people read it in."""
    if not digits.isdigit() or len(digits) not in (_MOBILE, _LANDLINE):
        return digits
    first = len(digits) - 7
    return f"{digits[:first]}-{digits[first:-4]}-{digits[-4:]}"
