# SPDX-License-Identifier: Apache-2.0
"""What the pages of households read from the store. For a thread, except the words.

Whatever hangs on a restricted case of others is left out here already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.model.assistance import Assistance
    from desktop.model.attachment import Attachment
    from desktop.model.case_file import CaseFile
    from desktop.model.consent import Standing
    from desktop.model.household import FoundHousehold, Household, Member
    from desktop.model.position import Position
    from desktop.model.record import Record
    from desktop.model.sync import Stage
    from desktop.model.visit import Assessment, Visit
    from desktop.store.case_list import CaseRow
    from desktop.store.store import Store

MOST: Final = 300
"""Households that a list shows; typing more of a name leaves fewer."""
_ALL_CASES: Final = 100_000


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household as the list shows it."""

    found: FoundHousehold
    cases: tuple[CaseRow, ...] = ()
    """The open cases that the reader may read."""
    next_due: date | None = None

    @property
    def id(self) -> str:
        return self.found.household.id


@dataclass(frozen=True, slots=True)
class Spot:
    """A household on the map."""

    household_id: str
    name: str
    where: str
    position: Position
    last_visited: str
    urgency: str
    """Of its most urgent open case, empty when there is none."""


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """What one person of the household said."""

    person_id: str
    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A photo of a visit, and whether the consent that holds now covers it."""

    file: Attachment
    visited_on: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit with the records that make it: the first, and its corrections after it."""

    visit: Visit
    records: tuple[Record, ...]
    case_no: str
    restricted: bool
    stage: Stage | None = None
    """How far it is on its way to the centre; None where no centre was joined."""


@dataclass(frozen=True, slots=True)
class Story:
    """Everything about one household."""

    household: Household
    name: str
    area_name: str
    members: tuple[Member, ...]
    gone: tuple[Member, ...]
    """Who lived there once."""
    visits: tuple[VisitLine, ...]
    assessments: tuple[Assessment, ...]
    cases: tuple[CaseRow, ...]
    aid: tuple[Assistance, ...]
    consents: tuple[ConsentLine, ...]
    photos: tuple[PhotoLine, ...]


Cases = Mapping[str, Sequence["CaseRow"]]
"""Open cases by their household."""


def read_cases(store: Store, reader: str) -> Cases:
    """The open cases of every household, the most urgent first."""
    with store.read() as conn:
        return _open_cases(conn, reader)


def read_rows(store: Store, text: str, cases: Cases) -> tuple[HouseholdRow, ...]:
    """Households by what is typed; those visited last for nothing.

    ``cases`` are those read before: a letter typed does not read them again.
    """
    from desktop.store.household import find_households

    with store.read() as conn:
        found = find_households(conn, text, MOST)
    rows = []
    for one in found:
        mine = tuple(cases.get(one.household.id, ()))
        due = min((row.next_due for row in mine if row.next_due is not None), default=None)
        rows.append(HouseholdRow(one, mine, due))
    return tuple(rows)


def read_spots(store: Store, reader: str, cases: Cases) -> tuple[Spot, ...]:
    """The households whose place is known."""
    from desktop.store.household import described
    from desktop.store.visit import points
    from desktop.ui.parts.household_words import URGENCIES, address

    with store.read() as conn:
        known = points(conn, reader)
        houses = {
            one.household.id: one for one in described(conn, [each.household_id for each in known])
        }
    order = list(URGENCIES)
    spots = []
    for each in known:
        urgencies = [row.case.urgency for row in cases.get(each.household_id, ())]
        urgencies.sort(key=lambda code: order.index(code) if code in order else len(order))
        house = houses.get(each.household_id)
        where = "" if house is None else address(house.household, house.area_name)
        spots.append(
            Spot(
                each.household_id,
                each.name,
                where,
                each.position,
                each.last_visited,
                urgencies[0] if urgencies else "",
            )
        )
    return tuple(spots)


def _open_cases(conn: Connection, reader: str) -> dict[str, list[CaseRow]]:
    from desktop.store.case_list import CaseFilter, cases

    by_house: dict[str, list[CaseRow]] = {}
    for row in cases(conn, reader, CaseFilter(limit=_ALL_CASES)):
        if row.case.household_id:
            by_house.setdefault(row.case.household_id, []).append(row)
    return by_house


