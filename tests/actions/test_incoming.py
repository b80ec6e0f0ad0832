# SPDX-License-Identifier: Apache-2.0
"""What a list says becomes what the roster keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions import incoming
from desktop.actions.entry import Entry, read_entry
from desktop.imports.person import ReadPerson
from desktop.imports.roster import read_pasted
from tests.actions.office_ground import Ground, cid


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("อพม.น้อย", "apm_noi"),
        ("อสม.", "asm"),
        ("อาสาสมัครสาธารณสุข (อสม.)", "asm"),
        ("Headman", "village_head"),
        ("ผู้ใหญ่บ้าน", "village_head"),
        ("ชาวนา", None),
        ("", None),
    ],
)
def test_a_group_is_known_by_its_words_and_by_those_in_brackets(
    words: str, code: str | None
) -> None:
    find = incoming.lookups().code
    assert find is not None
    assert find("person_group", words) == code


def test_every_word_of_the_lists_is_its_own_code() -> None:
    """Mutant: let a word in brackets win over a whole one."""
    from desktop.store import codelist

    find = incoming.lookups().code
    assert find is not None
    for name in ("person_group", "event_role", "org_type"):
        for one in codelist.codes(name):
            assert find(name, one.th) == one.code


def test_a_place_is_found_as_deep_as_it_is_written() -> None:
    find = incoming.lookups().area
    assert find is not None
    assert find("ด่านแม่ละเมา", "แม่สอด", "ตาก") == "630609"
    assert find("", "", "จ.ตาก") == "63"
    assert find("", "", "ตากสิน") is None


def test_an_age_becomes_a_year_and_never_a_day() -> None:
    """Mutant: take the age for a year of birth, or invent 1 January."""
    entry = incoming.entry_of(ReadPerson(first="ซอ", age=20, born_precision="age"), 2569)
    assert entry.birth_year == 2549
    assert entry.born is None
    assert entry.born_precision == "age"


def test_no_number_without_a_reason_keeps_nobody_out() -> None:
    """Mutant: hand ``none`` on without a reason; the whole list is then refused."""
    said = incoming.entry_of(ReadPerson(first="ซอ", identifier_kind="none"), 2569)
    assert read_entry(said).identifier is None
    why = ReadPerson(first="ซอ", identifier_kind="none", none_reason="รอสถานะ")
    kept = read_entry(incoming.entry_of(why, 2569)).identifier
    assert kept is not None
    assert kept.none_reason == "รอสถานะ"


def test_a_name_alone_is_not_somebody_of_another_province(tmp_path: Path) -> None:
    """Mutant: keep every likeness by name."""
    ground = Ground(tmp_path / "profile")
    ground.add("กุลธิดา ใจดี", area="63")
    text = "ชื่อ-นามสกุล\tจังหวัด\nกุลธิดา ใจดี\tตาก\nกุลธิดา ใจดี\tสงขลา"
    reading = read_pasted(text, lookups=incoming.lookups())
    known = incoming.known_already(ground.store, reading.rows)
    first, second = reading.rows
    assert first.line_no in known
    assert second.line_no not in known
    ground.store.close()


def test_somebody_typed_in_is_known_by_her_number(tmp_path: Path) -> None:
    ground = Ground(tmp_path / "profile")
    ground.add("กุลธิดา ใจดี", identifier=cid(4))
    entry = Entry(first="คุณธิดา", identifier_kind="cid", identifier=cid(4))
    (like,) = incoming.known_as(ground.store, entry)
    assert like.why == "identifier"
    assert incoming.known_as(ground.store, Entry(first="")) == ()
    ground.store.close()
