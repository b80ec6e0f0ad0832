# SPDX-License-Identifier: Apache-2.0
"""How sync is said on the screen: the three states, moments, areas, reasons, fields."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from desktop.i18n import N_, _, language, ngettext
from desktop.model.sync import Stage, SyncState
from desktop.model.word_code import word_code
from desktop.store import area
from desktop.thai import dates
from desktop.ui.widgets.area_pick import named as named_area

STAGES: Final[dict[Stage, tuple[str, str, str]]] = {
    "saved": (N_("Saved on this computer"), "hard-drive", "accent"),
    "received": (N_("The centre has it"), "building-2", "green"),
    "confirmed": (N_("Confirmed"), "shield-check", "green"),
}
"""Word (a msgid), icon and tone of each of the three states."""
STAGE_MEANINGS: Final[dict[Stage, str]] = {
    "saved": N_("waits to be sent; nothing is lost when the computer is switched off"),
    "received": N_("the centre has signed for it"),
    "confirmed": N_("it also lies in the centre's backup"),
}
_REASONS: Final[dict[str, tuple[str, str]]] = {
    "forbidden": (
        N_("This area is not given to you"),
        N_(
            "Ask the centre's staff to give you the area. They then let the change in; nothing "
            "needs to be written again."
        ),
    ),
    "author": (
        N_("The centre does not know who wrote it"),
        N_("Ask the centre's staff to enter this facilitator, and to let the change in."),
    ),
    "frozen": (
        N_("A finished record was to be changed"),
        N_("A finished form stays as it was signed. Open it here and write an addendum instead."),
    ),
    "malformed": (
        N_("The centre cannot read it"),
        N_("Save it to a file and give the file to the centre's staff."),
    ),
    "moved": (
        N_("The record lies in another area by now"),
        N_(
            "Somebody moved it, or restricted the case, before this change came. Open the record "
            "where it lies and write it there; if you may not see it, ask the centre's staff."
        ),
    ),
    "closed": (
        N_("This computer was signed off"),
        N_(
            "The centre's staff signed this computer off before the change came. They can still "
            "let it in; save it to a file for them."
        ),
    ),
}
_FIELDS: Final[dict[tuple[str, str], str]] = {
    ("household", "needs"): N_("What the household needs"),
    ("household", "village"): N_("Village"),
    ("household", "soi_road"): N_("Soi or road"),
    ("household", "landmark"): N_("Landmark"),
    ("member", "name"): N_("Name of a member"),
    ("person", "first"): N_("First name"),
    ("person", "middle"): N_("Middle name"),
    ("person", "last"): N_("Surname"),
    ("person", "certificate_name"): N_("Name on the certificate"),
    ("case_file", "detail"): N_("What the case is about"),
    ("case_file", "close_reason"): N_("Why the case was closed"),
    ("follow_up", "detail"): N_("What was found at the follow-up"),
    ("referral", "to_name"): N_("Referred to"),
    ("referral", "informer"): N_("Who told of it"),
    ("referral", "person"): N_("Who is referred"),
    ("referral", "summary"): N_("Summary"),
    ("referral", "need"): N_("What is asked for"),
    ("referral", "done"): N_("What was done already"),
    ("referral", "opinion"): N_("Opinion"),
    ("referral", "result"): N_("Result"),
    ("assistance", "item"): N_("What was given"),
    ("activity", "name"): N_("Name of the activity"),
    ("activity", "place"): N_("Place"),
    ("activity", "occasion"): N_("Occasion"),
    ("activity", "innovation"): N_("What was new"),
    ("activity", "problem"): N_("Difficulties"),
    ("activity", "result"): N_("Result"),
    ("event", "name"): N_("Name of the event"),
    ("event", "venue"): N_("Venue"),
    ("session", "title"): N_("Title of the session"),
    ("enrolment", "note"): N_("Note on the roster"),
    ("organisation", "name"): N_("Name of the organisation"),
    ("programme", "name"): N_("Name of the programme"),
    ("award", "title"): N_("Title of the award"),
}
_KINDS: Final = {
    "household": N_("Household"),
    "member": N_("Household"),
    "person": N_("Person"),
    "case_file": N_("Case"),
    "case_step": N_("Case"),
    "follow_up": N_("Follow-up"),
    "referral": N_("Referral"),
    "assistance": N_("Aid"),
    "assistance_step": N_("Aid"),
    "activity": N_("Activity"),
    "event": N_("Event"),
    "session": N_("Session"),
    "enrolment": N_("Roster"),
    "mark": N_("Attendance"),
    "visit": N_("Home visit"),
    "record": N_("Form"),
    "attachment": N_("Photo"),
    "certificate": N_("Certificate"),
    "consent": N_("Consent"),
    "alert": N_("Alert"),
    "organisation": N_("Organisation"),
    "programme": N_("Programme"),
    "award": N_("Award"),
}
_MINUTE: Final = timedelta(minutes=1)
_CLOCK_MATTERS: Final = 120
"""Seconds a clock may be wrong before a word is worth saying."""


def stage_state(stage: Stage) -> tuple[str, str, str]:
    """Word in the language of the moment, icon and tone of a state."""
    word, icon, tone = STAGES[stage]
    return _(word), icon, tone


def moment_words(utc: str, now: datetime) -> str:
    """A moment as people say it: "14:02", "yesterday 14:02", "12 พ.ย. 2569 14:02"; or "never"."""
    if not utc:
        return _("never")
    when = datetime.fromisoformat(utc.partition("[")[0])
    when = when.astimezone(now.tzinfo)
    clock = f"{when:%H:%M}"
    days = (now.date() - when.date()).days
    if days == 0:
        return clock
    if days == 1:
        return _("yesterday {clock}").format(clock=clock)
    day = when.date()
    words = dates.english_date(day) if language() == "en" else dates.be_date(day, "short")
    return f"{words} {clock}"


def next_words(at: datetime | None, now: datetime) -> str:
    """When the next try is."""
    if at is None:
        return _("when there is a connection")
    left = at - now
    if left <= timedelta(seconds=5):
        return _("at once")
    if left < _MINUTE:
        return _("in less than a minute")
    minutes = round(left / _MINUTE)
    return ngettext("in {count} minute", "in {count} minutes", minutes).format(count=minutes)


def matched_words(digest: int | None, matched_at: str, now: datetime) -> str:
    """That an area is the same here and at the centre, with its two words."""
    if digest is None or not matched_at:
        return _("not compared yet")
    return _("Matches the centre · {words} · {clock}").format(
        words=word_code(digest), clock=moment_words(matched_at, now)
    )


def offset_words(offset: float | None) -> str:
    """A sentence about a clock that is wrong; empty when it is right enough."""
    if offset is None or abs(offset) < _CLOCK_MATTERS:
        return ""
    span = _span_words(abs(offset))
    if offset > 0:
        return _(
            "This computer's clock is {span} ahead of the centre's. Nothing is lost by it; set "
            "the clock right so that days and hours are written down correctly."
        ).format(span=span)
    return _(
        "This computer's clock is {span} behind the centre's. Nothing is lost by it; set the "
        "clock right so that days and hours are written down correctly."
    ).format(span=span)


def _span_words(seconds: float) -> str:
    minutes, hours, days = round(seconds / 60), round(seconds / 3600), round(seconds / 86400)
    if days >= 730:
        years = round(seconds / (365.25 * 86400))
        return ngettext("{count} year", "{count} years", years).format(count=years)
    if days >= 2:
        return ngettext("{count} day", "{count} days", days).format(count=days)
    if hours >= 2:
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def waiting_words(count: int) -> str:
    """How much waits to be sent."""
    return ngettext("{count} change", "{count} changes", count).format(count=f"{count:,}")


def size_words(size: int) -> str:
    """A size as people say it."""
    if size >= 1_000_000:
        return f"{size / 1_000_000:,.1f} MB"
    return f"{max(1, round(size / 1000)) if size else 0:,} kB"


def scope_words(scope: str, named: str = "") -> str:
    """What a scope is called; ``named`` is the name of its event or case, when it is known."""
    kind, _colon, rest = scope.partition(":")
    if kind == "t":
        return area_words(rest)
    if kind == "o":
        return _("People and agencies of the office")
    if kind == "w":
        return named or _("An event")
    if kind == "c":
        return _("Case {number}").format(number=named) if named else _("A restricted case")
    return _("Forms of the centre") if scope == "forms" else named or _("Something newer")


def area_words(code: str) -> str:
    """What an area is called; an empty code is the whole country."""
    if not code:
        return _("the whole country")
    found = area.area(code)
    return named_area(found) if found is not None else code


def reason_words(reason: str) -> tuple[str, str]:
    """Why the centre put something aside, and what to do."""
    why, what = _REASONS.get(
        reason,
        (
            N_("The centre put it aside"),
            N_("Save it to a file and ask the centre's staff about it."),
        ),
    )
    return _(why), _(what)


def field_words(kind: str, field: str) -> str:
    """What a field with two texts is called."""
    return _(_FIELDS[kind, field]) if (kind, field) in _FIELDS else kind_words(kind)


def kind_words(kind: str) -> str:
    """What a kind of record is called."""
    return _(_KINDS[kind]) if kind in _KINDS else _("A record")


def chip_words(state: SyncState, *, busy: bool) -> tuple[str, str, str]:
    """What the top bar says: words, icon and tone."""
    if not state.joined:
        return _("Saved on this computer"), "hard-drive", "green"
    if state.conflicts:
        words = ngettext("{count} with two texts", "{count} with two texts", state.conflicts)
        return words.format(count=state.conflicts), "triangle-alert", "amber"
    if state.put_aside:
        return _("The centre put {count} aside").format(count=state.put_aside), "info", "amber"
    if busy:
        return _("Sending…"), "refresh-cw", "accent"
    return _how_far(state)


def _how_far(state: SyncState) -> tuple[str, str, str]:
    if state.waiting:
        return _("{count} waiting").format(count=f"{state.waiting:,}"), "send", "accent"
    if state.received:
        return _("The centre has it"), "building-2", "green"
    return _("Confirmed"), "shield-check", "green"
