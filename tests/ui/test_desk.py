# SPDX-License-Identifier: Apache-2.0
"""The desk: asking, doing, taking back, and telling everyone what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.actions.done import Done
from desktop.actions.office import change_office
from desktop.errors import Problem
from desktop.store.facilitator import office
from desktop.store.store import Store
from desktop.ui.desk import Desk
from tests.actions.office_ground import Ground


def _rename(name: str) -> Callable[[Store, str], Done]:
    def action(store: Store, by: str) -> Done:
        with store.read() as conn:
            before = office(conn)
        return change_office(store, by, replace(before, name=name))

    return action


def _name(ground: Ground) -> str:
    with ground.store.read() as conn:
        return office(conn).name


def test_an_action_is_kept_told_and_can_be_taken_back_and_done_again(
    desk: Desk, ground: Ground, qtbot: QtBot
) -> None:
    """Fails when the redo of a ``Done`` is thrown away, or ``changed`` comes before the commit."""
    before, page = _name(ground), QObject()
    changed: list[tuple[frozenset[str], str]] = []
    said: list[tuple[str, bool]] = []
    desk.changed.connect(lambda nouns: changed.append((nouns, _name(ground))))
    desk.said.connect(lambda words, undoable: said.append((words, undoable)))
    desk.act(page, _rename("หน่วยใหม่"), said="เปลี่ยนชื่อแล้ว")
    qtbot.waitUntil(lambda: len(changed) == 1)
    desk.undo()
    qtbot.waitUntil(lambda: len(changed) == 2)
    desk.redo()
    qtbot.waitUntil(lambda: len(changed) == 3)
    assert changed == [
        (frozenset({"office"}), "หน่วยใหม่"),
        (frozenset({"office"}), before),
        (frozenset({"office"}), "หน่วยใหม่"),
    ]
    assert said[0] == ("เปลี่ยนชื่อแล้ว", True)
    assert desk.can_undo
    assert not desk.can_redo


def test_something_new_forgets_what_could_be_done_again(
    desk: Desk, ground: Ground, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    page = QObject()
    desk.act(page, _rename("ก"))
    settled()
    desk.undo()
    settled()
    assert desk.can_redo
    desk.act(page, _rename("ข"))
    settled()
    assert not desk.can_redo


def test_undo_that_came_too_late_is_refused_with_a_sentence(
    desk: Desk, ground: Ground, settled: Callable[[], None]
) -> None:
    page, troubles = QObject(), []
    desk.trouble.connect(troubles.append)
    desk.act(page, _rename("ก"))
    settled()
    _rename("ข")(ground.store, "somebody-else")
    desk.undo()
    settled()
    assert len(troubles) == 1
    assert _name(ground) == "ข"
    assert not desk.can_undo


def test_a_problem_is_shown_where_the_page_wants_it(
    desk: Desk, settled: Callable[[], None]
) -> None:
    page, field, bar = QObject(), [], []
    desk.trouble.connect(bar.append)
    desk.act(page, _rename("  "), failed=lambda problem: field.append(str(problem)))
    desk.act(page, _rename("  "))
    settled()
    assert len(field) == len(bar) == 1
    assert field == bar


def test_a_fault_of_the_program_goes_to_the_crash_dialog(
    desk: Desk, settled: Callable[[], None]
) -> None:
    bugs: list[object] = []
    desk.bug.disconnect()
    desk.bug.connect(bugs.append)

    def wrong(_store: Store, _by: str) -> Done:
        raise ValueError

    desk.act(QObject(desk), wrong)
    desk.look(desk, lambda _store: {}["x"], lambda _answer: None)  # type: ignore[var-annotated]
    settled()
    assert {type(bug) for bug in bugs} == {ValueError, KeyError}
    assert not any(isinstance(bug, Problem) for bug in bugs)


def test_what_a_closed_page_did_is_still_told_and_undoable(
    desk: Desk, settled: Callable[[], None]
) -> None:
    """Fails when the page owns the answer of ``act``: others would show what is no longer so."""
    page, heard, changed = QObject(), [], []
    desk.changed.connect(changed.append)
    desk.act(page, _rename("ก"), heard.append)
    shiboken6.delete(page)
    settled()
    assert heard == []
    assert changed == [frozenset({"office"})]
    assert desk.can_undo


def test_saved_is_said_only_after_the_last_of_several_is_kept(
    desk: Desk, settled: Callable[[], None]
) -> None:
    page, said = QObject(), []
    desk.acting.connect(said.append)
    for name in ("ก", "ข", "ค"):
        desk.act(page, _rename(name))
    assert said == [True]
    settled()
    assert said == [True, False]


def test_who_sits_down_cannot_take_back_what_the_one_before_did(
    desk: Desk, settled: Callable[[], None]
) -> None:
    desk.act(QObject(desk), _rename("ก"))
    settled()
    desk.hand_over("somebody-else")
    assert not desk.can_undo
    assert desk.by == "somebody-else"
