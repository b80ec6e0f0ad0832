# SPDX-License-Identifier: Apache-2.0
"""Bad luck at the real window: a sentence that says what to do, nothing lost."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import office
from desktop.i18n import _
from desktop.log import start_log
from desktop.store import keys
from desktop.store.engine import connect
from desktop.store.store import Store
from desktop.ui.ending import Ending
from desktop.ui.signin import SignIn
from desktop.ui.start import hook_exceptions
from desktop.ui.widgets.desk_box import DeskBox
from tests.journeys.hand import CTRL, Watch, open_window
from tests.journeys.luck import (
    PASSPHRASE,
    SURNAME,
    enrolled,
    fault,
    flip,
    knock,
    speak,
    trouble,
    window,
)

PAGE = 4096
DAMAGED = (
    "Part of the data file is damaged. Stop entering data, copy the whole data folder "
    "to a USB stick, and restore the last backup or call the centre."
)
SENTENCES = {
    "first": (
        "The data file cannot be opened with this key. It may be damaged or belong to "
        "another key file. Do not delete it; restore the last backup or call the centre."
    ),
    "schema": DAMAGED,
    "cut": DAMAGED,
    "empty": (
        "The data file is empty or was not written by Samut Sanam. Do not delete anything; "
        "restore the last backup or call the centre."
    ),
    "newer": (
        "This data file was written by a newer version of the program. Nothing was changed. "
        "Install the newest version on this computer and open it again."
    ),
    "open": (
        "Samut Sanam is already open on this computer. Use the window that is open, or "
        "close it first."
    ),
    "keys": (
        "The key file keys.json is missing, and nobody can open the data without it. Do not "
        "delete anything. In the folder backups, copy the newest file that ends in "
        ".keys.json, put it into the data folder and name it keys.json; or call the centre."
    ),
}


# ── the file ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", list(SENTENCES))
def test_a_store_that_cannot_be_opened_says_what_to_do(
    qapp: QApplication, kept: Path, page: str
) -> None:
    """Fails when the window waits at the passphrase for an answer that went to no page: a page
    that is read just after the key was found right is damaged. Fails, too, when a sentence does
    not say what to do."""
    file = kept / "samut.db"
    before = enrolled(kept)
    whole = file.read_bytes()
    holder: Store | None = None
    speak(kept, "en" if page in ("first", "cut", "keys") else "th")
    if page == "first":
        flip(file, 20)
    elif page == "schema":
        flip(file, 2 * PAGE + 100)
    elif page == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif page == "empty":
        file.write_bytes(b"")
    elif page == "newer":
        by = office.who_may(kept)[0].facilitator_id
        key = keys.open_with_passphrase(kept, by, PASSPHRASE)
        with closing(connect(file, key, write=True)) as raw:
            raw.execute("PRAGMA user_version = 99")
    elif page == "open":
        by = office.who_may(kept)[0].facilitator_id
        holder = office.unlock(kept, by, PASSPHRASE)
    else:
        for name in (keys.KEY_FILE, keys.BACKUP_FILE):
            (kept / name).unlink()
    left = file.read_bytes()
    with window(qapp, kept) as hand:
        knock(hand)
        assert hand.start.frame is None
        assert trouble(hand) == _(SENTENCES[page])
        if holder is not None:
            holder.close()
            hand.press("Try again")
            knock(hand)
            assert hand.start.frame is not None, "the sentence told her to try again"
    if holder is None:
        assert file.read_bytes() == left, "a file that cannot be opened was changed"
    else:
        assert enrolled(kept) == before


def test_a_page_that_is_damaged_while_one_works_is_a_sentence_and_copies_are_kept(
    qapp: QApplication, kept: Path, expect_warning: Callable[[str], None]
) -> None:
    """Fails when the copy made at the end puts a damaged file in the place of a good one."""
    with window(qapp, kept):
        pass
    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)
    (copy,) = (kept / "backups").glob("*.db")
    good = copy.read_bytes()
    size = (kept / "samut.db").stat().st_size // PAGE
    for number in range(size - 12, size - 2):
        flip(kept / "samut.db", number * PAGE + 200)
    with window(qapp, kept) as hand:
        knock(hand)
        if hand.start.frame is None:
            assert trouble(hand) == _(DAMAGED)
        else:
            # It opened: none of the damaged pages was needed for that.
            expect_warning("the copy at the end could not be made")
            hand.start._look_after()
            hand.read(DAMAGED)
    assert copy.read_bytes() == good


@pytest.mark.parametrize("how", ["first", "schema", "gone"])
def test_a_store_that_is_lost_goes_back_to_its_last_copy_at_one_press(
    qapp: QApplication, kept: Path, how: str
) -> None:
    """Fails when "restore the last backup" is advice that nobody at the window can follow, or
    when the damaged file is thrown away."""
    file = kept / "samut.db"
    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)
    if how == "gone":
        file.unlink()
    else:
        flip(file, 20 if how == "first" else 2 * PAGE + 100)
    damaged = file.read_bytes() if file.exists() else b""
    with window(qapp, kept) as hand:
        knock(hand)
        assert trouble(hand)
        hand.press(_("Go back to the copy of {date}").partition("{")[0])
        hand.until(lambda: not trouble(hand), trouble(hand))
        hand.unlock(PASSPHRASE)
    assert enrolled(kept) == 5
    (aside,) = kept.glob("damaged-*")
    assert not damaged or (aside / "samut.db").read_bytes() == damaged


def test_one_flipped_bit_in_the_key_file_costs_nobody_the_data(
    qapp: QApplication, kept: Path
) -> None:
    """Fails when the key file has no sum: the right passphrase is then called wrong."""
    told = (kept / keys.KEY_FILE).read_text("utf-8")
    flip(kept / keys.KEY_FILE, told.index("wrapped") + 14)
    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)


@pytest.mark.parametrize("code", ["th", "en"])
def test_a_wrong_passphrase_is_told_beside_the_box_and_the_right_one_opens(
    qapp: QApplication, kept: Path, code: str
) -> None:
    speak(kept, code)
    with window(qapp, kept) as hand:
        knock(hand, "ไม่ใช่รหัสนี้แน่นอน")
        sign = hand.start.window.shown()
        assert isinstance(sign, SignIn)
        assert ("try again" if code == "en" else "ลองอีกครั้ง") in sign.field.error
        assert not trouble(hand)
        hand.unlock(PASSPHRASE)


def test_the_folder_pulled_away_is_a_sentence_and_nothing_is_made_in_its_place(
    qapp: QApplication, kept: Path, expect_warning: Callable[[str], None]
) -> None:
    """Fails when closing makes a new folder where the stick was: the next start founds a store."""
    expect_warning("the copy at the end could not be made")
    away = kept.with_name("away")
    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)
        kept.rename(away)
        hand.go("Roster")
        hand.press("Lock and give seats")
        hand.settle()
    assert not kept.exists()
    assert enrolled(away) == 5


@pytest.mark.parametrize("now", ["1970-01-01 07:30", "2099-12-31 23:59"])
def test_a_clock_that_is_years_wrong_closes_no_door(
    qapp: QApplication, kept: Path, now: str
) -> None:
    """Fails when a date before the store, or after every table of dates, is a fault."""
    with window(qapp, kept, now) as hand:
        hand.unlock(PASSPHRASE)
        for page in ("Events", "Roster", "Certificates", "Settings", "Today"):
            hand.go(page)
        hand.go("Check-in desk")
        hand.until(lambda: hand.shown(DeskBox), "no desk")
    assert enrolled(kept) == 5


# ── taking back, and the end ─────────────────────────────────────────────────────────────────


def test_ctrl_z_on_every_page_with_nothing_done_is_a_sentence(
    qapp: QApplication, kept: Path
) -> None:
    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)
        for page in ("Today", "Events", "Roster", "Certificates", "Settings"):
            hand.go(page)
            hand.key(Qt.Key.Key_Z, CTRL)
            hand.settle()
            hand.read("There is nothing to undo.")
    assert enrolled(kept) == 5


def test_the_window_may_be_closed_in_the_middle_of_long_work(
    qapp: QApplication, kept: Path
) -> None:
    """Fails when closing waits for all of the work, or the work meets a closed store."""
    seen: list[int] = []

    def work(progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> int:
        for number in range(3000):
            if cancelled():
                break
            seen.append(number)
            time.sleep(0.01)
            progress(number, 3000)
        return len(seen)

    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)
        desk = hand.start.desk
        assert desk is not None
        desk.slow(desk, work, lambda _done: None)
        hand.until(lambda: seen, "it never began")
        hand.start.window.close()
        assert hand.start._store is None
    assert len(seen) < 2000
    assert enrolled(kept) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells a window to close instead")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_closes_the_store_though_a_question_stands_open(
    qapp: QApplication, kept: Path, name: str
) -> None:
    """Fails when Python's handler waits for the next Python step: Qt takes none by itself."""
    from desktop.ui import access

    before = signal.getsignal(signal.SIGTERM)
    with window(qapp, kept) as hand:
        hand.unlock(PASSPHRASE)
        desk = hand.start.desk
        assert desk is not None
        ending = Ending(hand.start.end)
        try:
            access.change_passphrase(hand.start.window, desk)
            os.kill(os.getpid(), getattr(signal, name))
            hand.until(lambda: hand.start._store is None, "the signal was not heard")
        finally:
            ending.close()
    assert signal.getsignal(signal.SIGTERM) is before
    assert not list(kept.glob("samut.db-wal"))
    assert enrolled(kept) == 5


