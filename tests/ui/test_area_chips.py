# SPDX-License-Identifier: Apache-2.0
"""Areas on chips: one by one, and all 77 provinces at once."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.store.area import provinces, search_areas
from desktop.ui.widgets.area_chips import AreaChips


def test_every_province_is_one_press_and_folds_into_its_count(qtbot: QtBot) -> None:
    """Mutant: 77 chips shown at once push the rest of the form off the page."""
    chips = AreaChips(lambda text: search_areas(text, limit=8), None, provinces)
    qtbot.addWidget(chips)
    heard: list[tuple[str, ...]] = []
    chips.changed.connect(heard.append)
    chips.resize(600, 200)
    chips.show()

    chips.all_of_them.click()

    assert len(heard[-1]) == 77
    assert not chips._buttons
    assert "77" in chips.unfold.text()

    chips.unfold.click()
    assert len(chips._buttons) == 77

    chips.none_of_them.click()
    assert heard[-1] == ()
    assert not chips.unfold.isVisible()


def test_a_few_areas_keep_their_chips(qtbot: QtBot) -> None:
    """Mutant: folding whatever the count hides the two areas of an ordinary event."""
    chips = AreaChips(lambda text: search_areas(text, limit=8))
    qtbot.addWidget(chips)
    chips.show()

    chips.show_areas(provinces()[:2])

    assert len(chips._buttons) == 2
    assert not chips.unfold.isVisible()
    assert not chips.all_of_them.isVisible()
