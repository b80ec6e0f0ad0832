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

from desktop.errors import Problem, Refused
from desktop.i18n import _
from desktop.model.certificate import Signer
from desktop.model.event import CeremonyRole, Day, Event, PassRule, Programme, Session
from desktop.store import codelist
from desktop.thai.dates import fiscal_year, parse_date, parse_time
from desktop.thai.names import full_name, split_name
from desktop.thai.normalise import normalise, normalise_name
from desktop.thai.titles import TITLE_OF_CODE

_MOST_BYTES: Final = 64 * 1024 * 1024
_FUNDAMENTAL_PERCENT: Final = 80


class FixtureRefused(Refused):
    """The file does not describe an event."""


@dataclass(frozen=True, slots=True)
class FixturePerson:
    """A person as the file describes her."""

    title: str
    title_code: str
    first: str
    middle: str
    last: str
    sex: str
    identifier_kind: str
    identifier: str
    none_reason: str
    phone: str
    born: date | None
    birth_year: int | None

    @property
    def name(self) -> str:
        """The full name as it is printed."""
        return full_name(self.title, self.first, self.middle, self.last)


@dataclass(frozen=True, slots=True)
class FixtureOrganisation:
    """An agency or an association."""

    name: str
    kind: str
    area: str


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
    return _Reading(_section(data)).event()


