# SPDX-License-Identifier: Apache-2.0
"""Work leaves the GUI thread and its answers come back, in order, to those who still want them."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from desktop.ui.tasks import Cancelled, Progress, Tasks


def test_writes_are_done_and_answered_in_the_order_asked(qtbot: QtBot, tasks: Tasks) -> None:
    """Fails when the store lane has two threads, or an answer is delivered inside the caller."""
    owner, done, answered = QObject(), [], []
    for number in range(50):
        tasks.run("store", owner, lambda n=number: done.append(n) or n, answered.append)
    assert answered == []
    qtbot.waitUntil(lambda: len(answered) == 50)
    assert done == answered == list(range(50))


def test_answers_come_on_the_gui_thread(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[object] = []
    owner = QObject()
    tasks.run("slow", owner, threading.get_ident, lambda worker: seen.append(worker))
    tasks.run("slow", owner, lambda: 0, lambda _zero: seen.append(QThread.currentThread()))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert threading.get_ident() not in seen
    assert tasks.thread() in seen


def test_a_question_does_not_wait_behind_a_write(qtbot: QtBot, tasks: Tasks) -> None:
    """Fails when reads share the store lane."""
    gate, owner, answers = threading.Event(), QObject(), []
    tasks.run("store", owner, lambda: gate.wait(10), lambda _done: answers.append("written"))
    tasks.run("reader", owner, lambda: "read", answers.append)
    qtbot.waitUntil(lambda: answers == ["read"])
    gate.set()
    qtbot.waitUntil(lambda: answers == ["read", "written"])


def test_the_answer_for_a_closed_page_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    """Fails without ``shiboken6.isValid``: the answer would reach a widget that is gone."""
    import shiboken6

    gate, page, answers = threading.Event(), QObject(), []
    tasks.run("reader", page, lambda: gate.wait(10), answers.append)
    shiboken6.delete(page)
    gate.set()
    tasks.run("reader", tasks, lambda: "after", answers.append)
    qtbot.waitUntil(lambda: "after" in answers)
    assert answers == ["after"]


def test_only_the_last_key_typed_is_answered(qtbot: QtBot, tasks: Tasks) -> None:
    gate, owner, answers, asked = threading.Event(), QObject(), [], []
    tasks.run("reader", owner, lambda: gate.wait(10))
    for text in ("ก", "กุ", "กุล"):
        tasks.run(
            "reader", owner, lambda t=text: asked.append(t) or t, answers.append, latest="search"
        )
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["กุล"]
    assert asked == ["กุล"], "what nobody waits for any more was worked on"


def test_long_work_tells_how_far_it_is_and_stops_when_asked(qtbot: QtBot, tasks: Tasks) -> None:
    owner, steps, answers = QObject(), [], []
    second = threading.Event()

    def work(progress: Progress, cancelled: Cancelled) -> int:
        for number in range(1, 100):
            progress(number, 100)
            if number == 2:
                second.wait(10)
            if cancelled():
                return number
        return 100

    task = tasks.long(owner, work, answers.append, None, lambda done, all_: steps.append(done))
    qtbot.waitUntil(lambda: steps == [1, 2])
    task.cancel()
    second.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [2]


def test_an_error_goes_to_who_asked_or_to_everyone(qtbot: QtBot, tasks: Tasks) -> None:
    mine: list[Exception] = []
    others: list[object] = []
    tasks.failed.connect(others.append)
    owner = QObject()
    tasks.run("slow", owner, lambda: 1 // 0, None, mine.append)
    qtbot.waitUntil(lambda: bool(mine))
    tasks.run("slow", owner, lambda: 1 // 0)
    qtbot.waitUntil(lambda: bool(others))
    assert isinstance(mine[0], ZeroDivisionError)
    assert isinstance(others[0], ZeroDivisionError)


def test_closing_finishes_what_was_asked_of_the_store(qtbot: QtBot) -> None:
    """Fails when ``close`` cancels the store lane: an arrival pressed last would be lost."""
    tasks, kept = Tasks(), []
    for number in range(20):
        tasks.run("store", tasks, lambda n=number: kept.append(n))
    tasks.close()
    assert kept == list(range(20))


def test_it_is_quiet_once_after_much_was_done(qtbot: QtBot, tasks: Tasks) -> None:
    """Mutants: be quiet after every answer; be quiet again though nothing was done since."""
    heard: list[str] = []
    answered: list[object] = []
    tasks.quiet.connect(lambda: heard.append("quiet"))
    tasks._still.setInterval(0)
    tasks.run("reader", tasks, lambda: None, answered.append)
    qtbot.waitUntil(lambda: len(answered) == 1)
    assert not tasks._still.isActive()
    tasks.long(tasks, lambda _progress, _cancelled: None, answered.append)
    qtbot.waitUntil(lambda: heard == ["quiet"])
    tasks.run("reader", tasks, lambda: None, answered.append)
    qtbot.waitUntil(lambda: len(answered) == 3)
    assert not tasks._still.isActive()
    assert heard == ["quiet"]


def test_who_asks_on_while_the_window_goes_is_told_nothing(qtbot: QtBot) -> None:
    """Mutant: submit to a lane that was shut."""
    tasks, owner, answers = Tasks(), QObject(), []
    tasks.close()
    asked = tasks.run("reader", owner, lambda: "read", answers.append)
    assert asked.over
    assert asked.cancelled
    assert answers == []
