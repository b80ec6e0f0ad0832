# SPDX-License-Identifier: Apache-2.0
"""What the page of volunteers reads from the store. For a thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.i18n import language
from desktop.model.summary import ActivityTotals, RoleTotal, Span

if TYPE_CHECKING:
    from datetime import date

    from desktop.model.activity import Activity
    from desktop.model.attachment import Attachment
    from desktop.model.event import Event
    from desktop.model.mentorship import Pair
    from desktop.store.store import Store

NO_TOTALS: Final = ActivityTotals(0, 0, 0, 0, 0, ())
OFFERS: Final = 8
"""People offered at a time: who is not among them is found by one more letter."""


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity as the list shows it."""

    activity: Activity
    where: str
    event: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """A mentor and one of hers, as the list shows them."""

    pair: Pair
    event: str


@dataclass(frozen=True, slots=True)
class Volunteers:
    """Everything the page shows of an event, or of all."""

    event: Event | None = None
    rows: tuple[ActivityRow, ...] = ()
    totals: ActivityTotals = NO_TOTALS
    pairs: tuple[PairRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityStory:
    """One activity with what its form says besides."""

    row: ActivityRow
    mentor: str = ""
    juniors: tuple[str, ...] = ()
    record_id: str = ""
    """Of the newest record of it; empty when it was not entered by a form."""
    photos: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who may be chosen, by what was typed."""

    person_id: str
    name: str


def read_volunteers(store: Store, event_id: str) -> Volunteers:
    """Activities with their totals, and pairs, of an event; of all when ``event_id`` is empty."""
    from desktop.store import activity, event, mentorship, summary

    with store.read() as conn:
        names = {row.event.id: row.event for row in event.events(conn)}
        held = names.get(event_id)
        if event_id and held is None:
            return Volunteers()
        found = activity.activities(conn, event_id=event_id)
        totals = summary.activities(conn, Span(event_id=event_id))
        pairs = mentorship.pairs(conn, event_id=event_id)
    called = {one: _event_words(each) for one, each in names.items()}
    return Volunteers(
        held,
        tuple(_row(one, called) for one in found),
        totals,
        tuple(
            PairRow(one, called.get(one.mentorship.event_id, ""))
            for one in sorted(pairs, key=_order)
        ),
    )


def read_activity(store: Store, reader: str, activity_id: str) -> ActivityStory | None:
    """One activity; None when there is none with this id. It opens the form: slow."""
    from desktop.actions.form_words import open_words
    from desktop.model.record import Core
    from desktop.model.visit import read_people
    from desktop.store import activity, event, record

    with store.read() as conn:
        try:
            one = activity.activity(conn, activity_id)
        except LookupError:
            return None
        called = {row.event.id: _event_words(row.event) for row in event.events(conn)}
        records = record.records_of(conn, reader, "activity", activity_id)
        newest = next((each for each in records if not each.amended_by), None)
        files = () if newest is None else record.attachments(conn, reader, newest.id)
    row = _row(one, called)
    if newest is None:
        return ActivityStory(row)
    try:
        core = open_words(store, newest).core
    except LookupError:
        # Filled on another laptop with a version of the form that this one does not have.
        core = Core()
    mentors = read_people(core.text("activity.mentor"))
    return ActivityStory(
        row,
        ", ".join(each.name for each in mentors),
        tuple(each.name for each in read_people(core.text("activity.juniors"))),
        newest.id,
        tuple(file for file in files if file.mime.startswith("image/")),
    )


def find_people(store: Store, text: str, event_id: str) -> list[tuple[Offer, str]]:
    """Whom ``text`` may mean: those on the roster of the event first, then everybody known."""
    from desktop.model.roster import RosterRow
    from desktop.store import codelist, roster

    found: dict[str, tuple[Offer, str]] = {}
    with store.read() as conn:
        here = roster.search(conn, text, event_id=event_id, limit=OFFERS) if event_id else ()
        for line in (*here, *roster.search(conn, text, event_id=None, limit=OFFERS)):
            group = ""
            if isinstance(line, RosterRow) and line.group:
                group = codelist.word("person_group", line.group)
            words = " · ".join(part for part in (line.name, group, line.organisation) if part)
            found.setdefault(line.person_id, (Offer(line.person_id, line.name), words))
    return _told_apart(list(found.values())[:OFFERS])


def _told_apart(offers: list[tuple[Offer, str]]) -> list[tuple[Offer, str]]:
    """The offers with a number behind words that come twice: each must be one's own."""
    seen: dict[str, int] = {}
    told = []
    for offer, words in offers:
        seen[words] = seen.get(words, 0) + 1
        told.append((offer, words if seen[words] == 1 else f"{words} ({seen[words]})"))
    return told


def day_words(day: date) -> str:
    """A day in the language of the moment."""
    from desktop.thai import dates

    return dates.english_date(day) if language() == "en" else dates.be_date(day, "short")


def roles_of(totals: ActivityTotals) -> tuple[RoleTotal, ...]:
    """The four roles, also before anything was counted."""
    from desktop.store import codelist

    return totals.roles or tuple(RoleTotal(role.code, 0, 0) for role in codelist.codes("noi_role"))


def role_numbers(roles: frozenset[str]) -> tuple[int, ...]:
    """The numbers 1 to 4 by which volunteers call the roles."""
    from desktop.store import codelist

    every = enumerate(codelist.codes("noi_role"), 1)
    return tuple(number for number, role in every if role.code in roles)


def _row(one: Activity, called: Mapping[str, str]) -> ActivityRow:
    from desktop.model.area import spoken
    from desktop.store import area

    found = area.area(one.area) if one.area else None
    where = " · ".join(part for part in (one.place, spoken(found) if found else "") if part)
    return ActivityRow(one, where, called.get(one.event_id, ""))


def _order(pair: Pair) -> tuple[str, str, str]:
    """Mentor by mentor in dictionary order, hers in theirs."""
    from desktop.thai.sort_key import sort_key

    return sort_key(pair.mentor), pair.mentorship.mentor_id, sort_key(pair.junior)


def _event_words(event: Event) -> str:
    return " · ".join(part for part in (event.name, event.batch) if part)
