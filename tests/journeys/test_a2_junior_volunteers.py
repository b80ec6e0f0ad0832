# SPDX-License-Identifier: Apache-2.0
"""A2: อพม.น้อย, 154 people of 77 provinces over four days, played at the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView

from desktop.actions.fixture import FixtureRow
from desktop.i18n import _, ngettext
from desktop.thai.keyboard import to_thai_layout
from desktop.ui.parts import print_dialog
from tests.journeys import lists, planning, steps
from tests.journeys.child import play_and_kill
from tests.journeys.hand import CTRL, Hand, Watch, open_window
from tests.journeys.steps import Person
from tests.printing import reading

STORY = lists.story("seed2_apm_noi")
SEATS = {row.seat: row for row in STORY.rows}
SUBSTITUTE = "นายวีระ แทนคุณ"
ABSENT_ON_DAY_1 = (10, 11)
"""Seat 10 then comes 12 minutes late on day 2, seat 11 comes 13 minutes late: 222 and 223."""


def _list(folder: Path) -> Path:
    return lists.workbook(
        folder / "รายชื่อ อพม.น้อย.xlsx",
        "บัญชีรายชื่อผู้เข้ารับการอบรม อพม.น้อย ๗๗ จังหวัด",
        ("เลขที่นั่ง", "ชื่อ - สกุล", "เลขประจำตัวประชาชน", "โทรศัพท์", "หน่วยงาน", "กลุ่มเป้าหมาย", "จังหวัด"),
        STORY.rows,
        lambda row: (
            row.seat,
            row.person.name,
            lists.dashed(row.person.identifier),
            row.person.phone,
            row.organisation.name if row.organisation else "",
            lists.word("person_group", row.group),
            lists.province(row),
        ),
    )


def _plan(hand: Hand) -> None:
    """The event as the office has it: seven sessions over four days, 77 provinces of two."""
    event = STORY.event
    planning.new_event(
        hand,
        "Empty",
        Name_of_the_event=event.name,
        Batch="รุ่น ๗๗ จังหวัด",
        First_day="๒๘/๒/๒๕๖๒",
        Last_day="๓ มี.ค. ๒๕๖๒",
        Venue=event.venue,
    )
    planning.fact(hand, "People expected", "๑๕๔")
    planning.fact(hand, "Quota for each province", "๒")
    planning.fact_of(hand, "Digits on printed papers", "๐๑๒๓๔๕๖๗๘๙")
    hand.press("Every province")
    hand.read(ngettext("{count} area · show it", "{count} areas · show them", 77).format(count=77))
    hand.settle()
    planning.tab(hand, 2)
    for session in STORY.sessions:
        planning.add_session(hand, session)
    hand.read("1,110")
    hand.read("888")
    planning.tab(hand, 3)
    planning.add_roles(hand, STORY.ceremony, "chair_close")


def _comes(row: FixtureRow, badges: dict[int, str]) -> Person:
    """How somebody is found at the desk: by badge under either layout, name, or last four."""
    name, seat = row.person.name, row.seat
    if seat % 5 == 1:
        return Person(f"{row.person.first} {row.person.last}", name, seat)
    if seat % 5 == 2:
        return Person(row.person.identifier[-4:], name, seat)
    code = badges[seat]
    return Person(to_thai_layout(code) if seat % 5 == 3 else code, name, seat, scanned=True)


def _again(hand: Hand, profile: Path) -> Hand:
    """Start the program anew on the same profile, at the same hour."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    fresh = open_window(app, profile, hand.watch)
    fresh.unlock(steps.PASSPHRASE)
    return fresh


def _half_day(
    hand: Hand, folder: Path, profile: Path, people: Sequence[Person], seed: int
) -> Hand:
    """The window is killed while ``people`` are checked in; returns one that is open again.

    What was read as saved is there, at most one more is, and the rest is checked in.
    """
    hand = _again(hand, profile)
    steps.to_the_desk(hand)
    before = steps.came_and_expected(hand)[0]
    hand.close()
    now = f"{hand.watch():%Y-%m-%d %H:%M}"
    acked = play_and_kill(folder, profile, now, seed, people=people)
    hand = _again(hand, profile)
    box = steps.to_the_desk(hand)
    came = steps.came_and_expected(hand)[0] - before
    assert acked <= came <= acked + 1
    for one in people[:acked:7]:
        said = steps.arrives(hand, box, one)
        assert steps.says(said, "Came already at {time}"), said
    for one in people[acked:]:
        steps.arrives(hand, box, one)
    assert steps.came_and_expected(hand)[0] == before + len(people)
    return hand


