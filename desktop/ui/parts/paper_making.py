# SPDX-License-Identifier: Apache-2.0
"""Which papers there are, and the making of each off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast

from desktop.actions.paper import (
    Kind,
    To,
    badge_paper,
    envelope_paper,
    proof_paper,
    register_paper,
    sheet_paper,
    tent_paper,
)
from desktop.actions.receipt import claims_book, receipt_paper, receipt_sheet_paper
from desktop.actions.register_paper import log_paper, stage_paper
from desktop.i18n import N_, _
from desktop.model.event import Day
from desktop.model.paper import EVERYBODY, PURPOSE, IdNumbers, PaperKind, Whom
from desktop.model.sheet import Sheet
from desktop.store.store import Store
from desktop.ui.attendance_words import day_words
from desktop.ui.tasks import Cancelled
from desktop.ui.tasks import Progress as Steps

What = Literal[
    "sheet", "badge", "tent", "envelope", "receipt_sheet", "receipt", "proof", "stage", "register",
    "log", "file",
]  # fmt: skip
WORDS: Final[dict[What, str]] = {
    "sheet": N_("Sign-in sheet"),
    "badge": N_("Name badges"),
    "tent": N_("Name tents"),
    "envelope": N_("Envelopes"),
    "receipt_sheet": N_("Receipt sheet for everybody"),
    "receipt": N_("Receipts, one a person"),
    "proof": N_("Name-proof sheet"),
    "stage": N_("Stage order"),
    "register": N_("Register of certificates"),
    "log": N_("Reprints, voids and replacements"),
}
FILES: Final[dict[What, str]] = {
    "sheet": N_("sign-in-sheet"),
    "badge": N_("name-badges"),
    "tent": N_("name-tents"),
    "envelope": N_("envelopes"),
    "receipt_sheet": N_("receipt-sheet"),
    "receipt": N_("receipts"),
    "proof": N_("name-proof"),
    "stage": N_("stage-order"),
    "register": N_("certificate-register"),
    "log": N_("certificate-log"),
}
BOOKS: Final[frozenset[What]] = frozenset({"register", "receipt_sheet", "stage", "log"})
"""Papers that there are as a workbook too."""
CHOSEN: Final[frozenset[What]] = frozenset(
    {"badge", "tent", "envelope", "receipt_sheet", "receipt"}
)
"""Papers that are made for some people or for all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which paper of which event, and how; of a file, what was brought along."""

    what: What
    event_id: str
    day_no: int = 0
    pdf: bytes = b""
    title: str = ""
    name: str = ""
    whom: Whom = EVERYBODY
    template: str = ""
    """Id or shipped name; empty for the one that is offered."""
    to: To = "people"
    numbers: IdNumbers = "none"

    @property
    def kind(self) -> PaperKind | None:
        """Which paper drawn by templates this is; None when it is drawn without."""
        return cast(PaperKind, self.what) if self.what in PURPOSE else None


class _Left(Exception):
    """The person stopped the making of a paper."""


def make_paper(
    store: Store, by: str, asked: Asked, sheets: tuple[Sheet, ...], step: Steps, stop: Cancelled
) -> bytes | None:
    """The PDF of a paper; None when the person stopped it."""

    def stepped(done: int, total: int) -> None:
        if stop():
            raise _Left
        step(done, total)

    event_id, whom, template = asked.event_id, asked.whom, asked.template
    makers: dict[What, Callable[[], bytes]] = {
        "sheet": lambda: sheet_paper(store, event_id, sheets, stepped, template=template),
        "badge": lambda: badge_paper(store, event_id, stepped, whom=whom, template=template),
        "tent": lambda: tent_paper(store, event_id, stepped, whom=whom, template=template),
        "envelope": lambda: envelope_paper(
            store, event_id, stepped, whom=whom, to=asked.to, template=template
        ),
        "receipt_sheet": lambda: receipt_sheet_paper(
            store, event_id, stepped, whom=whom, template=template
        ),
        "receipt": lambda: receipt_paper(
            store, by, event_id, stepped, whom=whom, template=template, numbers=asked.numbers
        ),
        "proof": lambda: proof_paper(store, event_id, stepped),
        "stage": lambda: stage_paper(store, event_id, progress=stepped),
        "register": lambda: register_paper(store, event_id, "pdf", stepped),
        "log": lambda: log_paper(store, event_id),
    }
    try:
        return makers[asked.what]()
    except _Left:
        return None


def make_book(store: Store, asked: Asked) -> bytes:
    """The workbook of a paper that there is as one."""
    if asked.what == "receipt_sheet":
        return claims_book(store, asked.event_id)
    if asked.what == "stage":
        return stage_paper(store, asked.event_id, fmt="xlsx")
    if asked.what == "log":
        return log_paper(store, asked.event_id, "xlsx")
    return register_paper(store, asked.event_id, "xlsx")


def papers(days: Sequence[Day]) -> list[tuple[tuple[What, int], str]]:
    """Every paper that can be chosen, with its word; a sign-in sheet for each of ``days``."""
    found: list[tuple[tuple[What, int], str]] = [
        (("sheet", day.no), f"{_(WORDS['sheet'])}: {day_words(day.no, day.on)}") for day in days
    ]
    return found + [((what, 0), _(WORDS[what])) for what in WORDS if what != "sheet"]


def file_name(asked: Asked) -> str:
    """The name of the file of a paper, without its ending and without anybody's name."""
    if asked.what == "file":
        return asked.name
    return _(FILES[asked.what]) + (f"-{asked.day_no}" if asked.what == "sheet" else "")


def asked_for(given: Mapping[str, object], event_id: str) -> Asked:
    """What a page that went here asked for; ``event_id`` when it did not say of which event.

    ``ids`` are the enrolments of those the paper is for; without, it is for everybody.
    """
    what, day, pdf = given.get("what"), given.get("day_no"), given.get("pdf")
    if what == "file" and isinstance(pdf, bytes):
        title, name = str(given.get("title") or _("Papers")), str(given.get("name") or "paper")
        return Asked("file", "", 0, pdf, title, name)
    known: What = next((one for one in WORDS if one == what), "sheet")
    ids = given.get("ids")
    return Asked(
        known,
        str(given.get("event_id") or event_id),
        day if isinstance(day, int) else 0,
        whom=Whom(ids=tuple(map(str, ids))) if isinstance(ids, list | tuple) else EVERYBODY,
        template=str(given.get("template") or ""),
    )


__all__ = [
    "BOOKS", "CHOSEN", "WORDS", "Asked", "Kind", "What", "asked_for", "file_name", "make_book",
    "make_paper", "papers",
]  # fmt: skip
