# SPDX-License-Identifier: Apache-2.0
"""Whether a certificate is genuine. Open to everybody; what it shows stands on the paper."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from desktop.centre import verification
from desktop.centre.staff.asked import Asked, Page, Reply
from desktop.centre.staff.trail import note
from desktop.i18n import N_, _

VERDICTS: Final = {
    "genuine": (N_("Genuine"), N_("This certificate was issued and stands.")),
    "void": (N_("Void"), N_("This certificate was issued and taken back. It does not count.")),
    "replaced": (
        N_("Replaced"),
        N_("This certificate was replaced by another one. This paper does not count any more."),
    ),
}  # fmt: skip
MOST: Final = RateLimitItemPerMinute(20, 10)
"""Questions from one address in ten minutes, for whoever has not signed in."""


@cache
def _windows() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


def public(asked: Asked) -> Reply:
    """The question, and the answer when one was asked. Written in the audit log."""
    typed = {name: asked.query.get(name, "").strip()[:200] for name in ("number", "year", "where")}
    page = Page("verify.html", {
        "typed": typed, "found": None, "verdicts": VERDICTS, "whole": asked.who is not None,
    })  # fmt: skip
    if not any(typed.values()):
        return page
    if asked.who is None and not _windows().hit(MOST, asked.address):
        return replace(
            page, status=429, tone="bad",
            notice=_("Too many questions from this network. Wait ten minutes, then try again."),
        )  # fmt: skip
    said = verification.read_number(typed["number"], typed["year"])
    if said is None:
        return _again(page, _("Type the number and the year as they stand on the paper."))
    if len(typed["where"]) < verification.SHORTEST:
        return _again(page, _("Type the office or the event as it stands on the paper."))
    found = verification.find(asked.conn, *said, typed["where"])
    if asked.who is None:
        found = tuple(
            replace(one, recipient=verification.masked(one.recipient)) if one.person else one
            for one in found
        )
    for one in found:
        note(asked, "verify certificate", "certificate", one.id, detail=one.verdict)
    return replace(page, values={**page.values, "found": found})


def _again(page: Page, sentence: str) -> Page:
    return replace(page, status=400, notice=sentence, tone="bad")
