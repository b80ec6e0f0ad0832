# SPDX-License-Identifier: Apache-2.0
"""The collector waits until nobody works."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.ui.sweep import PYTHONS, Sweep


class _Ring:
    def __init__(self) -> None:
        self.itself = self


def _old_ring() -> weakref.ref[_Ring]:
    """A ring that has outlived the young generations."""
    ring = _Ring()
    gc.collect(1)
    gc.collect(1)
    return weakref.ref(ring)


def test_no_full_collection_comes_in_the_middle_of_work(qapp: QApplication) -> None:
    """Mutant: leave out ``set_threshold``, and a list of 300,000 objects starts a full one."""
    full: list[int] = []

    def heard(phase: str, told: dict[str, int]) -> None:
        if phase == "start" and told["generation"] == 2:
            full.append(1)

    made = Sweep(qapp)
    gc.callbacks.append(heard)
    try:
        kept = [[number] for number in range(300_000)]
    finally:
        gc.callbacks.remove(heard)
        made.close()
    assert len(kept) == 300_000
    assert not full


def test_what_was_left_behind_goes_when_the_window_is_left(qapp: QApplication) -> None:
    """Mutant: do not listen to the application, and the ring stays for good."""
    made = Sweep(qapp)
    try:
        ring = _old_ring()
        assert ring() is not None
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
        assert ring() is None
    finally:
        made.close()
        made.deleteLater()


def test_the_collector_is_left_as_python_has_it(qapp: QApplication) -> None:
    made = Sweep(qapp)
    assert gc.get_threshold() != PYTHONS
    made.close()
    assert gc.get_threshold() == PYTHONS
