# SPDX-License-Identifier: Apache-2.0
"""How the steps and states of casework are called, for screens, letters and reports alike.

What is in the code lists (problems, urgency, status, kinds of aid) is called by
``store.codelist.word``; here are the words that no list has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.i18n import N_, _

_STEPS: Final[Mapping[str, str]] = {
    "open": N_("Case opened"),
    "status": N_("Status changed"),
    "owner": N_("Somebody else answers for it"),
    "close": N_("Case closed"),
    "reopen": N_("Case opened again"),
    "restrict": N_("Restricted to those who look after it"),
    "lift": N_("No longer restricted"),
    "allow": N_("Somebody was let in"),
    "disallow": N_("Somebody was taken off the readers"),
    "visit": N_("Home visit"),
    "correction": N_("Put right afterwards"),
    "alert": N_("Alert raised"),
    "follow_up": N_("Followed up"),
    "move": N_("Follow-up moved"),
    "called_1300": N_("1300 called"),
}
_ALERT_STEPS: Final[Mapping[str, str]] = {
    "called_1300": N_("1300 called"),
    "told_mentor": N_("Mentor told"),
    "told_agency": N_("Agency told"),
    "arrived": N_("Somebody is there"),
    "closed": N_("Alert closed"),
}
_METHODS: Final[Mapping[str, str]] = {
    "visit": N_("By a visit"),
    "phone": N_("By telephone"),
    "line": N_("Online (LINE)"),
    "agency": N_("Through an agency"),
}
_PROGRESSES: Final[Mapping[str, str]] = {
    "better": N_("Better"),
    "same": N_("The same"),
    "worse": N_("Worse"),
    "solved": N_("The problem is over"),
    "moved": N_("Moved, or cannot be reached"),
    "died": N_("Died"),
}
_STATES: Final[Mapping[str, str]] = {
    "wanted": N_("Wanted"),
    "promised": N_("Promised"),
    "given": N_("Given"),
}
_STANDINGS: Final[Mapping[str, str]] = {
    "draft": N_("Not sent yet"),
    "sent": N_("Waiting for the agency"),
    "overdue": N_("No answer for more than 3 days"),
    "acknowledged": N_("Taken up"),
    "answered": N_("Answered"),
}
_ORIGINS: Final[Mapping[str, str]] = {
    "visit": N_("From a home visit"),
    "alert": N_("From an alert"),
    "hand": N_("Opened by hand"),
}


def step_word(kind: str) -> str:
    """What a line of a case's log says."""
    return _word(_STEPS, kind)


def alert_step_word(kind: str) -> str:
    """What was done about an alert."""
    return _word(_ALERT_STEPS, kind)


def method_word(method: str) -> str:
    """How it was followed up."""
    return _word(_METHODS, method)


def progress_word(progress: str) -> str:
    """How it stands when it is followed up."""
    return _word(_PROGRESSES, progress)


def state_word(state: str) -> str:
    """Whether assistance is wanted, promised or given."""
    return _word(_STATES, state)


def standing_word(standing: str) -> str:
    """How a letter stands."""
    return _word(_STANDINGS, standing)


def origin_word(origin: str) -> str:
    """Where a case came from."""
    return _word(_ORIGINS, origin)


def _word(words: Mapping[str, str], code: str) -> str:
    # A code of a newer program is shown as it is: hiding it would hide a fact.
    return _(words[code]) if code in words else code
