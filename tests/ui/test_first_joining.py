# SPDX-License-Identifier: Apache-2.0
"""The first start offers to join a centre, and never demands it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.first_start import Answers, FirstStart
from desktop.ui.joining import JoinDialog
from desktop.ui.start import Start


@pytest.mark.parametrize("wants", [False, True])
def test_whoever_founds_an_office_is_asked_for_the_code_only_if_she_wants(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, wants: bool
) -> None:
    """Mutants: the tick leads nowhere; everybody is asked for a code nobody has."""
    start = Start(qapp, tmp_path / "profile")
    start.begin()
    first = start.window.shown()
    assert isinstance(first, FirstStart)
    first.found_wanted.emit(
        Answers("th", "พมจ.ตาก", "63", "สมศรี ใจดี", "", "ศรี", "four words of hers")
    )
    qtbot.waitUntil(lambda: first.step == "recovery", timeout=20_000)
    assert not first.joins
    first._kept.setChecked(True)
    first._joins.setChecked(wants)

    first._verb.click()
    qtbot.waitUntil(lambda: start.frame is not None, timeout=20_000)

    asked = [one for one in QApplication.topLevelWidgets() if isinstance(one, JoinDialog)]
    assert bool([one for one in asked if one.isVisible()]) is wants
    for one in asked:
        one.reject()
    start.window.close()
    start.deleteLater()
