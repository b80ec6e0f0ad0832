# SPDX-License-Identifier: Apache-2.0
"""Evaluation sheets together: scores, before and after, and who passes it on."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pypdfium2
import pytest
from openpyxl import load_workbook

from desktop.actions.evaluation import AFTER, BEFORE, evaluation_paper, evaluation_story
from desktop.actions.paper_filling import NothingToPrint
from desktop.model.draft import Subject
from desktop.model.evaluation import Evaluation, Score, summarise
from desktop.model.record import EVALUATION
from tests.actions.office_ground import BY, Ground
from tests.field import Clock, Field

SHEET: Mapping[str, str] = {
    "g_you/group": "youth",
    "g_rate/e_content": "5",
    "g_rate/e_lecturer": "4",
    "g_rate/e_time": "4",
    "g_rate/e_place": "3",
    "g_rate/e_staff": "5",
    "g_know/e_know_before": "2",
    "g_know/e_know_after": "4",
    "g_know/e_use": "4",
    "g_know/will_transfer": "yes",
    "g_know/n_transfer": "25",
    "g_know/suggest": "อยากให้มีเวลาฝึกเยี่ยมบ้านมากขึ้น",
}


def fill(ground: Ground, changed: Mapping[str, str] | None = None, event_id: str = "") -> None:
    """One sheet of the event, filed."""
    work = Field(ground.store, Clock())
    one = work.begin(EVALUATION, Subject(event_id=event_id or ground.event.id))
    work.finish(one, work.fill(one, {**SHEET, **(changed or {})}).finalise())


def test_means_are_of_those_who_answered() -> None:
    """Fails when an unanswered question counts as 0, or one told only before is compared."""
    sheets = [
        Evaluation({"a": 5, BEFORE: 1, AFTER: 4}, passes_on=True, reaches=10),
        Evaluation({BEFORE: 5}, passes_on=False, reaches=99),
        Evaluation({"a": 2, BEFORE: 3, AFTER: 3}, suggestion="ดี"),
    ]
    found = summarise(sheets, ("a", "b", BEFORE, AFTER), BEFORE, AFTER)
    assert found.scores[0] == Score("a", (0, 1, 0, 0, 1))
    assert found.scores[0].mean == 3.5
    assert found.scores[1].mean is None
    assert (found.before, found.after, found.gain) == (2.0, 3.5, 1.5)
    assert (found.compared, found.better) == (2, 1)
    assert (found.passes_on, found.asked_on, found.reaches) == (1, 2, 10)
    assert found.suggestions == ("ดี",)
    nobody = summarise([], ("a",), BEFORE, AFTER)
    assert (nobody.before, nobody.gain, nobody.scores[0].answered) == (None, None, 0)


def test_the_sheets_of_an_event_are_counted_in_the_words_of_the_form(ground: Ground) -> None:
    """Fails when a sheet of another event is counted, or what is not asked any more is."""
    assert evaluation_story(ground.store, BY, ground.event.id).summary.sheets == 0
    fill(ground)
    fill(ground, {"g_rate/e_content": "2", "g_know/e_know_after": "2",
                  "g_know/n_transfer": "7", "g_know/will_transfer": "no"})  # fmt: skip
    fill(ground, event_id="another")
    story = evaluation_story(ground.store, BY, ground.event.id, "en")
    found = story.summary
    assert (found.sheets, found.before, found.after, found.better) == (2, 2.0, 3.0, 1)
    assert len(found.scores) == 8
    assert found.scores[0].counts == (0, 1, 0, 0, 1)
    assert story.words[found.scores[0].question] == "The content fits my work"
    assert (found.passes_on, found.asked_on, found.reaches) == (1, 2, 25)
    assert evaluation_story(ground.store, BY).summary.sheets == 3


def test_the_summary_goes_onto_paper_and_into_a_workbook(ground: Ground) -> None:
    with pytest.raises(NothingToPrint):
        evaluation_paper(ground.store, BY, ground.event.id)
    fill(ground)
    with pypdfium2.PdfDocument(evaluation_paper(ground.store, BY, ground.event.id)) as document:
        text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "หลังอบรมเฉลี่ย 4.00 เปลี่ยนแปลง +2.00" in text
    assert "อยากให้มีเวลาฝึกเยี่ยมบ้านมากขึ้น" in text
    book = load_workbook(io.BytesIO(evaluation_paper(ground.store, BY, kind="xlsx")))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [1, "เนื้อหาตรงกับงาน", 0, 0, 0, 0, 1, 5, 1] in rows
