# SPDX-License-Identifier: Apache-2.0
"""The name of one row, whole in a column or broken over several."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from desktop.i18n import _
from desktop.imports.row import NAME_FIELDS, Row
from desktop.thai.digits import to_arabic
from desktop.thai.names import FREE_TITLE, NO_TITLE, Name, split_name

_NUMBERING: Final = re.compile(r"^[\s(]*[0-9]{1,5}\s*(?:[.)/:]+|-(?=\s))\s*(?=[^\s0-9])")
_TRAILING: Final = re.compile(r"\s*[(\[]([^()\[\]]{1,120})[)\]]\s*$")
_CIVIL: Final = re.compile(r"นาย|นาง|เด็ก|น\.\s?ส|ด\.\s?[ชญ]")
_NO_SURNAME: Final = frozenset({"ไม่มี", "ไม่มีนามสกุล", "ไม่มีชื่อสกุล"})
_LOST: Final = re.compile(r"\ufffd|\?{2,}")
_LONGEST_NAME: Final = 160
_LONGEST_PART: Final = 80
"""Letters of a first name or a surname; one that is longer would turn the whole list back."""
_NO_LETTER: Final = re.compile(
    r"[^\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59"
    r" -~\u00a0-\u017f\u0300-\u030f\u1e00-\u1eff\u2010-\u201f]"
    r"|(?:(?<=[ .(-])|^)[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]"
)
"""What the typefaces of certificates cannot set: other scripts, pictures, a mark on no letter."""


def read_name(row: Row) -> tuple[str, str, str, str, str, str]:
    """(title, its code, first, middle, last, what stood in brackets)."""
    whole = row.text("full_name")
    field = "full_name" if whole else "first"
    whole = _NUMBERING.sub("", to_arabic(whole[:8]) + whole[8:]) if whole else ""
    first, middle, last = row.text("first"), row.text("middle"), row.text("last")
    title = row.text("title")
    whole, aside = _without_aside(row, field, whole)
    last, aside_last = _without_aside(row, "last", last)
    first, aside_first = _without_aside(row, "first", first)
    if last.strip("()[] ") in _NO_SURNAME:
        last = ""
    body = " ".join(part for part in (whole, first) if part)
    if len(body) > _LONGEST_NAME:
        # Not parted: a paragraph in the column of names is a mistake, and a long one costs time.
        _judge_name(row, field, body)
        return title, "", body[:_LONGEST_NAME], middle, last, aside
    name = _parted(row, title, body)
    if title and name.title_code == NO_TITLE:
        # A word we do not know as a title stands in the column of titles: it is one here.
        name = split_name(body)
        written, code = title, FREE_TITLE
    else:
        written, code = name.title, name.title_code
    if last or middle:
        # The columns part the name; what stands in them is not parted again.
        given = " ".join(part for part in (name.first, name.middle, name.last) if part)
        parts = (given, middle, last)
    else:
        parts = (name.first, name.middle, name.last)
    _judge_name(row, field, " ".join(parts), max(map(len, parts)))
    return (written, code, *parts, "; ".join(filter(None, (aside, aside_first, aside_last))))


def _parted(row: Row, title: str, body: str) -> Name:
    """The name with its title, when a column of titles stands beside the column of names."""
    if not title or body.startswith(title):
        return split_name(body)
    name = split_name(f"{title} {body}")
    if not _CIVIL.match(name.first):
        return name
    # น.ส. in one column and นางสาวสมหญิง in the other: the title was written twice.
    inner = split_name(body)
    if inner.title_code in {NO_TITLE, FREE_TITLE}:
        return name
    if inner.title_code != name.title_code:
        row.warning("title", _("Two titles are written. See which of them is right."))
    return inner


def _without_aside(row: Row, field: str, text: str) -> tuple[str, str]:
    found = _TRAILING.search(text)
    if found is None or found.start() == 0:
        return text, ""
    if found[1].strip() in _NO_SURNAME:
        return text[: found.start()], ""
    row.warning(
        field, _("The words in brackets were moved to the note. See whether they belong there.")
    )
    return text[: found.start()], found[1].strip()


def _judge_name(row: Row, field: str, name: str, longest: int = 0) -> None:
    if not name.strip():
        if not any(problem.field in NAME_FIELDS for problem in row.problems):
            row.error(field, _("There is no name. Type it, or leave the row out."))
    elif _LOST.search(name):
        row.error(field, _("Letters of the name were lost. Type it again from the list."))
    elif re.search("[0-9๐-๙]", name):
        row.error(field, _("There are digits in the name. Take them out."), _no_digits(name))
    elif len(name) > _LONGEST_NAME or longest > _LONGEST_PART:
        row.error(field, _("This is too long for a name. See whether it is one."))
    elif not re.search("[^\\W\\d_]", name):
        row.error(field, _("This is not a name. Type it again from the list."))
    elif found := _NO_LETTER.search(name):
        row.warning(
            field,
            _(
                "“{letter}” cannot be printed on a certificate. Type the name in Thai or Latin "
                "letters."
            ).format(letter=_shown(found[0])),
        )


def _shown(letter: str) -> str:
    """A mark on a circle, so that it does not climb on the quotation mark."""
    return f"\u25cc{letter}" if unicodedata.category(letter) == "Mn" else letter


def _no_digits(name: str) -> str:
    return " ".join(re.sub("[0-9๐-๙]", "", name).split())
