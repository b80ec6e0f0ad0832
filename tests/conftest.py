# SPDX-License-Identifier: Apache-2.0
"""What every test stands on: its own profile, Thai as the language, and guards.

The guards fail a test that logs a warning nobody announced, or that leaves a thread or a window
alive: in the program both are how a quiet fault begins.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from desktop.i18n import use_language
from desktop.paths import PROFILE_VARIABLE

# No deadline: a busy machine is not a fault. Our function-scoped fixtures hold no state of a case.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")

_ENDING = 20.0
"""Seconds a thread of a test may take to end; on a busy computer one second is no fault."""


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The profile folder of this test (not made yet); the tester's own is out of reach."""
    folder = tmp_path / "profile"
    monkeypatch.setenv(PROFILE_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def _thai_at_first() -> Iterator[None]:
    use_language("th")
    yield
    use_language("th")


@pytest.fixture
def english() -> None:
    """Sentences are compared in the language they are written in."""
    use_language("en")


@pytest.fixture(params=["th", "en"])
def each_language(request: pytest.FixtureRequest) -> str:
    """Runs the test in Thai and in English."""
    use_language(request.param)
    return str(request.param)


class _Listener(logging.Handler):
    """Keeps what is logged at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: dict[int, logging.LogRecord] = {}
        self.announced: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard[id(record)] = record

    def verdict(self) -> str | None:
        """What was said and not announced, or announced and not said; None when all is well."""
        said = [record.getMessage() for record in self.heard.values()]
        surprises = [text for text in said if not any(part in text for part in self.announced)]
        silences = [part for part in self.announced if not any(part in text for text in said)]
        if surprises:
            return f"logged without being announced (see expect_warning): {surprises}"
        if silences:
            return f"announced, but never logged: {silences}"
        return None


@pytest.fixture(autouse=True)
def _log_guard() -> Iterator[_Listener]:
    listener = _Listener()
    house = logging.getLogger("desktop")
    before = (house.handlers[:], house.level, house.propagate)
    # Both, because the program's log does not propagate once it is started.
    logging.getLogger().addHandler(listener)
    house.addHandler(listener)
    yield listener
    logging.getLogger().removeHandler(listener)
    for handler in house.handlers:
        if handler not in before[0]:
            handler.close()
    house.handlers[:], house.propagate = before[0], before[2]
    house.setLevel(before[1])
    verdict = listener.verdict()
    if verdict:
        pytest.fail(verdict)


@pytest.fixture
def expect_warning(_log_guard: _Listener) -> Callable[[str], None]:
    """`expect_warning("part of the sentence")`: the test will log this, and must."""
    return _log_guard.announced.append


@pytest.fixture(autouse=True)
def _nothing_left_alive(_log_guard: _Listener) -> Iterator[None]:
    threads = set(threading.enumerate())
    windows = set(_windows())
    yield
    left = []
    for thread in set(threading.enumerate()) - threads:
        # A thread of Qt's own that passed through Python is not ours to end.
        if not isinstance(thread, threading._DummyThread):
            thread.join(timeout=_ENDING)
            left += [thread.name] if thread.is_alive() else []
    if set(_windows()) - windows:
        gc.collect()  # a widget in a cycle is gone for the user already
        left += [name for key, name in _windows().items() if key not in windows]
    if left:
        pytest.fail(f"left alive by this test: {left}")


def _windows() -> dict[int, str]:
    """The top-level widgets there are, by the address of the C++ object."""
    if "PySide6.QtWidgets" not in sys.modules:
        return {}
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    if not isinstance(QApplication.instance(), QApplication):
        return {}
    # deleteLater() waits for an event loop that a test does not run.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {
        Shiboken.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName()}".strip()
        for widget in QApplication.topLevelWidgets()
        if widget.metaObject().className() != "QTipLabel"  # one for all, Qt keeps it
    }
