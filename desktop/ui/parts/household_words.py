# SPDX-License-Identifier: Apache-2.0
"""How households, their visits and their cases are called on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop.i18n import _, language, ngettext
from desktop.store import codelist
from desktop.thai import dates

if TYPE_CHECKING:
    from desktop.model.household import Household, Member
    from desktop.store.case_list import CaseRow

URGENCIES: Final = {
    "critical": ("siren", "red"),
    "urgent": ("triangle-alert", "amber"),
    "normal": ("circle", "accent"),
}
"""Icon and tone of each urgency, the most urgent first."""
DIMENSION_STATES: Final = {
    "help": ("triangle-alert", "red"),
    "watch": ("eye", "amber"),
    "ok": ("circle-check", "green"),
    "na": ("minus", "grey"),
}
"""Icon and tone of what a dimension may be."""


def address(house: Household, area_name: str, *, brief: bool = False) -> str:
    """An address in one line; ``brief`` without tambon, amphoe and province."""
    number = house.house_no.strip("-")
    moo = house.moo.strip("-")
    road = house.soi_road.strip("-")
    parts = (
        _("no. {number}").format(number=number) if number else "",
        _("moo {number}").format(number=moo) if moo else "",
        house.village,
        road,
        "" if brief else area_name,
    )
    return " ".join(part for part in parts if part) or _("address not known")


def day_words(iso: str) -> str:
    """A day as it is written in the language of the moment; empty for none."""
    if not iso:
        return ""
    day = date.fromisoformat(iso[:10])
    return dates.english_date(day) if language() == "en" else dates.be_date(day, "short")


def people_words(count: int) -> str:
    """How many people."""
    return ngettext("{count} person", "{count} people", count).format(count=count)


def due_state(due: date, today: date) -> tuple[str, str, str]:
    """When a follow-up is due: word, icon and tone."""
    late = (today - due).days
    if late > 0:
        words = ngettext("{count} day late", "{count} days late", late).format(count=late)
        return words, "triangle-alert", "red"
    if late == 0:
        return _("today"), "clock", "amber"
    return day_words(due.isoformat()), "calendar", "grey"


def case_state(cases: Sequence[CaseRow]) -> tuple[str, str, str] | None:
    """The most urgent open case: word, icon and tone; None when there is none."""
    still = [row for row in cases if row.case.is_open]
    if not still:
        return None
    order = list(URGENCIES)
    worst = min(
        still,
        key=lambda row: order.index(row.case.urgency) if row.case.urgency in order else len(order),
    )
    icon, tone = URGENCIES.get(worst.case.urgency, ("circle", "grey"))
    word = codelist.word("urgency", worst.case.urgency)
    if any(row.case.restricted for row in still):
        return _("{urgency}, restricted").format(urgency=word), "lock", tone
    return word, icon, tone


def relation_word(member: Member) -> str:
    """How a member is related to the head."""
    if not member.relation:
        return _("relation not said")
    return codelist.word("relation", member.relation)


def age_words(member: Member) -> str:
    """The age in years as last said, or nothing."""
    if member.age is None:
        return ""
    return ngettext("{count} year", "{count} years", member.age).format(count=member.age)


def dimension_word(state: str) -> str:
    """What was found of a dimension, in the words of the form."""
    return {
        "ok": _("No problem"),
        "watch": _("Watch"),
        "help": _("Needs help"),
    }.get(state, _("Not looked at"))


def met_word(met: str) -> str:
    """Whether anybody was met."""
    return {
        "met": _("met"),
        "proxy": _("somebody else was met"),
        "not_met": _("nobody was met"),
        "refused": _("they did not want a visit"),
    }.get(met, "")


def baht(satang: int) -> str:
    """Money in baht."""
    amount = satang / 100
    said = f"{amount:,.0f}" if satang % 100 == 0 else f"{amount:,.2f}"
    return _("{amount} baht").format(amount=said)
