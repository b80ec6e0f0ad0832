# SPDX-License-Identifier: Apache-2.0
"""The file is looked at each time it was opened."""

from __future__ import annotations

import pytest

from desktop.ui.upkeep import Unsound, look_after, rest
from tests.actions.office_ground import BY, Ground


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


def test_the_store_can_be_used_on_after_a_rest_and_in_the_middle_of_work(ground: Ground) -> None:
    """Mutant: wait for the writer in ``Store.rest``, and this test does not end."""
    ground.add("กุลธิดา ศรีสวัสดิ์วงศ์")
    with ground.store.write(BY), ground.store.read() as conn:
        before = conn.exec_driver_sql("SELECT count(*) FROM person").scalar_one()
        rest(ground.store)
        assert conn.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == before
    rest(ground.store)
    ground.add("ฟื้น ปื้น")
    with ground.store.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == before + 1
