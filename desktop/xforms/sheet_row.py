# SPDX-License-Identifier: Apache-2.0
"""The rows of an XLSForm as they stand in the sheets, and the path each question becomes.

Whoever writes a form sees sheets and rows, the engine sees paths; everything that is said about
a form goes through here, so that it can be said with the row. Nothing is converted here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.i18n import _

SURVEY: Final = "survey"
CHOICES: Final = "choices"
SETTINGS: Final = "settings"
ROOT: Final = "data"
"""What pyxform calls the root of the answers unless the settings name it."""

_LANGUAGE: Final = re.compile(r"\(([A-Za-z]{2,3})(?:-[A-Za-z0-9]+)*\)\s*$")
_SELECT: Final = re.compile(
    r"(?:add )?"
    r"(?:select[ _]one|select[ _]multiple|select1|select all that apply|rank)"
    r"(?P<elsewhere>[ _]from[ _]file|_external)?(?: from| prompt using)?\s+(?P<list>\S+)"
    r"(?P<other>\s+or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
_EDGE: Final = re.compile(r"(?P<edge>begin|end)[ _](?P<kind>group|repeat|loop)\b", re.IGNORECASE)
_ALIASES: Final = {
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "command": "type",
    "tag": "name",
    "value": "name",
    "list name": "list_name",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
}
_BIND: Final = {
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "calculate": "calculation",
    "readonly": "read_only",
}


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """One thing said about a form. ``row`` is 1 for a sheet's header, 0 for the whole form.

    ``refuses``: the form cannot be used like this; otherwise it is advice.
    """

    sheet: str
    row: int
    sentence: str
    refuses: bool = True

    def __str__(self) -> str:
        words = self.sentence
        if not self.refuses:
            words = _("Advice: {words}").format(words=words)
        if not self.row:
            return _("The form: {words}").format(words=words)
        return _("Sheet {sheet}, row {row}: {words}").format(
            sheet=self.sheet, row=self.row, words=words
        )


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its cells by column, and the translations of a column by language.

    ``texts["label"]`` is ``{"ไทย (th)": "ชื่อ", "": "…"}``; "" is a column without a language.
    ``path`` is where the question stands in the answers, "" for rows without a place.
    """

    row: int
    cells: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    path: str = ""

    @property
    def type(self) -> str:
        """The type as it is written, spaces folded."""
        return " ".join(self.cells.get("type", "").split())

    @property
    def name(self) -> str:
        """The name of the question, or of the choice."""
        return self.cells.get("name", "")

    @property
    def edge(self) -> tuple[str, str]:
        """``("begin" or "end", "group" or "repeat")`` of a row that opens or closes, or ""."""
        found = _EDGE.match(self.type)
        if found is None:
            return "", ""
        return found["edge"].lower(), "group" if found["kind"].lower() == "group" else "repeat"

    @property
    def choices(self) -> str:
        """The list a select reads from the sheet of choices, or ""."""
        found = _SELECT.match(self.type)
        if found is None or found["elsewhere"] or found["list"].startswith("${"):
            return ""
        return found["list"]

    @property
    def other(self) -> bool:
        """Whether the select has a question for "other" added to it (``or_other``)."""
        found = _SELECT.match(self.type)
        return found is not None and bool(found["other"])


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a form that have a meaning."""

    survey: tuple[SheetRow, ...]
    choices: tuple[SheetRow, ...]
    settings: SheetRow | None
    languages: tuple[str, ...]
    rows: Mapping[str, int] = field(default_factory=dict)
    """Path → row of the survey."""

    def row_of(self, path: str) -> int:
        """The row of ``path`` or of the nearest section around it; 0 where there is none."""
        path = re.sub(r"\[[^\]]*\]", "", path)
        while path:
            if found := self.rows.get(path):
                return found
            path = path.rpartition("/")[0]
        return 0

    def setting(self, name: str) -> str:
        """The cell of the settings under ``name``, or ""."""
        return self.settings.cells.get(name, "") if self.settings else ""


def read_sheets(book: Mapping[str, Sequence[Mapping[str, str]]]) -> Sheets:
    """The sheets of ``book``: lower-case sheet name → rows from row 2 on, by header."""
    languages: list[str] = []
    settings = list(_rows(book.get(SETTINGS, ()), []))
    root = settings[0].cells.get("name", "") if settings else ""
    survey = tuple(_placed(_rows(book.get(SURVEY, ()), languages), root or ROOT))
    choices = tuple(_rows(book.get(CHOICES, ()), languages))
    rows: dict[str, int] = {}
    for one in survey:
        if one.path:
            rows.setdefault(one.path, one.row)
            if one.other:
                rows.setdefault(f"{one.path}_other", one.row)
            if one.cells.get("repeat_count"):
                rows.setdefault(f"{one.path}_count", one.row)
    return Sheets(survey, choices, settings[0] if settings else None, tuple(languages), rows)


def code_of(language: str) -> str:
    """The code in ``ไทย (th)``, or the whole name in lower case where none is given."""
    found = _LANGUAGE.search(language)
    return found[1].lower() if found else language.strip().lower()


def _rows(rows: Sequence[Mapping[str, str]], languages: list[str]) -> Iterator[SheetRow]:
    for number, cells in enumerate(rows, 2):
        plain: dict[str, str] = {}
        texts: dict[str, dict[str, str]] = {}
        for header, value in cells.items():
            column, language = _column(header)
            if language and language not in languages:
                languages.append(language)
            if column in _TEXTS:
                texts.setdefault(column, {})[language] = value
            elif not language:
                plain[column] = value
        if plain or texts:
            yield SheetRow(number, plain, texts)


_TEXTS: Final = frozenset(
    {
        "label", "hint", "guidance_hint", "constraint_message", "required_message",
        "media::image", "media::audio", "media::video", "media::big-image",
    }
)  # fmt: skip
_MEDIA: Final = frozenset({"image", "audio", "video", "big-image"})


def _column(header: str) -> tuple[str, str]:
    """What a header means, and its language: ``label::ไทย (th)`` → ``("label", "ไทย (th)")``."""
    parts = [part.strip() for part in header.split("::")]
    before, colon, after = header.partition(":")
    if len(parts) == 1 and colon and before.lower() in _TEXTS | _MEDIA:
        parts = [before.strip(), after.strip()]
    first = "_".join(parts[0].lower().split())
    first = _ALIASES.get(parts[0].lower(), _ALIASES.get(first, first))
    rest = parts[1:]
    if first == "media" and rest:
        first, rest = f"media::{rest[0].lower()}", rest[1:]
    elif first in _MEDIA:
        first = f"media::{first}"
    elif first == "bind" and rest and rest[0].lower() in {*_BIND, "relevant", "constraint"}:
        first, rest = _BIND.get(rest[0].lower(), rest[0].lower()), rest[1:]
    if first in _TEXTS:
        return first, "::".join(rest)
    return "::".join([first, *rest]), ""


def _placed(rows: Iterator[SheetRow], root: str) -> Iterator[SheetRow]:
    inside: list[str] = [root]
    for one in rows:
        edge, _kind = one.edge
        if edge == "end":
            if len(inside) > 1:
                inside.pop()
            yield one
            continue
        name = one.name
        if not name and one.type.lower() == "note":
            name = f"generated_note_name_{one.row}"  # as pyxform calls it
        path = f"/{'/'.join(inside)}/{name}" if name else ""
        if edge == "begin":
            inside.append(one.name)
        yield SheetRow(one.row, one.cells, one.texts, path)
