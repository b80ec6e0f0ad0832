# SPDX-License-Identifier: Apache-2.0
"""How an office writes its certificate numbers, and by which year it counts them.

A pattern is a text with ``{n}`` (or ``{n:03}``, padded with zeros), ``{be}`` for the year of the
register and ``{code}`` for the code of the office: ``พม 0312/{n:03}/{be}``. It is kept in Arabic
digits; paper writes them as the event does. The year must stand in it, because numbers begin
anew with each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Final, Literal

from desktop.errors import Problem
from desktop.i18n import N_, _

YearKind = Literal["calendar", "fiscal"]
YEAR_KINDS: Final[dict[YearKind, str]] = {
    "calendar": N_("Calendar year (January to December)"),
    "fiscal": N_("Fiscal year (October to September)"),
}
USUAL_PATTERN: Final = "{n}/{be}"
LONGEST_PATTERN: Final = 60
LONGEST_CODE: Final = 20
_PADDING: Final = re.compile(r"0[2-9]")


class PatternProblem(Problem):
    """Numbers cannot be written like this."""


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """How the numbers of one kind are written and counted in an office."""

    kind: str
    """Code of the list ``cert_kind``."""
    pattern: str = USUAL_PATTERN
    code: str = ""
    """What ``{code}`` stands for: the office's code, such as ``พม 0312``."""
    year_kind: YearKind = "calendar"


def checked_pattern(pattern: str, code: str) -> None:
    """Raise :class:`PatternProblem` with a sentence for a pattern that cannot stand."""
    sentence = pattern_trouble(pattern, code)
    if sentence:
        raise PatternProblem(sentence)


def pattern_trouble(pattern: str, code: str) -> str:
    """What is wrong with a pattern, in a sentence; empty when numbers can be written so."""
    return next(_troubles(pattern, code), "")


def _troubles(pattern: str, code: str) -> Iterator[str]:
    if len(pattern) > LONGEST_PATTERN or len(code) > LONGEST_CODE:
        yield _("Numbers written like this are too long for a certificate. Make it shorter.")
    if not (pattern + code).isprintable():
        yield _("There is a sign in the number that cannot be printed. Type it anew.")
    try:
        parts = [part for part in Formatter().parse(pattern) if part[1] is not None]
    except ValueError:
        yield _("A brace is missing or too many. Write {example}.").format(example="{n}/{be}")
        return
    for _text, name, form, how in parts:
        yield from _field_troubles(name or "", form or "", how)
    names = [name for _text, name, _form, _how in parts]
    if names.count("n") != 1:
        yield _("The number itself must stand in it once. Write {example}.").format(example="{n}")
    if "be" not in names:
        yield _(
            "The year must stand in it, because numbers begin anew every year. Write {example}."
        ).format(example="{be}")
    if "code" in names and not code.strip():
        yield _("Type the code of the office that stands in the number.")


def _field_troubles(name: str, form: str, how: str | None) -> Iterator[str]:
    if name not in ("n", "be", "code") or how:
        yield _(
            "{field} is not known. Use {n} for the number, {be} for the year and {code} for "
            "the code of the office."
        ).format(field=f"{{{name}}}", n="{n}", be="{be}", code="{code}")
    if form and (name != "n" or not _PADDING.fullmatch(form)):
        yield _("To fill numbers up with zeros write {example}.").format(example="{n:03}")
