# SPDX-License-Identifier: Apache-2.0
"""Who may open the store: one random data key, wrapped once for each person.

``keys.json`` beside ``samut.db`` holds no secret that is not wrapped: a slot for each
facilitator (Argon2id of her passphrase, then AES-256-GCM, with the whole slot header as
associated data) and one escrow slot for the recovery code printed on the recovery sheet. The
code has 140 random bits, so HKDF suffices there. A PIN never opens a slot.

What a thief of the laptop can read here is what the unlock screen shows: a short nickname that
each person chose herself (``label``, at most 20 characters), and the facilitator's random id.

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
import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.errors import Problem
from desktop.i18n import _
from desktop.store import recovery
from desktop.store.disk import write_whole
from desktop.store.errors import Damaged, no_store, spoken
from desktop.store.passphrase import MINIMUM_LENGTH, Strength, passphrase_strength
from desktop.store.recovery import RecoveryCode
from desktop.thai.keyboard import canonical_secret

KEY_FILE: Final = "keys.json"
BACKUP_FILE: Final = "keys.backup.json"
LABEL_LENGTH: Final = 20

_FORMAT: Final = "samut-keys-1"
_KEY_BYTES: Final = 32
_ARGON2: Final = {"name": "argon2id", "memory_kib": 65_536, "passes": 3, "lanes": 1}
_MOST_MEMORY_KIB: Final = 1_048_576  # a tampered file must not ask for the whole machine


__all__ = [
    "BACKUP_FILE",
    "KEY_FILE",
    "LABEL_LENGTH",
    "MINIMUM_LENGTH",
    "DataKey",
    "KeyFileProblem",
    "RecoveryCode",
    "Slot",
    "Strength",
    "WeakPassphrase",
    "WrongPassphrase",
    "add_slot",
    "change_passphrase",
    "create_keyring",
    "open_with_passphrase",
    "open_with_recovery_code",
    "passphrase_strength",
    "remove_slot",
    "renew_recovery_code",
    "slots",
]


class WrongPassphrase(Problem):
    """The passphrase does not open this person's slot."""


class WeakPassphrase(Problem):
    """The passphrase is too short to protect the store."""


class KeyFileProblem(Problem):
    """A change to the key file that may not be made."""


@dataclass(frozen=True, slots=True, repr=False)
class DataKey:
    """The 256-bit key of one store. Its ``repr`` shows nothing."""

    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) != _KEY_BYTES:
            raise ValueError("a data key has 32 bytes")

    def hex(self) -> str:
        """The key as SQLCipher's raw-key pragma wants it."""
        return self.raw.hex()

    def __repr__(self) -> str:
        return "DataKey(…)"


@dataclass(frozen=True, slots=True)
class Slot:
    """What the unlock screen shows of one person."""

    facilitator_id: str
    label: str


def create_keyring(
    folder: Path, facilitator_id: str, label: str, passphrase: str
) -> tuple[DataKey, RecoveryCode]:
    """Make a new data key in ``folder`` with one person's slot and the escrow slot.

    Raises :class:`KeyFileProblem` if a store is already there, :class:`WeakPassphrase` for
    fewer than ten characters. A key file without a store (set-up was interrupted) is replaced.
    """
    if (folder / "samut.db").exists():
        raise KeyFileProblem(
            _("There is already a data file in this folder. Open it, or choose another folder.")
        )
    key = DataKey(secrets.token_bytes(_KEY_BYTES))
    code = recovery.new_code()
    ring: dict[str, Any] = {
        "format": _FORMAT,
        "ring": secrets.token_hex(16),
        "check": _check_value(key),
        "slots": [],
    }
    ring["slots"] = [
        _passphrase_slot(ring, key, facilitator_id, label, passphrase),
        _escrow_slot(ring, key, code),
    ]
    with spoken():
        folder.mkdir(parents=True, exist_ok=True)
    _save(folder, ring)
    return key, code


