# SPDX-License-Identifier: Apache-2.0
"""A filled form on paper, whatever form it is: its questions and answers, part by part.

The record is frozen and the form is the centre's, so nothing here knows either: labels, answers
and pictures come as they are, and the order is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.document import Document
from desktop.printing.flow import Frame, Strip, gap, print_strips, report_head
from desktop.printing.photo import Photo, photos
from desktop.printing.prose import Fact, centred, facts, legible, section
from desktop.printing.signature import Signature, signatures
from desktop.printing.watermark import Watermark
from desktop.thai.digits import styled

UNANSWERED: Final = "–"
_FRAME: Final = Frame()
_LABEL: Final = 62.0


@dataclass(frozen=True, slots=True)
class Answered:
    """One question: its label, the answer in words ("" when none), its pictures."""

    label: str
    answer: str = ""
    images: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordPart:
    """A group of the form, or one round of a repeat ("สมาชิกในครัวเรือน 2")."""

    heading: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class RecordReport:
    """A frozen record in words. ``facts`` says what it is about: case, when, by whom, version."""

    office: str
    title: str
    """The form's own title."""
    parts: tuple[RecordPart, ...]
    number: str = ""
    """What tells this paper from another: case number or the like; printed on every page."""
    facts: tuple[Fact, ...] = ()
    signatures: tuple[Signature, ...] = ()
    digits: DigitStyle = "arabic"


def record_pdf(
    report: RecordReport, *, watermark: Watermark | None, unanswered: bool = False
) -> bytes:
    """The record as A4 pages. ``unanswered`` prints questions without an answer too, with –.

    ``watermark`` is None for a case that is not restricted. Raises TextDoesNotFit when the form's
    title is longer than three lines.
    """
    title = legible(report.title)
    document = Document(title=title, subject=report.number, author=report.office)
    named = " · ".join(each for each in (title, report.number) if each)
    foot = " · ".join(each for each in (report.office, report.number) if each)
    strips = [
        *centred(_FRAME, report.office, 12, face_name="Sarabun-Regular"),
        *centred(_FRAME, title, 17),
        *centred(_FRAME, report.number, 11.5, face_name="Sarabun-Regular"),
        gap(2),
        *facts(_FRAME, report.facts),
    ]
    for part in report.parts:
        body = _answers(part.answers, report.digits, unanswered=unanswered)
        if body:
            strips += [*section(_FRAME, part.heading), *body] if part.heading else body
    if report.signatures:
        strips += section(_FRAME, "ลงชื่อ")
        strips += signatures(_FRAME, report.signatures, report.digits)
    return print_strips(
        document, strips, _FRAME, report_head(_FRAME, named, foot), report.digits, watermark
    )


def _answers(answers: Sequence[Answered], digits: DigitStyle, *, unanswered: bool) -> list[Strip]:
    strips: list[Strip] = []
    for each in answers:
        answer = each.answer or (UNANSWERED if unanswered else "")
        if each.images and not each.answer:
            answer = styled(f"{len(each.images)} ภาพ", digits)
        row = facts(_FRAME, [Fact(each.label, answer)], label=_LABEL, pairs=False)
        if each.images:
            # The question stays with its pictures.
            strips += [*row[:-1], replace(row[-1], keep=True)]
            strips += photos(_FRAME, each.images, digits)
        else:
            strips += row
    return strips
