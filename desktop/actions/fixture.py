# SPDX-License-Identifier: Apache-2.0
"""An event written down as a JSON file: the stories the program is shown and tested with.

The file has ``programme``, ``event``, ``ceremony``, ``orgs``, ``projects``, ``people``,
``enrollments``, ``sessions``, ``cert`` and ``variants``; only people or projects are a must, and
a name of the programme or the event. Nothing is taken from its ``expect``: that is for whoever
checks. ``variants`` say whom the story treats otherwise: how many counted minutes of which seat
were missed, and who came in another's place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from desktop.actions.event_draft import LONGEST
from desktop.actions.fixture_fields import (
    FixtureRefused,
    date_of,
    day_after,
    list_of,
    number_of,
    pattern_of,
    section_of,
    text_of,
    texts_of,
)
from desktop.actions.fixture_person import (
    FixtureOrganisation,
    FixturePerson,
    organisation_of,
    person_of,
)
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import Signer
from desktop.model.event import CeremonyRole, Day, Event, PassRule, Programme, Session
from desktop.store import codelist
from desktop.thai.dates import fiscal_year, parse_time

_MOST_BYTES: Final = 64 * 1024 * 1024
_FUNDAMENTAL_PERCENT: Final = 80


@dataclass(frozen=True, slots=True)
class FixtureRow:
    """One line of the roster."""

    person: FixturePerson
    organisation: FixtureOrganisation | None
    seat: int
    """As given, otherwise the place in the file."""
    area: str
    group: str
    role: str
    team: int | None
    position: str


@dataclass(frozen=True, slots=True)
class FixtureAward:
    """An organisation's project that is honoured."""

    organisation: FixtureOrganisation
    title: str
    fund: str
    order_no: int


@dataclass(frozen=True, slots=True)
class Variant:
    """What the story does with one seat."""

    seat: int
    absent_minutes: int = 0
    day_no: int | None = None
    """The day on which the minutes are missed; None: from the first day on."""
    at_the_end: bool = False
    """Whether the last minutes of the day are missed, not the first."""
    substituted: bool = False
    substitute: FixturePerson | None = None


@dataclass(frozen=True, slots=True)
class FixtureEvent:
    """A file that was understood. Ids in it are those of the file, not of any store."""

    programme: Programme | None
    event: Event
    days: tuple[Day, ...]
    ceremony: tuple[CeremonyRole, ...]
    rows: tuple[FixtureRow, ...]
    """In the order of their seats."""
    awards: tuple[FixtureAward, ...]
    variants: tuple[Variant, ...]
    signers: tuple[Signer, ...]
    """Those the file names outright; empty when the ceremony tells."""
    digits_given: bool
    seats_given: bool
    first_number: int
    number_pattern: str
    issue_date: date | None

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions, by day and start."""
        return tuple(session for day in self.days for session in day.sessions)


def read_fixture(path: Path) -> FixtureEvent:
    """Read an event from ``path``. Raises :class:`FixtureRefused` with one sentence."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FixtureRefused(_("The file is too large to be an event."))
        data = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise FixtureRefused(_("There is no file {file}.").format(file=path.name)) from None
    except OSError:
        raise FixtureRefused(_("The file {file} cannot be read.").format(file=path.name)) from None
    except (ValueError, RecursionError):
        raise FixtureRefused(
            _("The file {file} is not JSON in UTF-8.").format(file=path.name)
        ) from None
    return _Reading(section_of(data)).event()