def open_with_passphrase(folder: Path, facilitator_id: str, passphrase: str) -> DataKey:
    """The data key, from a person's passphrase (about 0.2 s by design).

    Raises :class:`WrongPassphrase`, also for a person who has no slot here.
    """
    ring = _load(folder)
    for slot in ring["slots"]:
        if slot["kind"] == "passphrase" and slot["facilitator"] == facilitator_id:
            try:
                return _unwrap(ring, slot, _argon2(slot, passphrase))
            except InvalidTag:
                break
    raise WrongPassphrase(
        _("That passphrase does not open the data. Check the keyboard and try again.")
    )


def open_with_recovery_code(folder: Path, code: str) -> DataKey:
    """The data key, from the code on the recovery sheet as somebody typed it.

    Raises :class:`recovery.WrongRecoveryCode`; its sentence names the group that is mistyped
    when the check characters tell.
    """
    ring = _load(folder)
    typed = recovery.parse(code)
    for slot in ring["slots"]:
        if slot["kind"] == "escrow":
            try:
                return _unwrap(ring, slot, _stretch(typed, slot))
            except InvalidTag:
                continue
    raise recovery.WrongRecoveryCode(
        _("This recovery code belongs to another computer. Look for the sheet of this one.")
    )


def slots(folder: Path) -> tuple[Slot, ...]:
    """The people who can unlock this store, in the order they were added."""
    return tuple(
        Slot(slot["facilitator"], slot["label"])
        for slot in _load(folder)["slots"]
        if slot["kind"] == "passphrase"
    )


def add_slot(folder: Path, key: DataKey, facilitator_id: str, label: str, passphrase: str) -> None:
    """Let one more person open the store; a person who has a slot already is refused."""
    ring = _load_with(folder, key)
    if any(_is_of(slot, facilitator_id) for slot in ring["slots"]):
        raise KeyFileProblem(_("This person can already unlock the data on this computer."))
    ring["slots"].append(_passphrase_slot(ring, key, facilitator_id, label, passphrase))
    _save(folder, ring)


def change_passphrase(folder: Path, key: DataKey, facilitator_id: str, passphrase: str) -> None:
    """Give a person a new passphrase; the old one opens nothing from now on.

    ``key`` comes from unlocking with the old passphrase or with the recovery code. Rewraps 32
    bytes and never touches the database.
    """
    ring = _load_with(folder, key)
    for place, slot in enumerate(ring["slots"]):
        if _is_of(slot, facilitator_id):
            ring["slots"][place] = _passphrase_slot(
                ring, key, facilitator_id, slot["label"], passphrase
            )
            return _save(folder, ring)
    raise KeyFileProblem(_("This person cannot unlock the data on this computer yet."))


def remove_slot(folder: Path, key: DataKey, facilitator_id: str) -> None:
    """Take a person's slot away; the last one stays."""
    ring = _load_with(folder, key)
    kept = [slot for slot in ring["slots"] if not _is_of(slot, facilitator_id)]
    if not any(slot["kind"] == "passphrase" for slot in kept):
        raise KeyFileProblem(
            _("This is the only person who can unlock the data. Add another person first.")
        )
    _save(folder, {**ring, "slots": kept})


def renew_recovery_code(folder: Path, key: DataKey) -> RecoveryCode:
    """A new recovery code; the sheet printed before opens nothing from now on."""
    ring = _load_with(folder, key)
    code = recovery.new_code()
    kept = [slot for slot in ring["slots"] if slot["kind"] != "escrow"]
    _save(folder, {**ring, "slots": [*kept, _escrow_slot(ring, key, code)]})
    return code


# ---- slots


def _is_of(slot: dict[str, Any], facilitator_id: str) -> bool:
    return bool(slot["kind"] == "passphrase" and slot["facilitator"] == facilitator_id)


def _passphrase_slot(
    ring: dict[str, Any], key: DataKey, facilitator_id: str, label: str, passphrase: str
) -> dict[str, Any]:
    if len(canonical_secret(passphrase)) < MINIMUM_LENGTH:
        raise WeakPassphrase(
            _("Use at least {count} characters, for example four words you will remember.").format(
                count=MINIMUM_LENGTH
            )
        )
    header = {
        "kind": "passphrase",
        "facilitator": facilitator_id,
        "label": label.strip()[:LABEL_LENGTH],
        "kdf": {**_ARGON2, "salt": _text(secrets.token_bytes(16))},
    }
    return _wrap(ring, key, header, _argon2(header, passphrase))