def test_no_name_reaches_the_log_a_temporary_file_or_the_words_of_a_fault(
    qapp: QApplication,
    kept: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    expect_warning: Callable[[str], None],
) -> None:
    """Fails when the text of an exception is logged or shown, and when a log that cannot be
    written prints its line with everything in it."""
    import tempfile

    expect_warning("a fault of the program")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    start_log(kept)
    hand = open_window(qapp, kept, Watch("2026-11-20 09:00"))
    unhook = hook_exceptions(hand.start)
    try:
        hand.unlock(PASSPHRASE)

        def wrong(_store: Store) -> None:
            raise ValueError(SURNAME)

        desk = hand.start.desk
        assert desk is not None
        desk.look(desk, wrong, lambda _none: None)
        hand.until(lambda: hand.start._crash is not None, "no word of the fault")
        assert not any(SURNAME in text for text in (*fault(hand), *hand.words()))
        assert hand.start._crash is not None
        hand.start._crash.accept()
        log = kept / "samut.log"
        assert "ValueError" in log.read_text("utf-8")
        log.unlink()
        log.mkdir()
        hand.start.caught(ValueError(SURNAME))
        hand.until(lambda: hand.start._crash is not None, "no word of the fault")
        hand.start._crash.accept()
    finally:
        unhook()
        hand.close()
    said = capfd.readouterr()
    assert SURNAME not in said.out + said.err
    assert "Traceback" not in said.err
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(SURNAME.encode() in path.read_bytes() for path in files)
