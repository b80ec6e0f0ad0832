# SPDX-License-Identifier: Apache-2.0
"""Hostile lists and names at the real window: a sentence that says what to do, nothing lost."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import office
from desktop.actions.attendance import Tick, enter_sheet
from desktop.actions.roster import Entry, add_entries, lock_roster
from desktop.i18n import ngettext
from desktop.store import certificate, event, roster
from tests.actions.office_ground import NOW
from tests.journeys.hand import CTRL, Hand
from tests.journeys.luck import PASSPHRASE, enrolled, window

AFTER = NOW + timedelta(days=3)
HARD = (
    "นาย\u202eสมชาย ใจดี\u202c",
    "นายสม\u200dชาย ณ นคร",
    "นายสม\0ศรี ใจดี",
    '=HYPERLINK("http://x") ใจดี',
    "<b>นาย</b> &amp; ใจ",
    "{name} {count}",
    "%s %(x)s",
    "นาย😀 ใจดี",
    "นาย\u25cc\u0e34 ใจดี",
    "ก" * 10_000,
    "นาย\ud83d หาย",
)


def test_a_hostile_list_is_read_taken_in_and_taken_back(qapp: QApplication, kept: Path) -> None:
    """Fails when any of the names brings the window down, or is taken in changed or by half."""
    lines = "\n".join(f"{n}\t{name}" for n, name in enumerate(HARD, 1))
    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)
        hand.go("Roster")
        page = hand.frame.page
        page.bring_in()
        page.intake.read_text("ลำดับ\tชื่อ-สกุล\n" + lines)
        hand.until(lambda: page.intake.checking, "the list was not read")
        hand.settle()
        ready = page.intake.list.ready
        assert 0 < ready < len(HARD), "two of them are no names"
        hand.press(page.intake.verb())
        hand.settle()
        assert enrolled_now(hand) == 5 + ready
        names = names_now(hand)
        assert not any(ord(letter) in range(0xD800, 0xE000) for name in names for letter in name)
        assert "นายสมชาย ใจดี" in names
        page.intake.back()
        hand.key(Qt.Key.Key_Z, CTRL)
        hand.settle()
        assert enrolled_now(hand) == 5
    assert enrolled(kept) == 5


def enrolled_now(hand: Hand) -> int:
    return len(names_now(hand))


def names_now(hand: Hand) -> list[str]:
    desk = hand.start.desk
    assert desk is not None
    with desk.store.read() as conn:
        return [row.name for row in roster.roster(conn, desk.event_id) if row.expected]


def test_a_megabyte_of_anything_pasted_ends_in_a_sentence(qapp: QApplication, kept: Path) -> None:
    """Fails when the box or the reader chokes on it: the window stands still for minutes."""
    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)
        hand.go("Roster")
        page = hand.frame.page
        for text in ("ก" * 1_000_000, "\n" * 1_000_000, "a\tb\n" * 250_000, "🙂" * 250_000):
            page.bring_in()
            begun = time.monotonic()
            page.intake.read_text(text)
            hand.until(lambda: not page.intake.reading, "it is still being read")
            assert time.monotonic() - begun < 60, text[:4]
            if page.intake.checking:
                assert page.intake.list.ready <= 1, text[:4]
                page.intake.leave()
    assert enrolled(kept) == 5


def test_a_list_deleted_between_choosing_and_reading_is_a_sentence(
    qapp: QApplication, kept: Path, tmp_path: Path
) -> None:
    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)
        hand.go("Roster")
        page = hand.frame.page
        page.bring_in()
        page.intake.read_file(tmp_path / "gone.xlsx")
        hand.read("The file is no longer there. Choose it again.")


@pytest.mark.parametrize(
    "first", ["ฌ" * 78, "😀", "\u25cc\u0e49"], ids=["long", "picture", "circle"]
)
def test_a_name_no_certificate_can_show_stops_the_issue_and_every_paper_and_is_named(
    qapp: QApplication, kept: Path, first: str
) -> None:
    """Fails when the batch goes on without her, or numbers are drawn before pages are tried."""
    by = office.who_may(kept)[0].facilitator_id
    name = f"นาย{first} ยาวนัก{'ฒ' * 70 if len(first) > 70 else ''}"
    with closing(office.unlock(kept, by, PASSPHRASE, clock=lambda: AFTER)) as store:
        with store.read() as conn:
            held = event.events(conn)[0].event
            days = event.days(conn, held.id)
        title, last = "นาย", name.partition(" ")[2]
        add_entries(store, by, held.id, [Entry(title=title, first=first, last=last)])
        lock_roster(store, by, held.id)
        with store.read() as conn:
            rows = roster.roster(conn, held.id)
        ticks = [
            Tick(row.enrolment_id, day.no, half, "in")
            for row in rows
            for day in days
            for half in day.halves
        ]
        enter_sheet(store, by, held.id, ticks)
    with window(qapp, kept, "2026-11-23 09:00") as hand:
        hand.unlock(PASSPHRASE)
        hand.go("Certificates")
        verb = ngettext("Issue {count} certificate", "Issue {count} certificates", 6)
        hand.press(verb.format(count=6))
        hand.until(lambda: told_of(hand, first[:20]), "she was not named")
        desk = hand.start.desk
        assert desk is not None
        with desk.store.read() as conn:
            assert certificate.register(conn) == ()
        for what in ("badge", "proof"):
            hand.frame.show_page("paper", {"what": what})
            hand.until(lambda: told_of(hand, first[:20]), f"{what}: she was not named")


def told_of(hand: Hand, letters: str) -> bool:
    """Whether a sentence about a text that cannot be set holds these letters."""
    signs = ("ยาวเกิน", "ไม่ได้ เพราะ")
    return any(letters in text and any(s in text for s in signs) for text in hand.words())
