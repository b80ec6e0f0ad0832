# SPDX-License-Identifier: Apache-2.0
"""The file is copied each day it was used and looked at each time it was opened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.store.facilitator import office
from desktop.store.store import FILE, Store
from desktop.ui.upkeep import KEPT, Unsound, keep_copy, look_after
from tests.actions.office_ground import Ground
from tests.store.ground import KEY


def test_a_copy_of_each_day_is_kept_and_the_oldest_go(ground: Ground) -> None:
    """Fails when copies are counted with files of other names, or the newest is deleted."""
    folder = ground.store.folder / "backups"
    folder.mkdir()
    (ground.store.folder / "keys.json").write_text("{}", "utf-8")
    (folder / "before-version-2.db").write_bytes(b"kept")
    first = date(2026, 11, 20)
    for day in range(KEPT + 2):
        keep_copy(ground.store, first + timedelta(days=day))
        keep_copy(ground.store, first + timedelta(days=day))
    kept = sorted(path.stem for path in folder.glob("2026-*.db"))
    assert kept == [(first + timedelta(days=day)).isoformat() for day in range(2, KEPT + 2)]
    assert (folder / "before-version-2.db").read_bytes() == b"kept"
    assert len(list(folder.glob("2026-*.keys.json"))) == KEPT
    newest = folder / f"{kept[-1]}.db"
    restored = ground.store.folder.parent / "restored"
    restored.mkdir()
    newest.rename(restored / FILE)
    store = Store.open(restored, KEY)
    with store.read() as conn:
        assert office(conn).id == "office-1"
    store.close()


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
