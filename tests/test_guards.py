# SPDX-License-Identifier: Apache-2.0
"""The guards of conftest.py, tried on small suites of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SUITE = """
import logging, threading, time

def test_a_surprise():
    logging.getLogger("desktop.x").warning("the disk is full")

def test_an_announced_warning(expect_warning):
    expect_warning("disk is full")
    logging.getLogger("desktop.x").warning("the disk is full")

def test_an_announcement_in_vain(expect_warning):
    expect_warning("disk is full")

def test_a_surprise_after_the_log_was_started(tmp_path):
    from desktop.log import start_log
    start_log(tmp_path)
    logging.getLogger("desktop.x").warning("the disk is full")

def test_a_thread_left_running():
    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()

def test_a_thread_that_ends_by_itself():
    threading.Thread(target=time.sleep, args=(0.01,)).start()

def test_a_window_left_open(qapp):
    from PySide6.QtWidgets import QWidget
    qapp.forgotten = QWidget()

def test_a_window_that_qtbot_closes(qtbot):
    from PySide6.QtWidgets import QComboBox
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItem("ก")
    box.show()
    box.showPopup()
"""


def test_a_guard_stops_what_it_is_there_for_and_nothing_else(pytester: pytest.Pytester) -> None:
    """Fails when a guard is taken out, looks only at one logger, or waits for no thread."""
    root = Path(__file__).parent
    guards = (root / "conftest.py").read_text(encoding="utf-8")
    pytester.makeconftest(guards.replace("_ENDING = 20.0", "_ENDING = 1.0"))
    pytester.makepyfile(SUITE)
    settings = ("-c", str(root.parent / "pyproject.toml"), f"--rootdir={pytester.path}")

    result = pytester.runpytest_subprocess(*settings, "-rE", str(pytester.path))

    result.assert_outcomes(passed=8, errors=5)
    stopped = ("surprise", "in_vain", "log_was_started", "thread_left", "window_left")
    for name in stopped:
        result.stdout.fnmatch_lines_random([f"ERROR *{name}*"])
