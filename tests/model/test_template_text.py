# SPDX-License-Identifier: Apache-2.0
"""Words and fields of a template's text."""

from __future__ import annotations

import pytest

from desktop.model.template_text import BadText, UnknownField, fields_in, filled_text

FIELDS = {"number": "๑/๒๕๖๒", "role": "", "place": "", "name": "นายโซ", "two": "หนึ่ง\nสอง"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("เลขที่ {number}", "เลขที่ ๑/๒๕๖๒"),
        ("ในฐานะ{role}", ""),
        ("{role}", ""),
        ("คำคงที่", "คำคงที่"),
        ("{name}\nในฐานะ {role}\nคงไว้", "นายโซ\nคงไว้"),
        ("ในฐานะ {role}\nคงไว้", ""),
        ("{name} {role} {place}", "นายโซ"),
        ("{role} {name}", "นายโซ"),
        ("{name} {role} จบ", "นายโซ จบ"),
        ("{{name}} {name}", "{name} นายโซ"),
        ("ก {two} ข", "ก หนึ่ง\nสอง ข"),
        ("  คง  ไว้  ", "  คง  ไว้  "),
        ("", ""),
    ],
)
def test_fields_are_filled_in_and_what_is_empty_leaves_no_words_behind(
    text: str, said: str
) -> None:
    """Fails when a line of empty fields keeps its words, when fixed words are lost, when braces
    are doubled, or when spaces are left where a field was."""
    assert filled_text(text, FIELDS) == said


def test_a_field_nobody_knows_is_said_and_never_empty() -> None:
    """Fails when a misspelt field is printed as nothing."""
    with pytest.raises(UnknownField) as unknown:
        filled_text("{nmae}", FIELDS)
    assert unknown.value.name == "nmae"
    assert fields_in("{name} {number}\n{name} {{role}}") == ("name", "number")


@pytest.mark.parametrize("text", ["{", "a } b", "{a b}", "{{{", "{1}"])
def test_a_brace_alone_is_refused(text: str) -> None:
    with pytest.raises(BadText):
        filled_text(text, FIELDS)
