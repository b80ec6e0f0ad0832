# SPDX-License-Identifier: Apache-2.0
"""Identity numbers and barcodes."""

from __future__ import annotations

import pytest

from desktop.ui.forms.questions.barcode import BarcodeQuestion
from desktop.ui.forms.questions.identity import IdentityQuestion, grouped
from tests.actions.office_ground import cid
from tests.ui.forms.asking import Asked, asked, put

__all__ = ["asked"]
THAI_ROW = str.maketrans("1234567890", "ๅ/-ภถุึคตจ")
IDENTITY = 'input appearance="numbers th-id"/>'


def written(number: str) -> str:
    """The number with the dashes of the card."""
    return grouped(number)


@pytest.mark.parametrize(
    "form",
    [str, grouped, lambda number: number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
     lambda number: number.translate(THAI_ROW), lambda number: f" {number[:5]} {number[5:]} "],
)  # fmt: skip
def test_the_digits_alone_are_kept_however_they_are_typed(asked: Asked, form: object) -> None:
    number = cid(7)
    question = asked.ask(IDENTITY).of(IdentityQuestion)
    put(question.line, form(number))  # type: ignore[operator]
    question.leave()
    assert asked.value() == number
    assert question.line.text() == written(number)


def test_a_wrong_check_digit_is_hinted_while_one_types(asked: Asked) -> None:
    number = cid(7)
    wrong = number[:12] + str((int(number[12]) + 1) % 10)
    question = asked.ask(IDENTITY).of(IdentityQuestion)
    put(question.line, wrong)
    assert question._notice is not None
    assert question._notice.isVisible()
    assert wrong not in question._notice.text()
    question.line.clear()
    put(question.line, number)
    assert not question._notice.isVisible()


def test_what_is_no_number_is_left_to_the_form(asked: Asked) -> None:
    question = asked.ask(IDENTITY).of(IdentityQuestion)
    put(question.line, "ไม่มีบัตร")
    question.leave()
    assert asked.value() == "ไม่มีบัตร"


def test_a_scan_under_the_thai_layout_is_led_back(asked: Asked) -> None:
    question = asked.ask("input", "barcode").of(BarcodeQuestion)
    put(question.line, "8850123456789".translate(THAI_ROW))
    question.leave()
    assert asked.value() == "8850123456789"
    assert question.line.text() == "8850123456789"


def test_a_code_with_letters_is_only_offered(asked: Asked) -> None:
    """Fails when Thai that was meant as Thai is turned into keys."""
    question = asked.ask("input", "barcode").of(BarcodeQuestion)
    put(question.line, "ฤโ-ๅ/")
    assert question._meant.isVisible()
    question.flush()
    assert asked.value() == "ฤโ-ๅ/"
    question._meant.click()
    assert asked.value() == "AF312"


def test_a_typed_code_is_kept(asked: Asked) -> None:
    question = asked.ask("input", "barcode").of(BarcodeQuestion)
    put(question.line, "ABC-123 x")
    question.leave()
    assert asked.value() == "ABC-123 x"
    assert question._meant.isHidden()