class _Reading:
    """The reading of one file; each method reads one of its sections."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._event = self._one("event")
        self._cert = self._one("cert")
        self._orgs = {
            str(org.get("ref", "")): organisation_of(org) for org in self._many("orgs", "name")
        }

    def event(self) -> FixtureEvent:
        """Everything, put together."""
        rows, seats_given = self._rows()
        awards = tuple(self._awards())
        if not rows and not awards:
            raise FixtureRefused(_("The file names nobody: it has no people and no projects."))
        programme, event = self._programme(), self._heading(bool(awards))
        digits = self._event.get("digits", self._cert.get("digits"))
        return FixtureEvent(
            programme=programme,
            event=event,
            days=self._days(event),
            ceremony=tuple(self._ceremony()),
            rows=rows,
            awards=awards,
            variants=tuple(self._variants()),
            signers=tuple(
                Signer(text_of(one, "name"), text_of(one, "position"))
                for one in list_of(self._cert, "signers")
            ),
            digits_given=digits in ("thai", "arabic"),
            seats_given=seats_given,
            first_number=number_of(self._cert, "first", 1) or 1,
            number_pattern=pattern_of(text_of(self._cert, "number_format") or "{n}/{be}"),
            issue_date=date_of(self._cert, "issue_date"),
        )

    def _one(self, name: str) -> Mapping[str, Any]:
        value = self._data.get(name)
        return value if isinstance(value, dict) else {}

    def _many(self, name: str, must: str = "") -> Iterator[Mapping[str, Any]]:
        for number, item in enumerate(list_of(self._data, name), 1):
            if must and not text_of(item, must):
                raise FixtureRefused(
                    _("Item {number} of {section} has no {field}.").format(
                        number=number, section=name, field=must
                    )
                )
            yield item

    def _programme(self) -> Programme | None:
        programme = self._one("programme")
        name = text_of(programme, "name")
        if not name:
            return None
        begins = date_of(self._event, "from")
        year = number_of(programme, "fiscal_year_be", 0) or (fiscal_year(begins) if begins else 0)
        fund = text_of(programme, "fund")
        return Programme("programme", name, year, number_of(programme, "year_no", None), fund)

    def _heading(self, honours: bool) -> Event:
        given = self._event
        name = text_of(given, "name") or text_of(self._one("programme"), "name")
        if not name:
            raise FixtureRefused(_("The file names neither an event nor a programme."))
        kind = text_of(given, "kind") or "training"
        begins, ends = date_of(given, "from"), date_of(given, "to")
        begins, ends = begins or ends, ends or begins
        if begins and ends and ends < begins:
            raise FixtureRefused(_("The event ends before it begins."))
        if begins and ends and (ends - begins).days > LONGEST:
            raise FixtureRefused(
                _("An event is at most {days} days long. Make several events of it.").format(
                    days=LONGEST
                )
            )
        taught = "completion" if kind in ("training", "workshop") else "participation"
        rule = given.get("rule")
        percent = 0 if kind == "ceremony" else _FUNDAMENTAL_PERCENT
        if isinstance(rule, dict):
            percent = number_of(rule, "percent", percent) or 0
        areas = [text_of(area, "code") for area in self._many("areas")]
        area = text_of(given, "area")
        enrolled = len(list_of(self._data, "enrollments"))
        return Event(
            id="event",
            code="000000",
            name=name,
            kind=kind,
            programme_id="programme" if self._one("programme") else None,
            batch=text_of(given, "batch"),
            date_from=begins,
            date_to=ends,
            date_note=text_of(given, "date_note"),
            venue=text_of(given, "venue"),
            venue_area=text_of(given, "venue_province") or area,
            hosts=texts_of(given, "hosts"),
            areas=tuple(code for code in areas if code) or ((area,) if area else ()),
            target=enrolled or None,
            rule=PassRule("minutes", max(0, min(100, percent))),
            digits="thai" if given.get("digits", self._cert.get("digits")) == "thai" else "arabic",
            certificate_kind=text_of(self._cert, "kind") or ("project" if honours else taught),
        )

    def _days(self, event: Event) -> tuple[Day, ...]:
        counts = {code.code: bool(code.extra.get("counts")) for code in _codes("session_kind")}
        by_day: dict[int, list[Session]] = {}
        for number, item in enumerate(self._many("sessions"), 1):
            day_no = number_of(item, "day", 0) or 0
            try:
                start, end = (parse_time(text_of(item, edge)) for edge in ("start", "end"))
            except Problem:
                start = end = 0
            if not (1 <= day_no <= 60 and 0 <= start < end):  # as many days as an event may have
                raise FixtureRefused(
                    _("Session {number} has no day, start and end that fit together.").format(
                        number=number
                    )
                )
            kind = text_of(item, "kind") or "lecture"
            counted = item.get("counts", counts.get(kind, True))
            on = day_after(event.date_from, day_no)
            by_day.setdefault(day_no, []).append(
                Session(
                    f"session{number}",
                    event.id,
                    day_no,
                    on,
                    start,
                    end,
                    kind,
                    text_of(item, "title"),
                    counts=bool(counted),
                    mandatory=bool(item.get("mandatory")),
                )
            )
        length = (event.date_to - event.date_from).days + 1 if event.has_dates else 0  # type: ignore[operator]
        return tuple(
            Day(
                f"day{no}",
                event.id,
                no,
                day_after(event.date_from, no),
                tuple(sorted(by_day.get(no, ()), key=lambda one: (one.start, one.id))),
            )
            for no in range(1, max([length, *by_day, 1]) + 1)
        )

    def _ceremony(self) -> Iterator[CeremonyRole]:
        for number, item in enumerate(self._many("ceremony", "name"), 1):
            yield CeremonyRole(
                f"role{number}",
                "event",
                text_of(item, "role"),
                text_of(item, "name"),
                text_of(item, "position"),
                text_of(item, "at"),
                bool(item.get("signs")),
            )

    def _rows(self) -> tuple[tuple[FixtureRow, ...], bool]:
        people = {}
        for number, item in enumerate(self._many("people"), 1):
            people[text_of(item, "ref") or f"#{number}"] = person_of(item, number)
        listed = list(self._many("enrollments")) or [{"person": ref} for ref in people]
        rows: list[FixtureRow] = []
        given = [number_of(item, "seat", None) for item in listed]
        for number, item in enumerate(listed, 1):
            person = people.get(text_of(item, "person"))
            if person is None:
                raise FixtureRefused(
                    _("Line {number} of the roster names a person who is not in the file.").format(
                        number=number
                    )
                )
            organisation = self._orgs.get(text_of(item, "org"))
            area = text_of(item, "area") or text_of(item, "province")
            rows.append(
                FixtureRow(
                    person,
                    organisation,
                    given[number - 1] or number,
                    area or (organisation.area if organisation else ""),
                    text_of(item, "group"),
                    text_of(item, "role") or "trainee",
                    number_of(item, "team", None),
                    text_of(item, "position"),
                )
            )
        if any(row.seat < 1 for row in rows):
            raise FixtureRefused(_("Seat numbers begin with 1."))
        if len({row.seat for row in rows}) != len(rows):
            raise FixtureRefused(_("Two people of the roster have the same seat number."))
        return tuple(sorted(rows, key=lambda row: row.seat)), bool(given) and None not in given

    def _awards(self) -> Iterator[FixtureAward]:
        for number, item in enumerate(self._many("projects", "title"), 1):
            organisation = self._orgs.get(text_of(item, "org"))
            if organisation is None:
                raise FixtureRefused(
                    _(
                        "Project {number} belongs to an organisation that is not in the file."
                    ).format(number=number)
                )
            fund = text_of(item, "fund")
            yield FixtureAward(organisation, text_of(item, "title"), fund, number)

    def _variants(self) -> Iterator[Variant]:
        for item in self._many("variants"):
            why = text_of(item, "why")
            named = re.search(r"day (\d{1,2})", why)
            who = item.get("person")
            yield Variant(
                seat=number_of(item, "seat", 0) or 0,
                absent_minutes=max(0, number_of(item, "absent_minutes", 0) or 0),
                day_no=int(named.group(1)) if named else None,
                at_the_end="early" in why,
                substituted=bool(item.get("substitute")),
                substitute=person_of(who, 1) if isinstance(who, dict) else None,
            )


def _codes(name: str) -> tuple[Any, ...]:
    return codelist.codes(name)


__all__ = [
    "FixtureAward",
    "FixtureEvent",
    "FixtureOrganisation",
    "FixturePerson",
    "FixtureRefused",
    "FixtureRow",
    "Variant",
    "read_fixture",
]
