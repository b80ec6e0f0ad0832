# SPDX-License-Identifier: Apache-2.0
"""Names typed or pasted as text, read back to the people they name."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop.imports.roster import RosterRefused, fix_row, read_pasted
from desktop.thai.normalise import normalise_name
from tests.imports.reading import fields, said

PASTED = """รายชื่อผู้เข้าอบรม อบต.ด่านแม่ละเมา
1. นายสมชาย ใจดี  081-234-5678
๒) น.ส.สมหญิง ใจดี (อบต.แม่ปะ)
- เด็กชายก้องภพ ใจดี เทศบาลตำบลแม่ปะ โทร ๐๘๑๒๓๔๕๖๗๙
• พระมหาสมปอง ตาลปุตฺโต
นางสาวน้ำทิพย์ ณ นคร 1 9900 00000 01 9

ขอบคุณค่ะ
"""


def test_names_typed_into_a_chat_are_read() -> None:
    """Mutants: bullets kept in the name, the greeting taken for a person."""
    reading = read_pasted(PASTED)
    found = [
        (r.person.title, r.person.first, r.person.last, r.person.phone, r.person.organisation)
        for r in reading.rows
    ]
    assert found == [
        ("นาย", "สมชาย", "ใจดี", "0812345678", ""),
        ("นางสาว", "สมหญิง", "ใจดี", "", "อบต.แม่ปะ"),
        ("เด็กชาย", "ก้องภพ", "ใจดี", "0812345679", "เทศบาลตำบลแม่ปะ"),
        ("พระมหา", "สมปอง", "ตาลปุตฺโต", "", ""),
        ("นางสาว", "น้ำทิพย์", "ณ นคร", "", ""),
    ]
    assert reading.rows[4].person.identifier == "1990000000019"


def test_rows_pasted_from_excel_are_read_with_and_without_headings() -> None:
    body = "1\tนายสมชาย ใจดี\t0812345678\n2\tนางสาวสมหญิง ใจดี\t0812345679\n"
    for text in (body, "ลำดับ\tชื่อ-สกุล\tโทร\n" + body):
        reading = read_pasted(text)
        assert fields(reading) == ["order", "full_name", "phone"]
        assert [row.person.first for row in reading.rows] == ["สมชาย", "สมหญิง"]


@pytest.mark.parametrize("text", ["", "  \n ", "\0\0"])
def test_nothing_pasted_is_refused(text: str) -> None:
    with pytest.raises(RosterRefused):
        read_pasted(text)


WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "M", "N", "P", "Zs", "S", "Cc")), max_size=60
)


@settings(max_examples=150)
@given(st.lists(st.lists(WORDS, max_size=5), max_size=8))
def test_any_pasted_text_ends_in_a_reading_or_a_sentence(rows: list[list[str]]) -> None:
    """Mutant: an index or a conversion that trusts what it was given."""
    try:
        reading = read_pasted("\n".join("\t".join(row) for row in rows))
    except RosterRefused:
        return
    json.dumps(reading.to_json())
    for row in reading.rows:
        for field in ("full_name", "identifier", "birth", "phone", "age", "team"):
            fix_row(row, field, row.raw[0] if row.raw else "")


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["นาย", "นาง", "นางสาว", "ด.ช.", "พระมหา", ""]),
            st.text(st.sampled_from("กขคงจชดตนบปผพมยรลวสหอ"), min_size=2, max_size=8),
            st.text(st.sampled_from("กขคงจชดตนบปผพมยรลวสหอ"), min_size=2, max_size=8),
        ),
        min_size=3,
        max_size=12,
        unique=True,
    )
)
def test_names_in_three_columns_come_back_as_they_are(rows: list[tuple[str, str, str]]) -> None:
    # Two words of a total and no title: nobody can tell that from a total.
    assume(not any(first == last == "รวม" for _, first, last in rows))
    text = "คำนำหน้า\tชื่อ\tนามสกุล\n" + "\n".join("\t".join(row) for row in rows)
    reading = read_pasted(text)
    found = [(row.person.first, row.person.last) for row in reading.rows]
    assert found == [(normalise_name(first), normalise_name(last)) for _, first, last in rows]


def test_a_person_called_as_a_total_is_a_person() -> None:
    """Fails when a title does not keep a row from being taken for a total."""
    rows = [("นาย", "กก", "กข"), ("นาย", "รวม", "กก"), ("", "กก", "รวม"), ("", "รวม", "๓ คน")]
    text = "คำนำหน้า\tชื่อ\tนามสกุล\n" + "\n".join("\t".join(row) for row in rows)
    assert [row.person.first for row in read_pasted(text).rows] == ["กก", "รวม", "กก"]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("นาย😀 ใจดี", "😀"),
        ("นายจาง 張偉", "張"),
        ("นายสม \u25ccใจดี", "\u25cc"),
        ("\u0e48สม ชาย", "\u25cc\u0e48"),
        ("ສົມ ໃຈ", "ສ"),
    ],
)
def test_a_letter_no_certificate_can_show_is_told_beside_the_row(
    name: str, letter: str, each_language: str
) -> None:
    """Fails when it is found out only on the day of the ceremony. The row may be taken in: the
    person came, and her name can be put right later."""
    reading = read_pasted(f"ลำดับ\tชื่อ-สกุล\n1\tนายปกติ ธรรมดา\n2\t{name}\n")
    assert said(reading, 0) == []
    (problem,) = reading.rows[1].problems
    assert (problem.level, reading.rows[1].ready) == ("warning", True)
    assert letter in problem.sentence


def test_half_a_character_in_pasted_text_is_a_lost_letter() -> None:
    """Fails when it reaches the store, which cannot keep it."""
    reading = read_pasted("ลำดับ\tชื่อ-สกุล\n1\tนายสม\ud83d ใจดี\n2\tนายปกติ ธรรมดา\n")
    assert said(reading, 0) == [("full_name", "error")]


def test_a_part_of_a_name_the_store_would_refuse_is_told_beside_its_row() -> None:
    """Fails when the row counts as ready: taking in then refuses all the others with it."""
    reading = read_pasted(
        f"ลำดับ\tชื่อ-สกุล\n1\tนายปกติ ธรรมดา\n2\tนาย{'ก' * 90} ใจดี\n3\tนายสั้น {'ข' * 80}\n"
    )
    assert [row.ready for row in reading.rows] == [True, False, True]
