# SPDX-License-Identifier: Apache-2.0
"""The name-proof sheet (ใบตรวจสะกดชื่อ): each name as it will be printed, to tick or to mend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from desktop.model.event import DigitStyle
from desktop.printing.box import Style
from desktop.printing.document import A4, MM, Document
from desktop.printing.heading import Heading, draw_heading
from desktop.printing.table import INK, Column, Ruled
from desktop.printing.typeface import typeface
from desktop.thai.digits import styled

_MARGIN: Final = 12.0
ROWS: Final = 18
_BOX: Final = 4.2 * MM
_ASK: Final = "ตรวจคำนำหน้าและตัวสะกดทุกตัว ถ้าถูกต้องขีดในช่องสี่เหลี่ยม ถ้าผิดเขียนที่ถูกในช่อง “แก้เป็น”"


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One name to be checked by its owner."""

    no: str
    name: str
    organisation: str = ""


def proof_pdf(
    heading: Heading,
    lines: Sequence[ProofLine],
    digits: DigitStyle,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """The sheets on which people check the spelling of their own names.

    Names are set in the certificate's own typeface, large. Raises TextDoesNotFit.
    """
    document = Document(A4, title=heading.title, subject=heading.event)
    columns = (
        Column("ลำดับ", 11, Style(size=11, align="centre")),
        Column("ชื่อที่จะพิมพ์", 70, Style(size=15, smallest=10, face="Sarabun-SemiBold")),
        Column("หน่วยงาน", 35, Style(size=9.5, smallest=8.2)),
        Column("ถูกต้อง", 15, Style(align="centre")),
        Column("แก้เป็น", 35),
        Column("ลายมือชื่อ", 20),
    )
    pages = [lines[start : start + ROWS] for start in range(0, len(lines), ROWS)] or [[]]
    for index, page in enumerate(pages, 1):
        page_text = styled(f"หน้า {index}/{len(pages)}", digits)
        top = draw_heading(document, heading, page_text, margin=_MARGIN)
        table = Ruled(document.canvas, _MARGIN * MM, top - 1 * MM, columns)
        table.heading(9 * MM)
        height = (table.y - (_MARGIN + 9) * MM) / ROWS
        for line in page:
            y = table.y
            table.fitted((line.no, line.name, line.organisation, "", "", ""), height, line.name)
            box = (_MARGIN + 116 + 7.5) * MM - _BOX / 2
            document.canvas.setStrokeColorRGB(*INK)
            document.canvas.rect(box, y - height / 2 - _BOX / 2, _BOX, _BOX, stroke=1, fill=0)
        document.canvas.setFillColorRGB(*INK)
        typeface("Sarabun-Regular").draw(
            document.canvas,
            document.width / 2,
            _MARGIN * MM,
            _ASK,
            10.5,
            "centre",
        )
        document.page()
        if progress:
            progress(index, len(pages))
    return document.save()
