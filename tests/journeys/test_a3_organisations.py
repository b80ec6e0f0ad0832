# SPDX-License-Identifier: Apache-2.0
"""A3: 430 guests and 83 organisations honoured in one morning, played at the window."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTableView

from desktop.i18n import ngettext
from desktop.ui.parts import print_dialog
from tests.journeys import lists, planning, steps
from tests.journeys.hand import Hand, Watch, open_window
from tests.journeys.steps import Person

STORY = lists.story("seed3_83_orgs")
GROUPS = Counter(lists.word("person_group", row.group) for row in STORY.rows)
LONGEST = max(STORY.awards, key=lambda award: len(award.title))


def _guests(folder: Path) -> Path:
    return lists.workbook(
        folder / "ผู้เข้าร่วมงาน.xlsx",
        "ผู้เข้าร่วมงาน ๒๐ ปี พัฒนางานสวัสดิการสังคม",
        ("ชื่อ-นามสกุล", "เลขประจำตัวประชาชน", "เบอร์โทรศัพท์", "หน่วยงาน", "กลุ่ม", "บทบาท"),
        STORY.rows,
        lambda row: (
            row.person.name,
            row.person.identifier,
            row.person.phone,
            row.organisation.name if row.organisation else "",
            lists.word("person_group", row.group),
            lists.word("event_role", row.role),
        ),
    )


def _projects() -> str:
    """The rows of the award list as Excel gives them to the clipboard."""
    rows = [("ลำดับ", "องค์กร", "โครงการ", "กองทุน")]
    rows += [
        (str(award.order_no), award.organisation.name, award.title, award.fund)
        for award in STORY.awards
    ]
    return "\n".join("\t".join(row) for row in rows)


def _plan(hand: Hand) -> None:
    event = STORY.event
    planning.new_event(
        hand,
        "Ceremony of one day",
        Name_of_the_event=event.name,
        First_day="30 กันยายน 2565",
        Venue=event.venue,
    )
    planning.tab(hand, 2)
    planning.reshape(hand, 1, STORY.sessions)
    hand.read("ทิศทางงานสวัสดิการสังคมไทยสู่การลดความเหลื่อมล้ำ")
    planning.tab(hand, 3)
    planning.add_roles(hand, STORY.ceremony, "chair_open")
    planning.tab(hand, 4)
    QApplication.clipboard().setText(_projects())
    hand.press("Paste from Excel")
    hand.press(
        ngettext("Take in {count} project", "Take in {count} projects", 83).format(count=83)
    )
    hand.read(ngettext("{count} project", "{count} projects", 83).format(count=83))


def test_a3_honours_83_organisations_with_their_titles_whole(
    qapp: QApplication, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when a title is cut at 120 characters where it is frozen, and when certificates do
    not follow the order of the award list.
    """
    monkeypatch.setattr(print_dialog, "printers", lambda: ())
    watch = Watch("2022-09-29 15:00")
    hand = open_window(qapp, profile, watch)
    steps.first_start(
        hand, tmp_path, "สำนักงานส่งเสริมการจัดสวัสดิการสังคม", "กรุงเทพมหานคร", "ธิดาพร เสาวนะ"
    )
    _plan(hand)
    steps.bring_in(hand, _guests(tmp_path), 430)
    steps.lock(hand, 430)
    codes = steps.codes_on(steps.sheet_paper(hand, 1, tmp_path))

    watch.to("2022-09-30 08:35")
    box = steps.to_the_desk(hand)
    assert steps.came_and_expected(hand) == (0, 430)
    for row in STORY.rows[::43]:
        steps.arrives(hand, box, Person(row.person.identifier[-4:], row.person.name))
    assert steps.came_and_expected(hand) == (10, 430)
    steps.leave_desk(hand)
    watch.to("12:30")
    assert steps.enter_day(hand, codes) == 430 - 10

    # The report by group adds up.
    counts = steps.by_group(hand, list(GROUPS))
    assert counts == {word: (count, count) for word, count in GROUPS.items()}
    assert sum(GROUPS.values()) == 430

    # The certificates go to organisations, in the order of the stage.
    hand.go("Certificates")
    hand.settle()
    table = hand.shown(QTableView)[0]
    assert table.model().rowCount() == 83
    steps.issue(hand, 83)
    watch.to("2022-10-01 09:00")
    pages = steps.save_certificates(hand, tmp_path / "certificates.pdf", 83)
    assert len(pages) == 83
    assert len(LONGEST.title) == 125
    for page, award in zip(pages, STORY.awards, strict=True):
        text = "".join(page.split())
        assert "".join(award.title.split()) in text
        assert "".join(award.organisation.name.split()) in text
        assert f"{award.order_no}/2565" in text
    _pages, rows = steps.register(hand, tmp_path)
    assert [row[1] for row in rows] == [f"{award.order_no}/2565" for award in STORY.awards]
    hand.close()
