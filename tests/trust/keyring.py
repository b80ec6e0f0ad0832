# SPDX-License-Identifier: Apache-2.0
"""Changes of who may unlock the store, and the inspection after an accident.

Argon2id is replaced by one hash here: its cost is not under test, and every inspection tries
several passphrases.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from desktop.errors import Problem
from desktop.store import key_file, keys
from desktop.store.keys import DataKey

OLD, NEW, OTHER = "passphrase of old", "passphrase anew", "another passphrase"


class _Truth:
    """What the laptop of this run was prepared with."""

    key = DataKey(bytes(32))
    code = ""


@contextmanager
def _quick() -> Iterator[None]:
    def hashed(slot: dict[str, Any], passphrase: str) -> bytes:
        return hashlib.sha256(base64.b64decode(slot["kdf"]["salt"]) + passphrase.encode()).digest()

    with mock.patch.object(keys, "_argon2", hashed):
        yield


def prepare(folder: Path) -> None:
    """A key file with one person."""
    with _quick():
        _Truth.key, code = keys.create_keyring(folder, "f1", "หน่อย", OLD)
        _Truth.code = str(code)


def work(folder: Path, acknowledge: Callable[[int], object]) -> None:
    """Add a person, change the first one's passphrase, take the other away."""
    changes: tuple[Callable[[], None], ...] = (
        lambda: keys.add_slot(folder, _Truth.key, "f2", "ต้อม", OTHER),
        lambda: keys.change_passphrase(folder, _Truth.key, "f1", NEW),
        lambda: keys.remove_slot(folder, _Truth.key, "f2"),
    )
    with _quick():
        for number, change in enumerate(changes, 1):
            try:
                change()
            except Problem:
                continue
            acknowledge(number)


def inspect(folder: Path, acknowledged: set[int]) -> list[str]:
    """Exactly one passphrase opens the first slot, the sheet opens, and what was said holds."""
    with _quick():
        opening = [word for word in (OLD, NEW) if _opens(folder, "f1", word)]
        other = _opens(folder, "f2", OTHER)
        try:
            sheet = keys.open_with_recovery_code(folder, _Truth.code) == _Truth.key
        except Problem:
            sheet = False
    faults = [] if sheet else ["the recovery sheet opens nothing"]
    if len(opening) != 1:
        faults.append(f"{len(opening)} passphrases open the slot")
    elif 2 in acknowledged and opening != [NEW]:
        faults.append("the new passphrase was acknowledged and does not open")
    if not other and any(slot.facilitator_id == "f2" for slot in keys.slots(folder)):
        faults.append("the slot of a person is there and her passphrase does not open it")
    if 3 in acknowledged and other:
        faults.append("a person was taken away and can unlock")
    return faults


@contextmanager
def one_copy_in_place() -> Iterator[None]:
    """The mutant: one copy, written over itself."""

    def write(path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content)

    with (
        mock.patch.object(key_file, "write_whole", write),
        mock.patch.object(key_file, "BACKUP_FILE", keys.KEY_FILE),
    ):
        yield


def _opens(folder: Path, person: str, passphrase: str) -> bool:
    try:
        return keys.open_with_passphrase(folder, person, passphrase) == _Truth.key
    except Problem:
        return False
