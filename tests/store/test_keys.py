# SPDX-License-Identifier: Apache-2.0
"""Who can open the store, and what happens to the file that says so."""

from __future__ import annotations

import json
import random
import secrets
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import Problem
from desktop.store import key_file, keys, recovery
from desktop.store.errors import Damaged, NoStore
from desktop.store.keys import DataKey, WrongPassphrase
from desktop.store.recovery import RecoveryCode, WrongRecoveryCode
from desktop.thai.keyboard import to_thai_layout

PASSPHRASE = "ปลาทูตัวโต ๑๒"
OTHER = "another passphrase"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, DataKey, RecoveryCode]:
    """A folder with one person's slot, its key and its recovery code."""
    key, code = keys.create_keyring(tmp_path, "f1", " หน่อย ", PASSPHRASE)
    return tmp_path, key, code


def ring(folder: Path) -> Any:
    """The key file as it stands on the disk."""
    return json.loads((folder / keys.KEY_FILE).read_text("utf-8"))


def ring_of(made: Any) -> Any:
    """A ring whose slot holds what no program wrote."""
    folder, _key, _code = made
    for name in (keys.KEY_FILE, keys.BACKUP_FILE):
        (folder / name).unlink()
    keys.create_keyring(folder, "f1", "หน่อย", PASSPHRASE)
    odd = ring(folder)
    del odd["sum"]
    odd["slots"][0]["label"] = 5
    odd["slots"][0]["kdf"]["passes"] = "many"
    return odd


def test_a_passphrase_opens_under_either_layout_and_any_digits(made: Any) -> None:
    """Mutant: derive from the text as typed."""
    folder, key, _code = made
    assert keys.open_with_passphrase(folder, "f1", PASSPHRASE) == key
    typed = "".join(
        next((us for us in map(chr, range(33, 127)) if to_thai_layout(us) == c), c)
        for c in PASSPHRASE
    )
    assert typed != PASSPHRASE
    assert keys.open_with_passphrase(folder, "f1", typed) == key


def test_a_wrong_passphrase_and_an_unknown_person_get_the_same_sentence(made: Any) -> None:
    folder, _key, _code = made
    with pytest.raises(WrongPassphrase) as wrong:
        keys.open_with_passphrase(folder, "f1", OTHER)
    with pytest.raises(WrongPassphrase) as unknown:
        keys.open_with_passphrase(folder, "f2", PASSPHRASE)
    assert str(wrong.value) == str(unknown.value)


def test_the_key_file_holds_no_secret_and_no_more_than_the_unlock_screen_shows(
    made: Any,
) -> None:
    folder, key, code = made
    text = (folder / keys.KEY_FILE).read_text("utf-8")
    for secret in (PASSPHRASE, str(code), code.bits.decode(), key.hex()):
        assert secret not in text
    assert keys.slots(folder) == (keys.Slot("f1", "หน่อย"),)
    assert (folder / keys.KEY_FILE).stat().st_mode & 0o077 == 0
    assert key.hex() not in repr(key) + str([key])
    assert str(code) not in repr(code)


def test_every_person_has_a_slot_of_her_own(made: Any) -> None:
    folder, key, _code = made
    keys.add_slot(folder, key, "f2", "ต้อม", OTHER)
    assert keys.open_with_passphrase(folder, "f2", OTHER) == key
    with pytest.raises(Problem):
        keys.add_slot(folder, key, "f2", "ต้อม", OTHER)
    keys.remove_slot(folder, key, "f1")
    with pytest.raises(WrongPassphrase):
        keys.open_with_passphrase(folder, "f1", PASSPHRASE)
    assert '"f1"' not in (folder / keys.BACKUP_FILE).read_text("utf-8")
    with pytest.raises(Problem):
        keys.remove_slot(folder, key, "f2")
    with pytest.raises(Problem):
        keys.add_slot(folder, DataKey(secrets.token_bytes(32)), "f3", "มด", OTHER)


def test_a_new_passphrase_closes_the_old_one_and_keeps_the_key(made: Any) -> None:
    folder, key, code = made
    recovered = keys.open_with_recovery_code(folder, str(code))
    keys.change_passphrase(folder, recovered, "f1", OTHER)
    assert keys.open_with_passphrase(folder, "f1", OTHER) == key
    with pytest.raises(WrongPassphrase):
        keys.open_with_passphrase(folder, "f1", PASSPHRASE)
    with pytest.raises(Problem):
        keys.change_passphrase(folder, key, "f9", OTHER)


def test_fewer_than_ten_characters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(keys.WeakPassphrase):
        keys.create_keyring(tmp_path, "f1", "หน่อย", "ปลาทู1234")
    assert not (tmp_path / keys.KEY_FILE).exists()


def test_a_new_recovery_code_closes_the_old_sheet(made: Any) -> None:
    folder, key, code = made
    newer = keys.renew_recovery_code(folder, key)
    assert keys.open_with_recovery_code(folder, str(newer)) == key
    with pytest.raises(WrongRecoveryCode):
        keys.open_with_recovery_code(folder, str(code))


