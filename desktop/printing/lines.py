# SPDX-License-Identifier: Apache-2.0
"""Where lines end: balanced for titles, filled for tables, and what to do when a name is long.

Break places come from ``desktop.thai.breaking``, so no line starts inside a word. What a person
put in wins: a line break is a line break, a zero-width space is where the text breaks if it must,
a word joiner is where it must not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.printing.typeface import INVISIBLE, Typeface
from desktop.thai.breaking import break_penalty, break_points

_MAY_BREAK: Final = "\u200b"
_MUST_NOT: Final = "\u2060"
_SLACK: Final = 1e-6
_DEPENDENT: Final = re.compile("[\u0e2f-\u0e3a\u0e45-\u0e4e\u0300-\u036f]")
_LEADING: Final = "เแโใไ"
_PENALTY: Final = 0.02
"""What one point of break penalty weighs against raggedness: as much as a line that is 14 % of
the width away from the mean."""
_PULL: Final = 0.92
"""A title that fits on one line at this part of its size is pulled in rather than broken."""
_SHORT_BRACKET: Final = 10
"""Letters in brackets that are no more than a short form: (ศพอส.), (อพม.)."""
_STEP: Final = 0.5
_MOST_LINES: Final = 24
"""A paragraph of more lines is no text of a certificate, and would take seconds to balance."""


class TextDoesNotFit(Problem):
    """A text is too long for its place in every way that is allowed; nothing was cut.

    ``text`` is the text, ``whose`` the person, page or column it belongs to ("" when not known).
    """

    def __init__(self, text: str, whose: str = "") -> None:
        what = _(
            "“{text}” is too long for its place, even at the smallest size and on all its lines. "
            "Shorten it."
        ).format(text=text)
        super().__init__(f"{whose}: {what}" if whose else what)
        self.text = text
        self.whose = whose


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it will be set: its lines, size in points, horizontal scale in per cent."""

    lines: tuple[str, ...]
    size: float
    condense: float


class _Passage:
    """A piece of text without line breaks, with the pen's place at every character."""

    def __init__(self, face: Typeface, text: str) -> None:
        self.text = text.translate(INVISIBLE)
        self.chosen: list[int] = []
        self.glued: set[int] = set()
        kept = 0
        for character in text:
            if character == _MAY_BREAK:
                self.chosen.append(kept)
            elif character == _MUST_NOT:
                self.glued.add(kept)
            elif ord(character) not in INVISIBLE:
                kept += 1
        # One shaping serves every slice: a break never falls inside a cell.
        self.pens = [0.0] * (len(self.text) + 1)
        place, pen = 0, 0.0
        for number in face.run(self.text).cells:
            cell = face.cells[number]
            for offset in range(len(cell.text)):
                self.pens[place + offset] = pen
            place += len(cell.text)
            pen += cell.advance / face.units
        self.pens[len(self.text)] = pen

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The slice without the spaces at its ends."""
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return start, end

    def width(self, start: int, end: int) -> float:
        """Advance of the trimmed slice for a size of 1 point."""
        start, end = self.trimmed(start, end)
        return self.pens[end] - self.pens[start]

    def least_lines(self, width: float) -> int:
        """Fewer lines of this width cannot hold the text, whatever spaces fall away at ends."""
        if width <= 0:
            return 0
        spaces = sum(
            self.pens[place + 1] - self.pens[place]
            for place, character in enumerate(self.text)
            if character == " "
        )
        return int((self.pens[-1] - spaces) / (width + _SLACK) * 0.99)

    def clusters(self, start: int) -> list[int]:
        """Places after ``start`` between two clusters: the last resort for a word too wide."""
        return [
            place
            for place in range(start + 1, len(self.text))
            if not _DEPENDENT.match(self.text, place) and self.text[place - 1] not in _LEADING
        ]

    def penalty(self, place: int) -> float:
        """How unwelcome a break before ``place`` is. A short bracket stays with what it explains;
        a long one rather begins a line than ends in the middle."""
        found = break_penalty(self.text, place)
        if self.text[place] == "(":
            short = 0 < self.text.find(")", place) - place <= _SHORT_BRACKET
            found += 3 if short else 0.5
        return found

    def slice(self, start: int, end: int) -> str:
        """The trimmed slice."""
        start, end = self.trimmed(start, end)
        return self.text[start:end]

    def places(self, *, spaces: bool = False) -> list[int]:
        """Where a line may end, without the two ends of the text; after ``spaces`` alone if so."""
        whole = len(self.text)
        found = {place for place in break_points(self.text) if 0 < place < whole} - self.glued
        if spaces:
            found = {place for place in found if self.text[place - 1] == " "}
        return sorted(found | {place for place in self.chosen if 0 < place < whole})


def balance(
    face: Typeface,
    text: str,
    size: float,
    width: float,
    max_lines: int,
    *,
    spaces: bool = False,
) -> list[str] | None:
    """``text`` on the fewest lines that fit ``width`` (points), as even as words allow.

    None when it does not fit on ``max_lines``. Among the ways to fill the fewest lines the one
    with the smallest sum of squared raggedness is taken, with a soft penalty for ends that read
    badly (inside a long proper name, after a preposition). If it has places that a person chose,
    those alone are tried first. With ``spaces`` lines end at spaces only.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        passage = _Passage(face, paragraph)
        found = _balance(passage, width / size, max_lines - len(lines), spaces)
        if found is None:
            return None
        # A pair kerned across a break can be wider apart than it was together.
        if any(face.width(line, size) > width + 0.01 for line in found):
            found = _balance(passage, width / size * 0.995, max_lines - len(lines), spaces)
            if found is None:
                return None
        lines += found
    return lines


