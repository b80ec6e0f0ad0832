# SPDX-License-Identifier: Apache-2.0
"""From an empty folder to a window and back in: every file real, every key derived."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Problem
from desktop.i18n import language
from desktop.settings import Settings, read_settings, write_settings
from desktop.ui import access
from desktop.ui.first_start import FirstStart
from desktop.ui.frame import Frame
from desktop.ui.signin import Recover, SignIn
from desktop.ui.start import Start, hook_exceptions
from desktop.ui.trouble import Crash, Trouble, describe
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.notice import Notice
from tests.actions.office_ground import NOW

PASSPHRASE = "ฟ้าเขียวช้างบินข้ามเขา"


@pytest.fixture
def starts(qapp: QApplication, profile: Path) -> Iterator[Callable[[], Start]]:
    made: list[Start] = []

    def start() -> Start:
        one = Start(qapp, profile, clock=lambda: NOW)
        made.append(one)
        one.begin()
        return one

    yield start
    for one in made:
        one.window.close()
        one.window.deleteLater()
        one.deleteLater()


def _commit(edit: QLineEdit, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    edit.clear()
    QApplication.sendEvent(edit, event)


def _part(start: Start, kind: type[QWidget]) -> QWidget:
    shown = start.window.shown()
    assert isinstance(shown, kind), shown
    return shown


def _found(start: Start, qtbot: QtBot) -> str:
    """Play the first start to its end; returns the recovery code."""
    first = _part(start, FirstStart)
    assert isinstance(first, FirstStart)
    first._next()
    first._next()
    assert first.step == "office"
    assert first._office_field.error
    _commit(first._office_edit, "สำนักงาน พมจ. ตาก")
    _commit(first._area_pick, "ตาก")
    first._next()
    assert first.step == "person"
    _commit(first._name_edit, "ธิดา ใจดี")
    _commit(first._label_edit, "ธิดา")
    first._next()
    _commit(first._secret, "1234567890")
    first._next()
    assert first.step == "passphrase"
    assert first._passphrase_field.error
    _commit(first._secret, PASSPHRASE)
    _commit(first._again, PASSPHRASE + "ก")
    first._next()
    assert first._again_field.error
    _commit(first._again, PASSPHRASE)
    first._next()
    qtbot.waitUntil(lambda: first.step == "recovery", timeout=10_000)
    code = first._code
    first._next()
    assert start.frame is None, "the recovery sheet was not kept yet"
    gc.collect()  # a plain object that only a connection holds is gone by now
    next(b for b in first.findChildren(Button) if b.accessibleDescription() == "Ctrl+S").click()
    qtbot.waitUntil(first._kept.isChecked, timeout=10_000)
    QTest.mouseClick(first._verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: start.frame is not None, timeout=10_000)
    return code


def _signed_in(start: Start, secret: str, qtbot: QtBot) -> None:
    sign = _part(start, SignIn)
    assert isinstance(sign, SignIn)
    qtbot.waitUntil(lambda: bool(sign.chosen()), timeout=10_000)
    _commit(sign.passphrase, secret)
    QTest.keyClick(sign.passphrase, Qt.Key.Key_Return)


def test_first_start_unlock_lock_and_recovery(
    starts: Callable[[], Start],
    profile: Path,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One long story, because each step of it makes the file that the next one opens.

    Fails when the unlock takes the letters instead of the keys: the second passphrase is typed
    with the English layout.
    """
    from desktop.thai.keyboard import to_us

    stick = tmp_path / "ใบกู้คืน.pdf"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", staticmethod(lambda *_asked: (str(stick), ""))
    )
    first = starts()
    code = _found(first, qtbot)
    assert stick.read_bytes().startswith(b"%PDF")
    assert isinstance(first.window.shown(), Frame)
    everything = b"".join(path.read_bytes() for path in profile.rglob("*") if path.is_file())
    assert "ตาก".encode() not in everything
    assert code.encode() not in everything

    assert first.desk is not None
    access.change_passphrase(first.window, first.desk)
    asked = first.window.findChildren(Dialog)[0]
    first.lock()
    cover = _part(first, SignIn)
    assert isinstance(cover, SignIn)
    first.lock()
    assert first.window.shown() is cover
    assert not asked.isVisible(), "a question stands over the cover"
    _signed_in(first, "ไม่ใช่รหัสนี้แน่นอน", qtbot)
    qtbot.waitUntil(lambda: bool(cover.field.error), timeout=10_000)
    assert first.window.covered
    _signed_in(first, PASSPHRASE, qtbot)
    qtbot.waitUntil(lambda: not first.window.covered, timeout=10_000)
    assert first.window.shown() is first.frame
    assert asked.isVisible()
    asked.reject()
    first.window.close()
    copies = [path.name for path in (profile / "backups").glob("*.db")]
    assert copies == [f"{NOW.date().isoformat()}.db"]

    second = starts()
    _signed_in(second, to_us(PASSPHRASE), qtbot)
    qtbot.waitUntil(lambda: second.frame is not None, timeout=10_000)

    third = starts()
    _signed_in(third, PASSPHRASE, qtbot)
    qtbot.waitUntil(lambda: isinstance(third.window.shown(), Trouble), timeout=10_000)
    third.window.close()
    second.window.close()

    fourth = starts()
    sign = _part(fourth, SignIn)
    assert isinstance(sign, SignIn)
    qtbot.waitUntil(lambda: bool(sign.chosen()), timeout=10_000)
    sign.recovery_wanted.emit()
    sheet = _part(fourth, Recover)
    assert isinstance(sheet, Recover)
    sheet.code.setText("AAAAA" + code[5:])
    sheet.passphrase.setText("a completely new one")
    sheet._try()
    qtbot.waitUntil(lambda: bool(sheet.code_field.error), timeout=10_000)
    sheet.code.setText(code.lower().replace("-", " "))
    sheet._try()
    qtbot.waitUntil(lambda: fourth.frame is not None, timeout=10_000)


