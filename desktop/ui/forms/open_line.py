# SPDX-License-Identifier: Apache-2.0
"""An open line of a receiver, whatever the system, and what is said of one that does not open."""

from __future__ import annotations

from typing import Protocol

from desktop.errors import Problem
from desktop.i18n import _


class Line(Protocol):
    """An open line."""

    def read(self) -> bytes:
        """What came within a fraction of a second, perhaps nothing; ``Problem`` when it broke."""
        ...


def cannot_open() -> Problem:
    """What is said of a line that does not open."""
    return Problem(
        _("The receiver does not answer. Unplug it, plug it in again, and try once more.")
    )


def not_allowed() -> Problem:
    """What is said of a line that somebody else may open and we may not."""
    return Problem(
        _("This computer does not let you use the receiver. Ask for access to serial ports.")
    )
