# SPDX-License-Identifier: Apache-2.0
"""Activities and mentors on paper and in workbooks, read back."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from openpyxl import load_workbook

from desktop.actions.activity import put_activity
from desktop.actions.activity_paper import activities_paper, mentors_paper
from desktop.actions.mentorship import pair
from desktop.actions.paper_filling import NothingToPrint
from tests.actions.office_ground import BY, FIRST, Ground
from tests.actions.test_activity import TEMPLE


def _text(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def _cells(book: bytes) -> list[list[object]]:
    page = load_workbook(io.BytesIO(book)).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def _two(ground: Ground) -> None:
    mine = replace(TEMPLE, event_id=ground.event.id, held_on=FIRST)
    put_activity(ground.store, BY, mine)
    put_activity(
        ground.store, BY,
        replace(mine, name="เดินรณรงค์", noi_roles=frozenset({"campaign", "join"}),
                children=5, youth=0, volunteers=2, network=0),
    )  # fmt: skip
    put_activity(ground.store, BY, replace(mine, name="ของที่อื่น", event_id=""))


def test_the_activities_of_an_event_are_on_paper_with_the_roles(ground: Ground) -> None:
    """Fails when another event's activity is counted in, or a role is summed wrongly."""
    with pytest.raises(NothingToPrint):
        activities_paper(ground.store, BY, ground.event.id)
    _two(ground)
    text = _text(activities_paper(ground.store, BY, ground.event.id))
    assert "จิตอาสาพัฒนาวัด" in text
    assert "ของที่อื่น" not in text
    assert "2 กิจกรรม ผู้เข้าร่วม 77 คน" in text
    assert "ของที่อื่น" in _text(activities_paper(ground.store, BY))


def test_the_workbook_can_be_counted_with(ground: Ground) -> None:
    _two(ground)
    (total,) = (
        row for row in _cells(activities_paper(ground.store, BY, kind="xlsx")) if row[0] == "รวม"
    )
    assert total[3:12] == [0, 1, 0, 3, 45, 40, 32, 30, 147]


def test_a_mentor_stands_above_her_juniors(ground: Ground) -> None:
    with pytest.raises(NothingToPrint):
        mentors_paper(ground.store, BY, ground.event.id)
    ground.add("สมศรี พี่เลี้ยง", "มานี รักดี", "ปิติ")
    ids = {row.first: row.person_id for row in ground.roster()}
    pair(ground.store, BY, ids["สมศรี"], (ids["มานี"], ids["ปิติ"]), event_id=ground.event.id)
    text = _text(mentors_paper(ground.store, BY, ground.event.id))
    assert text.index("พี่เลี้ยง สมศรี พี่เลี้ยง (2 คน)") < text.index("มานี รักดี")
    assert any("ปิติ" in row for row in _cells(mentors_paper(ground.store, BY, kind="xlsx")))


def test_taking_a_list_out_is_noted(ground: Ground) -> None:
    """Fails when the audit row is forgotten."""
    _two(ground)
    activities_paper(ground.store, BY, kind="xlsx")
    with ground.store.read() as conn:
        rows = conn.exec_driver_sql("SELECT action, noun FROM audit ORDER BY seq").fetchall()
    assert ("export", "activity") in [tuple(row) for row in rows]
