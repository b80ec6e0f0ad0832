# SPDX-License-Identifier: Apache-2.0
"""Three weeks without a network: files go down the valley on a stick, receipts come up."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import courier as action
from desktop.command import centre_stick
from desktop.i18n import _
from desktop.model.chain import canonical
from desktop.model.sync import Stage, SyncState
from desktop.store import attachment, sync_state, upload
from desktop.store import record as records
from desktop.store.store import Store
from desktop.sync import courier
from desktop.ui.parts.sync_words import STAGES
from tests.centre.running import state_hash
from tests.journeys import casework, highland, province
from tests.journeys.hand import CTRL, Hand, Watch
from tests.journeys.province import Laptop, ProvinceCentre


class Mountain:
    """Two laptops that joined in the office, and the stick of whoever drives down."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.watch = Watch("2020-09-01 09:00")
        self.folder = folder
        self.centre = ProvinceCentre(folder / "centre", self.watch)
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.thida = Laptop(app, folder / "thida", highland.THIDA, self.watch)
        self.somphon = Laptop(app, folder / "somphon", highland.OTHER, self.watch)
        self.centre.open()
        for one in (self.thida, self.somphon):
            one.found()
            with one.window() as hand:
                province.join(hand, self.centre.link("63"))
                province.send(hand)
        self.centre.close()
        self.device = self.thida.centred().device

    def file(self, number: int) -> Path:
        """The file of a number, as the window calls it."""
        return self.stick / courier.file_name(self.device, number)

    def receipt(self, number: int) -> Path:
        """What the centre made of it."""
        return self.stick / courier.receipt_name(self.file(number).name)

    def at_the_centre(self, *places: Path) -> int:
        """Down in the valley: the staff put the stick in."""
        told = argparse.Namespace(
            folder=self.centre.config.folder, files=list(places or [self.stick]), to=None
        )
        return centre_stick.run(told)

    def hash(self) -> str:
        with self.centre.at_hand() as centre:
            return state_hash(centre)


@pytest.fixture
def mountain(qapp: QApplication, tmp_path: Path) -> Iterator[Mountain]:
    made = Mountain(qapp, tmp_path)
    yield made
    made.centre.close()


def _state(hand: Hand) -> SyncState:
    lane = hand.frame.page.desk.sync
    lane.look()
    hand.until(lambda: not lane.looking, "never looked")
    hand.settle()
    return lane.state


def _write(hand: Hand, file: Path) -> None:
    """The file onto the stick, by the window."""
    page = province.to_tab(hand, "usb")
    with hand.file(file):
        hand.key(Qt.Key.Key_F9, on=page)
    hand.until(page.usb.written.isVisible, "nothing was written")
    hand.settle()
    assert page.usb.written.words.text().find(file.name) >= 0, page.usb.written.words.text()
    assert [one.name for one in file.parent.glob("*.part")] == []


def _read(hand: Hand, receipt: Path) -> str:
    """The receipt from the stick, by the window; what it says then."""
    page = province.to_tab(hand, "usb")
    page.usb.brought.hide()
    with hand.file(receipt):
        hand.key(Qt.Key.Key_O, CTRL, on=page)
    hand.until(page.usb.brought.isVisible, "no receipt was read")
    hand.settle()
    return str(page.usb.brought.words.text())


def _stage(hand: Hand, house: highland.House) -> Stage:
    """How far a household is, as its page says."""
    casework.open_household(hand, house.called)
    words = hand.frame.page.view.stage.words.text()  # type: ignore[attr-defined]
    (found,) = [stage for stage, told in STAGES.items() if _(told[0]) == words]
    return found