def _balance(passage: _Passage, width: float, max_lines: int, spaces: bool) -> list[str] | None:
    whole = len(passage.text)
    if max_lines < 1:
        return None
    if passage.width(0, whole) <= width + _SLACK:
        return [passage.slice(0, whole)]
    least = passage.least_lines(width)
    if least > min(max_lines, _MOST_LINES):
        return None
    chosen = [place for place in passage.chosen if 0 < place < whole]
    for places in ([chosen] if chosen else []) + [passage.places(spaces=spaces)]:
        ends = [0, *places, whole]
        if any(passage.width(start, end) > width + _SLACK for start, end in pairwise(ends)):
            continue  # a word that no line takes
        for count in range(max(2, least), max_lines + 1):
            cut = _best_cut(passage, ends, count, width)
            if cut is not None:
                return [passage.slice(start, end) for start, end in pairwise(cut)]
    return None


def _best_cut(
    passage: _Passage, ends: Sequence[int], count: int, width: float
) -> list[int] | None:
    """The places, both ends included, that cut the passage into ``count`` lines; None if none."""
    ideal = passage.width(0, ends[-1]) / count
    penalties = [_PENALTY * passage.penalty(end) if 0 < end < ends[-1] else 0.0 for end in ends]
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _line in range(count):
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost, _before) in best[-1].items():
            for end in range(start + 1, len(ends)):
                across = passage.width(ends[start], ends[end])
                if across > 2 * width:
                    break  # and all that follow are wider still
                if not 0 < across <= width + _SLACK:
                    continue
                sum_ = cost + ((across - ideal) / width) ** 2 + penalties[end]
                if end not in reached or sum_ < reached[end][0]:
                    reached[end] = (sum_, start)
        best.append(dict(sorted(reached.items())))
    end = len(ends) - 1
    if end not in best[count]:
        return None
    cut = [ends[end]]
    for line in range(count, 0, -1):
        end = best[line][end][1]
        cut.append(ends[end])
    return cut[::-1]


