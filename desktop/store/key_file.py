# SPDX-License-Identifier: Apache-2.0
"""The key file and its copy, as they lie on the disk.

Each change writes ``keys.backup.json`` and then ``keys.json`` with the same content, each by
temporary file, fsync, rename and fsync of the folder. ``keys.json`` is what counts; only when it
is damaged is the copy read. ``sum`` tells damage that still reads as JSON (one bit in a wrapped
key would make every passphrase wrong); it protects against accidents, not against a person. A
removed slot is removed from both.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from pathlib import Path
from typing import Any, Final

from desktop.i18n import _
from desktop.store.disk import write_whole
from desktop.store.errors import Damaged, no_store, spoken

KEY_FILE: Final = "keys.json"
BACKUP_FILE: Final = "keys.backup.json"
FORMAT: Final = "samut-keys-1"


def canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def as_text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def from_text(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def load(folder: Path) -> dict[str, Any]:
    """The ring of ``keys.json``, or of its copy when that is damaged or gone."""
    with spoken():
        if not any((folder / name).exists() for name in (KEY_FILE, BACKUP_FILE)):
            raise _no_key_file() if (folder / "samut.db").exists() else no_store(folder)
        for name in (KEY_FILE, BACKUP_FILE):
            ring = _parse(folder / name)
            if ring is not None:
                return ring
    raise Damaged(
        _(
            "The key file is damaged, and so is its copy. Do not delete anything; take "
            "keys.json from the last backup of this computer."
        )
    )


def _no_key_file() -> Damaged:
    return Damaged(
        _(
            "The key file keys.json is missing, and nobody can open the data without it. Do not "
            "delete anything. In the folder backups, copy the newest file that ends in "
            ".keys.json, put it into the data folder and name it keys.json; or call the centre."
        )
    )


def _parse(path: Path) -> dict[str, Any] | None:
    """The ring of a file; None for a file that is not there or not what was written."""
    try:
        ring = json.loads(path.read_bytes())
        # A file without a sum is one that was written before there was one.
        whole = ring["format"] == FORMAT and ring.get("sum", _sum(ring)) == _sum(ring)
        whole = whole and isinstance(ring["ring"], str) and isinstance(ring["check"], str)
        for slot in ring["slots"]:
            from_text(slot["nonce"]), from_text(slot["wrapped"]), from_text(slot["kdf"]["salt"])
            whole = whole and (slot["kind"] == "escrow" or _is_whole(slot))
    except (
        FileNotFoundError,
        IsADirectoryError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        binascii.Error,
    ):
        return None
    return ring if whole and ring["slots"] else None


def _is_whole(slot: dict[str, Any]) -> bool:
    words = (slot["facilitator"], slot["label"])
    numbers = (slot["kdf"]["memory_kib"], slot["kdf"]["passes"], slot["kdf"]["lanes"])
    return all(isinstance(one, str) and one for one in words) and all(
        isinstance(one, int) for one in numbers
    )


def _sum(ring: dict[str, Any]) -> str:
    plain = {name: ring[name] for name in ring if name != "sum"}
    return hashlib.sha256(canonical(plain)).hexdigest()


def save(folder: Path, ring: dict[str, Any]) -> None:
    ring = {**ring, "sum": _sum(ring)}
    text = json.dumps(ring, ensure_ascii=False, indent=1).encode()
    with spoken():
        # The copy first: while `keys.json` is the old one, a failure here has changed nothing.
        for name in (BACKUP_FILE, KEY_FILE):
            write_whole(folder / name, text)
