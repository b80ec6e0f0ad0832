# SPDX-License-Identifier: Apache-2.0
"""The files that somebody drops onto the page for checking, or copied and pastes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

from desktop.errors import Problem, Refused
from desktop.i18n import ngettext
from desktop.ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from desktop.imports.scan import Seen


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen in some files, and what is to be said of those that could not be read."""

    seen: tuple[Seen, ...]
    trouble: Problem | None = None


def local_files(said: QMimeData) -> tuple[Path, ...]:
    """The files of this computer that are dropped or pasted; none if anything else is among
    them."""
    urls = said.urls()
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    whole = len(paths) == len(urls) and all(path.is_file() for path in paths)
    return paths if whole else ()


def read_files(paths: Sequence[Path], progress: Progress, cancelled: Cancelled) -> Reading:
    """Every code on every page of pictures and PDFs, one after the other; slow, for a thread.

    Pages are counted through. One alone that cannot be read raises its Problem; of several the
    others are read all the same.
    """
    from desktop.imports.scan import read_scan

    if len(paths) == 1:
        return Reading(read_scan(paths[0], progress, cancelled))
    seen: list[Seen] = []
    refused = 0
    for place, path in enumerate(paths):
        if cancelled():
            break
        before = max((one.page for one in seen), default=0)
        try:
            found = read_scan(path, None, cancelled)
        except Problem:
            refused += 1
        else:
            seen += [replace(one, page=one.page + before) for one in found]
        progress(place + 1, len(paths))
    if not refused:
        return Reading(tuple(seen))
    sentence = ngettext(
        "{count} of these files could not be read. Drop it alone to see why.",
        "{count} of these files could not be read. Drop each of them alone to see why.",
        refused,
    ).format(count=refused)
    return Reading(tuple(seen), Refused(sentence))
