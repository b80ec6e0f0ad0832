# SPDX-License-Identifier: Apache-2.0
"""What becomes of a paper after its issue: history, replaced, taken back, and what still hangs."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from pytestqt.qtbot import QtBot

from desktop.actions.certificate import hand_over, record_print, register_rows
from desktop.ui.desk import Desk
from desktop.ui.pages.certificate import Certificates
from desktop.ui.parts.certificate_dialogs import (
    AwardDialog,
    NameDialog,
    ReasonDialog,
    TakeBackDialog,
)
from desktop.ui.parts.certificate_history import HistoryDialog
from tests.actions.office_ground import BY, Ground
from tests.ui.pages.certificate_ground import Settled, finish_event, go, issue, open_page


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled) -> Certificates:
    """Three issued certificates, nothing printed yet."""
    finish_event(ground)
    made = open_page(qtbot, desk, ground, settled)
    issue(qtbot, made, settled)
    return made


def _ids(ground: Ground) -> list[str]:
    rows = register_rows(ground.store, ground.event.id)
    return [row.certificate.id for row in rows if row.certificate.wording is not None]


def _again(page: Certificates, settled: Settled) -> None:
    page.reload()
    settled()


def _history(page: Certificates, settled: Settled) -> HistoryDialog:
    page.facts.story.click()
    dialog = page.doing.dialog
    assert isinstance(dialog, HistoryDialog)
    settled()
    return dialog


def _rename(page: Certificates, qtbot: QtBot, settled: Settled, surname: str) -> None:
    page.facts.edit.click()
    settled()
    dialog = page.doing.dialog
    assert isinstance(dialog, NameDialog)
    dialog.edits[3].selectAll()
    typed = QInputMethodEvent("", [])
    typed.setCommitString(surname)
    QCoreApplication.sendEvent(dialog.edits[3], typed)
    go(qtbot, page, dialog)
    settled()
    settled()


def test_a_name_put_right_makes_a_new_paper_and_the_old_one_can_be_seen(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: the old paper worded anew, so that nobody can tell what was handed out."""
    record_print(ground.store, BY, _ids(ground))
    _again(page, settled)
    _rename(page, qtbot, settled, "ใจดียิ่ง")
    line = page.line
    assert line is not None
    assert line.certificate is not None
    assert (line.number, line.certificate.edition) == ("1/2569", 2)
    assert line.certificate.status == "issued", "the new paper is to be printed"
    dialog = _history(page, settled)
    steps = [(one.what, one.edition) for one in dialog.model.rows]
    assert steps[0] == ("issued", 1)
    assert ("replaced", 1) in steps
    assert steps[-1] == ("issued", 2)
    assert dialog.model.rows[-1].who == "ธิดา ใจดี"
    qtbot.waitUntil(lambda: not dialog.view.busy and not dialog.view.image.isNull())
    newest = dialog.view.image.copy()
    assert dialog._icon._tone == "green"
    dialog.table.go_to(0)
    qtbot.waitUntil(lambda: not dialog.view.busy and dialog.view.image != newest)
    assert dialog._icon._tone == "amber"
    dialog.reject()


def test_a_paper_that_came_back_is_noted_and_can_be_handed_over_again(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutants: a returned paper whose number is void, or one that nobody can hand over; "nobody
    came for it" of a paper that somebody had received.
    """
    record_print(ground.store, BY, _ids(ground))
    hand_over(ground.store, BY, _ids(ground)[:1])
    _again(page, settled)
    page.facts.returned.click()
    dialog = page.doing.dialog
    assert isinstance(dialog, TakeBackDialog)
    assert dialog.answer()[0] == "ผู้รับส่งคืน"
    go(qtbot, page, dialog)
    settled()
    line = page.line
    assert line is not None
    assert line.certificate is not None
    assert line.certificate.status == "returned"
    assert line.key in [one.key for one in page.unhanded]


def test_a_lost_paper_is_replaced_under_its_number_in_the_same_words(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: a lost paper printed again as if it were the same one, or a new number for it."""
    assert page.facts.spare.isHidden(), "no paper of it can be lost yet"
    record_print(ground.store, BY, _ids(ground))
    _again(page, settled)
    before = page.line
    page.facts.spare.click()
    dialog = page.doing.dialog
    assert isinstance(dialog, ReasonDialog)
    go(qtbot, page, dialog)
    settled()
    line = page.line
    assert before is not None
    assert line is not None
    assert line.certificate is not None
    assert (line.number, line.certificate.edition) == (before.number, 2)
    assert line.wording == before.wording
    assert line.certificate.status == "issued"
    assert page.facts.spare.isHidden()


def test_what_still_hangs_is_found_by_its_state(
    qtbot: QtBot, page: Certificates, ground: Ground, settled: Settled
) -> None:
    """Mutant: a state that counts one line and shows another."""
    first, second, _third = _ids(ground)
    record_print(ground.store, BY, [first, second])
    hand_over(ground.store, BY, [first])
    _again(page, settled)
    for state, seats in (("unprinted", [3]), ("unhanded", [2]), ("handed", [1]), ("", [1, 2, 3])):
        page.roll.wanting.set_value(state)
        page.roll.wanting.chose.emit(state)
        assert [line.seat for line in page.roll.model.rows] == seats


def test_an_organisation_is_put_right_and_its_paper_replaced(
    qtbot: QtBot, desk: Desk, ground: Ground, settled: Settled
) -> None:
    """Mutant: an award whose name can be put right only before the ceremony."""
    from dataclasses import replace

    from desktop.actions.event import change_event
    from desktop.actions.organisation import AwardEntry, add_awards
    from desktop.store import event as events

    finish_event(ground)
    with ground.store.read() as conn:
        event = events.event(conn, ground.event.id)
    change_event(ground.store, BY, replace(event, certificate_kind="project"))
    add_awards(
        ground.store, BY, ground.event.id, [AwardEntry("สมาคม ก", "โครงการหนึ่ง", fund="กองทุน")]
    )
    page = open_page(qtbot, desk, ground, settled)
    issue(qtbot, page, settled)
    page.facts.edit.click()
    dialog: Any = page.doing.dialog
    assert isinstance(dialog, AwardDialog)
    dialog.organisation.setText("สมาคม ข")
    go(qtbot, page, dialog)
    settled()
    settled()
    line = page.line
    assert line is not None
    assert line.certificate is not None
    assert line.wording is not None
    assert (line.certificate.edition, line.wording.recipient) == (2, "สมาคม ข")
    assert "กองทุน" in line.wording.fund


def test_the_way_to_words_register_and_stage_is_by_key(qtbot: QtBot, page: Certificates) -> None:
    """Mutant: a page that can be reached with the mouse alone."""
    for action, noun in ((page.plan, "plan"), (page.register, "register"), (page.stage, "stage")):
        assert not action.shortcut().isEmpty()
        with qtbot.waitSignal(page.go) as gone:
            action.trigger()
        assert gone.args[0] == noun
