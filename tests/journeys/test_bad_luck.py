# SPDX-License-Identifier: Apache-2.0
"""Bad input and bad luck at the real window: a sentence that says what to do, nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop import paths
from desktop.actions import office
from desktop.actions.attendance import Tick, enter_sheet
from desktop.actions.event import create_event
from desktop.actions.roster import Entry, add_entries, lock_roster
from desktop.i18n import _, ngettext, use_language
from desktop.log import start_log
from desktop.model.facilitator import Facilitator, Office
from desktop.settings import Settings, write_settings
from desktop.store import area, certificate, codelist, event, holiday, keys, roster
from desktop.store.engine import connect
from desktop.store.store import Store
from desktop.ui.ending import Ending
from desktop.ui.signin import SignIn
from desktop.ui.start import hook_exceptions
from desktop.ui.trouble import Trouble
from desktop.ui.widgets.desk_box import DeskBox
from desktop.ui.widgets.outcome import Outcome
from tests.actions.office_ground import DRAFT, NOW
from tests.journeys.hand import CTRL, Hand, Watch, open_window

PASSPHRASE = "ฟ้าเขียวช้างบินข้ามเขา"
SURNAME = "ลับเฉพาะ"
"""Stands in no file that anybody can read."""
PAGE = 4096
AFTER = NOW + timedelta(days=3)
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


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one facilitator with an event and five people."""
    folder = tmp_path_factory.mktemp("founded") / "profile"
    home = Office("", "สำนักงาน พมจ. ตาก", "63")
    thida = Facilitator("", "ธิดา ใจดี")
    store, _code = office.found(folder, home, thida, PASSPHRASE, label="ธิดา", clock=lambda: NOW)
    with closing(store):
        by = office.who_may(folder)[0].facilitator_id
        made = create_event(store, by, DRAFT).value
        people = [Entry(title="นาย", first=f"ชาย{number}", last=SURNAME) for number in range(5)]
        add_entries(store, by, made.id, people)
    return folder


@pytest.fixture
def kept(founded: Path, profile: Path) -> Path:
    """A copy of that store, in the profile of this test."""
    shutil.copytree(founded, profile)
    return profile


def speak(profile: Path, code: str) -> None:
    """Set the language of the laptop."""
    write_settings(profile, Settings(language=code))
    use_language(code)


@contextmanager
def window(qapp: QApplication, profile: Path, now: str = "2026-11-20 09:00") -> Iterator[Hand]:
    """The window on a profile, closed at the end; a fault of the program fails the test."""
    hand = open_window(qapp, profile, Watch(now))
    unhook = hook_exceptions(hand.start)
    try:
        yield hand
        assert hand.start._crash is None, fault(hand)
    finally:
        unhook()
        hand.close()


def fault(hand: Hand) -> list[str]:
    """What the dialog of a fault shows."""
    crash = hand.start._crash
    return [text.toPlainText() for text in crash.findChildren(QPlainTextEdit)] if crash else []


def knock(hand: Hand, passphrase: str = PASSPHRASE) -> None:
    """Type the passphrase, and wait for whatever comes of it."""
    sign = hand.start.window.shown()
    assert isinstance(sign, SignIn), sign
    hand.until(lambda: sign.chosen() or trouble(hand), "nobody to sign in as")
    if trouble(hand):
        return
    hand.into(sign.passphrase, passphrase)
    hand.key(Qt.Key.Key_Return, on=sign.passphrase)
    hand.until(
        lambda: trouble(hand) or hand.start.frame or hand.start._crash or sign.field.error,
        "the window hangs at the passphrase",
    )


def trouble(hand: Hand) -> str:
    """The sentence over the whole window, if there is one."""
    shown = hand.start.window.shown()
    return shown.sentence.text() if isinstance(shown, Trouble) else ""


def flip(path: Path, place: int) -> None:
    """Turn eight bytes of a file over."""
    with path.open("r+b") as file:
        file.seek(place)
        held = file.read(8)
        file.seek(place)
        file.write(bytes(byte ^ 0xFF for byte in held))


def enrolled(profile: Path) -> int:
    """How many people are on the roster, after the window is closed."""
    by = office.who_may(profile)[0].facilitator_id
    with closing(office.unlock(profile, by, PASSPHRASE, clock=lambda: NOW)) as store:
        assert store.check().sound
        with store.read() as conn:
            return len(roster.roster(conn, event.events(conn)[0].event.id))


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
    expect_warning("the copy at the end could not be made")
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


