# SPDX-License-Identifier: Apache-2.0
"""``samut verify FILE|DIGITS --list FILE``: certificates checked without a store or a network.

Only what the lists say is known, and a list is believed because it was given; its fingerprint is
shown, to be compared with what the office says. The window also knows its own office's registers.
"""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import Final

from desktop.actions.proof import Outcome, Verdict, check_by_lists, digits_in
from desktop.actions.proof_list import fingerprint, read_file
from desktop.errors import Refused
from desktop.i18n import N_, _, language
from desktop.sync.issuer import MOST_LIST_BYTES
from desktop.thai.dates import be_date

_WORDS: Final[dict[Outcome, str]] = {
    "genuine": N_("Genuine"), "revoked": N_("No longer valid"), "unknown": N_("Not proven"),
    "withdrawn": N_("Ask the office"),
    "altered": N_("False"), "damaged": N_("Not readable"), "newer": N_("Too new"),
    "foreign": N_("Other code"),
}  # fmt: skip
_WHY: Final[dict[Outcome, str]] = {
    "damaged": N_(
        "The code is not complete, or a digit is wrong. Scan it once more, straight and near."
    ),
    "newer": N_("A newer version made this code. Update the program, then check it again."),
    "foreign": N_(
        "What was scanned is not the code of a certificate. It is the square in a corner of the "
        "paper."
    ),
}
"""What to do, where there is no certificate to show."""


def run(arguments: argparse.Namespace) -> int:
    """Say the verdicts: 0 when all are genuine, 1 when one is not. Raises ``Problem``."""
    lists = []
    for path in arguments.list:
        told = read_file(_bytes(path))
        lists.append(told)
        print(f"{told.name}: {fingerprint(told.signer)} ({_moment(told.as_of)})")
    found = _codes(arguments.what)
    verdicts = [(page, check_by_lists(lists, text) if text else None) for page, text in found]
    for page, verdict in verdicts:
        print(_line(page, verdict))
    return 0 if all(one is not None and one.outcome == "genuine" for _page, one in verdicts) else 1


def _codes(what: str) -> list[tuple[int, str]]:
    """Page and text of every code; an empty text for a page without one."""
    if digits_in(what):
        return [(0, what)]
    # Loaded here: reading pictures takes libraries that digits do without.
    from desktop.imports.scan import read_scan

    return [(one.page, one.text) for one in read_scan(Path(what))]


def _line(page: int, verdict: Verdict | None) -> str:
    word = _("No code") if verdict is None else _(_WORDS[verdict.outcome])
    said = [f"{page}: {word}" if page else word]
    claim = verdict.claim if verdict is not None else None
    if verdict is not None and claim is not None:
        said += [claim.number_text, claim.recipient, claim.title, _day(claim.issued)]
        said.append(verdict.issuer)
    if verdict is not None and verdict.outcome == "genuine" and verdict.withdrawn:
        said.append(_("key withdrawn, confirmed by the register"))
    if verdict is not None and verdict.beside:
        said.append(_("ask the office: another paper replaces the same one"))
    if verdict is not None and verdict.outcome in _WHY:
        said.append(_(_WHY[verdict.outcome]))
    return " | ".join(part for part in said if part)


def _day(day: date) -> str:
    """In Thai as everywhere, in พ.ศ.; in English so that programs read it."""
    return be_date(day, "short") if language() == "th" else day.isoformat()


def _moment(told: str) -> str:
    if language() != "th":
        return told
    here = datetime.fromisoformat(told).astimezone()
    return f"{_day(here.date())} {here:%H:%M}"


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_LIST_BYTES + 1)
    except OSError as error:
        raise Refused(_("This file cannot be opened. Copy it to this computer first.")) from error
