# SPDX-License-Identifier: Apache-2.0
"""Which papers there are, and the making of each off the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from desktop.actions.paper import badge_paper, proof_paper, register_paper, sheet_paper
from desktop.i18n import N_, _
from desktop.model.sheet import Sheet
from desktop.store.store import Store
from desktop.ui.tasks import Cancelled
from desktop.ui.tasks import Progress as Steps

What = Literal["sheet", "badge", "proof", "register", "file"]
WORDS: Final[dict[What, str]] = {
    "sheet": N_("Sign-in sheet"),
    "badge": N_("Name badges"),
    "proof": N_("Name-proof sheet"),
    "register": N_("Register of certificates"),
}
FILES: Final[dict[What, str]] = {
    "sheet": N_("sign-in-sheet"),
    "badge": N_("name-badges"),
    "proof": N_("name-proof"),
    "register": N_("certificate-register"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which paper of which event; of a file, what was brought along."""

    what: What
    event_id: str
    day_no: int = 0
    pdf: bytes = b""
    title: str = ""
    name: str = ""


class _Left(Exception):
    """The person stopped the making of a paper."""


def make_paper(
    store: Store, asked: Asked, sheets: tuple[Sheet, ...], step: Steps, stop: Cancelled
) -> bytes | None:
    """The PDF of a paper; None when the person stopped it."""

    def stepped(done: int, total: int) -> None:
        if stop():
            raise _Left
        step(done, total)

    try:
        if asked.what == "sheet":
            return sheet_paper(store, asked.event_id, sheets, stepped)
        if asked.what == "register":
            return register_paper(store, asked.event_id, "pdf", stepped)
        make = badge_paper if asked.what == "badge" else proof_paper
        return make(store, asked.event_id, stepped)
    except _Left:
        return None


def asked_for(given: Mapping[str, object], event_id: str) -> Asked:
    """What a page that went here asked for; ``event_id`` when it did not say of which event."""
    what, day, pdf = given.get("what"), given.get("day_no"), given.get("pdf")
    if what == "file" and isinstance(pdf, bytes):
        title, name = str(given.get("title") or _("Papers")), str(given.get("name") or "paper")
        return Asked("file", "", 0, pdf, title, name)
    known: What = next((one for one in WORDS if one == what), "sheet")
    return Asked(known, str(given.get("event_id") or event_id), day if isinstance(day, int) else 0)
