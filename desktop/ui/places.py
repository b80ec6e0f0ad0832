# SPDX-License-Identifier: Apache-2.0
"""Where one can go: the pages of the rail in order. Each is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.i18n import N_
from desktop.ui.desk import Desk
from desktop.ui.frame import Factory
from desktop.ui.page import Page
from desktop.ui.rail import Place


def _today(desk: Desk) -> Page:
    from desktop.ui.pages.today import TodayPage

    return TodayPage(desk)


def _events(desk: Desk) -> Page:
    from desktop.ui.pages.event import EventPage

    return EventPage(desk)


def _checkin(desk: Desk) -> Page:
    from desktop.ui.pages.checkin import CheckIn

    return CheckIn(desk)


def _presence(desk: Desk) -> Page:
    from desktop.ui.pages.presence import Presence

    return Presence(desk)


def _back_entry(desk: Desk) -> Page:
    from desktop.ui.pages.back_entry import BackEntry

    return BackEntry(desk)


def _roster(desk: Desk) -> Page:
    from desktop.ui.pages.roster import RosterPage

    return RosterPage(desk)


def _certificates(desk: Desk) -> Page:
    from desktop.ui.pages.certificate import Certificates

    return Certificates(desk)


def _plan(desk: Desk) -> Page:
    from desktop.ui.pages.plan import PlanPage

    return PlanPage(desk)


def _register(desk: Desk) -> Page:
    from desktop.ui.pages.register import RegisterPage

    return RegisterPage(desk)


def _stage(desk: Desk) -> Page:
    from desktop.ui.pages.stage import StagePage

    return StagePage(desk)


def _designer(desk: Desk) -> Page:
    from desktop.ui.pages.designer import Designer

    return Designer(desk)


def _paper(desk: Desk) -> Page:
    from desktop.ui.pages.paper import Paper

    return Paper(desk)


def _claims(desk: Desk) -> Page:
    from desktop.ui.pages.claim import Claims

    return Claims(desk)


def _record(desk: Desk) -> Page:
    from desktop.ui.pages.record import RecordPage

    return RecordPage(desk)


def _household(desk: Desk) -> Page:
    from desktop.ui.pages.household import HouseholdPage

    return HouseholdPage(desk)


def _activity(desk: Desk) -> Page:
    from desktop.ui.pages.activity import ActivityPage

    return ActivityPage(desk)


def _cases(desk: Desk) -> Page:
    from desktop.ui.pages.case_file import CasePage

    return CasePage(desk)


def _hall(desk: Desk) -> Page:
    from desktop.ui.pages.hall import HallPage

    return HallPage(desk)


def _sync(desk: Desk) -> Page:
    from desktop.ui.pages.sync import SyncPage

    return SyncPage(desk)


def _verify(desk: Desk) -> Page:
    from desktop.ui.pages.verify import VerifyPage

    return VerifyPage(desk)


def _settings(desk: Desk) -> Page:
    from desktop.ui.pages.settings import SettingsPage

    return SettingsPage(desk)


PLACES: Final = (
    Place("today", N_("Today"), "house"),
    Place("events", N_("Events"), "calendar-days"),
    Place("checkin", N_("Check-in desk"), "scan-line"),
    Place("roster", N_("Roster"), "users"),
    Place("presence", N_("Who is here"), "user-check"),
    Place("certificates", N_("Certificates"), "award"),
    Place("household", N_("Home visits"), "map-pinned"),
    Place("cases", N_("Cases"), "folder-heart"),
    Place("sync", N_("Sending"), "send", "Ctrl+0", at_foot=True),
    Place("settings", N_("Settings"), "settings"),
)
"""The first is where the program begins; the last, and ``sync``, stand at the foot of the rail."""

FACTORIES: Final[Mapping[str, Factory]] = {
    "today": _today,
    "events": _events,
    "checkin": _checkin,
    "presence": _presence,
    "back_entry": _back_entry,
    "roster": _roster,
    "certificates": _certificates,
    "plan": _plan,
    "register": _register,
    "stage": _stage,
    "designer": _designer,
    "paper": _paper,
    "claims": _claims,
    "record": _record,
    "household": _household,
    "activity": _activity,
    "cases": _cases,
    "hall": _hall,
    "sync": _sync,
    "verify": _verify,
    "settings": _settings,
}
