# SPDX-License-Identifier: Apache-2.0
"""A full disk gets a sentence; what was saved stays readable, and work goes on after cleaning."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store.errors import DiskFull
from desktop.store.store import Store
from tests.trust import laptop

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="mounts a small disk; ENOSPC without root is covered by test_syscalls",
)

BALLAST = 1536 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4M", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let root mount")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def work_until_full(store: Store, saved: set[int]) -> None:
    """Do actions until one is refused; ``saved`` are those that were not."""
    for number in itertools.count(1):
        laptop.do(store, number)
        saved.add(number)


def test_a_full_disk_keeps_what_was_saved_and_goes_on_after_cleaning(small_disk: Path) -> None:
    """Mutant: swallow the error of the commit; the acknowledged action is then not there."""
    (small_disk / "holiday.mp4").write_bytes(bytes(BALLAST))
    folder = small_disk / "profile"
    saved: set[int] = set()
    laptop.prepare(folder)
    with closing(Store.open(folder, laptop.KEY)) as store:
        with pytest.raises(DiskFull):
            work_until_full(store, saved)
        with store.read() as conn:
            held = conn.exec_driver_sql("SELECT count(*) FROM mark").scalar_one()
        assert held == len(saved) > 5
        with pytest.raises(DiskFull):  # a smaller one might still find room
            laptop.do(store, max(saved) + 1)

        (small_disk / "holiday.mp4").unlink()
        laptop.do(store, 9_001)
        laptop.do(store, 9_002)
        assert store.check().sound
    assert laptop.inspect(folder, saved | {9_001, 9_002}, extra=0).faults == []


def test_a_backup_onto_a_full_disk_leaves_nothing_behind(small_disk: Path, tmp_path: Path) -> None:
    """Mutant: write the copy under its own name."""
    with closing(Store.create(tmp_path / "profile", laptop.KEY)) as store:
        laptop.do(store, 1)
        (small_disk / "holiday.mp4").write_bytes(bytes(4 * 1024 * 1024 - 100_000))
        with pytest.raises(DiskFull):
            store.backup(small_disk / "copy.db")
    assert [path.name for path in small_disk.iterdir()] == ["holiday.mp4"]
