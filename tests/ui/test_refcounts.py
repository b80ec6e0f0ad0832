# SPDX-License-Identifier: Apache-2.0
"""The Qt binding must not eat references to None and True."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Signal


class _Bell(QObject):
    rung = Signal(bool)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal since 3.12")
def test_a_signal_and_a_call_cost_no_reference_to_none_or_true(
    qapp: QCoreApplication,
) -> None:
    """PySide6 6.12.0 fails this: there every emit loses a reference to True and every call one to
    None, until the interpreter aborts in the middle of a facilitator's work.
    """
    bell = _Bell()
    bell.rung.emit(True)
    qapp.processEvents()
    before = sys.getrefcount(None), sys.getrefcount(True)

    for _ in range(300):
        bell.rung.emit(True)
        qapp.processEvents()

    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after[0] > before[0] - 100
    assert after[1] > before[1] - 100
