# SPDX-License-Identifier: Apache-2.0
"""The file is looked at each time it was opened."""

from __future__ import annotations

import pytest

from desktop.ui.upkeep import Unsound, look_after
from tests.actions.office_ground import Ground


def test_damage_is_told_in_a_sentence(ground: Ground) -> None:
    """Fails when the check looks at the structure alone: one flipped bit breaks no structure."""
    ground.add("กุลธิดา ศรีสวัสดิ์วงศ์")
    look_after(ground.store)
    with ground.store.path.open("r+b") as file:
        file.seek(3 * 4096 + 100)
        byte = file.read(1)[0]
        file.seek(3 * 4096 + 100)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(Unsound):
        look_after(ground.store)
