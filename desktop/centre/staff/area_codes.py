# SPDX-License-Identifier: Apache-2.0
"""Area codes as they are typed into a form: ``63, 6301, 630101``, or the whole country."""

from __future__ import annotations

import re
from typing import Final

from desktop.centre import account
from desktop.centre.areas import exists
from desktop.errors import Problem
from desktop.i18n import _
from desktop.thai.digits import to_arabic

_BETWEEN: Final = re.compile(r"[\s,;]+")
_WHOLE: Final = frozenset({"ทั้งประเทศ", "ทั่วประเทศ", "all", "*"})


class NoSuchArea(Problem):
    """A code that no area has."""


def read_areas(typed: str) -> tuple[str, ...]:
    """The area codes typed, with blanks, commas or new lines between; Thai digits too.

    Raises :class:`NoSuchArea` or ``account.NotAnArea``.
    """
    codes = [part for part in _BETWEEN.split(to_arabic(typed).strip()) if part]
    if any(code.lower() in _WHOLE for code in codes):
        return account.EVERYWHERE
    checked = account.check_areas(codes)
    for code in checked:
        if not exists(code):
            raise NoSuchArea(_("There is no area with the code {code}.").format(code=code))
    if not checked:
        raise NoSuchArea(_("Type at least one area code."))
    return checked


def write_areas(areas: tuple[str, ...]) -> str:
    """The text that :func:`read_areas` reads back."""
    return ", ".join(code or _("all") for code in areas)
