# SPDX-License-Identifier: Apache-2.0
"""Texts of a report as strips: headings, paragraphs, facts with their labels.

What people typed in a yard is printed whole: a character that the typeface lacks (a face that
smiles) becomes its number in brackets, because a record that is frozen cannot be typed again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.printing.document import MM, Document
from desktop.printing.flow import ACCENT, HAIR, SOFT, Frame, Strip
from desktop.printing.lines import fit_lines, wrap
from desktop.printing.table import Column, Ruled
from desktop.printing.typeface import INVISIBLE, Align, Unprintable, typeface

SIZE: Final = 11.0
LEADING: Final = 1.5
_RISE: Final = 1.08
"""From the top of a line's strip to its base line in parts of the size."""
_LABEL: Final = 10.0
_BESIDE: Final = 5
"""Lines of an answer that stand beside the question; a longer one goes under it."""
_ALIKE: Final = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2022": "·", "\t": " ", "\u00a0": " "}
)
_NUMBER: Final = re.compile(r"(?<=[0-9๐-๙]) (?=[0-9๐-๙])|(?<=โทร\.) |(?<= ณ) ")
_AREA: Final = re.compile("(จังหวัด|อำเภอ|ตำบล)(?=[ก-ฮเ-ไ])")
_JOINED: Final = "\u2060"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what was answered; one with an empty ``value`` is not printed."""

    label: str
    value: str


def legible(text: str, face_name: str = "Sarabun-Regular") -> str:
    """``text`` without a character that cannot be printed, each shown as its number: [U+1F600].

    Line ends become ``\\n``; control characters and spaces at the ends go. A telephone number
    holds together over its spaces, so does ณ นคร, and a tambon's name with the word before it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_ALIKE)
    text = "".join(each for each in text if each == "\n" or each >= " ").strip()
    text = _AREA.sub(rf"\1{_JOINED}", _NUMBER.sub(f" {_JOINED}", text))
    return "\n".join(_legible_line(line, face_name) for line in text.split("\n"))


def _legible_line(text: str, face_name: str) -> str:
    face = typeface(face_name)
    while True:
        try:
            face.run(text)
        except Unprintable as fault:
            plain = text.translate(INVISIBLE)
            shown = f"[U+{ord(fault.character):04X}]"
            text = plain[: fault.place] + shown + plain[fault.place + 1 :]
        else:
            return text


def lines_of(
    lines: Sequence[str],
    x: float,
    size: float,
    *,
    face_name: str = "Sarabun-Regular",
    align: Align = "left",
    colour: tuple[float, float, float] | None = None,
    last_keeps: bool = False,
) -> list[Strip]:
    """Lines that are known to fit; the first two and the last two stay together."""
    face = typeface(face_name)
    count = len(lines)

    def strip(index: int, line: str) -> Strip:
        def draw(document: Document, top: float) -> None:
            if colour is not None:
                document.canvas.setFillColorRGB(*colour)
            face.draw(document.canvas, x, top - _RISE * size, line, size, align)

        keep = index + 1 < count and (index == 0 or index == count - 2)
        return Strip(size * LEADING, draw, keep or (last_keeps and index + 1 == count))

    return [strip(index, line) for index, line in enumerate(lines)]


def paragraph(
    frame: Frame,
    text: str,
    *,
    indent: float = 0,
    size: float = SIZE,
    face_name: str = "Sarabun-Regular",
    last_keeps: bool = False,
) -> list[Strip]:
    """A text of any length, ``indent`` points in from the left; nothing for an empty one."""
    text = legible(text, face_name)
    if not text:
        return []
    lines = wrap(typeface(face_name), text, size, frame.width - indent)
    return lines_of(lines, frame.x + indent, size, face_name=face_name, last_keeps=last_keeps)


def centred(
    frame: Frame, text: str, size: float, *, face_name: str = "Sarabun-Bold", max_lines: int = 3
) -> list[Strip]:
    """A title on balanced lines in the middle. Raises TextDoesNotFit."""
    if not text:
        return []
    face = typeface(face_name)
    fitted = fit_lines(
        face, legible(text), size, frame.width, smallest=size * 0.7, max_lines=max_lines
    )
    middle = frame.x + frame.width / 2
    strips = lines_of(
        fitted.lines, middle, fitted.size, face_name=face_name, align="centre", last_keeps=True
    )
    return [Strip(each.height, each.draw, keep=True) for each in strips]


def section(frame: Frame, text: str) -> list[Strip]:
    """The heading of a part, with white space above, that stays with what follows."""
    lines = wrap(typeface("Sarabun-SemiBold"), legible(text), 13, frame.width)
    strips = [Strip(2.8 * MM, gap=True, keep=True)]
    strips += [
        Strip(each.height, each.draw, keep=True)
        for each in lines_of(lines, frame.x, 13, face_name="Sarabun-SemiBold", colour=ACCENT)
    ]

    def rule(document: Document, top: float) -> None:
        document.canvas.setStrokeColorRGB(*ACCENT)
        document.canvas.setLineWidth(0.8)
        document.canvas.line(frame.x, top, frame.x + frame.width, top)

    return [*strips, Strip(1.6 * MM, rule, keep=True)]


