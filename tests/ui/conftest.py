# SPDX-License-Identifier: Apache-2.0
"""A dressed application, and a desk over a real encrypted store with one event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.tasks import Tasks
from tests.actions.office_ground import BY, NOW, Ground
from tests.ui.cups import PrintSystem, missing
from tests.ui.pages.settling import meeting
from tests.ui.spool import Queue

PATIENCE: Final = 30_000
"""Milliseconds until a wait has failed: on a busy computer ten seconds are no fault."""


class Patient(QtBot):
    """Waits as long as a busy computer needs, even where a test says less."""

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=max(timeout, PATIENCE))

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **said: Any) -> Any:
        return super().waitSignal(signal, timeout=max(timeout, PATIENCE), **said)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=max(timeout, PATIENCE))

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE) -> Any:
        return super().waitActive(widget, timeout=max(timeout, PATIENCE))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The hand of the tests, with patience."""
    return Patient(request)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Light, 100 %, nothing on the clipboard: what a test changes does not reach the next one."""
    theme.apply_theme(qapp, "light")
    qapp.clipboard().clear()
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """The lanes of work."""
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """A real store with an office, a facilitator and an event of two days."""
    made = Ground(tmp_path / "profile")
    yield made
    made.store.close()


@pytest.fixture
def desk(ground: Ground, tasks: Tasks) -> Iterator[Desk]:
    """A desk over the store; its bugs fail the test. The clock stands at the event's first day."""
    made = Desk(ground.store, tasks, BY, Settings(), lambda: NOW)
    bugs: list[object] = []
    made.bug.connect(bugs.append)
    yield made
    tasks.close()
    assert not bugs, bugs


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Queue:
    """A print system with two printers; it is the only mock of the printing tests."""
    made = Queue(tmp_path / "spool")
    monkeypatch.setenv("PATH", f"{made.folder}:/usr/bin:/bin")
    return made


@pytest.fixture
def settled(qtbot: QtBot, tasks: Tasks) -> Callable[[], None]:
    """Wait until all lanes are empty and their answers are delivered."""

    def wait() -> None:
        for lane in ("store", "reader", "slow", "reader"):
            answered: list[object] = []
            met = meeting(tasks._lanes[lane])  # type: ignore[index]
            for work in met:
                tasks.run(lane, tasks, work, answered.append)  # type: ignore[arg-type]
            qtbot.waitUntil(lambda a=answered, m=met: len(a) == len(m))

    return wait


@pytest.fixture(scope="session")
def print_system() -> Iterator[PrintSystem]:
    """A print system of our own; started once, where the computer has the programs for it."""
    if absent := missing():
        pytest.skip(f"the print system is not installed: {absent}")
    made = PrintSystem()
    yield made
    made.close()


@pytest.fixture
def cups(print_system: PrintSystem, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintSystem]:
    """The print system with nothing in its queues, and known to the program."""
    print_system.fresh()
    monkeypatch.setenv("CUPS_SERVER", print_system.server)
    yield print_system
    print_system.fresh()
