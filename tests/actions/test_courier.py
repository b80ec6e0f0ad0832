# SPDX-License-Identifier: Apache-2.0
"""Three weeks without a network: a real store, a real centre, and a stick between them."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from desktop.actions import courier as action
from desktop.actions import sync
from desktop.actions.courier import CourierProblem
from desktop.centre.stick import answer_stick
from desktop.store import attachment, sync_state
from desktop.sync import courier
from desktop.sync.protocol import PUSH_BYTES
from tests.centre.running import RunningCentre, state_hash
from tests.field import BY
from tests.sync.laptops import laptop, synced
from tests.village import FIVE, Village


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def state(village: Village) -> sync_state.SyncState:
    with village.field.store.read() as conn:
        return sync_state.state(conn)


def brought(village: Village, stick: Path) -> Path:
    """Write a file onto the stick."""
    store = village.field.store
    done = action.write(store, BY, stick / action.stick_name(store))
    assert done is not None
    return done.path


def answered(at: RunningCentre, file: Path) -> Path:
    """The centre reads the stick and writes the receipt beside the file."""
    target = file.with_name(courier.receipt_name(file.name))
    answer_stick(at.centre, file, target)
    return target


def test_a_stick_brings_everything_and_a_receipt_says_so(
    at: RunningCentre, village: Village, stick: Path, tmp_path: Path
) -> None:
    village.visit(FIVE[0], 0, photos=("house_out",))
    waiting = state(village).saved
    file = brought(village, stick)
    assert state(village).saved == waiting, "a file moves no watermark"
    receipt = answered(at, file)
    told = action.read_receipt(village.field.store, BY, receipt)
    assert (told.received, told.photos, told.sentence) == (waiting, 1, "")
    assert (state(village).saved, state(village).photos) == (0, 0)
    assert state(village).last_contact

    # The next file asks for rows of the areas that the first receipt told of.
    action.read_receipt(village.field.store, BY, answered(at, brought(village, stick)))
    assert any(area.matched_at for area in state(village).areas)

    other = laptop(at, tmp_path / "two")
    assert synced(other).fetched == 1
    with other.field.store.read() as conn:
        (name,) = conn.exec_driver_sql("SELECT sha256 FROM attachment").scalars().all()
    content = attachment.content(other.field.store, name)
    assert content == attachment.content(village.field.store, name)
    other.field.store.close()


def test_the_same_stick_again_changes_nothing_at_either_end(
    at: RunningCentre, village: Village, stick: Path
) -> None:
    """Mutant: an op or a photo taken twice; a receipt that is taken once only."""
    village.visit(FIVE[0], 0)
    file = brought(village, stick)
    receipt = answered(at, file)
    before = state_hash(at.centre)
    store = village.field.store
    action.read_receipt(store, BY, receipt)
    after = state(village)
    for _ in range(3):
        assert answered(at, file) == receipt
        assert state_hash(at.centre) == before
        again = action.read_receipt(store, BY, receipt)
        assert (again.received, again.photos) == (0, 0)
        assert state(village).areas == after.areas


def test_files_may_be_lost_or_arrive_in_any_order(
    at: RunningCentre, village: Village, stick: Path
) -> None:
    """Mutants: a file that counts as sent when it is written; a gap that stops a stream."""
    files = []
    for number in range(3):
        village.visit(FIVE[number], number)
        files.append(brought(village, stick))
    assert len({one.name for one in files}) == 3
    receipts = [answered(at, files[n]) for n in (2, 0)]  # the second was lost on the way
    for receipt in receipts:
        action.read_receipt(village.field.store, BY, receipt)
    assert state(village).saved == 0


def test_a_large_outbox_goes_in_several_messages_of_one_file(
    at: RunningCentre, village: Village, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutant: only the first message written. The rest would wait for the next stick."""
    monkeypatch.setattr(action, "_LIMIT", 4_000)
    for number in range(2):
        village.visit(FIVE[number], number)
    waiting = state(village).saved
    store = village.field.store
    done = action.write(store, BY, stick / "a.samut")
    assert done is not None
    assert done.changes == waiting
    told = action.read_receipt(store, BY, answered(at, done.path))
    assert told.received == waiting
    assert PUSH_BYTES > 4_000


def test_photos_stay_within_what_was_allowed(village: Village, stick: Path) -> None:
    village.visit(FIVE[0], 0, photos=("house_out", "house_in"))
    store = village.field.store
    whole = action.write(store, BY, stick / "a.samut")
    none = action.write(store, BY, stick / "b.samut", photos=False)
    assert whole is not None
    assert none is not None
    assert (whole.photos, whole.left, none.photos, none.left) == (2, 0, 0, 2)
    smallest = state(village).photo_bytes // 2 + 1
    some = action.write(store, BY, stick / "c.samut", most=smallest)
    assert some is not None
    assert (some.photos, some.left) == (1, 1)
    assert none.size < some.size < whole.size


def test_what_is_no_receipt_for_this_laptop_is_a_sentence(
    at: RunningCentre, village: Village, stick: Path, tmp_path: Path
) -> None:
    village.visit(FIVE[0], 0)
    store = village.field.store
    file = brought(village, stick)
    receipt = answered(at, file)
    other = laptop(at, tmp_path / "two")
    (stick / "cut.samut").write_bytes(receipt.read_bytes()[:-40])
    for path in (file, stick / "cut.samut"):
        with pytest.raises(CourierProblem):
            action.read_receipt(store, BY, path)
    with pytest.raises(CourierProblem):
        action.read_receipt(other.field.store, BY, receipt)
    other.field.store.close()
    assert state(village).saved > 0


def test_a_store_put_back_from_an_older_copy_takes_no_receipt_of_what_it_never_wrote(
    at: RunningCentre, village: Village, stick: Path, tmp_path: Path
) -> None:
    """Mutant: any signed answer of the centre taken. Numbers would be acked that are others'."""
    file = brought(village, stick)
    receipt = answered(at, file)
    fresh = laptop(at, tmp_path / "new")
    shutil.copy(receipt, stick / "r.samut")
    with pytest.raises(CourierProblem):
        action.read_receipt(fresh.field.store, BY, stick / "r.samut")
    fresh.field.store.close()


def test_cancelling_leaves_nothing(village: Village, stick: Path) -> None:
    village.visit(FIVE[0], 0)
    store = village.field.store
    assert action.write(store, BY, stick / "a.samut", cancelled=lambda: True) is None
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("number", [28, 122, 27])
def test_a_full_stick_is_a_sentence(
    village: Village, stick: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, "no room")

    monkeypatch.setattr(courier.os, "fsync", full)
    with pytest.raises(CourierProblem):
        action.write(village.field.store, BY, stick / "a.samut")
    assert list(stick.iterdir()) == []


def test_a_laptop_without_a_centre_is_told_to_join(tmp_path: Path, stick: Path) -> None:
    village = Village.open(tmp_path / "alone")
    with pytest.raises(CourierProblem):
        action.write(village.field.store, BY, stick / "a.samut")
    with suppress(CourierProblem):
        action.stick_name(village.field.store)
    assert sync.joined(village.field.store) is None
    village.field.store.close()