def wrap(face: Typeface, text: str, size: float, width: float) -> list[str]:
    """``text`` filled line by line into ``width`` (points), as in a table or a paragraph.

    A name wider than the line is broken between its words, a word between two clusters, never
    inside one; nothing is lost.
    An empty text is one empty line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        passage = _Passage(face, paragraph)
        whole = len(passage.text)
        ends = [*passage.places(), whole]
        start = 0
        while passage.width(start, whole) > width / size + _SLACK:
            # Places come in order and the pen only moves on: halving finds the last that fits.
            first = bisect_right(ends, start)
            after = bisect_right(ends, width / size, first, key=partial(_over, passage, start))
            end = ends[after - 1]
            if after == first:
                inside = passage.clusters(start)
                fitting = [c for c in inside if _fits(passage, start, c, width / size)]
                words = [c for c in break_points(passage.text, in_names=True) if c in fitting]
                end = (words[-1:] or fitting[-1:] or inside[:1] or [whole])[0]
            lines.append(passage.slice(start, end))
            start = end
        if start < whole or not whole:
            lines.append(passage.slice(start, whole))
    return lines


def longest_word(face: Typeface, text: str) -> float:
    """Width for a size of 1 point of the widest piece that ``wrap`` keeps whole if it can."""
    widest = 0.0
    for paragraph in text.split("\n"):
        passage = _Passage(face, paragraph)
        ends = [0, *passage.places(), len(passage.text)]
        widest = max(widest, *(passage.width(start, end) for start, end in pairwise(ends)))
    return widest


def _over(passage: _Passage, start: int, end: int) -> float:
    """What must be within the width for the piece to fit."""
    return passage.width(start, end) - _SLACK


def _fits(passage: _Passage, start: int, end: int, width: float) -> bool:
    return passage.width(start, end) <= width + _SLACK


def fit(
    face: Typeface,
    text: str,
    size: float,
    width: float,
    *,
    smallest: float,
    condense: float = 92,
    max_lines: int = 2,
    whose: str = "",
) -> Fitted:
    """A name in its place: on one line if it can be, smaller, then narrower, then on more lines.

    ``size`` shrinks to ``smallest``; then the text is condensed, to ``condense`` per cent at
    most; then it is balanced on up to ``max_lines`` lines. Raises ``TextDoesNotFit``.
    """
    widest = max(face.width(line, 1) for line in text.split("\n"))
    forced = text.count("\n") + 1
    if forced <= max_lines:
        lines = tuple(passage.translate(INVISIBLE).strip() for passage in text.split("\n"))
        if widest * size <= width + _SLACK:
            return Fitted(lines, size, 100)
        shrunk = width / widest
        if shrunk >= smallest:
            return Fitted(lines, shrunk, 100)
        if widest * smallest * condense / 100 <= width + _SLACK:
            return Fitted(lines, smallest, 100 * width / (widest * smallest))
    for spaces in (True, False):  # a surname is not cut while the space before it will do
        for tried, narrow in (((size + smallest) / 2, 100), (smallest, 100), (smallest, condense)):
            room = width * 100 / narrow
            balanced = balance(face, text, tried, room, max_lines, spaces=spaces)
            if balanced is not None:
                return Fitted(tuple(balanced), tried, narrow)
    raise TextDoesNotFit(text, whose)


def fit_lines(
    face: Typeface,
    text: str,
    size: float,
    width: float,
    *,
    smallest: float,
    condense: float = 92,
    max_lines: int = 3,
    whose: str = "",
) -> Fitted:
    """A title in its place: at its size on balanced lines, and smaller only if they are too many.

    A title just too long for one line is pulled in a little instead. Raises ``TextDoesNotFit``.
    """
    natural = face.width(text.replace("\n", ""), size)
    told = face.width("".join(text.split()), 1)
    if "\n" not in text and _MAY_BREAK not in text and natural * _PULL <= width < natural:
        pulled = size * width / natural
        if pulled >= smallest:
            return Fitted((text.translate(INVISIBLE).strip(),), pulled, 100)
    tried = size
    while True:
        if told * tried * 0.9 <= width * max_lines:  # else there is not the room, wherever cut
            balanced = balance(face, text, tried, width, max_lines)
            if balanced is not None:
                return Fitted(tuple(balanced), tried, 100)
        if tried <= smallest:
            break
        tried = max(smallest, tried - _STEP)
    balanced = balance(face, text, smallest, width * 100 / condense, max_lines)
    if balanced is not None:
        return Fitted(tuple(balanced), smallest, condense)
    raise TextDoesNotFit(text, whose)
