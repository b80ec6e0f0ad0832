# SPDX-License-Identifier: Apache-2.0
"""The papers of casework, read back: who is named on them, and who took them out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.actions.assistance import add
from desktop.actions.case_paper import (
    NothingToPrint,
    alerts_paper,
    assistance_paper,
    due_paper,
    letter_paper,
    referrals_paper,
    summary_paper,
)
from desktop.actions.follow_up import plan
from desktop.actions.office_paper import WATERMARK, PaperSettings, keep_paper_settings
from desktop.actions.referral import put_referral, send
from desktop.i18n import use_language
from desktop.model.assistance import Assistance
from desktop.model.referral import Referral
from desktop.model.summary import Span
from desktop.store.case_file import NotYours
from tests.actions.casework_ground import BY, EVENT, OTHER, TODAY, Ground
from tests.printing.reading import poppler


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    ground = Ground.open(tmp_path / "store")
    yield ground
    ground.store.close()


def read(pdf: bytes, folder: Path) -> str:
    """The words of a PDF, without the spaces and breaks of its setting."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    return "".join("".join(poppler(file)).split())


def cells(xlsx: bytes) -> list[object]:
    book = load_workbook(BytesIO(xlsx))
    return [
        cell.value for sheet in book for row in sheet for cell in row if cell.value is not None
    ]


def letter_to(ground: Ground, case_id: str) -> str:
    """Write and send a letter; its id."""
    said = Referral("", case_id, TODAY, to_name="บ้านพักเด็กและครอบครัว", person="หน่อแอ", need="ที่พัก",
                    problems=frozenset({"h_unfit"}))  # fmt: skip
    one = put_referral(ground.store, BY, said).value
    send(ground.store, BY, one.id, doc_no="พม 0301/12")
    return str(one.id)


def test_the_letter_is_printed_in_thai_with_its_mark_when_restricted(
    ground: Ground, tmp_path: Path
) -> None:
    """Fails when a restricted letter goes out without its watermark or its audit row."""
    use_language("en")
    plain = letter_to(ground, ground.five_visits()[4].id)
    text = read(letter_paper(ground.store, BY, plain), tmp_path)
    assert "บ้านพักเด็กและครอบครัว" in text
    assert "สภาพที่อยู่อาศัยไม่เหมาะสม" in text
    assert WATERMARK.replace(" ", "") not in text
    case_id = ground.alert().value.case_id
    hidden = letter_to(ground, case_id)
    text = read(letter_paper(ground.store, BY, hidden), tmp_path)
    assert WATERMARK.replace(" ", "") in text
    assert "ธิดาใจดี" in text
    assert ground.audited()[-1] == (BY, "print", "case_file", case_id)
    with pytest.raises(NotYours):
        letter_paper(ground.store, OTHER, hidden)


def test_papers_carry_what_the_office_says_of_itself(ground: Ground, tmp_path: Path) -> None:
    """Fails when the watermark or the telephone of the settings does not reach the paper."""
    ground.five_visits()
    said = PaperSettings("เอกสารลับของบ้านพัก", "โทร 055000111")
    keep_paper_settings(ground.store, BY, said)
    hidden = letter_to(ground, ground.alert().value.case_id)
    text = read(letter_paper(ground.store, BY, hidden), tmp_path)
    assert "เอกสารลับของบ้านพัก" in text
    assert WATERMARK.replace(" ", "") not in text
    assert "055000111" in text or "๐๕๕๐๐๐๑๑๑" in text


def test_the_due_list_shows_each_what_is_hers(ground: Ground, tmp_path: Path) -> None:
    """Fails when the paper of one facilitator shows the restricted cases of another."""
    ground.five_visits()
    case_id = ground.alert().value.case_id
    plan(ground.store, BY, case_id)
    number = ground.case(case_id).case_no
    hers = read(due_paper(ground.store, BY), tmp_path)
    assert number in hers
    assert WATERMARK.replace(" ", "") in hers
    assert ground.audited() == [(BY, "print", "case_file", case_id)]
    others = read(due_paper(ground.store, OTHER), tmp_path)
    assert number not in others
    assert WATERMARK.replace(" ", "") not in others
    assert len(ground.audited()) == 1
    assert number in cells(due_paper(ground.store, BY, kind="xlsx"))
    assert ground.audited()[-1] == (BY, "export", "case_file", case_id)
    assert "พะตี ทดสอบดี" in cells(due_paper(ground.store, BY, kind="xlsx", names="full"))
    assert "พะตี ทดสอบดี" not in cells(due_paper(ground.store, BY, kind="xlsx"))


def test_letters_and_alerts_are_listed_for_their_readers(ground: Ground, tmp_path: Path) -> None:
    case_id = ground.alert().value.case_id
    letter_to(ground, case_id)
    ground.clock.forward(days=4)
    text = read(referrals_paper(ground.store, BY), tmp_path)
    assert "บ้านพักเด็กและครอบครัว" in text
    assert "พม 0301/12" in cells(referrals_paper(ground.store, BY, kind="xlsx"))
    text = read(alerts_paper(ground.store, BY), tmp_path)
    assert "ถูกปล่อยปละละเลย" in text
    assert "สมศรีพี่เลี้ยง" in text
    assert 10 in cells(alerts_paper(ground.store, BY, event_id=EVENT, kind="xlsx"))
    for paper in (referrals_paper, alerts_paper):
        with pytest.raises(NothingToPrint):
            paper(ground.store, OTHER)


def test_the_reports_count_and_name_nobody(ground: Ground, tmp_path: Path) -> None:
    cases = ground.five_visits()
    ground.alert()
    add(ground.store, BY, Assistance("", cases[0].id, "money", "given", TODAY, 200_050, "dsdw"))
    span = Span(TODAY, TODAY, event_id=EVENT)
    text = read(summary_paper(ground.store, OTHER, span), tmp_path)
    assert "ด่านแม่ละเมา" in text
    assert "ไม่มีสถานะทางทะเบียน" in text
    assert "ถูกปล่อยปละละเลย" not in text
    assert "ทดสอบ" not in text
    book = cells(summary_paper(ground.store, BY, span, kind="xlsx"))
    assert 5 in book
    assert 6 in cells(summary_paper(ground.store, BY, span, kind="xlsx", visited=False))
    public = cells(summary_paper(ground.store, BY, span, kind="xlsx", public=True))
    assert not any(isinstance(value, int) and 0 < value < 11 for value in public)
    read(summary_paper(ground.store, BY, Span(), public=True), tmp_path)
    assert 2000.5 in [
        float(value)
        for value in cells(assistance_paper(ground.store, BY, span, kind="xlsx"))
        if isinstance(value, int | float)
    ]
    assert "เงินสงเคราะห์" in read(assistance_paper(ground.store, BY, Span(since=TODAY)), tmp_path)
    assert {line[1] for line in ground.audited()} == {"print", "export"}


def test_an_empty_paper_is_not_printed(ground: Ground, each_language: str) -> None:
    before = Span(until=TODAY - timedelta(days=1))
    for paper in (
        lambda: due_paper(ground.store, BY),
        lambda: summary_paper(ground.store, BY, before),
        lambda: assistance_paper(ground.store, BY, before),
    ):
        with pytest.raises(NothingToPrint):
            paper()
