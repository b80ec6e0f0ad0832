# SPDX-License-Identifier: Apache-2.0
"""Texts as people typed them, whatever they typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.printing.document import Document
from desktop.printing.flow import Frame, print_strips, report_head
from desktop.printing.prose import Fact, facts, legible, paragraph, rows
from desktop.printing.table import Column
from desktop.printing.typeface import INVISIBLE
from tests.printing.visits import joined, text_of

_THAI = st.text(alphabet=[chr(code) for code in range(0x0E01, 0x0E5C)], max_size=60)
_ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


def _printed(text: str) -> str:
    frame = Frame()
    document = Document(title="x")
    strips = [
        *paragraph(frame, text),
        *facts(frame, [Fact(text, text), Fact("ป้าย", text)]),
        *rows(frame.x, [Column("ช่อง", 30), Column("ช่อง", 138)], [(text, text)]),
    ]
    return text_of(print_strips(document, strips, frame, report_head(frame, "", ""), "thai", None))


@settings(max_examples=40, deadline=None)
@given(_THAI | _ANY)
@example("\u0e49")
@example("ก\u0e33\u0e33")
@example("\u200b\u2060")
@example("a\u0301\u0302 😀👨‍👩‍👧 \ufffe")
@example("๏๛" * 90)
def test_nothing_that_can_be_typed_stops_a_report(text: str) -> None:
    """Mutant: a kind of character of which nobody thought, handed to the typeface as it is."""
    printed = joined(_printed(text))

    seen = joined(re.sub(r"\u0e33", "", legible(text).translate(INVISIBLE)))
    for run in re.findall("[A-Za-z0-9]{2,}", seen):
        assert run in printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  ก\r\nข\rค  ", "ก\nข\nค"),
        ("ก\tข\x00\x1fค", "ก ขค"),
        ("โทร. 055 123 456", "โทร. 055 123 456"),
        ("ดี 😀", "ดี [U+1F600]"),
        (" ้", "[U+0E49]"),
        ("เก็บ\u2011ไว้", "เก็บ-ไว้"),
    ],
)
def test_what_is_printed_of_what_was_typed(typed: str, printed: str) -> None:
    """Mutant: a character dropped in silence, or a line lost with its end."""
    assert legible(typed).translate(INVISIBLE) == printed


def test_a_telephone_number_and_a_tambon_are_not_parted() -> None:
    """Mutant: the joiner before the space instead of after it, which glues nothing."""
    frame = Frame(left=80, right=80)
    text = "โทรศัพท์หมายเลข 055 123 456 อำเภอแม่สอด จังหวัดตาก ตำบลด่านแม่ละเมา 063 999 8888"
    document = Document(title="x")
    pdf = print_strips(
        document, paragraph(frame, text), frame, report_head(frame, "", ""), "arabic", None
    )
    lines = text_of(pdf).splitlines()

    for whole in ("055 123 456", "จังหวัดตาก", "ตำบลด่านแม่ละเมา", "063 999 8888"):
        assert any(whole in line for line in lines)