def _section(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise FixtureRefused(_("The file does not describe an event."))
    return value


class _Reading:
    """The reading of one file; each method reads one of its sections."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._event = self._one("event")
        self._cert = self._one("cert")
        self._orgs = {
            str(org.get("ref", "")): _organisation(org) for org in self._many("orgs", "name")
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
                Signer(_text(one, "name"), _text(one, "position"))
                for one in _list(self._cert, "signers")
            ),
            digits_given=digits in ("thai", "arabic"),
            seats_given=seats_given,
            first_number=_whole(self._cert, "first", 1) or 1,
            number_pattern=_pattern(_text(self._cert, "number_format") or "{n}/{be}"),
            issue_date=_date(self._cert, "issue_date"),
        )

    def _one(self, name: str) -> Mapping[str, Any]:
        value = self._data.get(name)
        return value if isinstance(value, dict) else {}

    def _many(self, name: str, must: str = "") -> Iterator[Mapping[str, Any]]:
        for number, item in enumerate(_list(self._data, name), 1):
            if must and not _text(item, must):
                raise FixtureRefused(
                    _("Item {number} of {section} has no {field}.").format(
                        number=number, section=name, field=must
                    )
                )
            yield item

    def _programme(self) -> Programme | None:
        programme = self._one("programme")
        name = _text(programme, "name")
        if not name:
            return None
        begins = _date(self._event, "from")
        year = _whole(programme, "fiscal_year_be", 0) or (fiscal_year(begins) if begins else 0)
        fund = _text(programme, "fund")
        return Programme("programme", name, year, _whole(programme, "year_no", None), fund)

    def _heading(self, honours: bool) -> Event:
        given = self._event
        name = _text(given, "name") or _text(self._one("programme"), "name")
        if not name:
            raise FixtureRefused(_("The file names neither an event nor a programme."))
        kind = _text(given, "kind") or "training"
        begins, ends = _date(given, "from"), _date(given, "to")
        begins, ends = begins or ends, ends or begins
        if begins and ends and ends < begins:
            raise FixtureRefused(_("The event ends before it begins."))
        taught = "completion" if kind in ("training", "workshop") else "participation"
        rule = given.get("rule")
        percent = 0 if kind == "ceremony" else _FUNDAMENTAL_PERCENT
        if isinstance(rule, dict):
            percent = _whole(rule, "percent", percent) or 0
        areas = [_text(area, "code") for area in self._many("areas")]
        area = _text(given, "area")
        enrolled = len(_list(self._data, "enrollments"))
        return Event(
            id="event",
            code="000000",
            name=name,
            kind=kind,
            programme_id="programme" if self._one("programme") else None,
            batch=_text(given, "batch"),
            date_from=begins,
            date_to=ends,
            date_note=_text(given, "date_note"),
            venue=_text(given, "venue"),
            venue_area=_text(given, "venue_province") or area,
            hosts=tuple(str(host) for host in given.get("hosts") or () if host),
            areas=tuple(code for code in areas if code) or ((area,) if area else ()),
            target=enrolled or None,
            rule=PassRule("minutes", max(0, min(100, percent))),
            digits="thai" if given.get("digits", self._cert.get("digits")) == "thai" else "arabic",
            certificate_kind=_text(self._cert, "kind") or ("project" if honours else taught),
        )

    def _days(self, event: Event) -> tuple[Day, ...]:
        counts = {code.code: bool(code.extra.get("counts")) for code in _codes("session_kind")}
        by_day: dict[int, list[Session]] = {}
        for number, item in enumerate(self._many("sessions"), 1):
            day_no = _whole(item, "day", 0) or 0
            try:
                start, end = (parse_time(_text(item, edge)) for edge in ("start", "end"))
            except Problem:
                start = end = 0
            if not (1 <= day_no <= 60 and 0 <= start < end):  # as many days as an event may have
                raise FixtureRefused(
                    _("Session {number} has no day, start and end that fit together.").format(
                        number=number
                    )
                )
            kind = _text(item, "kind") or "lecture"
            counted = item.get("counts", counts.get(kind, True))
            on = _day_after(event.date_from, day_no)
            by_day.setdefault(day_no, []).append(
                Session(
                    f"session{number}",
                    event.id,
                    day_no,
                    on,
                    start,
                    end,
                    kind,
                    _text(item, "title"),
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
                _day_after(event.date_from, no),
                tuple(sorted(by_day.get(no, ()), key=lambda one: (one.start, one.id))),
            )
            for no in range(1, max([length, *by_day, 1]) + 1)
        )

    def _ceremony(self) -> Iterator[CeremonyRole]:
        for number, item in enumerate(self._many("ceremony", "name"), 1):
            yield CeremonyRole(
                f"role{number}",
                "event",
                _text(item, "role"),
                _text(item, "name"),
                _text(item, "position"),
                _text(item, "at"),
                bool(item.get("signs")),
            )

    def _rows(self) -> tuple[tuple[FixtureRow, ...], bool]:
        people = {}
        for number, item in enumerate(self._many("people"), 1):
            people[_text(item, "ref") or f"#{number}"] = _person(item, number)
        listed = list(self._many("enrollments")) or [{"person": ref} for ref in people]
        rows: list[FixtureRow] = []
        given = [_whole(item, "seat", None) for item in listed]
        for number, item in enumerate(listed, 1):
            person = people.get(_text(item, "person"))
            if person is None:
                raise FixtureRefused(
                    _("Line {number} of the roster names a person who is not in the file.").format(
                        number=number
                    )
                )
            organisation = self._orgs.get(_text(item, "org"))
            area = _text(item, "area") or _text(item, "province")
            rows.append(
                FixtureRow(
                    person,
                    organisation,
                    given[number - 1] or number,
                    area or (organisation.area if organisation else ""),
                    _text(item, "group"),
                    _text(item, "role") or "trainee",
                    _whole(item, "team", None),
                    _text(item, "position"),
                )
            )
        if len({row.seat for row in rows}) != len(rows):
            raise FixtureRefused(_("Two people of the roster have the same seat number."))
        return tuple(sorted(rows, key=lambda row: row.seat)), bool(given) and None not in given

    def _awards(self) -> Iterator[FixtureAward]:
        for number, item in enumerate(self._many("projects", "title"), 1):
            organisation = self._orgs.get(_text(item, "org"))
            if organisation is None:
                raise FixtureRefused(
                    _(
                        "Project {number} belongs to an organisation that is not in the file."
                    ).format(number=number)
                )
            fund = _text(item, "fund")
            yield FixtureAward(organisation, _text(item, "title"), fund, number)

    def _variants(self) -> Iterator[Variant]:
        for item in self._many("variants"):
            why = _text(item, "why")
            named = re.search(r"day (\d{1,2})", why)
            who = item.get("person")
            yield Variant(
                seat=_whole(item, "seat", 0) or 0,
                absent_minutes=max(0, _whole(item, "absent_minutes", 0) or 0),
                day_no=int(named.group(1)) if named else None,
                at_the_end="early" in why,
                substituted=bool(item.get("substitute")),
                substitute=_person(who, 1) if isinstance(who, dict) else None,
            )


def _codes(name: str) -> tuple[Any, ...]:
    return codelist.codes(name)


def _list(section: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = section.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise FixtureRefused(_("The section {section} is not a list.").format(section=name))
    return value


def _text(section: Mapping[str, Any], name: str) -> str:
    value = section.get(name)
    return normalise(str(value)) if isinstance(value, str | int) else ""


def _whole(section: Mapping[str, Any], name: str, otherwise: int | None) -> int | None:
    value = section.get(name)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return otherwise
    try:
        return int(value)
    except ValueError:
        return otherwise


def _pattern(text: str) -> str:
    """A number pattern, tried out: a field it does not know is refused here, not on page 80."""
    try:
        text.format(n=1, be=2562)
    except (KeyError, IndexError, ValueError, AttributeError):
        raise FixtureRefused(
            _("The number format {format} may only hold {{n}} and {{be}}.").format(format=text)
        ) from None
    return text


def _date(section: Mapping[str, Any], name: str) -> date | None:
    text = _text(section, name)
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    try:
        return parse_date(text)
    except Problem:
        raise FixtureRefused(
            _("The date {text} of the event cannot be read.").format(text=text)
        ) from None


def _day_after(first: date | None, day_no: int) -> date | None:
    return date.fromordinal(first.toordinal() + day_no - 1) if first else None


def _organisation(item: Mapping[str, Any]) -> FixtureOrganisation:
    area = _text(item, "area") or _text(item, "province")
    return FixtureOrganisation(_text(item, "name"), _text(item, "type") or "other", area)


def _person(item: Mapping[str, Any], number: int) -> FixturePerson:
    code = _text(item, "title")
    title = TITLE_OF_CODE.get(code)
    first, last = (normalise_name(_text(item, name)) for name in ("first_name", "last_name"))
    middle = normalise_name(_text(item, "middle_name"))
    spelt = title.th if title else _text(item, "title_text") or code
    if code in ("none", "other"):
        spelt = _text(item, "title_text")
    if not first:
        whole = split_name(_text(item, "name"))
        first, middle, last = whole.first, whole.middle, whole.last
        spelt, code = spelt or whole.title, code or whole.title_code
    if not first:
        raise FixtureRefused(_("Person {number} of the file has no name.").format(number=number))
    identifier = item.get("identifier")
    identity = identifier if isinstance(identifier, dict) else {}
    birth = item.get("dob")
    dob = birth if isinstance(birth, dict) else {"iso": birth}
    full = _text(dob, "precision") in ("", "full")
    return FixturePerson(
        title=spelt,
        title_code=code if title else ("other" if spelt else "none"),
        first=first,
        middle=middle,
        last="" if last == "-" else last,
        sex=_text(item, "sex"),
        identifier_kind=_text(identity, "kind"),
        identifier=_text(identity, "value"),
        none_reason=_text(identity, "reason"),
        phone=_text(item, "phone"),
        born=_date(dob, "iso") if full else None,
        birth_year=_whole(dob, "be", None),
    )


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