def test_a_damaged_key_file_ends_in_a_sentence(
    starts: Callable[[], Start], profile: Path, qtbot: QtBot
) -> None:
    profile.mkdir()
    (profile / "keys.json").write_text("{", "utf-8")
    (profile / "samut.db").write_bytes(b"x" * 8192)
    start = starts()
    qtbot.waitUntil(lambda: isinstance(start.window.shown(), Trouble), timeout=10_000)
    trouble = start.window.shown()
    assert isinstance(trouble, Trouble)
    assert len(trouble.sentence.text()) > 20


def test_a_first_start_that_was_interrupted_begins_again(
    starts: Callable[[], Start], profile: Path
) -> None:
    """Fails when a key file alone leads to the unlock window: nothing there can be unlocked."""
    profile.mkdir()
    (profile / "keys.json").write_text("{}", "utf-8")
    assert isinstance(starts().window.shown(), FirstStart)
    (profile / "backups").mkdir()
    assert isinstance(starts().window.shown(), SignIn), "the keys of the copies would be lost"


def test_only_qt_is_imported_before_the_unlock_window(profile: Path) -> None:
    """Fails when a module of the unlock window imports the store at its top: start takes 0.4 s."""
    import subprocess

    profile.mkdir()
    (profile / "samut.db").write_bytes(b"")
    script = (
        "import sys; from pathlib import Path;"
        "from desktop.ui.start import Start, application;"
        "start = Start(application(), Path(sys.argv[1])); start.begin();"
        "heavy = ('sqlalchemy', 'sqlcipher3', 'cryptography', 'reportlab', 'babel', 'openpyxl',"
        " 'pypdfium2', 'icu4py', 'uharfbuzz');"
        "print([name for name in heavy if name in sys.modules]); start.window.close()"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, str(profile)], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


def test_the_language_of_this_laptop_is_spoken_at_once(
    starts: Callable[[], Start], profile: Path
) -> None:
    write_settings(profile, Settings(language="en"))
    start = starts()
    assert language() == "en"
    start.use(Settings(language="th", theme="dark"))
    assert language() == "th"
    assert read_settings(profile).theme == "dark"


def test_a_fault_on_any_thread_reaches_the_dialog_without_its_text(
    starts: Callable[[], Start], qtbot: QtBot, expect_warning: Callable[[str], None]
) -> None:
    """Fails when the dialog or the log shows ``str(error)``: it may hold a person's name."""
    expect_warning("a fault of the program")
    start = starts()
    unhook = hook_exceptions(start)
    try:

        def wrong() -> None:
            raise ValueError("กุลธิดา")

        thread = threading.Thread(target=wrong)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: start._crash is not None)
        crash = start._crash
        assert isinstance(crash, Crash)
        try:
            wrong()
        except ValueError as error:
            details = describe(error)
            start.caught(error)
        assert "กุลธิดา" not in details
        assert "ValueError" in details
        assert "test_start.py" in details
        QApplication.processEvents()
        assert start._crash is crash, "a second fault opened a second dialog"
        crash.accept()
    finally:
        unhook()


def test_a_clock_behind_the_entries_is_told_at_once(
    starts: Callable[[], Start],
    qapp: QApplication,
    profile: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Mutant: only the doctor looks at the clock; a morning of arrivals carries a wrong year."""
    sheet = str(tmp_path / "sheet.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_asked: (sheet, "")))
    first = starts()
    _found(first, qtbot)
    assert not any(bar.isVisible() for bar in first.window.findChildren(Notice))
    first.window.close()

    late = Start(qapp, profile, clock=lambda: NOW - timedelta(days=800))
    late.begin()
    _signed_in(late, PASSPHRASE, qtbot)
    qtbot.waitUntil(lambda: late.frame is not None, timeout=10_000)

    (bar,) = (bar for bar in late.window.findChildren(Notice) if bar.isVisible())
    assert "นาฬิกา" in bar.text().replace("\u200b", "")

    # What failed unasked is told once. Mutant: Start and Desk both tell it.
    assert late.desk is not None
    heard: list[str] = []
    late.desk.trouble.connect(heard.append)
    late.tasks.failed.emit(Problem("ลองใหม่"))
    assert heard == ["ลองใหม่"]
    late.window.close()
    late.window.deleteLater()
    late.deleteLater()