def test_a2_ends_with_152_certificates_and_a_register_of_154(
    qapp: QApplication, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four days of one office, from the wizard to the reprint of one name put right.

    Fails when the desk says "here" before the commit, when 888 of the 888 minutes asked for are
    not enough (``<=`` in ``judge``), and when the register says of somebody who failed that the
    certificate is still to come.
    """
    monkeypatch.setattr(print_dialog, "printers", lambda: ())
    watch = Watch("2019-02-28 08:00")
    hand = open_window(qapp, profile, watch)
    steps.first_start(hand, tmp_path, "กองพัฒนานวัตกรรมทางสังคม", "กรุงเทพมหานคร", "ธิดา ใจดี")
    _plan(hand)
    steps.bring_in(hand, _list(tmp_path), 154)
    hand.read("77/77")
    steps.lock(hand, 154)
    badges = _badges(hand, tmp_path)
    hand = _day_1(hand, badges, tmp_path, profile)
    hand = _day_2(hand, badges, tmp_path, profile)
    _day_3(hand, badges, tmp_path)
    _day_4(hand, tmp_path)
    _certificates(hand, tmp_path)
    steps.copy_that_is_checked(hand, tmp_path / "copy.db")
    hand.close()


def _badges(hand: Hand, folder: Path) -> dict[int, str]:
    """What the scanner reads off the badges, by seat."""
    paper = steps.roster_paper(hand, "Name badges", folder / "badges.pdf")
    codes = steps.badges_on(paper)
    assert len(set(codes)) == len(codes) == 154
    return dict(enumerate(codes, 1))


def _day_1(hand: Hand, badges: dict[int, str], folder: Path, profile: Path) -> Hand:
    """From one o'clock; a substitute with a letter; the power fails in the middle."""
    hand.watch.to("12:40")
    box = steps.to_the_desk(hand)
    assert steps.came_and_expected(hand) == (0, 154)
    first = [row for row in STORY.rows if row.seat not in (*ABSENT_ON_DAY_1, 20)]
    for row in first[:20]:
        steps.arrives(hand, box, _comes(row, badges))
    absent = SEATS[20].person
    hand.key(Qt.Key.Key_F4, on=box)
    steps.point_at(hand, box, Person(absent.first, absent.name, 20))
    hand.key(Qt.Key.Key_Return, on=box)
    hand.type("Name with title", SUBSTITUTE)
    hand.key(Qt.Key.Key_Return, CTRL)
    hand.until(lambda: SUBSTITUTE in steps.said_at_desk(hand), "no substitute")
    assert "020" in steps.said_at_desk(hand)
    hand.settle()
    assert steps.came_and_expected(hand) == (21, 154)
    hand.close()
    people = [_comes(row, badges) for row in first[20:]]
    hand = _half_day(hand, folder, profile, people, 2562)
    assert steps.came_and_expected(hand) == (152, 154)
    return hand


def _day_2(hand: Hand, badges: dict[int, str], folder: Path, profile: Path) -> Hand:
    """A part of the morning at the desk, killed again; the rest from the signed sheets."""
    hand.close()
    hand.watch.to("2019-03-01 08:40")
    hand = _again(hand, profile)
    codes = steps.codes_on(steps.sheet_paper(hand, 2, folder))
    hand.close()
    people = [_comes(row, badges) for row in STORY.rows[20:50]]
    hand = _half_day(hand, folder, profile, people, 154)
    box = steps.to_the_desk(hand)
    for seat, late in ((10, "09:12"), (11, "09:13")):
        hand.watch.to(late)
        said = steps.arrives(hand, box, _comes(SEATS[seat], badges))
        assert late.replace(":", ".") in said
    steps.leave_desk(hand)
    hand.watch.to("17:05")
    assert steps.enter_day(hand, codes, {12: (0, 1)}) == 154 * 2 - 2 - 30 - 2
    return hand


def _day_3(hand: Hand, badges: dict[int, str], folder: Path) -> None:
    """Seat 13 goes home at noon. In the evening one knows who is safe: 990 of 1,110 are over."""
    hand.watch.to("2019-03-02 08:50")
    codes = steps.codes_on(steps.sheet_paper(hand, 3, folder))
    box = steps.to_the_desk(hand)
    steps.arrives(hand, box, _comes(SEATS[13], badges))
    hand.watch.to("11:58")
    hand.key(Qt.Key.Key_F6, on=box)
    steps.point_at(hand, box, Person(SEATS[13].person.first, SEATS[13].person.name, 13))
    hand.key(Qt.Key.Key_Return, on=box)
    hand.type("Time", "๑๒.๐๐")
    hand.type("Reason", "รถออกเที่ยง")
    hand.key(Qt.Key.Key_Return)
    hand.until(lambda: "12.00" in steps.said_at_desk(hand), "seat 13 has not left")
    steps.leave_desk(hand)
    hand.watch.to("16:40")
    assert steps.enter_day(hand, codes, {13: (0, 1)}) == 154 * 2 - 2
    assert steps.certificates(hand) == {"Passed": 150, "Must come on": 2, "Did not pass": 2}
    hand.read("990")


def _day_4(hand: Hand, folder: Path) -> None:
    """The last morning from paper; then 152 have passed, and of two it is said why not."""
    hand.watch.to("2019-03-03 12:10")
    codes = steps.codes_on(steps.sheet_paper(hand, 4, folder))
    assert steps.enter_day(hand, codes) == 154
    assert steps.certificates(hand) == {"Passed": 152, "Must come on": 0, "Did not pass": 2}
    hand.press("Did not pass")
    hand.settle()
    table = hand.find(QTableView, "Certificates")
    assert [int(seat) for seat in hand.column(table, 0)] == [11, 12]
    for row, short in ((0, 1), (1, 168)):
        hand.pick_row(table, row)
        hand.settle()
        assert any(steps.numbers_in(words)[:2] == [short, 888] for words in hand.words()), (
            hand.words()
        )
    hand.press("Passed")


def _certificates(hand: Hand, folder: Path) -> None:
    """152 issued by seat, saved, one name put right and printed again, the register."""
    steps.issue(hand, 152)
    pages = steps.save_certificates(hand, folder / "certificates.pdf", 152)
    seats = [row.seat for row in STORY.rows if row.seat not in (11, 12)]
    assert len(pages) == 152
    for page, seat in zip(pages, seats, strict=True):
        text = " ".join(page.split())
        assert (SUBSTITUTE if seat == 20 else SEATS[seat].person.name) in text
        assert f"{lists.thai(seat)}/๒๕๖๒" in text
        assert "๒๘ กุมภาพันธ์ – ๓ มีนาคม ๒๕๖๒" in text
        assert "ให้ไว้ ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๒" in text
    hand.type("Name, agency or seat", "30")
    hand.settle()
    hand.press("Edit")
    hand.type("Surname", "แก้วมณีรัตน์")
    hand.press("Save the name")
    hand.read(_("Number {number} has the new name. Print it again.").format(number="๓๐/๒๕๖๒"))
    hand.settle()
    hand.press("Print this one")
    again = folder / "again.pdf"
    hand.press("Save as PDF instead")
    hand.read("One PDF with all of them")
    steps.export(hand, again)
    (page,) = reading.poppler(again)
    assert f"{SEATS[30].person.first} แก้วมณีรัตน์" in page
    assert "๓๐/๒๕๖๒" in page
    pages, papers = steps.register(hand, folder)
    # The paper with the wrong name stays in the register beside the one that took its place.
    rows = [row for row in papers if row[7] != "มีใบแทนแล้ว"]
    assert len(papers) == 155
    assert len(rows) == 154
    assert [row[1] for row in rows] == [f"{lists.thai(seat)}/๒๕๖๒" for seat in range(1, 155)]
    unused = [row for row in rows if "ไม่ผ่านเกณฑ์ ไม่ใช้เลข" in row]
    assert [row[1] for row in unused] == ["๑๑/๒๕๖๒", "๑๒/๒๕๖๒"]
    assert "แก้วมณีรัตน์" in rows[29][2]
    assert "ใบแทน ฉบับที่ ๒" in rows[29][10]
    assert not any("ใบแทน" in row[10] for row in rows[:29] + rows[30:])
    assert "๑๕๔/๒๕๖๒" in pages[-1]
