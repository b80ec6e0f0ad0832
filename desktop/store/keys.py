# SPDX-License-Identifier: Apache-2.0
"""Who may open the store: one random data key, wrapped once for each person.

``keys.json`` beside ``samut.db`` holds no secret that is not wrapped: a slot for each
facilitator (Argon2id of her passphrase, then AES-256-GCM, with the whole slot header as
associated data) and one escrow slot for the recovery code printed on the recovery sheet. The
code has 140 random bits, so HKDF suffices there. A PIN never opens a slot.

What a thief of the laptop can read here is what the unlock screen shows: a short nickname that
each person chose herself (``label``, at most 20 characters), and the facilitator's random id.

How the file is kept is ``key_file.py``. A removed slot is removed from it and from its copy.
"""

from __future__ import annotations

import hmac
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
from desktop.store.errors import spoken
from desktop.store.key_file import (
    BACKUP_FILE,
    FORMAT,
    KEY_FILE,
    as_text,
    canonical,
    from_text,
    load,
    save,
)
from desktop.store.passphrase import MINIMUM_LENGTH, Strength, passphrase_strength
from desktop.store.recovery import RecoveryCode
from desktop.thai.keyboard import canonical_secret

LABEL_LENGTH: Final = 20

_KEY_BYTES: Final = 32
_ARGON2: Final = {"name": "argon2id", "memory_kib": 65_536, "passes": 3, "lanes": 1}
# A tampered file must not ask for the whole machine, nor for the whole day.
_MOST_MEMORY_KIB: Final = 1_048_576
_MOST_PASSES: Final = 100


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
        "format": FORMAT,
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
    save(folder, ring)
    return key, code


def open_with_passphrase(folder: Path, facilitator_id: str, passphrase: str) -> DataKey:
    """The data key, from a person's passphrase (about 0.2 s by design).

    Raises :class:`WrongPassphrase`, also for a person who has no slot here.
    """
    ring = load(folder)
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
    ring = load(folder)
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
        for slot in load(folder)["slots"]
        if slot["kind"] == "passphrase"
    )


def add_slot(folder: Path, key: DataKey, facilitator_id: str, label: str, passphrase: str) -> None:
    """Let one more person open the store; a person who has a slot already is refused."""
    ring = _load_with(folder, key)
    if any(_is_of(slot, facilitator_id) for slot in ring["slots"]):
        raise KeyFileProblem(_("This person can already unlock the data on this computer."))
    ring["slots"].append(_passphrase_slot(ring, key, facilitator_id, label, passphrase))
    save(folder, ring)


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
            return save(folder, ring)
    raise KeyFileProblem(_("This person cannot unlock the data on this computer yet."))


def remove_slot(folder: Path, key: DataKey, facilitator_id: str) -> None:
    """Take a person's slot away; the last one stays."""
    ring = _load_with(folder, key)
    kept = [slot for slot in ring["slots"] if not _is_of(slot, facilitator_id)]
    if not any(slot["kind"] == "passphrase" for slot in kept):
        raise KeyFileProblem(
            _("This is the only person who can unlock the data. Add another person first.")
        )
    save(folder, {**ring, "slots": kept})


def renew_recovery_code(folder: Path, key: DataKey) -> RecoveryCode:
    """A new recovery code; the sheet printed before opens nothing from now on."""
    ring = _load_with(folder, key)
    code = recovery.new_code()
    kept = [slot for slot in ring["slots"] if slot["kind"] != "escrow"]
    save(folder, {**ring, "slots": [*kept, _escrow_slot(ring, key, code)]})
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
        "kdf": {**_ARGON2, "salt": as_text(secrets.token_bytes(16))},
    }
    return _wrap(ring, key, header, _argon2(header, passphrase))


def _escrow_slot(ring: dict[str, Any], key: DataKey, code: RecoveryCode) -> dict[str, Any]:
    header = {
        "kind": "escrow",
        "kdf": {"name": "hkdf-sha256", "salt": as_text(secrets.token_bytes(16))},
    }
    return _wrap(ring, key, header, _stretch(code, header))


def _argon2(slot: dict[str, Any], passphrase: str) -> bytes:
    kdf = slot["kdf"]
    memory = int(kdf["memory_kib"])
    passes, lanes = int(kdf["passes"]), int(kdf["lanes"])
    sound = _ARGON2["memory_kib"] <= memory <= _MOST_MEMORY_KIB  # type: ignore[operator]
    if not (sound and 1 <= passes <= _MOST_PASSES and 1 <= lanes <= _MOST_PASSES):
        raise InvalidTag
    return Argon2id(
        salt=from_text(kdf["salt"]),
        length=_KEY_BYTES,
        iterations=passes,
        lanes=lanes,
        memory_cost=memory,
    ).derive(canonical_secret(passphrase).encode())


def _stretch(code: RecoveryCode, slot: dict[str, Any]) -> bytes:
    salt = from_text(slot["kdf"]["salt"])
    return HKDF(SHA256(), _KEY_BYTES, salt, b"samut escrow slot").derive(code.bits)


def _header(ring: dict[str, Any], slot: dict[str, Any]) -> bytes:
    """Everything about a slot but the wrapped key: bound to it as associated data."""
    plain = {name: slot[name] for name in slot if name not in ("nonce", "wrapped")}
    return canonical({"format": ring["format"], "ring": ring["ring"], "slot": plain})


def _wrap(
    ring: dict[str, Any], key: DataKey, header: dict[str, Any], wrapping: bytes
) -> dict[str, Any]:
    nonce = secrets.token_bytes(12)
    wrapped = AESGCM(wrapping).encrypt(nonce, key.raw, _header(ring, header))
    return {**header, "nonce": as_text(nonce), "wrapped": as_text(wrapped)}


def _unwrap(ring: dict[str, Any], slot: dict[str, Any], wrapping: bytes) -> DataKey:
    raw = AESGCM(wrapping).decrypt(
        from_text(slot["nonce"]), from_text(slot["wrapped"]), _header(ring, slot)
    )
    return DataKey(raw)


def _check_value(key: DataKey) -> str:
    """Tells whether a key is this ring's, and nothing about a key of 256 random bits."""
    return as_text(HKDF(SHA256(), 16, None, b"samut key check").derive(key.raw))


def _load_with(folder: Path, key: DataKey) -> dict[str, Any]:
    ring = load(folder)
    if not hmac.compare_digest(ring["check"], _check_value(key)):
        raise KeyFileProblem(_("This key belongs to another data folder."))
    return ring