def _escrow_slot(ring: dict[str, Any], key: DataKey, code: RecoveryCode) -> dict[str, Any]:
    header = {
        "kind": "escrow",
        "kdf": {"name": "hkdf-sha256", "salt": _text(secrets.token_bytes(16))},
    }
    return _wrap(ring, key, header, _stretch(code, header))


def _argon2(slot: dict[str, Any], passphrase: str) -> bytes:
    kdf = slot["kdf"]
    memory = int(kdf["memory_kib"])
    if not _ARGON2["memory_kib"] <= memory <= _MOST_MEMORY_KIB:  # type: ignore[operator]
        raise InvalidTag
    return Argon2id(
        salt=_bytes(kdf["salt"]),
        length=_KEY_BYTES,
        iterations=int(kdf["passes"]),
        lanes=int(kdf["lanes"]),
        memory_cost=memory,
    ).derive(canonical_secret(passphrase).encode())


def _stretch(code: RecoveryCode, slot: dict[str, Any]) -> bytes:
    salt = _bytes(slot["kdf"]["salt"])
    return HKDF(SHA256(), _KEY_BYTES, salt, b"samut escrow slot").derive(code.bits)


def _header(ring: dict[str, Any], slot: dict[str, Any]) -> bytes:
    """Everything about a slot but the wrapped key: bound to it as associated data."""
    plain = {name: slot[name] for name in slot if name not in ("nonce", "wrapped")}
    return _canonical({"format": ring["format"], "ring": ring["ring"], "slot": plain})


def _wrap(
    ring: dict[str, Any], key: DataKey, header: dict[str, Any], wrapping: bytes
) -> dict[str, Any]:
    nonce = secrets.token_bytes(12)
    wrapped = AESGCM(wrapping).encrypt(nonce, key.raw, _header(ring, header))
    return {**header, "nonce": _text(nonce), "wrapped": _text(wrapped)}


def _unwrap(ring: dict[str, Any], slot: dict[str, Any], wrapping: bytes) -> DataKey:
    raw = AESGCM(wrapping).decrypt(
        _bytes(slot["nonce"]), _bytes(slot["wrapped"]), _header(ring, slot)
    )
    return DataKey(raw)


def _check_value(key: DataKey) -> str:
    """Tells whether a key is this ring's, and nothing about a key of 256 random bits."""
    return _text(HKDF(SHA256(), 16, None, b"samut key check").derive(key.raw))


# ---- the file


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _load(folder: Path) -> dict[str, Any]:
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


def _load_with(folder: Path, key: DataKey) -> dict[str, Any]:
    ring = _load(folder)
    if not hmac.compare_digest(ring["check"], _check_value(key)):
        raise KeyFileProblem(_("This key belongs to another data folder."))
    return ring


def _parse(path: Path) -> dict[str, Any] | None:
    """The ring of a file; None for a file that is not there or not what was written."""
    try:
        ring = json.loads(path.read_bytes())
        # A file without a sum is one that was written before there was one.
        whole = ring["format"] == _FORMAT and ring.get("sum", _sum(ring)) == _sum(ring)
        whole = whole and isinstance(ring["ring"], str) and isinstance(ring["check"], str)
        for slot in ring["slots"]:
            _bytes(slot["nonce"]), _bytes(slot["wrapped"]), _bytes(slot["kdf"]["salt"])
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
    return hashlib.sha256(_canonical(plain)).hexdigest()


def _save(folder: Path, ring: dict[str, Any]) -> None:
    ring = {**ring, "sum": _sum(ring)}
    text = json.dumps(ring, ensure_ascii=False, indent=1).encode()
    with spoken():
        # The copy first: while `keys.json` is the old one, a failure here has changed nothing.
        for name in (BACKUP_FILE, KEY_FILE):
            write_whole(folder / name, text)
