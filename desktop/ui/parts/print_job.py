# SPDX-License-Identifier: Apache-2.0
"""What can be printed, and what a printer has taken of it: plain values between the two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop.actions.calibration import Calibration
from desktop.model.print_run import How, PrintRun, Sheet


@dataclass(frozen=True, slots=True)
class Job:
    """What can be printed. A key stands for one page."""

    title: str
    """Seen by the print system: never the name of a person."""
    keys: Callable[[str, str], tuple[str, ...]]
    """The pages of a set (``sets``) in an order (``orders``)."""
    make: Callable[[tuple[str, ...], Calibration], bytes]
    """The PDF of some of them. Called off the GUI thread."""
    sets: tuple[tuple[str, str], ...] = ()
    orders: tuple[tuple[str, str], ...] = ()
    order: str = ""
    """The order offered first."""
    printed: frozenset[str] = frozenset()
    """Pages that were printed before: these need a reason."""
    grid: Callable[[Calibration], bytes] | None = None
    """The test page, for a printer that is off; None where nothing is moved."""
    stock: bool = True
    """Whether text alone can be printed, onto paper with the border on it already."""
    size: tuple[float, float] = (297, 210)
    """Millimetres of the test page."""
    label: Callable[[str], str] | None = None
    """What a page is, in a few words ("No. 41/2562"), for whoever looks at the last sheet."""
    plates: Callable[[tuple[str, ...]], Mapping[str, str]] | None = None
    """Digests of what was drawn on pages that were made."""

    def every(self) -> frozenset[str]:
        """The pages of all sets."""
        sets = [value for value, _word in self.sets] or [""]
        return frozenset(key for one in sets for key in self.keys(one, self.order))


@dataclass(frozen=True, slots=True)
class Sent:
    """Pages a printer has taken."""

    keys: tuple[str, ...]
    printer: str
    copies: int
    reason: str
    plates: Mapping[str, str] = field(default_factory=dict)


class Memory(Protocol):
    """What is remembered of printers and of batches. Answers come on the GUI thread."""

    def recall(self, printer: str, tray: str, then: Callable[[Calibration], object]) -> None:
        """Tell the calibration of a printer and tray."""

    def keep(self, printer: str, tray: str, chosen: Calibration) -> None:
        """Remember another one."""

    def last(self, then: Callable[[PrintRun | None], object]) -> None:
        """Tell the last batch of this paper."""

    def begin(self, sheets: Sequence[Sheet], how: How, printer: str, reason: str) -> None:
        """A batch begins, in the place of the last."""

    def sent(self, sheets: int) -> None:
        """So many of its sheets were taken."""

    def over(self) -> None:
        """All of it came out."""

    def forget(self) -> None:
        """It is not printed any further."""
