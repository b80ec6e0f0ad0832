# SPDX-License-Identifier: Apache-2.0
"""The page of certificates over an event that is over, and short ways to issue and print."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.actions.attendance import arrive
from desktop.actions.certificate import register_rows
from desktop.actions.event import close_event, set_ceremony
from desktop.actions.roster import lock_roster
from desktop.model.event import CeremonyRole
from desktop.ui.desk import Desk
from desktop.ui.pages.certificate import Certificates
from desktop.ui.widgets.dialog import Dialog
from tests.actions.office_ground import BY, Ground
from tests.ui.pages.opening import open_over

if TYPE_CHECKING:
    from desktop.ui.parts.print_dialog import PrintDialog

Settled = Callable[[], None]


def finish_event(ground: Ground) -> tuple[str, ...]:
    """Three who came to everything, and one who came once; the event is over."""
    ids = ground.add("กานดา ใจดี", "ขจร แก้วมณี", "คำแก้ว", "งาม มาน้อย", title="นาย")
    set_ceremony(
        ground.store,
        BY,
        ground.event.id,
        [CeremonyRole("", ground.event.id, "chair_close", "นางนภา เศรษฐกร", "อธิบดี", "", True)],
    )
    lock_roster(ground.store, BY, ground.event.id)
    for place, enrolment_id in enumerate(ids):
        for session in ground.sessions()[: 1 if place == 3 else None]:
            arrive(ground.store, BY, enrolment_id, session.id, session.start, "sheet", "จากใบลงชื่อ")
    close_event(ground.store, BY, ground.event.id)
    return ids


def open_page(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> Certificates:
    """The page over the event of the ground, shown and loaded."""
    return open_over(Certificates, qtbot, desk, ground, settled)


def issue(qtbot: QtBot, page: Certificates, settled: Settled) -> None:
    """Issue to everybody who waits, as pressing twice does."""
    page.issue.trigger()
    qtbot.waitUntil(lambda: page.doing.dialog is not None)  # the pages are tried first
    assert page.doing.dialog is not None
    QTest.mouseClick(page.doing.dialog.verb, Qt.MouseButton.LeftButton)
    settled()
    settled()


def printed(ground: Ground) -> list[int]:
    """How often each number was printed."""
    return [row.certificate.prints for row in register_rows(ground.store, ground.event.id)]


def open_print(qtbot: QtBot, page: Certificates, action: Callable[[], object]) -> PrintDialog:
    """The print dialog, once it has looked for printers."""
    from desktop.ui.parts.print_dialog import PrintDialog

    action()
    dialog = page.doing.dialog
    assert isinstance(dialog, PrintDialog)
    qtbot.waitUntil(lambda: not dialog.looking)
    return dialog


def go(qtbot: QtBot, page: Certificates, dialog: Dialog) -> None:
    """Press the verb of a dialog and wait until it is done."""
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.doing.dialog is None)
