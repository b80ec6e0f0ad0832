# SPDX-License-Identifier: Apache-2.0
"""A list of honoured projects (โครงการดีเด่น), read: organisation, project, fund, line by line.

Files are read by the same capped child as rosters. What is wrong with a line is said beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.i18n import _
from desktop.imports import delimited
from desktop.imports.columns import key_of
from desktop.imports.grid import Grid, Progress, read_grid
from desktop.imports.lines import FROM_ABOVE, Line, heading_cells, lines_of
from desktop.imports.refusal import RosterRefused, Unfit
from desktop.imports.row import RowProblem
from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise, normalise_name
from desktop.thai.search_key import search_key

FIELDS: Final = ("order", "organisation", "title", "fund")
LONGEST: Final = 500
"""Characters of a title that are kept and printed whole."""
_LONGEST_NAME: Final = 300
_TRIED_SHEETS: Final = 5
_SEARCHED: Final = 20

_ORDER_KEYS: Final = frozenset(
    ("ลำดับ", "ลำดับที่", "ที่", "ข้อ", "ลำดับเลขที่", "no", "number", "#", "seq", "order", "item")
)
_WORDS: Final[Mapping[str, str]] = {
    "fund": "กองทุน|แหล่งทุน|แหล่งงบประมาณ|แหล่งเงิน|แหล่งเงินทุน|fund|source",
    "title": "โครงการ|ผลงาน|กิจกรรม|project|projects|title",
    "organisation": (
        "องค์กร|องค์การ|หน่วยงาน|สังกัด|ผู้รับทุน|ผู้รับรางวัล|ผู้ได้รับรางวัล|ผู้รับผิดชอบ|ผู้ดำเนินโครงการ|"
        "เจ้าของโครงการ|ผู้เสนอโครงการ|ส่วนราชการ|ต้นสังกัด|organisation|organization|agency|office"
    ),
}
# A heading is one of the words, with ชื่อ before it and what it is qualified by after it; the
# first cell of a list (โครงการปลูกผัก, องค์กรสวัสดิการชุมชน) goes on with something else.
_HEADING: Final = {
    name: re.compile(
        rf"(?:ราย)?(?:ชื่อ)?(?:{words})"
        rf"(?:(?:หรือ|และ)?(?:{'|'.join(_WORDS.values())}))?"
        r"(?:(?:ที่|ผู้|ซึ่ง|เจ้าของ|ดีเด่น|ดำเนิน|รับ|สนับสนุน|name).*)?"
    )
    for name, words in _WORDS.items()
}
_LONGEST_HEADING: Final = 60
_AGENCY: Final = re.compile(
    r"^(?:มูลนิธิ|สมาคม|ชมรม|ศูนย์|สำนัก|องค์กร|องค์การ|อบต|อบจ|เทศบาล|โรงเรียน|กรม|กอง(?!ทุน)|นิคม|สถาบัน|มหาวิทยาลัย|"
    r"วิทยาลัย|โรงพยาบาล|รพ\.|พมจ|สภา|บ้านพัก|สถาน|กระทรวง|เครือข่าย|กลุ่ม|วัด|บริษัท|คณะ|สหกรณ์|วิสาหกิจ)"
)
_PROJECT: Final = re.compile(r"^โครงการ")
_FUND: Final = re.compile(r"^(?:กองทุน|งบ)")
_TOTAL: Final = re.compile(r"^(?:รวม|ยอดรวม|หมายเหตุ|total\b)", re.IGNORECASE)
_DITTO: Final = frozenset({'"', "”", "“", "″", "''", '""', "〃", "„", ",,"})
_BULLET: Final = re.compile(r"^[0-9๐-๙]{1,4}\s*[.)]\s*")


@dataclass(frozen=True, slots=True)
class ReadAward:
    """One honoured project as a list has it."""

    line_no: int
    organisation: str
    title: str
    fund: str = ""
    problems: tuple[RowProblem, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether nothing keeps it from being taken in."""
        return not any(problem.level == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class AwardReading:
    """What was understood of a list."""

    source_kind: str
    """``xlsx``, ``csv`` or ``pasted``."""
    sheets: tuple[str, ...]
    sheet: str
    columns: tuple[str, ...]
    """What each column was taken for: one of :data:`FIELDS`, or "" when it is not taken in."""
    rows: tuple[ReadAward, ...]
    skipped: tuple[tuple[int, str], ...] = ()
    """Lines that are no projects: (line, its words)."""


def read_awards(
    path: Path,
    *,
    sheet: str | None = None,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> AwardReading:
    """Read an award list from an .xlsx or a text file, in a capped child.

    Without ``sheet`` the first sheet that names projects is taken. Blocks: call it from the slow
    lane. Raises :class:`RosterRefused` with one sentence and ``ReadingStopped``.
    """
    grid = read_grid(path, sheet or "", progress, stopped)
    reading = _understood(grid)
    if sheet is None and not reading.rows:
        for other in grid.sheets[1:_TRIED_SHEETS]:
            again = _understood(read_grid(path, other, progress, stopped))
            if again.rows:
                return again
    if not reading.rows:
        raise RosterRefused("no_rows")
    return reading


def read_pasted_awards(text: str) -> AwardReading:
    """Read rows pasted from Excel (tab separated, with or without headings).

    Raises :class:`RosterRefused` when there is nothing to read or far too much.
    """
    try:
        rows = delimited.read_lines(delimited.repaired(text.replace("\0", "")))
        grid = Grid("pasted", (), "", [(line, tuple(cells)) for line, cells in rows])
    except Unfit as unfit:
        raise RosterRefused(unfit.code) from None
    reading = _understood(grid)
    if not reading.rows:
        raise RosterRefused("empty")
    return reading


def fix_award(row: ReadAward, *, organisation: str, title: str, fund: str) -> ReadAward:
    """The row after the facilitator typed into it, looked at again by itself."""
    made = ReadAward(row.line_no, normalise_name(organisation), normalise(title), normalise(fund))
    return replace(made, problems=_problems(made))


def marked_equals(rows: Sequence[ReadAward]) -> tuple[ReadAward, ...]:
    """Say of each row whether an earlier one is the same project of the same organisation."""
    first: dict[tuple[str, str], int] = {}
    made: list[ReadAward] = []
    for row in rows:
        kept = tuple(problem for problem in row.problems if problem.field != "")
        key = (search_key(row.organisation), search_key(row.title))
        if row.organisation and row.title and key in first:
            sentence = _("The same project stands in line {line}. See whether it is twice.")
            same = RowProblem("", "warning", sentence.format(line=first[key]))
            kept = (*kept, same)
        first.setdefault(key, row.line_no)
        made.append(replace(row, problems=kept))
    return tuple(made)


# ---- columns


def field_of(heading: str) -> str:
    """What a heading says its column holds; "" when it says nothing that is known.

    The word that stands first decides: ชื่อโครงการ/องค์กร is a column of projects.
    """
    if not heading or len(heading) > _LONGEST_HEADING:
        return ""
    key = key_of(heading)
    if key in _ORDER_KEYS:
        return "order"
    return next((name for name, shape in _HEADING.items() if shape.fullmatch(key)), "")


def _headings(lines: Sequence[Line], grid: Grid) -> tuple[int, tuple[str, ...]]:
    """(place of the first line below the headings, fields); (0, ()) without headings."""
    for place, line in enumerate(lines[:_SEARCHED]):
        fields: list[str] = []
        for heading in heading_cells(grid, line):
            name = field_of(heading)
            fields.append("" if name in fields else name)
        words = [text for text in line.cells if text]
        known = sum(1 for name in fields if name)
        if {"organisation", "title"} <= set(fields) and known * 2 > len(words):
            return place + 1, tuple(fields)
    return 0, ()


def _guessed(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the columns of a list without headings hold, by what stands in them."""
    width = max((len(line.cells) for line in lines), default=0)
    columns = [
        [line.cells[place] for line in lines if place < len(line.cells) and line.cells[place]]
        for place in range(width)
    ]
    fields = [""] * width
    free = [place for place, column in enumerate(columns) if column]
    for place in list(free):
        numbers = sum(1 for text in columns[place] if to_arabic(text).rstrip(".").isdigit())
        if numbers * 2 > len(columns[place]):
            free.remove(place)
            if "order" not in fields:
                fields[place] = "order"
    for name, pattern in (("title", _PROJECT), ("fund", _FUND), ("organisation", _AGENCY)):
        best = max(free, key=lambda place: _share(columns[place], pattern), default=None)
        if best is not None and _share(columns[best], pattern) > 0.5:
            fields[best] = name
            free.remove(best)
    # The usual order of such lists: organisation, project, fund.
    for name in ("organisation", "title", "fund"):
        if name not in fields and free:
            fields[free.pop(0)] = name
    return tuple(fields)


def _share(texts: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(1 for text in texts if pattern.match(text)) / max(1, len(texts))


# ---- rows


def _understood(grid: Grid) -> AwardReading:
    lines = lines_of(grid)
    first, fields = _headings(lines, grid)
    body = lines[first:]
    if not fields:
        several = [line for line in body if sum(map(bool, line.cells)) > 1]
        fields = _guessed(several or body)
    rows: list[ReadAward] = []
    skipped: list[tuple[int, str]] = []
    fund, above = "", {"organisation": "", "fund": ""}
    for line in body:
        values = _values(line, fields, above)
        own = [text for text in line.cells if text]
        lone = own[0] if len(own) == 1 else ""
        if lone and _FUND.match(lone):
            # A line between the projects that names the fund of those below it.
            fund = normalise(lone)
            skipped.append((line.number, lone))
            continue
        heads = sum(1 for text in own if field_of(text))
        if (
            not (values["organisation"] or values["title"])
            or _TOTAL.match(own[0] if own else "")
            or (len(own) > 1 and heads == len(own))
        ):
            skipped.append((line.number, " ".join(own)))
            continue
        above = values
        made = fix_award(
            ReadAward(line.number, "", ""),
            organisation=values["organisation"],
            title=values["title"],
            fund=values["fund"] or fund,
        )
        rows.append(made)
    return AwardReading(
        grid.kind, grid.sheets, grid.sheet, fields, marked_equals(rows), tuple(skipped)
    )


def _values(line: Line, fields: Sequence[str], above: Mapping[str, str]) -> dict[str, str]:
    values = dict.fromkeys(FIELDS, "")
    for place, name in enumerate(fields):
        if not name or place >= len(line.cells):
            continue
        text = line.cells[place]
        if text in _DITTO:
            text = above.get(name, "")
        elif line.marked[place][:1] == FROM_ABOVE and name == "title":
            text = ""
        values[name] = text
    if found := _BULLET.match(values["organisation"]):
        values["organisation"] = values["organisation"][found.end() :]
    return values


def _problems(row: ReadAward) -> tuple[RowProblem, ...]:
    said: list[RowProblem] = []
    if not row.organisation:
        said.append(RowProblem("organisation", "error", _("Type the name of the organisation.")))
    elif len(row.organisation) > _LONGEST_NAME:
        sentence = _("The name is longer than {count} characters. Shorten it.")
        said.append(RowProblem("organisation", "error", sentence.format(count=_LONGEST_NAME)))
    if not row.title:
        said.append(RowProblem("title", "error", _("Type the name of the project.")))
    elif len(row.title) > LONGEST:
        sentence = _("The name is longer than {count} characters. Shorten it.")
        said.append(RowProblem("title", "error", sentence.format(count=LONGEST)))
    return tuple(said)
