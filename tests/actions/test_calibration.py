# SPDX-License-Identifier: Apache-2.0
"""A printer that is off is brought to print where it should, by what is measured on a sheet."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.actions.calibration import (
    MARK_MM,
    RULER_MM,
    Calibration,
    adjusted,
    calibration,
    keep_calibration,
)
from tests.actions.office_ground import BY, Ground

SIZE = (297.0, 210.0)


class _Printer:
    """Stretches what it gets from the corner, and draws the paper in askew by some millimetres."""

    def __init__(self, stretch: float, right: float, down: float) -> None:
        self.stretch, self.right, self.down = stretch, right, down

    def measure(self, at: Calibration) -> tuple[float, float, float]:
        """A, B and C of a test page, as a ruler tells them."""
        width, height = SIZE
        line = width / 2 + at.scale * (MARK_MM - width / 2) + at.right
        under = height / 2 + at.scale * (MARK_MM - height / 2) - at.up
        return (
            self.stretch * line + self.right,
            self.stretch * under + self.down,
            self.stretch * at.scale * RULER_MM,
        )


@settings(max_examples=60)
@given(
    st.floats(0.97, 1.03), st.floats(-8, 8), st.floats(-8, 8), st.floats(0.98, 1.02),
    st.floats(-5, 5),
)  # fmt: skip
def test_after_one_measuring_the_next_page_measures_right(
    stretch: float, right: float, down: float, scale: float, moved: float
) -> None:
    """Mutants: a shift the wrong way, up for down, a scale about the corner, or one that forgets
    with what the measured page was printed.
    """
    printer = _Printer(stretch, right, down)
    used = Calibration(right=moved, up=-moved, scale=scale, text_only=True)
    found = adjusted(used, SIZE, *printer.measure(used))
    left, top, ruler = printer.measure(found)
    assert (left, top) == pytest.approx((MARK_MM, MARK_MM), abs=0.05)
    assert ruler == pytest.approx(RULER_MM, abs=0.05)
    assert found.text_only


def test_without_the_third_measure_the_size_stays() -> None:
    """Mutant: a size of nothing for whoever has a short ruler."""
    used = Calibration(right=1, up=2, scale=1.01)
    found = adjusted(used, SIZE, 21.5, 18.0)
    assert found.scale == 1.01
    assert (found.right, found.up) == pytest.approx((-0.5, 0.0), abs=0.01)


def test_a_tray_has_values_of_its_own_and_those_of_the_printer_until_then(ground: Ground) -> None:
    """Mutant: the bypass tray moved by what the cassette needs, or the other way round."""
    printer, tray = Calibration(right=1), Calibration(right=3, text_only=True)
    keep_calibration(ground.store, BY, "Office", printer)
    assert calibration(ground.store, "Office", "2Tray") == printer
    keep_calibration(ground.store, BY, "Office", tray, "2Tray")
    assert calibration(ground.store, "Office", "2Tray") == tray
    assert calibration(ground.store, "Office", "1Tray") == printer
    assert calibration(ground.store, "Office") == printer
    assert calibration(ground.store, "Canon_G2010", "2Tray") == Calibration()
