# SPDX-License-Identifier: Apache-2.0
"""Founding a store, unlocking it, and letting others in, with real keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.actions.office import (
    OfficeProblem,
    add_facilitator,
    change_office,
    change_passphrase,
    confirm_passphrase,
    found,
    people_here,
    recover,
    remove_facilitator,
    renew_recovery_code,
    unlock,
    who_may,
)
from desktop.model.facilitator import Facilitator, Office
from desktop.store import facilitator as offices
from desktop.store.errors import DiskFull
from desktop.store.keys import WeakPassphrase, WrongPassphrase
from desktop.store.recovery import WrongRecoveryCode
from desktop.store.write import Write

OFFICE = Office("", "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดตาก", "63", "กระทรวง พม.")
THIDA = Facilitator("", "ธิดา ใจดี", "นักพัฒนาสังคม")
SECRET, OTHER = "สมุดสนามเล่มแรก", "another long secret"


def test_a_founded_store_is_unlocked_by_its_facilitator_and_knows_its_office(
    tmp_path: Path,
) -> None:
    """Fails when the office is kept before the key slot: a store nobody can open."""
    store, _code = found(tmp_path, OFFICE, THIDA, SECRET, label="ธิดา")
    store.close()
    (slot,) = who_may(tmp_path)
    assert slot.label == "ธิดา"

    with pytest.raises(WrongPassphrase):
        unlock(tmp_path, slot.facilitator_id, SECRET + "x")
    store = unlock(tmp_path, slot.facilitator_id, SECRET)
    try:
        with store.read() as conn:
            assert offices.office(conn).name == OFFICE.name
            (one,) = offices.facilitators(conn)
        assert (one.id, one.name) == (slot.facilitator_id, "ธิดา ใจดี")
    finally:
        store.close()


def test_the_unlock_screen_shows_no_name_that_nobody_chose_to_show(tmp_path: Path) -> None:
    """Fails when the facilitator's name becomes the label: it stands in the clear in the file."""
    store, _code = found(tmp_path, OFFICE, THIDA, SECRET)
    store.close()
    written = (tmp_path / "keys.json").read_text("utf-8")
    assert "ธิดา" not in written
    assert "ใจดี" not in written


def test_what_is_missing_is_said_before_anything_is_made(tmp_path: Path, each_language) -> None:
    for office, facilitator in ((Office("", " ", "63"), THIDA), (OFFICE, Facilitator("", ""))):
        with pytest.raises(OfficeProblem):
            found(tmp_path / "new", office, facilitator, SECRET)
    with pytest.raises(WeakPassphrase):
        found(tmp_path / "new", OFFICE, THIDA, "short")
    assert not (tmp_path / "new" / "samut.db").exists()


def test_others_are_let_in_by_one_who_may_and_put_out_again(tmp_path: Path) -> None:
    store, code = found(tmp_path, OFFICE, THIDA, SECRET)
    (slot,) = who_may(tmp_path)
    by = slot.facilitator_id
    try:
        with pytest.raises(WrongPassphrase):
            add_facilitator(store, by, "not my passphrase", Facilitator("", "มานะ"), OTHER)
        with pytest.raises(WeakPassphrase):
            add_facilitator(store, by, SECRET, Facilitator("", "มานะ"), "short")
        with store.read() as conn:
            assert len(offices.facilitators(conn)) == 1
        mana = add_facilitator(store, by, SECRET, Facilitator("", "มานะ"), OTHER).value
        confirm_passphrase(store, mana.id, OTHER)
        change_passphrase(store, mana.id, OTHER, OTHER + " two")
        with pytest.raises(WrongPassphrase):
            confirm_passphrase(store, mana.id, OTHER)
        remove_facilitator(store, by, SECRET, mana.id)
        with pytest.raises(WrongPassphrase):
            confirm_passphrase(store, mana.id, OTHER + " two")
        with store.read() as conn:
            assert [one.id for one in offices.facilitators(conn)] == [by]
            assert offices.facilitator(conn, mana.id) is not None
        fresh = renew_recovery_code(store, by, SECRET)
    finally:
        store.close()
    with pytest.raises(WrongRecoveryCode):
        recover(tmp_path, str(code), by, OTHER)
    recover(tmp_path, str(fresh), by, OTHER).close()
    unlock(tmp_path, by, OTHER).close()


def test_nobody_may_unlock_whose_row_the_disk_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fails when the slot stays though the transaction was lost: a stranger could unlock."""
    store, _code = found(tmp_path, OFFICE, THIDA, SECRET)
    try:
        (first,) = who_may(tmp_path)

        def full(_write: Write) -> None:
            raise DiskFull("the disk is full")

        monkeypatch.setattr(Write, "flush", full)
        with pytest.raises(DiskFull):
            add_facilitator(store, first.facilitator_id, SECRET, Facilitator("", "มานะ"), OTHER)
        assert who_may(tmp_path) == (first,)
    finally:
        store.close()


def test_the_office_can_be_changed_and_changed_back(tmp_path: Path) -> None:
    store, _code = found(tmp_path, OFFICE, THIDA, SECRET)
    try:
        (slot,) = who_may(tmp_path)
        with store.read() as conn:
            before = offices.office(conn)
        moved = Office(before.id, "ศูนย์ใหม่", "50")
        done = change_office(store, slot.facilitator_id, moved)
        assert done.changed == {"office"}
        assert done.undo is not None
        done.undo(store)
        with store.read() as conn:
            assert offices.office(conn) == before
    finally:
        store.close()


def test_a_colleague_of_another_laptop_is_not_put_out_here(tmp_path: Path) -> None:
    """Mutant: whoever came with the rows of the office is listed as one who unlocks this laptop,
    and taking her access away deletes her on every laptop."""
    store, _code = found(tmp_path, OFFICE, THIDA, SECRET)
    try:
        (slot,) = who_may(tmp_path)
        by = slot.facilitator_id
        with store.write(by) as write:
            offices.put_facilitator(write, Facilitator("colleague", "วิชัย มาก"))
        assert [one.id for one in people_here(store)] == [by]
        with pytest.raises(OfficeProblem):
            remove_facilitator(store, by, SECRET, "colleague")
        with store.read() as conn:
            assert {one.id for one in offices.facilitators(conn)} == {by, "colleague"}
    finally:
        store.close()
