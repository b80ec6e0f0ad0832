# SPDX-License-Identifier: Apache-2.0
"""What two facilitators do apart, each at her own window: visits, corrections, a restricted case,
certificates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from desktop.actions.demo import put_story
from desktop.store.store import Store
from desktop.ui.forms.view import FormView
from desktop.ui.parts.alert_problems import ProblemPick
from tests.journeys import casework, filling, highland, lists, steps
from tests.journeys.filling import Answer, Filling
from tests.journeys.hand import CTRL, Hand

HOUSE: Final = highland.HOUSES[1]
SECRET: Final = "เด็กถูกทิ้งไว้ลำพังในกระท่อมท้ายไร่"
PEOPLE: Final = 3


def workshop(store: Store, by: str, number: int) -> None:
    """A workshop that everybody attended, of which the certificates are still to come."""
    told = highland.STORY
    day = date(2020, 8, 10) + timedelta(days=7 * number)
    event = replace(
        told.event, name=f"อบรมรุ่นที่ {number + 1}", batch=str(number + 1),
        date_from=day, date_to=day + timedelta(days=3),
    )  # fmt: skip
    put_story(store, by, replace(told, event=event, rows=told.rows[:PEOPLE], awards=()),
              attended=True)  # fmt: skip


def _answers(
    folder: Path, visitor: str, needs: str, got: tuple[str, ...]
) -> dict[str, Answer | list[Answer]]:
    """What is typed at a visit to the household."""
    said = highland.answers(1, folder)
    for question in ("ประเภทภาพ", "ภาพ", "ประเภท", "สถานะ", "ชื่อ-สกุล",
                     "เกี่ยวข้องกับหัวหน้าครัวเรือนเป็น"):  # fmt: skip
        del said[question]
    said["คณะผู้เยี่ยม"] = (visitor,)
    said["มีภาพจะแนบหรือไม่"] = "ไม่ใช่"
    said["มีความช่วยเหลือที่ให้แล้ว รับปาก หรือต้องการหรือไม่"] = "ไม่ใช่"
    said["มีคนอื่นอยู่ในบ้านด้วยหรือไม่"] = "ไม่ใช่"
    said["ความต้องการของผู้รับบริการ"] = needs
    said["สวัสดิการที่ได้รับอยู่"] = got
    return said


def visit(
    hand: Hand, folder: Path, visitor: str, needs: str, *got: str, again: bool = True
) -> None:
    """Visit the household with the form of the home visit, and file it."""
    hand.go("Home visits")
    if again:
        casework.open_household(hand, HOUSE.called)
        hand.key(Qt.Key.Key_F3)
        hand.until(lambda: hand.window is not hand.start.window or _form(hand), "no form")
        hand.settle()
        if not _form(hand):
            hand.press("Begin the visit")
        hand.until(lambda: _form(hand), "no form was opened")
        hand.settle()
    else:
        filling.begin_visit(hand)
    done = Filling(hand, _answers(folder, visitor, needs, got)).walk()
    assert bool(done.found.count("บ้านเลขที่")) is again, "the address of the house is known"
    filling.file_it(hand, highland.FORM)


def _form(hand: Hand) -> bool:
    return bool(hand.shown(FormView))


def correct(hand: Hand, **said: str) -> None:
    """Correct what is known of the house (Ctrl+E on its page)."""
    casework.open_household(hand, HOUSE.called)
    hand.key(Qt.Key.Key_E, CTRL)
    for name, text in said.items():
        hand.type(name, text)
    hand.press("Save")
    hand.until(lambda: hand.window is hand.start.window, "it was not saved")
    hand.settle()


def open_restricted_case(hand: Hand) -> None:
    """A case of child protection, opened by hand."""
    hand.go("Cases")
    casework.tab(hand, "List of cases")
    hand.key(Qt.Key.Key_F3)
    hand.until(lambda: hand.window is not hand.start.window, "nobody asked about the case")
    line = hand.find(QLineEdit, "Tambon")
    hand.into(line, "ด่านแม่ละเมา")
    hand.until(QApplication.activePopupWidget, "no tambon is offered")
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_Return)
    (pick,) = hand.shown(ProblemPick)
    hand.into(pick.line, lists.word("problem", highland.ALERT["problems"][0]))
    hand.key(Qt.Key.Key_Return, on=pick.line)
    box = hand.find(QPlainTextEdit, "In a few words")
    filling.commit(box, SECRET)
    hand.press("Open the new case")
    hand.read("How far it has come")
    hand.settle()


def issue(hand: Hand, paper: Path) -> list[str]:
    """Issue the certificates of the workshop in hand; the numbers on their paper."""
    hand.go("Certificates")
    hand.settle()
    steps.issue(hand, PEOPLE)
    pages = steps.save_certificates(hand, paper, PEOPLE)
    found = [re.search(r"[๐-๙0-9]+/(?:๒๕๖๓|2563)", page) for page in pages]
    return [one[0] for one in found if one]
