# SPDX-License-Identifier: Apache-2.0
"""A1: 70 people of the highland, most with one name, attendance on paper, played at the window."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTableView

from desktop.actions.fixture import FixtureRow
from desktop.ui.parts import print_dialog
from tests.journeys import lists, planning, steps
from tests.journeys.child import play_and_kill
from tests.journeys.hand import Hand, Watch, open_window

STORY = lists.story("seed1_tak_highland")
GROUPS = Counter(lists.word("person_group", row.group) for row in STORY.rows)
SINGLE = [row for row in STORY.rows if not row.person.last]
HOSTS = "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก\nอบต.ด่านแม่ละเมา"


def _pasted() -> str:
    """Cells of a worksheet; whoever has no surname or number has a dash there."""

    def cells(number: int, row: FixtureRow) -> list[str]:
        who = row.person
        return [
            lists.thai(number),
            who.title,
            who.first,
            who.last or "-",
            who.identifier or "-",
            who.none_reason,
            lists.thai(who.birth_year) if who.birth_year else "",
            lists.word("person_group", row.group),
            str(row.team or ""),
        ]

    head = ["ที่", "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน", "กรณีไม่มีเนื่องจาก", "พ.ศ. เกิด",
            "กลุ่มเป้าหมาย", "ทีม"]  # fmt: skip
    rows = [head, *(cells(number, row) for number, row in enumerate(STORY.rows, 1))]
    return "\n".join("\t".join(row) for row in rows)


def _plan(hand: Hand) -> None:
    planning.undated_event(
        hand, "Workshop with home visits", STORY.event.name, "สิงหาคม ๒๕๖๓", "วัดด่านแม่ละเมา"
    )
    hand.write("Hosts, one a line", HOSTS)
    planning.for_area(hand, "ด่านแม่ละเมา", lists.spoken("630609"))
    planning.tab(hand, 2)
    for day in (1, 2):
        planning.reshape(hand, day, [one for one in STORY.sessions if one.day_no == day])
    planning.tab(hand, 3)
    planning.add_role(
        hand, planning.part("chair_open", "นายสมบัติ ใจดี", "นายอำเภอแม่สอด"), signs=True
    )


def test_a1_takes_over_paper_after_a_power_cut_and_prints_single_names_as_they_are(
    qapp: QApplication, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when a name without a surname is put together with "-" or with a space behind it."""
    monkeypatch.setattr(print_dialog, "printers", lambda: ())
    assert (len(STORY.rows), len(SINGLE)) == (70, 40)
    watch = Watch("2020-09-03 09:00")
    hand = open_window(qapp, profile, watch)
    steps.first_start(hand, tmp_path, "ศูนย์พัฒนาราษฎรบนพื้นที่สูงจังหวัดตาก", "ด่านแม่ละเมา", "นอแอ")
    _plan(hand)
    hand.go("Roster")
    hand.press("Paste from LINE or Excel")
    hand.write("Pasted names", _pasted())
    hand.press("Read the names")
    steps.add_people(hand, 70)
    table = hand.shown(QTableView)[0]
    names = hand.column(table, 1)
    assert sorted(names) == sorted(row.person.name for row in STORY.rows)
    steps.lock(hand, 70)

    # Paper for both days; the power fails while the first day is typed in.
    codes = {}
    for day in (1, 2):
        pages = steps.sheet_paper(hand, day, tmp_path)
        assert not any(" - " in line or line.endswith(" -") for line in pages[0].splitlines()[7:])
        codes[day] = steps.codes_on(pages)
    hand.close()
    every = [*codes[1], *codes[2]]
    acked = play_and_kill(tmp_path, profile, "2020-09-03 17:00", 70, codes=every)
    watch.to("17:10")
    hand = open_window(qapp, profile, watch)
    hand.unlock(steps.PASSPHRASE)
    saved = steps.enter_day(hand, every[acked:])
    assert saved in (_squares(len(every), acked), _squares(len(every), acked + 1))

    steps.copy_that_is_checked(hand, tmp_path / "copy.db")
    counts = steps.by_group(hand, list(GROUPS))
    assert counts == {word: (count, count) for word, count in GROUPS.items()}
    assert sorted(GROUPS.values()) == [15, 15, 20, 20]

    assert steps.certificates(hand) == {"Passed": 70, "Must come on": 0, "Did not pass": 0}
    steps.issue(hand, 70)
    pages = steps.save_certificates(hand, tmp_path / "certificates.pdf", 70)
    names = []
    for page in pages:
        lines = [line.strip() for line in page.splitlines()]
        assert not any(line.startswith("-") or line.endswith("-") for line in lines)
        assert "  " not in page
        names += [row.person.name for row in STORY.rows if row.person.name in lines]
    assert len(pages) == 70
    assert {row.person.name for row in STORY.rows} == set(names)
    _pages, rows = steps.register(hand, tmp_path)
    assert len(rows) == 70
    assert sorted(row[2] for row in rows) == sorted(row.person.name for row in STORY.rows)
    hand.close()


def _squares(pages: int, done: int) -> int:
    """Squares on the pages that are left: 17 rows a page and two halves of each of two days."""
    rows = [min(17, 70 - first) for first in range(0, 70, 17)] * 2
    assert len(rows) == pages
    return 2 * sum(rows[done:])
