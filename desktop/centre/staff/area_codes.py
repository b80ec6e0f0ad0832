# SPDX-License-Identifier: Apache-2.0
"""Areas as they are typed into a form: ``จ.ตาก, 6306``, ``อ.แม่สอด จ.ตาก``, the whole country."""

from __future__ import annotations

import re
from typing import Final

from desktop.centre import account
from desktop.centre.areas import areas_called, exists
from desktop.errors import Problem
from desktop.i18n import _
from desktop.thai.digits import to_arabic

_BETWEEN: Final = re.compile(r"[,;\n]+")
_MARKS: Final = {
    "จังหวัด": 2, "จ.": 2, "อำเภอ": 4, "กิ่งอำเภอ": 4, "อ.": 4, "เขต": 4, "ตำบล": 6, "ต.": 6,
    "แขวง": 6,
}  # fmt: skip
"""What stands before a name, and how many digits an area of that kind has."""
_MARK: Final = re.compile("|".join(map(re.escape, sorted(_MARKS, key=len, reverse=True))))
_WHOLE: Final = frozenset({"ทั้งประเทศ", "ทั่วประเทศ", "all", "*"})


class NoSuchArea(Problem):
    """A code or a name that no area has, or that several have."""


def read_areas(typed: str) -> tuple[str, ...]:
    """The codes of the areas typed, by code or name, with commas or new lines between.

    Thai digits too; between codes a blank is enough. A name may be followed by what it lies in
    (``อ.แม่สอด จ.ตาก``); one without a mark is the widest area of that name.
    Raises :class:`NoSuchArea` or ``account.NotAnArea``.
    """
    codes: list[str] = []
    for part in _BETWEEN.split(to_arabic(typed)):
        words = part.split()
        if all(word.isdigit() for word in words):
            codes += words
        elif part.strip().lower() in _WHOLE:
            return account.EVERYWHERE
        else:
            codes.append(_code(" ".join(words)))
    checked = account.check_areas(codes)
    for code in checked:
        if not exists(code):
            raise NoSuchArea(_("There is no area with the code {code}.").format(code=code))
    if not checked:
        raise NoSuchArea(_("Type at least one area."))
    return checked


def _code(name: str) -> str:
    """The code of the one area of this name."""
    found = _called(name, 0)
    if not found:
        # From the narrowest to the widest, with marks or blanks between.
        spaced = _MARK.sub(lambda mark: f" {mark[0]}", name).split()
        for word in reversed(spaced):
            marked = _MARK.match(word)
            length = _MARKS[marked[0]] if marked else 0
            inside = _called(word[marked.end() :] if marked else word, length)
            within = found
            found = [one for one in inside if not within or one.startswith(tuple(within))]
            if not found:
                break
    widest = min(map(len, found), default=0)
    found = [one for one in found if len(one) == widest]
    if not found:
        raise NoSuchArea(
            _("There is no area called {name}. Compare its spelling, or type its code.").format(
                name=name
            )
        )
    if len(found) > 1:
        raise NoSuchArea(
            _(
                "Several areas are called {name}. Write what it lies in behind it, for example "
                "“อ.แม่สอด จ.ตาก”."
            ).format(name=name)
        )
    return found[0]


def _called(name: str, length: int) -> list[str]:
    """The codes of the areas of this name; of ``length`` digits, or of any for 0."""
    return [code for code in areas_called(name) if not length or len(code) == length]


def write_areas(areas: tuple[str, ...]) -> str:
    """The text that :func:`read_areas` reads back."""
    return ", ".join(code or _("all") for code in areas)
