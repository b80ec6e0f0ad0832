# SPDX-License-Identifier: Apache-2.0
"""A1: what five home visits of one day leave behind, read at the window the same evening."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_c
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.i18n import _
from desktop.printing.pdfium import ONE_AT_A_TIME
from desktop.ui.forms.view import FormView
from desktop.ui.parts import print_dialog
from tests.journeys import casework, filling, highland, lists, steps
from tests.journeys.filling import Filling
from tests.journeys.hand import Hand, Watch, open_window
from tests.journeys.visiting import TYPING, Visited, pictures

NEW_OPINION = "ครอบครัวย้ายไปอยู่กับญาติแล้ว ให้ติดตามภายในสัปดาห์"
UNFINISHED = (
    "{count} visit is not finished. It is kept on this laptop.",
    "{count} visits are not finished. They are kept on this laptop.",
)


def test_photographs_are_kept_byte_for_byte_without_their_place(
    visited: Visited, kept_visits: Path
) -> None:
    """Fails when EXIF is taken over from the telephone; or when a picture is made anew, or
    sealed with another key, as the store is opened again."""
    images = []
    for name, data in visited.pictures.items():
        assert hashlib.sha256(data).hexdigest() == name.partition(".")[0]
        assert not any(secret in data for secret in (b"Kodak", b"Secret 5000", b"Exif", b"GPS"))
        images.append(Image.open(io.BytesIO(data)))
        assert not images[-1].getexif()
    photos = [one for one in images if one.format == "JPEG"]
    assert len(photos) == sum(len(one.photos) for one in highland.HOUSES) == 6
    assert {max(one.size) for one in photos} == {1600}
    assert len(photos) < len(images), "nobody signed"
    assert pictures(kept_visits) == visited.pictures


def test_five_visits_are_five_households_and_five_in_the_summary(evening: Hand) -> None:
    """Fails when a visit that was taken up again after the power cut is filed twice, or stays a
    draft; when a follow-up takes its day from another urgency; when a case with two problems
    counts twice in the total."""
    hand = evening
    hand.go("Home visits")
    assert not hand.counts(*UNFINISHED)
    names = [row[0] for row in casework.rows(hand)]
    assert sorted(names) == sorted(one.called for one in highland.HOUSES)

    due = casework.due(hand)
    assert due == {_("Overdue"): 0, _("Today"): 0, _("In seven days"): 2, _("Later (30 days)"): 3}
    soon = {one.called for one in highland.HOUSES if one.told["followup_days"] == 7}
    lines = casework.rows(hand)
    assert {line[2] for line in lines[:2]} == soon
    assert [line[0] for line in lines] == ["11 ก.ย. 2563"] * 2 + ["4 ต.ค. 2563"] * 3

    casework.tab(hand, "Summary")
    assert casework.figure(hand, "Home visits") == 5
    total, *problems = casework.rows(hand)
    assert total[1] == "5"
    told = Counter(word for one in highland.HOUSES for word in one.words("problem", "problems"))
    assert {line[0]: int(line[1]) for line in problems} == told
    targets = Counter(word for one in highland.HOUSES for word in one.targets)
    assert dict(zip(casework.headings(hand)[2:], map(int, total[2:]), strict=True)) == targets
    hand.close()


def test_the_report_of_each_family_is_read_back(
    evening: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when an outcome, the aid or a photograph is left off the paper; when the paper of a
    case that is open to all has a watermark."""
    monkeypatch.setattr(print_dialog, "printers", lambda: ())
    for number, one in enumerate(highland.HOUSES):
        casework.open_household(evening, one.called)
        paper = tmp_path / f"report-{number}.pdf"
        text = casework.bare(casework.print_report(evening, paper))
        outcomes = one.words("visit_outcome", "outcomes")
        aids = [lists.word("aid_kind", kind) for kind, _state in one.told["aids"]]
        door = f"{12 + number} หมู่ที่ {one.told['moo']}"
        for words in (one.called, highland.OFFICE, *one.words("problem", "problems"), *outcomes,
                      *aids, door, highland.THIDA, highland.MEMBERS[number]):  # fmt: skip
            assert casework.bare([words]) in text, (one.name, words)
        assert len(outcomes) == 3
        assert casework.bare([casework.WATERMARK]) not in text
        assert _images(paper) == len(one.photos) + 2, "photographs and two signatures"
    evening.close()


