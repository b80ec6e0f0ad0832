# SPDX-License-Identifier: Apache-2.0
"""A batch on its way onto paper: which page lies on which sheet, in what order they come out.

Sheets are counted as they come out of the printer, from 1; so whoever stands beside a printer
that jammed can say which sheet was the last good one, whatever order and copies were chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Sides: TypeAlias = Literal["one", "book", "pad"]
"""``book`` turns like a book, bound at the left; ``pad`` like a writing pad, bound at the top."""
Parity: TypeAlias = Literal["all", "odd", "even"]
Quality: TypeAlias = Literal["", "draft", "normal", "high"]
Sheet: TypeAlias = tuple[str, ...]
"""The pages on one sheet: its front, and its back where it has one; ``BLANK`` prints nothing."""
BLANK: Final = ""
SIDES: Final[tuple[Sides, ...]] = ("one", "book", "pad")
PARITIES: Final[tuple[Parity, ...]] = ("all", "odd", "even")
QUALITIES: Final[tuple[Quality, ...]] = ("", "draft", "normal", "high")


@dataclass(frozen=True, slots=True)
class How:
    """How a batch is put on paper."""

    tray: str = ""
    """As the printer calls it; empty leaves it to the printer."""
    sides: Sides = "one"
    quality: Quality = ""
    """Empty leaves it to the printer."""
    copies: int = 1
    collate: bool = True
    """Whole sets one after the other, otherwise all copies of a page together."""
    parity: Parity = "all"
    """Only the first, third… page, or only the second, fourth…: for turning the pile by hand."""
    backwards: bool = False
    """The last sheet first, for printers that pile with the print upwards."""
    pause_every: int = 0
    """Sheets after which it waits for paper to be loaded; 0 for never."""


@dataclass(frozen=True, slots=True)
class PrintRun:
    """A batch that a printer was given, as it is kept on this laptop."""

    id: str
    event_id: str
    what: str
    """Which paper of the event, as ``certificates:completion``."""
    sheets: tuple[Sheet, ...]
    """In the order they come out."""
    how: How
    printer: str
    reason: str
    sent: int
    """Sheets a printer has taken."""
    at: str
    """When it began, UTC."""
    by: str
    over: bool = False
    """The printer said that all of it came out."""

    @property
    def keys(self) -> frozenset[str]:
        """Every page of it."""
        return frozenset(key for sheet in self.sheets for key in sheet if key != BLANK)


def sheets_of(pages: Sequence[str], how: How) -> tuple[Sheet, ...]:
    """Lay pages on sheets in the order they come out of the printer."""
    chosen = list(pages)
    if how.parity != "all":
        chosen = chosen[0 if how.parity == "odd" else 1 :: 2]
    one: list[Sheet]
    if how.sides == "one":
        one = [(page,) for page in chosen]
    else:
        # A copy of its own begins on a sheet of its own.
        chosen += [BLANK] * (len(chosen) % 2)
        one = [(chosen[at], chosen[at + 1]) for at in range(0, len(chosen), 2)]
    copies = max(1, how.copies)
    laid = one * copies if how.collate else [sheet for sheet in one for _copy in range(copies)]
    return tuple(reversed(laid)) if how.backwards else tuple(laid)


def pages_of(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The pages of some sheets as a printer gets them, blank backs too."""
    return tuple(page for sheet in sheets for page in sheet)


def batch_end(start: int, done: int, total: int, batch: int, how: How) -> int:
    """Up to which sheet the next job goes, ``done`` being sent since ``start``.

    A batch, or to the next pause. Pauses are counted from where printing began or went on: paper
    was loaded then.
    """
    end = min(done + batch, total)
    if how.pause_every:
        end = min(end, start + ((done - start) // how.pause_every + 1) * how.pause_every)
    return end


def pauses_at(start: int, done: int, total: int, how: How) -> bool:
    """Whether paper is loaded after so many sheets, before the next."""
    if not how.pause_every:
        return False
    return start < done < total and (done - start) % how.pause_every == 0
