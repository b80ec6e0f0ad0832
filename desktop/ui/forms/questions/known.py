# SPDX-License-Identifier: Apache-2.0
"""What the office knows: tambon, organisations, events, cases, places on a roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import _, language
from desktop.ui.forms.questions.find import LIMIT, FindQuestion, Offers
from desktop.ui.hand import when
from desktop.ui.widgets.area_pick import named

if TYPE_CHECKING:
    from desktop.model.area import Area
    from desktop.model.event import Event
    from desktop.model.roster import RosterRow
    from desktop.store.store import Store


class AreaQuestion(FindQuestion):
    """``th-area``: a tambon; the answer is its code of six digits."""

    def _ask(self, text: str) -> None:
        # The areas are a small file of their own, answered between two keys.
        self.offer(self._areas(text.strip()) if text.strip() else ())

    def _areas(self, text: str) -> Offers:
        from desktop.store.area import search_areas

        return [(one.code, _called(one)) for one in search_areas(text, "tambon", LIMIT)]

    def fitting(self, store: Store, text: str) -> Offers:
        return self._areas(text)

    def word_of(self, store: Store, value: str) -> str:
        return _area_word(value)

    def show_value(self, value: str) -> None:
        if value and value not in self._words:
            self._words[value] = _area_word(value) or value
        super().show_value(value)
        self._tell_successor(value)

    def _tell_successor(self, value: str) -> None:
        from desktop.store.area import area

        found = area(value) if value else None
        new = area(found.successor) if found is not None and found.successor else None
        if new is not None:
            self.say(_("This tambon is now part of {name}.").format(name=_called(new)))
        elif value:
            self.say()

    def show_texts(self) -> None:
        super().show_texts()
        # The words of an area are those of the language.
        if self._words:
            self._words.clear()
            self.show_value(self.node.value)

    def placeholder(self) -> str:
        return _("e.g. dan mae lamao, or tambon and amphoe")


def _area_word(code: str) -> str:
    from desktop.store.area import area

    found = area(code)
    return "" if found is None else _called(found)


def _called(place: Area) -> str:
    """The tambon with its amphoe and province: 795 names of tambon are there more than once."""
    from desktop.store.area import area

    above = area(place.code[:4]) if language() == "en" and place.level == "tambon" else None
    if above is None or not place.name_en:
        return named(place)
    return ", ".join((place.name_en, above.name_en, place.province_en))


class OrganisationQuestion(FindQuestion):
    """``th-org``: an organisation; the answer is its name, and may be one not known yet."""

    free = True
    types = True

    def fitting(self, store: Store, text: str) -> Offers:
        from desktop.store import organisation

        with store.read() as conn:
            found = organisation.search(conn, text, LIMIT)
        return [(one.name, one.name) for one in found]

    def word_of(self, store: Store, value: str) -> str:
        return value


class EventQuestion(FindQuestion):
    """``th-event``: an event; the answer is its id. The events of late are offered first."""

    def fitting(self, store: Store, text: str) -> Offers:
        from desktop.store import event
        from desktop.thai.search_key import search_key

        wanted = [search_key(word) for word in text.split()]
        with store.read() as conn:
            rows = event.events(conn)
        found: list[tuple[str, str]] = []
        for row in rows:
            key = search_key(f"{row.event.name} {row.event.batch} {row.programme_name}")
            if all(word in key for word in wanted):
                found.append((row.event.id, _event_word(row.event)))
        return found[:LIMIT]

    def word_of(self, store: Store, value: str) -> str:
        from desktop.store import event

        with store.read() as conn:
            try:
                return _event_word(event.event(conn, value))
            except LookupError:
                return _("An event that is not on this computer")


def _event_word(event: Event) -> str:
    name = f"{event.name} {event.batch}".strip()
    day = when(event)
    return f"{name} · {day}" if day else name


class CaseQuestion(FindQuestion):
    """``th-case``: a case one may read; the answer is its number."""

    def fitting(self, store: Store, text: str) -> Offers:
        from desktop.store.case_list import CaseFilter, cases

        with store.read() as conn:
            rows = cases(conn, self.view.desk.by, CaseFilter(text=text, limit=LIMIT))
        return [(row.case.case_no, _case_word(row.case.case_no, row.name)) for row in rows]

    def word_of(self, store: Store, value: str) -> str:
        from desktop.store import case_file

        with store.read() as conn:
            found = case_file.find_case(conn, self.view.desk.by, value)
            if found is None:
                return value
            names = case_file.people_names(conn, [found.person_id] if found.person_id else [])
        return _case_word(found.case_no, names.get(found.person_id, ""))

    def placeholder(self) -> str:
        return _("Number of the case, or a part of the name")


def _case_word(number: str, name: str) -> str:
    return f"{number} · {name}" if name else number


class EnrolleeQuestion(FindQuestion):
    """``th-enrollee``: a place on the roster of the event; the answer is its id."""

    def fitting(self, store: Store, text: str) -> Offers:
        from desktop.model.roster import RosterRow
        from desktop.store import roster

        if not self.view.event_id:
            return ()
        with store.read() as conn:
            found = roster.search(conn, text, event_id=self.view.event_id, limit=LIMIT)
        return [
            (one.enrolment_id, _enrollee_word(one)) for one in found if isinstance(one, RosterRow)
        ]

    def word_of(self, store: Store, value: str) -> str:
        from desktop.store import roster

        with store.read() as conn:
            found = roster.rows(conn, [value]).get(value)
        return _("Not on this roster any more") if found is None else _enrollee_word(found)

    def trouble(self) -> str:
        if not self.view.event_id and self.line.text().strip():
            return _("Take an event in hand first: people are found on its roster.")
        return super().trouble()

    def placeholder(self) -> str:
        return _("A part of the name, the seat, or the last four digits")


def _enrollee_word(row: RosterRow) -> str:
    seat = _("seat {number}").format(number=row.seat) if row.seat is not None else ""
    return " · ".join(part for part in (row.name, seat, row.organisation) if part)