def test_a_correction_shows_what_it_changed_and_all_is_there_the_next_day(
    qapp: QApplication, evening: Hand, kept_visits: Path
) -> None:
    """Fails when a correction changes the record that was filed, or tells not what was there
    before; when it counts as one more visit; when the follow-up keeps its old day."""
    hand, one = evening, highland.HOUSES[0]
    casework.open_household(hand, one.called)
    casework.open_visit(hand)
    hand.press("Correct or add")
    hand.until(lambda: any(not view.frozen for view in hand.shown(FormView)), "it stays filed")
    hand.settle()
    filling.to_the_first_page(hand)
    done = Filling(hand, {"ความเร่งด่วน": "ด่วน", TYPING: NEW_OPINION}).walk()
    assert done.typed == ["ความเร่งด่วน", TYPING]
    filling.file_it(hand, highland.FORM)
    _changed(hand)
    hand.close()

    hand = open_window(qapp, kept_visits, Watch("2020-09-05 08:30"))
    hand.unlock(steps.PASSPHRASE)
    due = casework.due(hand)
    assert due == {_("Overdue"): 0, _("Today"): 0, _("In seven days"): 3, _("Later (30 days)"): 2}
    casework.tab(hand, "Summary")
    assert casework.figure(hand, "Home visits") == 5
    casework.open_household(hand, one.called)
    casework.open_visit(hand, below=1)
    _changed(hand)
    hand.close()


def _changed(hand: Hand) -> None:
    """The head of the correction: each question with what it was and is, and no other."""
    words = hand.words()
    one, many = "This correction changed {count} answer", "This correction changed {count} answers"
    assert hand.count(one, many) == 3
    for question, before, after in (
        ("ความเร่งด่วน", "ปกติ", "ด่วน"),
        (TYPING, highland.OPINION, NEW_OPINION),
        ("นัดติดตามวันที่", "4 ตุลาคม 2563", "11 กันยายน 2563"),
    ):
        place = words.index(question)
        assert words[place : place + 3] == [question, before, f"→  {after}"]


def _images(paper: Path) -> int:
    """How many pictures stand on the pages."""
    # The window may be drawing pages meanwhile, and PDFium takes one thread at a time.
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(paper) as document:
        return sum(
            len(list(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]))) for page in document
        )


def test_the_fourth_activity_is_written_down_with_its_roles_and_people(evening: Hand) -> None:
    """Fails when an activity is filed away from the event in hand, or its people are not added
    up."""
    hand, told = evening, highland.ACTIVITY
    last = highland.STORY.sessions[-1]
    roles = tuple(lists.word("noi_role", code) for code in told["noi_roles"])
    people = Counter(row.group for row in highland.STORY.rows)
    hand.go("Home visits")
    hand.press("Activities")
    hand.settle()
    hand.key(Qt.Key.Key_F3)
    hand.until(lambda: hand.shown(FormView), "no form was opened")
    hand.settle()
    done = Filling(hand, {
        "ชื่อกิจกรรม": last.title,
        "กิจกรรมอบรมที่เกี่ยวข้อง": highland.STORY.event.name,
        "ตำบล": "ด่านแม่ละเมา",
        "สถานที่ (วัด/โรงเรียน/ชุมชน)": told["place"],
        "โอกาส/ถวายเป็นพระราชกุศล": told["occasion"],
        "ตรงกับบทบาท อพม.น้อย ข้อใด": roles,
        "เด็ก (คน)": lists.thai(people["child"]),
        "เยาวชน (คน)": lists.thai(people["youth"]),
        "อพม. (คน)": lists.thai(people["apm"]),
        "เครือข่าย (คน)": lists.thai(people["network"]),
        "ผลที่เกิดขึ้น": "วัดสะอาด เด็กและผู้ใหญ่ได้ทำงานด้วยกัน",
    }).walk()  # fmt: skip
    assert "กิจกรรมอบรมที่เกี่ยวข้อง" in done.found, "the event in hand is known"
    filling.file_it(hand, "activity")
    hand.go("Home visits")
    hand.press("Activities")
    hand.settle()
    (line,) = casework.rows(hand)
    assert line[:2] == ["4 ก.ย. 2563", last.title]
    assert line[3:] == ["4", "70", highland.STORY.event.name], "role 4, everybody, this event"
    hand.close()
