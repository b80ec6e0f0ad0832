# SPDX-License-Identifier: Apache-2.0
"""A scan of certificates that somebody wants checked: the codes on its pages.

The file may come from whoever forged it, so it is a child (``scan_child``) that reads it; one
that dies of it is a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from desktop.errors import Refused
from desktop.i18n import N_, _
from desktop.imports.child import Answers, child_reading, command
from desktop.imports.rights import SCAN
from desktop.imports.scan_code import MOST_PAGES, codes_in_grey

PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif")
MOST_BYTES: Final = 400 * 1024 * 1024
SECONDS: Final = 60.0
"""Without a word: a page takes one, a bad scan a few."""
SWITCH: Final = "--scan-child"
_LONGEST: Final = 8_000
"""Letters of one code; the largest QR holds 7,089 digits."""

_SENTENCES: Final[Mapping[str, str]] = {
    "big": N_("This file is too large to be looked through. Divide it first."),
    "unreadable": N_("This file cannot be opened. Copy it to this computer first."),
    "pdf": N_("This PDF cannot be read, or it has a password. Print it to a new PDF first."),
    "pages": N_("This file has more than {most} pages. Divide it first."),
    "pixels": N_("This picture is too large. Scan it at 300 dots per inch."),
    "neither": N_("This file is neither a picture nor a PDF that can be read."),
    "broken": N_("This file is damaged. Scan the paper, or print the file to a new PDF."),
    "slow": N_("A page of this file takes too long. Scan the paper, or print it to a new PDF."),
}

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """One code in a file, or a page without one."""

    page: int
    """From 1; frames of a picture count as pages. 0 for what is no file."""
    text: str
    """Empty when no code was found on the page."""


class ScanRefused(Refused):
    """A file that was not looked through. ``code`` names the reason."""

    def __init__(self, code: str) -> None:
        self.code = code if code in _SENTENCES else "broken"
        super().__init__(_(_SENTENCES[self.code]).format(most=f"{MOST_PAGES:,}"))


def read_scan(
    path: Path,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Seen, ...]:
    """The codes of every page of a picture or a PDF, in order; slow, for a thread.

    ``progress`` gets pages done and pages; after ``cancelled`` what was read so far is returned.
    Raises :class:`ScanRefused` for a file that is neither, or too large, or does harm.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ScanRefused("big")
        with (
            path.open("rb") as stream,
            child_reading(
                command(SWITCH, "scan_child", libraries=True), stream, SCAN, SECONDS,
                in_all=False, stopped=cancelled,
            ) as answers,
        ):  # fmt: skip
            return _heard(answers, progress)
    except OSError:
        raise ScanRefused("unreadable") from None


def read_copied(pixels: bytes, width: int, height: int, stride: int) -> tuple[Seen, ...]:
    """The codes of a picture that is no file, one byte a pixel and ``stride`` bytes a row: what
    was copied from another window. Slow, for a thread."""
    texts = codes_in_grey(pixels, width, height, stride)
    return tuple(Seen(0, text) for text in texts) or (Seen(0, ""),)


def _heard(answers: Answers, progress: Progress | None) -> tuple[Seen, ...]:
    seen: list[Seen] = []
    last: object = None
    done = 0
    for last in answers:
        page = _page(last, done)
        if page is None:
            break
        done, pages, texts = page
        seen += [Seen(done, text) for text in texts] or [Seen(done, "")]
        if progress is not None:
            progress(done, pages)
    if answers.verdict != "stopped" and last != {"end": done}:
        # Refused, killed by a cap, or dead: the file is the cause, and its words are not shown.
        told = last.get("refused") if isinstance(last, dict) else None
        raise ScanRefused(answers.verdict or str(told))
    return tuple(seen)


def _page(thing: Any, before: int) -> tuple[int, int, list[str]] | None:
    """A page as the child may tell it, after page ``before``; ``None`` for anything else."""
    match thing:
        case [int(number), int(pages), list(texts)]:
            whole = number == before + 1 and number <= pages <= MOST_PAGES
            if whole and all(isinstance(one, str) and len(one) <= _LONGEST for one in texts):
                return number, pages, texts
    return None
