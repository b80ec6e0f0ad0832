# SPDX-License-Identifier: Apache-2.0
"""The privacy notice on paper: to be read aloud, to be left with the family, or what stops.

Set large, for a porch in the evening. Below it stands which version it is, and room to say who
read it to whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.model.event import DigitStyle
from desktop.model.notice import Notice
from desktop.printing.document import MM, Document
from desktop.printing.flow import ACCENT, Frame, Strip, gap, print_strips, report_head
from desktop.printing.lines import balance, wrap
from desktop.printing.prose import centred, legible, lines_of
from desktop.printing.typeface import typeface
from desktop.thai.digits import styled

_FRAME: Final = Frame(left=24, right=22, top=18, bottom=20)
_SIZE: Final = 14.5
_LARGE: Final = 17.0
_INDENT: Final = 12 * MM
_REGULAR: Final = "Sarabun-Regular"
_WORDS: Final = {
    "th": (
        "ฉบับที่ {version}",
        "อ่านให้ฟังโดย",
        "ผู้รับฟัง",
        "วันที่",
        "สิ่งที่หยุด",
        "สิ่งที่ทำต่อ",
        "เรื่องที่",
        "หน้า {page}/{pages}",
    ),
    "en": (
        "Version {version}",
        "Read aloud by",
        "Listener",
        "Date",
        "What stops",
        "What goes on",
        "Case",
        "Page {page}/{pages}",
    ),
}


def notice_pdf(notice: Notice, digits: DigitStyle, *, simple: bool = False) -> bytes:
    """The notice on A4, filled by ``model.notice.filled`` before; ``simple`` in short words."""
    words = _words(notice)
    title = notice.simple_title if simple else notice.title
    strips = [*centred(_FRAME, title, 22), gap(3)]
    if simple:
        for number, sentence in enumerate(notice.simple, 1):
            strips += _numbered(styled(f"{number}.", digits), sentence, digits)
    else:
        for part in notice.parts:
            strips += _headed(part.heading, styled(part.text, digits))
    strips += [Strip(3 * MM, keep=True, fill=True), *_read_by(words[1:4])]
    return _print(notice, title, strips, digits)


def withdrawal_pdf(
    notice: Notice, what: str, digits: DigitStyle, *, case_no: str = "", on: str = ""
) -> bytes:
    """What stops and what goes on after ``what`` ("photo", "publication", "all") was taken back.

    ``on`` is the day in words. Raises KeyError for a consent the notice does not know.
    """
    words = _words(notice)
    told = notice.withdrawals[what]
    under = "  ·  ".join(e for e in (f"{words[6]} {case_no}" if case_no else "", on) if e)
    strips = [
        *centred(_FRAME, told.name, 22),
        *centred(_FRAME, under, 13, face_name=_REGULAR),
        gap(3),
    ]
    for heading, texts in ((words[4], told.stops), (words[5], told.stays)):
        strips += _heading(heading)
        for text in texts:
            strips += _numbered("–", text, digits)
        strips.append(gap(4))
    return _print(notice, told.name, strips, digits)


def _words(notice: Notice) -> tuple[str, ...]:
    return _WORDS.get(notice.language, _WORDS["th"])


def _print(notice: Notice, title: str, strips: Sequence[Strip], digits: DigitStyle) -> bytes:
    language = "en" if notice.language == "en" else "th-TH"
    document = Document(title=title, subject=notice.version, language=language)
    foot = f"{notice.title} · {_words(notice)[0].format(version=notice.version)}"
    head = report_head(_FRAME, title, foot)
    pages = _words(notice)[7]
    return print_strips(document, strips, _FRAME, head, digits, None, pages=pages)


def _heading(text: str) -> list[Strip]:
    lines = wrap(typeface("Sarabun-SemiBold"), legible(text), _SIZE, _FRAME.width)
    return lines_of(
        lines, _FRAME.x, _SIZE, face_name="Sarabun-SemiBold", colour=ACCENT, last_keeps=True
    )


def _headed(heading: str, text: str) -> list[Strip]:
    lines = wrap(typeface(_REGULAR), legible(text), _SIZE, _FRAME.width)
    return [*_heading(heading), *lines_of(lines, _FRAME.x, _SIZE), gap(2.2)]


def _numbered(number: str, sentence: str, digits: DigitStyle) -> list[Strip]:
    """A short sentence in large letters with its number beside it."""
    face = typeface(_REGULAR)
    text, width = legible(styled(sentence, digits)), _FRAME.width - _INDENT
    lines = balance(face, text, _LARGE, width, 3, spaces=True) or wrap(face, text, _LARGE, width)
    body = lines_of(lines, _FRAME.x + _INDENT, _LARGE)
    first = body[0]

    def draw(document: Document, top: float) -> None:
        face.draw(document.canvas, _FRAME.x, top - _LARGE * 1.08, number, _LARGE)
        first.draw(document, top)

    return [Strip(first.height, draw, first.keep), *body[1:], gap(1.6)]


def _read_by(words: Sequence[str]) -> list[Strip]:
    """Three short dotted lines to fill in by hand."""
    face = typeface(_REGULAR)

    def draw(document: Document, top: float) -> None:
        third = _FRAME.width / 3
        for place, word in enumerate(words):
            x = _FRAME.x + place * third
            room = third - face.width(word, 11) - 5 * MM
            dots = "." * max(3, int(room / face.width("." * 10, 11) * 10))
            face.draw(document.canvas, x, top - 8 * MM, f"{word} {dots}", 11)

    return [Strip(10 * MM, draw)]