def test_a_damaged_key_file_is_read_from_its_copy(made: Any) -> None:
    """Mutant: keep one copy."""
    folder, key, code = made
    for damage in (b"", b"{", b'{"format": "samut-keys-1"}', b"\xff" * 40):
        (folder / keys.KEY_FILE).write_bytes(damage)
        assert keys.open_with_recovery_code(folder, str(code)) == key
    (folder / keys.BACKUP_FILE).write_bytes(b"{")
    with pytest.raises(Damaged):
        keys.slots(folder)
    for name in (keys.KEY_FILE, keys.BACKUP_FILE):
        (folder / name).unlink()
    with pytest.raises(NoStore):
        keys.slots(folder)


def test_any_flipped_bit_of_the_key_file_leaves_the_passphrase_right(made: Any) -> None:
    """Mutant: no sum; a flip inside a wrapped key makes every passphrase wrong for good."""
    folder, key, _code = made
    whole = (folder / keys.KEY_FILE).read_bytes()
    wrapped = whole.index(b"wrapped") + 14
    for place in (3, whole.index(b"passes") + 9, whole.index(b"salt") + 10, wrapped, wrapped + 9):
        for bit in (0x01, 0x02, 0x20):
            damaged = bytearray(whole)
            damaged[place] ^= bit
            (folder / keys.KEY_FILE).write_bytes(damaged)
            assert keys.slots(folder) == (keys.Slot("f1", "หน่อย"),)
            with_sum = key_file.load(folder)
            assert with_sum == json.loads(whole)
    assert keys.open_with_passphrase(folder, "f1", PASSPHRASE) == key


@pytest.mark.parametrize(
    "content",
    [b"[]", b"3", b"{}", b'{"slots": 3}', b"[" * 100_000, b"\x00" * 50, b'{"format": 1}'],
)
def test_a_key_file_that_is_something_else_is_damaged(made: Any, content: bytes) -> None:
    """Fails when the shape of the file is taken for granted: a TypeError instead of words."""
    folder, _key, _code = made
    for name in (keys.KEY_FILE, keys.BACKUP_FILE):
        (folder / name).write_bytes(content)
    with pytest.raises(Damaged):
        keys.slots(folder)
    odd = ring_of(made)
    for name in (keys.KEY_FILE, keys.BACKUP_FILE):
        (folder / name).write_text(json.dumps(odd), "utf-8")
    with pytest.raises(Damaged):
        keys.slots(folder)


def test_a_lost_key_file_is_not_called_a_lost_store(made: Any) -> None:
    """Fails when the folder with the data is said to hold none: she would choose another."""
    folder, _key, _code = made
    (folder / "samut.db").write_bytes(b"x")
    for name in (keys.KEY_FILE, keys.BACKUP_FILE):
        (folder / name).unlink()
    with pytest.raises(Damaged, match=r"keys\.json"):
        keys.slots(folder)


@pytest.mark.parametrize(
    "field", ["facilitator", "label", "wrapped", "nonce", "memory", "passes", "salt"]
)
def test_a_changed_slot_opens_nothing(made: Any, field: str) -> None:
    """Mutant: no associated data; a nickname could then be put on another person's slot. Mutant:
    no bound on the passes; the unlock window would then reckon for years."""
    folder, _key, _code = made
    changed = ring(folder)
    del changed["sum"]  # whoever changes a file on purpose does not leave the old sum
    slot = changed["slots"][0]
    if field in ("wrapped", "nonce"):
        slot[field] = "AAAA" + slot[field][4:]
    elif field == "salt":
        slot["kdf"]["salt"] = "AAAA" + slot["kdf"]["salt"][4:]
    elif field == "memory":
        slot["kdf"]["memory_kib"] = 8
    elif field == "passes":
        slot["kdf"]["passes"] = 2**31
    else:
        slot[field] = "f2"
    (folder / keys.KEY_FILE).write_text(json.dumps(changed), "utf-8")
    with pytest.raises(WrongPassphrase):
        keys.open_with_passphrase(folder, slot["facilitator"], PASSPHRASE)


def test_the_recovery_code_is_read_as_people_type_it(made: Any) -> None:
    folder, key, code = made
    text = str(code)
    for typed in (
        text.lower(),
        text.replace("-", " "),
        text.replace("0", "O").replace("1", "l"),
        to_thai_layout(text),
        text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    ):
        assert keys.open_with_recovery_code(folder, typed) == key


def test_every_mistyped_character_and_every_swap_is_found_and_its_group_named() -> None:
    """Mutant: a plain sum as check; swaps then pass."""
    rnd = random.Random(5)
    for _turn in range(20):
        code = recovery.new_code()
        text = str(code)
        assert recovery.parse(text) == code
        at = rnd.randrange(len(text))
        for letter in recovery.ALPHABET:
            if text[at] not in ("-", letter):
                with pytest.raises(WrongRecoveryCode, match=str(at // 6 + 1)):
                    recovery.parse(text[:at] + letter + text[at + 1 :])
        for place in range(len(text) - 1):
            first, second = text[place], text[place + 1]
            if "-" not in (first, second) and first != second:
                with pytest.raises(WrongRecoveryCode):
                    recovery.parse(text[:place] + second + first + text[place + 2 :])
    with pytest.raises(WrongRecoveryCode):
        recovery.parse(text[:-1])


def test_a_store_is_never_given_a_second_key_ring(made: Any) -> None:
    folder, _key, _code = made
    (folder / "samut.db").write_bytes(b"x")
    with pytest.raises(Problem):
        keys.create_keyring(folder, "f1", "หน่อย", PASSPHRASE)
