# SPDX-License-Identifier: Apache-2.0
"""The recovery sheet carries its code whole, in text and in the QR; made again it is the same."""

from __future__ import annotations

from datetime import date

import pypdfium2
import zxingcpp

from desktop.printing.recovery import recovery_sheet
from desktop.store.recovery import new_code, parse

DAY = date(2026, 11, 20)
OFFICE = "สำนักงานพัฒนาสังคมและความมั่นคงของมนุษย์จังหวัดเชียงใหม่"


def test_the_code_can_be_read_from_the_text_and_from_the_picture(each_language: str) -> None:
    """Fails when a group is left out at the end of the first line."""
    code = new_code()
    with pypdfium2.PdfDocument(recovery_sheet(OFFICE, str(code), DAY)) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_range()
        picture = document[0].render(scale=2).to_pil()
    assert OFFICE in text
    groups = [group for group in str(code).split("-") if group in text]
    assert parse("-".join(groups)) == code
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [str(code)]


def test_a_sheet_made_again_is_the_same(each_language: str) -> None:
    code = str(new_code())
    assert recovery_sheet(OFFICE, code, DAY) == recovery_sheet(OFFICE, code, DAY)