def _needles() -> list[bytes]:
    """What nobody on the way may read."""
    words = [highland.OPINION, highland.THIDA, highland.OFFICE, "household", "visit_at", "oid"]
    words += [text for one in highland.HOUSES for text in (one.first, one.name, one.called)]
    return [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le", "cp874")]


def _pictures(store: Store, by: str) -> dict[str, bytes]:
    """Every photograph and signature of every visit, by its SHA-256."""
    with store.read() as conn:
        names = [
            file.sha256
            for record in records.of_form(conn, by, "home_visit")
            for file in records.attachments(conn, by, record.id)
        ]
        assert upload.missing(conn) == ()
    return {name: attachment.content(store, name) for name in names}


def test_three_weeks_by_stick_alone(mountain: Mountain, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when a file counts as received because it was written; when a receipt that comes
    late, twice or before an older one is refused or takes something back; when the courier can
    read a word; when a photograph is another one at the end of the way.
    """
    thida, watch, house = mountain.thida, mountain.watch, highland.HOUSES
    # The first week.
    watch.to("2020-09-04 16:00")
    with thida.window() as hand:
        highland.visit(hand, 0, mountain.folder)
        first = _state(hand).waiting
        assert first > 0
        _write(hand, mountain.file(1))
        assert _state(hand).waiting == first, "what lies on a stick is not at the centre"
        assert _stage(hand, house[0]) == "saved"
    carried = mountain.file(1).read_bytes()
    assert carried.startswith(b"age-encryption.org/v1")
    assert not [needle for needle in _needles() if needle in carried]
    assert mountain.at_the_centre() == 0
    answer = mountain.receipt(1).read_bytes()
    assert not [needle for needle in _needles() if needle in answer]

    # The second week: nobody came up with the receipt.
    watch.to("2020-09-11 16:00")
    with thida.window() as hand:
        assert _state(hand).waiting >= first
        highland.visit(hand, 1, mountain.folder)
        second = _state(hand).waiting
        assert second > first
        _write(hand, mountain.file(2))
    assert mountain.at_the_centre(mountain.file(2)) == 0

    # The third week: both receipts come, the younger one is read first, the older one twice.
    watch.to("2020-09-18 16:00")
    with thida.window() as hand:
        highland.visit(hand, 4, mountain.folder)
        third = _state(hand).waiting
        said = [_read(hand, mountain.receipt(2))]
        now = _state(hand)
        assert now.waiting == third - second
        assert now.confirmed == 0
        assert [_stage(hand, house[n]) for n in (0, 1, 4)] == ["received", "received", "saved"]
        for _again in range(2):
            said.append(_read(hand, mountain.receipt(1)))
            later = _state(hand)
            assert (later.waiting, later.saved, later.received) == (
                now.waiting, now.saved, now.received,
            )  # fmt: skip
        assert len(set(said)) == 2, said
        assert said[1] == said[2]
        _write(hand, mountain.file(3))
        assert _state(hand).waiting == third - second
    assert not [needle for needle in _needles() if needle in mountain.file(3).read_bytes()]

    # The centre makes its backup; that what was brought is in it, the next receipt tells.
    assert mountain.at_the_centre(mountain.file(3)) == 0
    mountain.centre.back_up()
    watch.to("2020-09-21 09:00")
    with thida.window() as hand:
        _read(hand, mountain.receipt(3))
        now = _state(hand)
        assert (now.waiting, now.photos) == (0, 0)
        assert [_stage(hand, house[n]) for n in (0, 1, 4)] == ["received"] * 3
        _write(hand, mountain.file(4))
    assert mountain.at_the_centre(mountain.file(4)) == 0
    with thida.window() as hand:
        _read(hand, mountain.receipt(4))
        assert [_stage(hand, house[n]) for n in (0, 1, 4)] == ["confirmed"] * 3
        now = _state(hand)
        assert (now.waiting, now.received, now.conflicts, now.put_aside) == (0, 0, 0, 0)

    _ten_times(mountain)
    _byte_for_byte(mountain)


def test_a_centre_that_burned_gets_by_stick_what_it_lost(mountain: Mountain) -> None:
    """Fails when photographs that the lost centre had are not sent again by stick; or when a
    receipt of the lost centre, read late, says that the new one has them."""
    centre, thida = mountain.centre, mountain.thida
    backup = centre.back_up()
    mountain.watch.to("2020-09-04 16:00")
    with thida.window() as hand:
        highland.visit(hand, 0, mountain.folder)
    with thida.store() as store:
        for number in (1, 2):
            _by_stick(mountain, store, number)
        assert _waits(store) == (0, 0)
        before = _said(centre)
        assert centre.lost_files() == []

        centre.burn_and_restore(backup)
        assert len(_said(centre)) < len(before)
        _by_stick(mountain, store, 3)
        waits = _waits(store)
        assert waits[1] > 0
        old = action.read_receipt(store, thida.by, mountain.receipt(1))
        assert (old.received, old.photos) == (0, 0)
        assert _waits(store) == waits
        for number in (4, 5):
            _by_stick(mountain, store, number)
        assert _waits(store) == (0, 0)
    assert _said(centre) == before
    assert centre.lost_files() == []


def _by_stick(mountain: Mountain, store: Store, number: int) -> None:
    """A file down, its receipt up."""
    by = mountain.thida.by
    assert action.write(store, by, mountain.file(number)) is not None
    assert mountain.at_the_centre(mountain.file(number)) == 0
    action.read_receipt(store, by, mountain.receipt(number))


def _waits(store: Store) -> tuple[int, int]:
    """Changes and photographs that wait."""
    with store.read() as conn:
        found = sync_state.state(conn)
    return found.waiting, found.photos


def _said(centre: ProvinceCentre) -> dict[tuple[str, str, str], str]:
    """What the centre has, not under which numbers."""
    return {
        (scope, *key): canonical([row.deleted, row.fields])
        for scope, rows in centre.rows().items()
        for key, row in rows.items()
    }


def _ten_times(mountain: Mountain) -> None:
    """The same stick ten times at both ends changes nothing."""
    before = mountain.hash()
    with mountain.thida.store() as store:
        held = province.held(store)
        for _time in range(10):
            assert mountain.at_the_centre() == 0
            assert mountain.hash() == before
            for number in (3, 1, 4, 2):
                told = action.read_receipt(store, mountain.thida.by, mountain.receipt(number))
                assert (told.received, told.photos) == (0, 0)
            assert province.held(store) == held


def _byte_for_byte(mountain: Mountain) -> None:
    """The photographs at the centre, and on the laptop of the other who comes to the office."""
    with mountain.thida.store() as store:
        taken = _pictures(store, mountain.thida.by)
    assert len(taken) > sum(len(highland.HOUSES[n].photos) for n in (0, 1, 4)), "nobody signed"
    with mountain.centre.at_hand() as centre:
        for name, data in taken.items():
            there = b"".join(centre.attachments.open(name))
            assert there == data
            assert hashlib.sha256(there).hexdigest() == name
    mountain.centre.open()
    with mountain.somphon.window() as hand:
        province.send(hand)
        hand.go("Home visits")
        assert sorted(row[0] for row in casework.rows(hand)) == sorted(
            highland.HOUSES[n].called for n in (0, 1, 4)
        )
    with mountain.somphon.store() as store:
        assert _pictures(store, mountain.somphon.by) == taken
        numbers = province.digests(mountain.centre.rows())
        for scope, held in province.held(store).items():
            assert held.digest == held.counted == numbers.get(scope, 0)