def part(frame: Frame, heading: str, strips: list[Strip]) -> list[Strip]:
    """A heading and what is under it; neither when that is nothing."""
    return [*section(frame, heading), *strips] if strips else []


def _labelled(fact: Fact, x: float, label: float, width: float) -> list[Strip]:
    """One fact: its label at the left in ``label`` points, its value beside it."""
    face = typeface("Sarabun-Regular")
    words = wrap(face, legible(fact.label), _LABEL, label - 2 * MM)
    values = wrap(face, legible(fact.value), SIZE, width - label)
    strips = []
    count = max(len(words), len(values))
    for index in range(count):
        left = words[index] if index < len(words) else ""
        right = values[index] if index < len(values) else ""

        def draw(document: Document, top: float, left: str = left, right: str = right) -> None:
            base = top - _RISE * SIZE
            document.canvas.setFillColorRGB(*SOFT)
            face.draw(document.canvas, x, base, left, _LABEL)
            document.canvas.setFillColorRGB(0.11, 0.11, 0.2)
            face.draw(document.canvas, x + label, base, right, SIZE)

        # The lines of the label hold together, and so do the first and the last two.
        keep = index + 1 < count and (index + 1 < len(words) or index in (0, count - 2))
        strips.append(Strip(SIZE * LEADING, draw, keep))
    return strips


def facts(
    frame: Frame, given: Sequence[Fact], *, label: float = 34, pairs: bool = True
) -> list[Strip]:
    """Facts under each other, with ``pairs`` two beside each other where both are short.

    A hair line between. ``label`` is the width of a label in millimetres. Empty ones are left out.
    """
    told = [fact for fact in given if legible(fact.value)]
    half = (frame.width - 6 * MM) / 2
    strips: list[Strip] = []
    index = 0
    while index < len(told):
        pair = told[index : index + 2]
        beside = (
            pairs and len(pair) == 2 and all(_is_short(each, label * MM, half) for each in pair)
        )
        if beside:
            rows = [
                _labelled(each, frame.x + place * (half + 6 * MM), label * MM, half)
                for place, each in enumerate(pair)
            ]
            strips += _ruled(frame, [_both(rows[0][0], rows[1][0])])
        else:
            strips += _ruled(frame, _alone(frame, told[index], label * MM))
        index += 2 if beside else 1
    return strips


def _alone(frame: Frame, fact: Fact, label: float) -> list[Strip]:
    """A fact on its own: its value beside its label, or under it over the whole width if long."""
    beside = _labelled(fact, frame.x, label, frame.width)
    if len(beside) <= _BESIDE:
        return beside
    words = wrap(typeface("Sarabun-Regular"), legible(fact.label), _LABEL, frame.width)
    strips = lines_of(words, frame.x, _LABEL, colour=SOFT, last_keeps=True)
    return [
        *(Strip(each.height, each.draw, keep=True) for each in strips),
        *paragraph(frame, fact.value, indent=5 * MM),
    ]


def _is_short(fact: Fact, label: float, width: float) -> bool:
    face = typeface("Sarabun-Regular")
    value, words = legible(fact.value), legible(fact.label)
    return (
        "\n" not in value
        and face.width(value, SIZE) <= width - label
        and face.width(words, _LABEL) <= label - 2 * MM
    )


def _both(one: Strip, other: Strip) -> Strip:
    def draw(document: Document, top: float) -> None:
        one.draw(document, top)
        other.draw(document, top)

    return Strip(one.height, draw)


def _ruled(frame: Frame, strips: Sequence[Strip]) -> list[Strip]:
    """A hair line under the last of the strips."""
    last = strips[-1]
    height = last.height + 1.2 * MM

    def draw(document: Document, top: float) -> None:
        last.draw(document, top)
        document.canvas.setStrokeColorRGB(*HAIR)
        document.canvas.setLineWidth(0.5)
        y = top - height + 0.4 * MM
        document.canvas.line(frame.x, y, frame.x + frame.width, y)

    return [*strips[:-1], Strip(height, draw, last.keep)]


def rows(
    x: float,
    columns: Sequence[Column],
    cells: Sequence[Sequence[str]],
    *,
    least: float = 7.5 * MM,
    head: float = 8 * MM,
    tallest: float = 170 * MM,
) -> list[Strip]:
    """A ruled table from ``x``, its heading on every page it reaches.

    A row taller than ``tallest`` goes on in a row below it, so that any page can hold it.
    """
    measure = Ruled(None, x, 0, columns)

    def heading(document: Document, top: float) -> None:
        Ruled(document.canvas, x, top, columns).heading(head)

    top_row = Strip(head, heading, keep=True)
    strips = [top_row]
    for number, row in enumerate(cells):
        for part in measure.parts([legible(cell) for cell in row], tallest):

            def draw(document: Document, top: float, part: Sequence[str] = part) -> None:
                Ruled(document.canvas, x, top, columns).filled(part, least)

            # Neither the first row nor the last one stands alone under its heading.
            keep = len(cells) > 1 and number in (0, len(cells) - 2)
            strips.append(Strip(measure.height_of(part, least), draw, keep, again=top_row))
    return strips
