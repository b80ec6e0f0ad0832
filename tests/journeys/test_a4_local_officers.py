# SPDX-License-Identifier: Apache-2.0
"""A4: 83 officers of local administrations, from an afternoon to a noon, played at the window."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.i18n import _
from desktop.ui.parts import print_dialog
from tests.journeys import lists, planning, steps
from tests.journeys.hand import Hand, Watch, open_window
from tests.journeys.steps import Person

STORY = lists.story("seed4_lgo_83")
SHARED = STORY.rows[6]
"""She was asked to another event on two of the three days as well."""
OTHER = "อบรม อพม.น้อย ๗๗ จังหวัด"


def _list(folder: Path) -> Path:
    """A text file as the Excel of an office saves it: cp874, one name in three columns."""
    headings = (
        *("ที่", "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขบัตรประชาชน", "เบอร์โทร", "สังกัด"),
        *("ตำบล", "อำเภอ", "จังหวัด", "กลุ่มเป้าหมาย"),
    )
    path = folder / "รายชื่อ อปท.csv"
    with path.open("w", encoding="cp874", newline="") as file:
        out = csv.writer(file)
        out.writerow(headings)
        for number, row in enumerate(STORY.rows, 1):
            who, office = row.person, row.organisation
            assert office is not None
            out.writerow(
                [number, who.title, who.first, who.last, who.identifier, who.phone, office.name,
                 *(lists.place(row.area, level) for level in (6, 4, 2)),
                 lists.word("person_group", row.group)]
            )  # fmt: skip
    return path


def _other_event(hand: Hand) -> None:
    """The event of A2 with two on its roster, pasted as they came by LINE."""
    planning.new_event(
        hand,
        "Empty",
        Name_of_the_event=OTHER,
        First_day="28 ก.พ. 2562",
        Last_day="3 มี.ค. 2562",
    )
    hand.go("Roster")
    hand.press("Paste from LINE or Excel")
    shared = SHARED.person
    hand.write(
        "Pasted names",
        "ชื่อ - สกุล\tเลขประจำตัวประชาชน\n"
        + f"นายสมชาย ใจดี\t{lists.dashed('1994328393367')}\n"
        + f"{shared.name}\t{lists.thai(lists.dashed(shared.identifier))}\n",
    )
    hand.press("Read the names")
    steps.add_people(hand, 2)


def _plan(hand: Hand) -> None:
    event = STORY.event
    planning.new_event(
        hand,
        "Empty",
        Name_of_the_event=event.name,
        Batch="ปีที่ ๒",
        First_day="๒๗ ก.พ. ๒๕๖๒",
        Last_day="๑ มี.ค. ๒๕๖๒",
        Venue=event.venue,
    )
    planning.fact_of(hand, "Digits on printed papers", "๐๑๒๓๔๕๖๗๘๙")
    planning.tab(hand, 2)
    for session in STORY.sessions:
        planning.add_session(hand, session)
    hand.read("810")
    hand.read("648")
    planning.tab(hand, 3)
    planning.add_roles(hand, STORY.ceremony, "chair_open")


def test_a4_warns_of_who_is_in_two_events_and_signs_one_afternoon_only(
    qapp: QApplication, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when all days of two events are named and not those they share, and when a day that
    begins at 15.00 gets a morning to sign.
    """
    monkeypatch.setattr(print_dialog, "printers", lambda: ())
    watch = Watch("2019-02-25 10:00")
    hand = open_window(qapp, profile, watch)
    steps.first_start(hand, tmp_path, "กองพัฒนาสังคม", "กรุงเทพมหานคร", "สมหญิง ใจงาม")
    _other_event(hand)
    _plan(hand)

    # The list comes in; one of the 83 is on file, and somebody has to say that it is she.
    hand.go("Roster")
    with hand.file(_list(tmp_path)):
        hand.press("Choose a file")
    hand.read(_("Known already? {count}").format(count=1))
    hand.settle()
    hand.press(_("Known already? {count}").format(count=1))
    hand.read("The same identity number")
    hand.press("The same person")
    hand.settle()
    steps.add_people(hand, 83)

    # Both events and the days that clash are named.
    hand.go("Events")
    words = next(text for text in hand.words() if OTHER in text and STORY.event.name in text)
    assert SHARED.person.name in words
    assert "28 ก.พ., 1 มี.ค." in words
    assert "2 มี.ค." not in words
    steps.lock(hand, 83)

    # Of the 83, by kind of administration.
    hand.go("Who is here")
    hand.press("All")
    people = {kind: _shown(hand, kind) for kind in ("องค์การบริหารส่วนตำบล", "เทศบาลตำบล")}
    assert people == {"องค์การบริหารส่วนตำบล": 54, "เทศบาลตำบล": 29}

    # Day 1 has only an afternoon to sign.
    pages = steps.sheet_paper(hand, 1, tmp_path)
    text = "\n".join(pages)
    assert "บ่าย" in text
    assert "เช้า" not in text
    assert "๒๗ กุมภาพันธ์ ๒๕๖๒" in text
    codes = {1: steps.codes_on(pages)}
    for day in (2, 3):
        pages = steps.sheet_paper(hand, day, tmp_path)
        assert "เช้า" in pages[0]
        codes[day] = steps.codes_on(pages)

    # Ten at the desk, the others from paper.
    watch.to("2019-02-27 14:40")
    box = steps.to_the_desk(hand)
    for row in STORY.rows[:10]:
        steps.arrives(hand, box, Person(row.person.identifier[-4:], row.person.name))
    assert steps.came_and_expected(hand) == (10, 83)
    steps.leave_desk(hand)
    watch.to("2019-03-01 15:20")
    assert steps.enter_day(hand, codes[1]) == 83 - 10
    assert steps.enter_day(hand, codes[2]) == 83 * 2
    assert steps.enter_day(hand, codes[3]) == 83 * 2
    assert steps.certificates(hand) == {"Passed": 83, "Must come on": 0, "Did not pass": 0}
    steps.issue(hand, 83)
    pages = steps.save_certificates(hand, tmp_path / "certificates.pdf", 83)
    assert len(pages) == 83
    assert all("๒๗ กุมภาพันธ์ – ๑ มีนาคม ๒๕๖๒" in " ".join(page.split()) for page in pages)
    hand.close()


def _shown(hand: Hand, text: str) -> int:
    """How many of the list answer to a part of the agency's name."""
    hand.type("Filter by name, agency or seat", text)
    hand.settle()
    return hand.count("{count} person", "{count} people")
