# SPDX-License-Identifier: Apache-2.0
"""Which pictures there are, and of which page at which moment each is."""

from __future__ import annotations

from typing import Final

from desktop.i18n import N_
from desktop.model.sync import SyncRun
from tests.ui.hall_scene import HALLS

PAGES: Final = (
    "today",
    "events",
    "checkin",
    "roster",
    "presence",
    "back_entry",
    "certificates",
    "plan",
    "paper",
    "designer",
    "designing",
    "register",
    "stage",
    "verify",
    "claims",
    "household",
    "family",
    "map",
    "record",
    "cases",
    "activity",
    "settings",
    "unjoined",
    "sync",
    "texts",
    "aside",
    "usb",
    "sending",
    "offline",
    "refused",
    "metered",
    "clock",
    "combined",
    "usb_done",
    "usb_full",
    "hall_begin",
    *HALLS,
    "twice",
    "join",
    "joined",
)
UNKNOWN: Final = N_("The centre does not know this computer. Call the centre's staff.")
RUNS: Final = {
    "sync": SyncRun(outcome="ok"),
    "sending": SyncRun(busy=True, done=3, total=10),
    "offline": SyncRun(outcome="offline"),
    "refused": SyncRun(outcome="refused", sentence=UNKNOWN),
    "metered": SyncRun(outcome="ok", metered=True),
    "clock": SyncRun(outcome="ok"),
}
"""What sync does at the moment of a picture."""
SYNC: Final = dict.fromkeys(("unjoined", *RUNS), "state") | {
    "texts": "texts",
    "combined": "texts",
    "aside": "aside",
    "usb": "usb",
    "usb_done": "usb",
    "usb_full": "usb",
}
"""Pages that are a tab of the page of sending; before and after this computer joined a centre."""
DIALOGS: Final = ("join", "joined")
HALL: Final = ("hall_begin", *HALLS)
"""Pages that are the page of the hall, at one moment."""
NOON: Final = ("certificates", "plan", "paper", "register", "stage", "verify", "claims")
"""Pages as they are when the certificates are there; from ``register`` on they are issued."""
FIELD: Final = ("household", "family", "map", "record", "cases", "activity")
"""Pages of the field work; ``family`` and ``map`` are the page ``household`` turned to them."""
README: Final = (
    ("today", "th", "light"),
    ("events", "th", "light"),
    ("roster", "th", "light"),
    ("checkin", "th", "light"),
    ("presence", "th", "dark"),
    ("back_entry", "th", "light"),
    ("certificates", "th", "light"),
    ("paper", "th", "light"),
    ("designing", "th", "light"),
    ("register", "th", "light"),
    ("verify", "th", "light"),
    ("family", "th", "light"),
    ("record", "th", "light"),
    ("cases", "th", "light"),
    ("map", "th", "light"),
    ("settings", "en", "dark"),
    ("sync", "th", "light"),
    ("texts", "th", "light"),
    ("hall", "th", "light"),
)


def noun_of(page: str) -> str:
    """Which page a picture is of."""
    if page in SYNC or page in DIALOGS:
        return "sync"
    if page in HALL:
        return "hall"
    same = {"family": "household", "map": "household", "twice": "checkin"}
    return (same | {"designing": "designer"}).get(page, page)
