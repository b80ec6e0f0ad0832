# SPDX-License-Identifier: Apache-2.0
"""How attendance is said on the screen: the same words, icon and colour on every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Final

from desktop.i18n import N_, _, language
from desktop.model.attendance import Presence, State
from desktop.model.event import Half, Session
from desktop.model.hall import Sighting, door_name
from desktop.store import area, codelist
from desktop.thai import dates

STATES: Final[dict[State, tuple[str, str, str]]] = {
    "expected": (N_("Not here yet"), "circle", "grey"),
    "present": (N_("Here"), "circle-check", "green"),
    "late": (N_("Late"), "clock", "amber"),
    "left_early": (N_("Left early"), "log-out", "amber"),
    "leave": (N_("On leave"), "circle-minus", "grey"),
    "absent": (N_("Absent"), "circle-x", "red"),
}
"""Word (a msgid), icon and tone of each state."""
HALVES: Final[dict[Half, str]] = {
    "am": N_("Morning"),
    "pm": N_("Afternoon"),
    "eve": N_("Evening"),
}
_FOODS: Final = {
    "halal": N_("Halal"),
    "veg": N_("Vegetarian"),
    "other": N_("Special food"),
}


def state_words(presence: Presence) -> tuple[str, str, str]:
    """(word in the language of the moment, icon, tone) of what is known of somebody."""
    word, icon, tone = STATES[presence.state]
    return _(word), icon, tone


def clock(minute: int) -> str:
    """A time of day as offices write it: 09.30."""
    return dates.clock(max(0, min(24 * 60, minute)))


def when_words(presence: Presence) -> str:
    """The minutes of a stay: "08.41", "08.41–15.10", or empty."""
    if presence.arrived is None:
        return ""
    if presence.state == "left_early" and presence.left is not None:
        return f"{clock(presence.arrived)}–{clock(presence.left)}"
    return clock(presence.arrived)


def twice_words(seen: Iterable[Sighting], doors: Mapping[str, str]) -> str:
    """Somebody whom several doors noted: "Seen twice: Door A 08.41 · Door B 08.55"."""
    return _("Seen twice: {doors}").format(doors=door_words(seen, doors))


def door_words(seen: Iterable[Sighting], doors: Mapping[str, str]) -> str:
    """At which doors somebody was noted, and when: "Door A 08.41 · Door B 08.55"."""
    return " · ".join(f"{door_name(one.device, doors)} {clock(one.minute)}" for one in seen)


def session_words(session: Session) -> str:
    """A session with its time: "บรรยาย 09.00–12.00"."""
    title = session.title or codelist.word("session_kind", session.kind)
    return f"{title} {clock(session.start)}–{clock(session.end)}"


def day_words(day_no: int, on: date | None) -> str:
    """A day of an event: its number and its date, when it has one."""
    named = _("Day {number}").format(number=day_no)
    return named if on is None else f"{named} · {date_words(on)}"


def date_words(on: date) -> str:
    """A date, in พ.ศ. in Thai."""
    return dates.english_date(on) if language() == "en" else dates.be_date(on, "short")


def province_words(code: str) -> str:
    """A province as it is said of a person: "จ.ตาก"; Bangkok without the word."""
    return _province(code[:2], language()) if code else ""


@cache
def _province(code: str, spoken: str) -> str:
    found = area.area(code)
    if found is None:
        return ""
    if spoken == "en":
        return found.name_en or found.name
    return found.name if code == "10" else f"จ.{found.name}"


def seat_words(seat: int | None) -> str:
    """A seat's number as it stands everywhere on the screen, 023; empty for none."""
    return "" if seat is None else f"{seat:03d}"


def food_words(food: str) -> str:
    """What somebody eats, when it is not the usual; a text that is no code stays as it is."""
    if food in ("", "normal"):
        return ""
    return _(_FOODS[food]) if food in _FOODS else food


def moment_words(moment: datetime) -> str:
    """A day and its hour as they are written in the language of the moment."""
    here = moment.astimezone()
    return f"{date_words(here.date())} {here:%H:%M}"
