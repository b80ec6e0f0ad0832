# SPDX-License-Identifier: Apache-2.0
"""Which of two versions of a form is the newer one.

The specification lets a version be any text and advises ``yyyymmddrr``; a server only asks that
it differs. A laptop in the field has no server to ask, so it compares: digits that stand
together are a number, what is between them is text, and the parts are compared from the left.
``2026112101`` is newer than ``2026112009``, ``10`` than ``9``, ``v1.10`` than ``v1.9``, anything
than nothing.
"""

from __future__ import annotations

import re
from typing import Final

_PART: Final = re.compile(r"([0-9]+)|([^0-9]+)")

Key = tuple[tuple[tuple[int, int, str], ...], str]


def newness(version: str) -> Key:
    """What versions are sorted by, the newest last. Text is older than a number at its place.

    ``01`` and ``1`` are the same number: then the text decides, so that no two are alike.
    """
    parts = tuple(
        (1, _number(digits), "") if digits else (0, 0, text)
        for digits, text in _PART.findall(version)
    )
    return parts, version


def _number(digits: str) -> int:
    """The number; Python refuses to read one of thousands of digits, which no version has."""
    return int(digits[:1000])
