# SPDX-License-Identifier: Apache-2.0
"""A0: Shift and Share, trainers of 32 tambons in 16 provinces, played at the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView

from desktop.actions.fixture import FixtureRow
from desktop.i18n import _
from desktop.ui.parts import print_dialog
from tests.journeys import lists, planning, steps
from tests.journeys.hand import CTRL, Hand, Watch, open_window
from tests.journeys.steps import Person

STORY = lists.story("seed0_shift_share")
SOUTH = [row for row in STORY.rows if row.area[:2] in ("94", "95", "96")][:3]
MISSPELT = {row.seat: row.person.last[:-1] for row in SOUTH}
"""Three names of the deep south as the agency wrote them."""
TAMBONS = sorted({row.area for row in STORY.rows if row.area})
SUBSTITUTE = "นางสาวซารีนา เจ๊ะมะ"


def _name(row: FixtureRow) -> str:
    return replace(row.person, last=MISSPELT.get(row.seat, row.person.last)).name


def _list(folder: Path) -> Path:
    return lists.workbook(
        folder / "วิทยากรกระบวนการ.xlsx",
        "รายชื่อผู้เข้าอบรม Shift and Share รุ่นที่ 1",
        (
            "ชื่อ-สกุล",
            "เลขประจำตัวประชาชน",
            "โทรศัพท์",
            "หน่วยงาน",
            "ตำบล",
            "อำเภอ",
            "จังหวัด",
            "กลุ่มเป้าหมาย",
        ),
        STORY.rows,
        lambda row: (
            _name(row),
            row.person.identifier,
            row.person.phone,
            row.organisation.name if row.organisation else "",
            *(lists.place(row.area, level) for level in (6, 4, 2)),
            lists.word("person_group", row.group),
        ),
    )


def _plan(hand: Hand) -> None:
    """From the pattern of three days, put right: the opening is on day 2."""
    event = STORY.event
    planning.new_event(
        hand,
        "Training of three days",
        Name_of_the_event=event.name,
        Batch=event.batch,
        First_day="8/3/2564",
        Venue=event.venue,
    )
    hand.read("8–10 มี.ค. 2564")
    for code in TAMBONS:
        typed = f"{lists.place(code, 6)} {lists.place(code, 4)}"
        planning.for_area(hand, typed, lists.spoken(code))
    planning.tab(hand, 2)
    for day in (1, 2, 3):
        planning.reshape(hand, day, [one for one in STORY.sessions if one.day_no == day])
    hand.read("1,080")
    hand.read("864")
    planning.tab(hand, 3)
    planning.add_roles(hand, STORY.ceremony, "chair_open")


def test_a0_covers_16_provinces_and_counts_no_minute_of_the_opening(
    qapp: QApplication, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when the opening on day 2 counts (1,110 minutes), and when a range within one month
    names the month twice.
    """
    monkeypatch.setattr(print_dialog, "printers", lambda: ())
    watch = Watch("2021-03-05 13:00")
    hand = open_window(qapp, profile, watch)
    steps.first_start(hand, tmp_path, "กองหนึ่งใจ", "กรุงเทพมหานคร", "สมใจ บุญอาจ")
    _plan(hand)
    steps.bring_in(hand, _list(tmp_path), 70)
    hand.read("16/16")
    hand.read(_("{there}/{wanted} tambons").format(there=32, wanted=32))
    table = hand.shown(QTableView)[0]
    agencies = set(hand.column(table, 2))
    assert {row.organisation.name for row in STORY.rows if row.organisation} == agencies
    assert len(agencies) == 32 + 1
    for row in SOUTH:
        _put_right(hand, row)
    names = hand.column(hand.shown(QTableView)[0], 1)
    assert sorted(names) == sorted(row.person.name for row in STORY.rows)
    steps.lock(hand, 70)
    codes = {}
    for day in (1, 2, 3):
        pages = steps.sheet_paper(hand, day, tmp_path)
        codes[day] = steps.codes_on(pages)
    (proof, *_more) = reading_of(hand, tmp_path)
    assert "8–10 มีนาคม 2564" in " ".join(proof.split())

    # Day 1 at the desk; one agency sends somebody else.
    watch.to("2021-03-08 08:30")
    box = steps.to_the_desk(hand)
    absent, others = STORY.rows[9], [row for row in STORY.rows[:25] if row is not STORY.rows[9]]
    for row in others:
        keys = row.person.phone[-4:] if row.seat % 2 else f"{row.person.first} {row.person.last}"
        steps.arrives(hand, box, Person(keys, row.person.name))
    hand.key(Qt.Key.Key_F4, on=box)
    steps.point_at(hand, box, Person(absent.person.first, absent.person.name))
    hand.key(Qt.Key.Key_Return, on=box)
    hand.type("Name with title", SUBSTITUTE)
    hand.key(Qt.Key.Key_Return, CTRL)
    hand.until(lambda: SUBSTITUTE in steps.said_at_desk(hand), "no substitute")
    hand.settle()
    assert steps.came_and_expected(hand) == (25, 70)
    steps.leave_desk(hand)

    # The rest from paper; of the opening nobody has minutes.
    watch.to("2021-03-10 15:30")
    assert steps.enter_day(hand, codes[1]) == 70 * 2 - 25
    assert steps.enter_day(hand, codes[2]) == 70 * 2
    assert steps.enter_day(hand, codes[3]) == 70 * 2
    assert steps.certificates(hand) == {"Passed": 70, "Must come on": 0, "Did not pass": 0}
    assert any(steps.numbers_in(words)[:2] == [1080, 1080] for words in hand.words())
    steps.issue(hand, 70)
    pages = steps.save_certificates(hand, tmp_path / "certificates.pdf", 70)
    text = [" ".join(page.split()) for page in pages]
    assert len(text) == 70
    assert all("8–10 มีนาคม 2564" in page for page in text)
    assert sum(SUBSTITUTE in page for page in text) == 1
    assert not any(absent.person.name in page for page in text)
    hand.close()


def reading_of(hand: Hand, folder: Path) -> list[str]:
    """The name-proof sheet, page by page."""
    return steps.pages_of(steps.roster_paper(hand, "Name-proof sheet", folder / "proof.pdf"))


def _put_right(hand: Hand, row: FixtureRow) -> None:
    """Find somebody on the roster, open her with Enter, type the surname as it is."""
    hand.type("Name, last four digits, or seat", row.person.identifier[-4:])
    hand.settle()
    table = hand.shown(QTableView)[0]
    assert hand.column(table, 1) == [_name(row)]
    hand.pick_row(table, 0)
    hand.key(Qt.Key.Key_Return, on=table)
    hand.type("Surname", row.person.last)
    hand.settle()
    hand.key(Qt.Key.Key_Return, CTRL)
    hand.read(_("Saved."))
    hand.settle()
    hand.key(Qt.Key.Key_Escape)
    hand.type("Name, last four digits, or seat", "")
    hand.settle()