# ── the disk and the installation ────────────────────────────────────────────────────────────


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 760 KiB: room for the store and not for what founding it takes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=760k", "tmpfs", str(place)]
    if (
        sys.platform != "linux"
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("this machine does not let us mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_full_at_the_first_start_leaves_no_half_store(
    qapp: QApplication, small_disk: Path
) -> None:
    """Fails when the office is written after the store got its name: the next start asks for a
    passphrase, and nobody was ever shown the recovery code."""
    profile = small_disk / "profile"
    with window(qapp, profile) as hand:
        hand.press("Next")
        hand.type("Name of the office", "สำนักงาน พมจ. ตาก")
        hand.type("Province, amphoe or tambon it works in", "ตาก")
        hand.press("Next")
        hand.type("Name and surname", "ธิดา ใจดี")
        hand.type("Short name on the unlock window", "ธิดา")
        hand.press("Next")
        hand.type("Passphrase", PASSPHRASE)
        hand.type("The same once more", PASSPHRASE)
        hand.press("Make my notebook")
        hand.read("พื้นที่ดิสก์เต็ม")
        assert not list(profile.glob("samut.db*"))
        subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
        hand.press("Make my notebook")
        hand.read("Recovery code")
    assert (profile / "samut.db").exists()


def test_a_full_disk_at_the_desk_says_so_and_the_mark_is_made_when_there_is_room(
    qapp: QApplication, founded: Path, small_disk: Path
) -> None:
    """Fails when the panel turns green before the commit."""
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    profile = small_disk / "profile"
    shutil.copytree(founded, profile)
    with window(qapp, profile) as hand:
        hand.unlock(PASSPHRASE)
        ballast = small_disk / "holiday.mp4"
        free = os.statvfs(small_disk)
        ballast.write_bytes(bytes(free.f_bavail * free.f_frsize))
        hand.go("Check-in desk")
        (box,) = hand.shown(DeskBox)
        for room, words in ((False, "พื้นที่ดิสก์เต็ม"), (True, "09.00")):
            if room:
                ballast.unlink()
            hand.into(box, "ชาย1")
            hand.key(Qt.Key.Key_Return, on=box)
            hand.until(lambda w=words: w in hand.shown(Outcome)[0].accessibleName(), words)
        hand.settle()


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of shipped files, which may be robbed of one."""
    resources = tmp_path / "installed" / "resources"
    resources.mkdir(parents=True)
    for one in paths.shipped("resources").iterdir():
        (resources / one.name).symlink_to(one)
    (resources.parent / "forms").symlink_to(paths.shipped("forms"))
    caches = (
        area._reference,
        area.area,
        area.provinces,
        area._names_of_provinces,
        codelist._lists,
        holiday._days,
    )
    monkeypatch.setattr(paths, "_shipped_root", lambda: resources.parent)
    for one in caches:
        one.cache_clear()
    yield resources
    monkeypatch.undo()
    for one in caches:
        one.cache_clear()


@pytest.mark.parametrize("broken", [False, True])
def test_a_missing_table_of_areas_is_a_sentence_and_closes_no_page(
    qapp: QApplication, kept: Path, installation: Path, broken: bool
) -> None:
    """Fails when the reader's own error gets out: the window says that it made a mistake."""
    (installation / "areas.sqlite").unlink()
    if broken:
        (installation / "areas.sqlite").write_bytes(b"x" * 9000)
    with window(qapp, kept) as hand:
        knock(hand)
        assert hand.start.frame is not None
        hand.go("Settings")
        hand.read("areas.sqlite")


@pytest.mark.parametrize("name", ["codelists.json", "holidays.json"])
@pytest.mark.parametrize("content", [None, "{", "[]", '{"days": 3}'])
def test_a_shipped_list_that_is_not_what_it_was_is_a_sentence(
    installation: Path, name: str, content: str | None, each_language: str
) -> None:
    from desktop.store.errors import MissingPart

    (installation / name).unlink()
    if content is not None:
        (installation / name).write_text(content, "utf-8")
    ask = codelist.codes if name == "codelists.json" else lambda _name: holiday.holiday(NOW.date())
    with pytest.raises(MissingPart, match=name):
        ask("event_role")


# ── lists ────────────────────────────────────────────────────────────────────────────────────


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
            assert time.monotonic() - begun < 15
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
