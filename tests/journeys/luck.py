# SPDX-License-Identifier: Apache-2.0
"""A store of five people at the real window: opened, knocked at, damaged, counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop.actions import office
from desktop.i18n import use_language
from desktop.settings import Settings, write_settings
from desktop.store import event, roster
from desktop.ui.signin import SignIn
from desktop.ui.start import hook_exceptions
from desktop.ui.trouble import Trouble
from tests.actions.office_ground import NOW
from tests.journeys.hand import Hand, Watch, open_window

PASSPHRASE = "ฟ้าเขียวช้างบินข้ามเขา"
SURNAME = "ลับเฉพาะ"
"""Stands in no file that anybody can read."""


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
