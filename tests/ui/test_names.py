# SPDX-License-Identifier: Apache-2.0
"""Every control has a name that a screen reader can say, on every window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui import access
from desktop.ui.desk import Desk
from desktop.ui.first_start import _STEPS, FirstStart, refusal
from desktop.ui.frame import Frame
from desktop.ui.places import FACTORIES, PLACES
from desktop.ui.signin import Recover, SignIn
from desktop.ui.widgets.dialog import Dialog
from tests.actions.office_ground import Ground
from tests.ui.access_ground import nameless, small


def test_the_walk_finds_a_control_without_a_name(qtbot: QtBot) -> None:
    """The mutant of the tests below."""
    window = QWidget()
    qtbot.addWidget(window)
    QLineEdit(window)
    assert nameless(window) == ["QLineEdit"]


@pytest.mark.parametrize("place", [place.noun for place in PLACES])
def test_every_page_can_be_heard(
    place: str,
    each_language: str,
    desk: Desk,
    ground: Ground,
    qtbot: QtBot,
    settled: Callable[[], None],
) -> None:
    ground.add("กุลธิดา ศรีสวัสดิ์วงศ์")
    frame = Frame(desk, PLACES, FACTORIES)
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    desk.take_event(ground.event.id)
    frame.show_page(place)
    settled()
    QApplication.processEvents()
    assert nameless(frame) == []
    assert small(frame) == []


def test_every_window_before_the_frame_can_be_heard(each_language: str, qtbot: QtBot) -> None:
    sign = SignIn("เปิดสมุด", note="ทดลอง")
    sign.offer([(str(number), f"คน {number}") for number in range(6)])
    recover = Recover([("1", "ธิดา")], refusal)
    first = FirstStart()
    for window in (sign, recover, first):
        qtbot.addWidget(window)
        window.resize(1093, 614)
        window.show()
        QApplication.processEvents()
        assert nameless(window) == []
        assert small(window) == []
    for step in range(len(_STEPS)):
        first._step = step
        first._show()
        QApplication.processEvents()
        assert nameless(first) == [], first.step


def test_every_question_about_access_can_be_heard(
    desk: Desk, ground: Ground, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    with ground.store.read() as conn:
        from desktop.store.facilitator import facilitators

        person = facilitators(conn)[0]
    access.add_facilitator(parent, desk)
    access.change_passphrase(parent, desk)
    access.remove_facilitator(parent, desk, person)
    access.renew_recovery_sheet(parent, desk, "สำนักงาน")
    access.show_recovery_code(parent, desk, "AAAAA-BBBBB", "สำนักงาน")
    dialogs = parent.findChildren(Dialog)
    assert len(dialogs) == 5
    for dialog in dialogs:
        assert nameless(dialog) == [], dialog.windowTitle()
        dialog.reject()
