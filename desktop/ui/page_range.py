# SPDX-License-Identifier: Apache-2.0
"""Pages as people name them: "1-20, 25", "๔๑-" for the rest, in any digits and any dash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.thai.digits import to_arabic

_PART: Final = re.compile(r"(\d*)\s*(?:(-)\s*(\d*))?")
_DASHES: Final = str.maketrans("–—−‒~", "-----")


class NotPages(Problem):
    """What was typed names no pages of this paper."""


def read_range(text: str, total: int) -> tuple[int, ...]:
    """The indices (from 0) of the pages named, in order and each once; empty text means all.

    Raises :class:`NotPages` with a sentence that gives an example.
    """
    plain = to_arabic(text).translate(_DASHES).replace("ถึง", "-").strip()
    if not plain:
        return tuple(range(total))
    found: set[int] = set()
    for part in re.split(r"[,;\s]*[,;][,;\s]*|\s+(?!-)(?<!-\s)", plain):
        if not part:
            continue
        read = _PART.fullmatch(part.strip())
        if read is None or not (read[1] or read[3]):
            raise NotPages(_("Write pages like 1-20, 25. To print from page 41 on, write 41-."))
        first = int(read[1] or 1)
        last = (int(read[3]) if read[3] else total) if read[2] else first
        if not 1 <= first <= last or first > total:
            raise NotPages(
                _("There are pages 1 to {total} here; {part} is not among them.").format(
                    total=total, part=part
                )
            )
        found.update(range(first - 1, min(last, total)))
    return tuple(sorted(found))


def write_range(indices: Sequence[int]) -> str:
    """Indices (from 0, in order) as a range people read: ``1-20, 25``."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    return ", ".join(
        f"{first + 1}" if first == last else f"{first + 1}-{last + 1}" for first, last in runs
    )
