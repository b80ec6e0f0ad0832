# SPDX-License-Identifier: Apache-2.0
"""How cases, their days and their moments are called on the screen: word, icon and tone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from desktop.actions.case_words import alert_step_word, standing_word
from desktop.i18n import _, language, ngettext
from desktop.model.area import spoken
from desktop.store import area, codelist
from desktop.thai import dates

if TYPE_CHECKING:
    from desktop.model.alert import AlertLine, AlertStep
    from desktop.model.case_file import CaseFile

State = tuple[str, str, str]
"""Word, icon and tone of a badge."""

URGENCIES: Final = {
    "critical": ("siren", "red"),
    "urgent": ("triangle-alert", "amber"),
    "normal": ("circle", "accent"),
}
"""Icon and tone of each urgency, the most urgent first."""
STANDINGS: Final = {
    "draft": ("pencil", "grey"),
    "sent": ("send", "accent"),
    "overdue": ("triangle-alert", "red"),
    "acknowledged": ("check", "green"),
    "answered": ("circle-check", "green"),
}
AID_STATES: Final = {
    "wanted": ("circle", "amber"),
    "promised": ("clock", "accent"),
    "given": ("circle-check", "green"),
}
DIMENSIONS: Final = (
    "violence", "income", "health", "housing", "education", "state", "family", "other",
)  # fmt: skip
"""In the order problems are asked: what cannot wait comes first."""


def day_words(day: date | None, style: str = "short") -> str:
    """A day as it is written in the language of the moment; empty for none."""
    if day is None:
        return ""
    if language() != "en":
        return dates.be_date(day, style)
    month = dates.ENGLISH_MONTHS[day.month - 1]
    return f"{day.day} {month if style == 'long' else month[:3]} {day.year}"


def clock_words(at: datetime) -> str:
    """The time of day where the computer is."""
    return dates.clock(at.hour * 60 + at.minute)


def moment_words(at: datetime, now: datetime) -> str:
    """A moment: today by the hour alone."""
    here = at.astimezone(now.tzinfo)
    if here.date() == now.date():
        return _("today {time}").format(time=clock_words(here))
    return f"{day_words(here.date())} {clock_words(here)}"


def span_words(span: timedelta | None) -> str:
    """How long something took; empty when it has not happened."""
    if span is None:
        return ""
    minutes = max(0, round(span.total_seconds() / 60))
    if not minutes:
        return _("less than a minute")
    if minutes < 120:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    days = round(hours / 24)
    return ngettext("{count} day", "{count} days", days).format(count=days)


def place_words(code: str) -> str:
    """A tambon with its amphoe and province."""
    found = area.area(code) if code else None
    if found is None:
        return ""
    if language() == "en" and found.name_en:
        return f"{found.name_en}, {found.province_en}"
    return spoken(found)


def tambon_word(code: str) -> str:
    """A tambon by its own name, for a narrow column."""
    found = area.area(code) if code else None
    if found is None:
        return ""
    return (found.name_en or found.name) if language() == "en" else found.name


def urgency_state(urgency: str) -> State:
    """How urgent."""
    icon, tone = URGENCIES.get(urgency, ("circle", "grey"))
    return codelist.word("urgency", urgency), icon, tone


def standing_state(standing: str) -> State:
    """How a letter stands."""
    icon, tone = STANDINGS.get(standing, ("circle", "grey"))
    return standing_word(standing), icon, tone


def due_state(due: date, today: date) -> State:
    """When a follow-up is due: red with the days it is late."""
    days = (due - today).days
    if days < 0:
        words = ngettext("{count} day late", "{count} days late", -days).format(count=-days)
        return words, "triangle-alert", "red"
    if not days:
        return _("today"), "clock", "amber"
    if days == 1:
        return _("tomorrow"), "calendar", "accent"
    return day_words(due), "calendar", "grey"


def status_state(case: CaseFile) -> State:
    """How far a case has come."""
    word = codelist.word("case_status", case.status)
    if not case.is_open:
        return word, "circle-check", "grey"
    return word, "circle", "accent"


def alert_state(line: AlertLine) -> State:
    """Whether an alert is still open; red while nobody has noted the call to 1300."""
    if not line.is_open:
        return _("Closed"), "circle-check", "grey"
    if line.wants_1300:
        return _("1300 not called"), "phone-call", "red"
    if line.response.arrived is not None:
        return alert_step_word("arrived"), "user-check", "amber"
    return _("Still open"), "siren", "red"


def problem_words(problems: Iterable[str], main: str = "") -> str:
    """Problems in the order of the list, the main one first."""
    return ", ".join(codelist.word("problem", one) for one in in_order("problem", problems, main))


def in_order(name: str, entries: Iterable[str], first: str = "") -> tuple[str, ...]:
    """Codes in the order of their list, ``first`` before all."""
    order = {one.code: place for place, one in enumerate(codelist.codes(name))}
    return tuple(sorted(entries, key=lambda one: (one != first, order.get(one, len(order)), one)))


def dimension_word(dimension: str) -> str:
    """The heading under which problems stand."""
    return {
        "violence": _("Violence and child protection"),
        "income": _("Income and work"),
        "health": _("Health"),
        "housing": _("Housing"),
        "education": _("Education"),
        "state": _("Status and access to services"),
        "family": _("Family"),
    }.get(dimension, _("Other"))


def by_dimension(problems: Collection[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(dimension, problems) in the order they are asked; only those with any."""
    groups: dict[str, list[str]] = {}
    for one in in_order("problem", problems):
        found = codelist.code("problem", one)
        dimension = str(found.extra.get("dim", "other")) if found is not None else "other"
        groups.setdefault(dimension, []).append(one)
    known = [*DIMENSIONS, *(one for one in groups if one not in DIMENSIONS)]
    return tuple((one, tuple(groups[one])) for one in known if one in groups)


def whom_words(step: AlertStep) -> str:
    """Who was told: an agency by its word, a person by her name."""
    if step.kind == "told_agency":
        return codelist.word("org_type", step.whom)
    return step.whom


def baht(satang: int) -> str:
    """Money in baht."""
    said = f"{satang // 100:,}" if satang % 100 == 0 else f"{satang / 100:,.2f}"
    return _("{amount} baht").format(amount=said)