def read_story(store: Store, reader: str, household_id: str, *, first: bool) -> Story | None:
    """All of one household; None when there is none. ``first``: it is opened, not shown anew.

    Opening one leaves a line in the audit log, and one for each restricted case as opening the
    case does.
    """
    from desktop.store import attachment, case_file, household, visit
    from desktop.store.case_list import CaseFilter, cases

    with store.read() as conn:
        house = household.find_household(conn, household_id)
        if house is None:
            return None
        everybody = household.members(conn, household_id, left=True)
        members = tuple(one for one in everybody if not one.left_on)
        visits = visit.history(conn, reader, household_id)
        wanted = CaseFilter(household_id=household_id, open_only=False, limit=_ALL_CASES)
        found_cases = cases(conn, reader, wanted)
        by_id = {row.case.id: row.case for row in found_cases}
        for one in visits:
            if one.case_id and one.case_id not in by_id:
                by_id[one.case_id] = case_file.case_file(conn, reader, one.case_id)
        stages = _stages(conn, visits)
        lines = tuple(
            replace(_visit_line(conn, reader, one, by_id), stage=stages.get(one.id))
            for one in visits
        )
        standings = _standings(conn, everybody, visits)
        names = {one.person_id: one.name for one in everybody if one.person_id}
        missing = [one for one in standings if one not in names]
        names |= case_file.people_names(conn, missing)
        photos: list[PhotoLine] = []
        for one in visits:
            case = by_id.get(one.case_id)
            for file in attachment.attachments(conn, one.record_id):
                photos += _photo_line(
                    file, one, standings, restricted=case is not None and case.restricted
                )
        story = Story(
            house,
            household.names(conn, [household_id]).get(household_id, ""),
            household.area_name(house.area),
            members,
            tuple(one for one in everybody if one.left_on),
            lines,
            visit.dimensions(conn, reader, household_id),
            found_cases,
            _aid(conn, reader, found_cases),
            tuple(
                ConsentLine(person_id, names.get(person_id, ""), standing)
                for person_id, standing in standings.items()
                if standing.consent is not None
            ),
            tuple(photos),
        )
    if first:
        _note_look(store, reader, story)
    return story


def _note_look(store: Store, reader: str, story: Story) -> None:
    from desktop.actions.case_file import open_case_file

    with store.write(reader) as write:
        write.audit("view", "household", story.household.id)
    for row in story.cases:
        if row.case.restricted:
            open_case_file(store, reader, row.case.id)


def _stages(conn: Connection, visits: tuple[Visit, ...]) -> dict[str, Stage]:
    from desktop.store import centre, sync_state

    if centre.joined(conn) is None:
        return {}
    return sync_state.stages(conn, "visit", (one.id for one in visits))


def _visit_line(
    conn: Connection, reader: str, one: Visit, cases: dict[str, CaseFile]
) -> VisitLine:
    from desktop.store import record

    try:
        chain = record.chain(conn, reader, one.record_id)
    except LookupError:
        # Its form is still on the way from another laptop.
        chain = ()
    case = cases.get(one.case_id)
    if case is None:
        return VisitLine(one, chain, "", restricted=False)
    return VisitLine(one, chain, case.case_no, case.restricted)


def _standings(
    conn: Connection, members: tuple[Member, ...], visits: tuple[Visit, ...]
) -> dict[str, Standing]:
    from desktop.store import consent

    ids = [one.person_id for one in members] + [one.person_id for one in visits]
    return {one: consent.standing_of(conn, one) for one in dict.fromkeys(ids) if one}


def _photo_line(
    file: Attachment, one: Visit, standings: dict[str, Standing], *, restricted: bool
) -> tuple[PhotoLine, ...]:
    from desktop.actions.visit_report import is_photo, photo_may_be_shown

    if not is_photo(file):
        return ()
    allowed = photo_may_be_shown(file.kind, standings.get(one.person_id), restricted=restricted)
    return (PhotoLine(file, one.visited_on, allowed),)


def _aid(conn: Connection, reader: str, cases: tuple[CaseRow, ...]) -> tuple[Assistance, ...]:
    from desktop.store import assistance

    found = [one for row in cases for one in assistance.assistance(conn, reader, row.case.id)]
    return tuple(sorted(found, key=lambda one: (one.on, one.id), reverse=True))
