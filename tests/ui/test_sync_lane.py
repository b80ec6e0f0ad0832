# SPDX-License-Identifier: Apache-2.0
"""The thread of sync with a real centre over TLS: it sends, it tells, it stops when told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions.joining import join
from desktop.settings import Settings
from desktop.store.store import Store
from desktop.sync.invitation import Invitation
from desktop.ui.desk import Desk
from desktop.ui.tasks import Tasks
from tests.actions.sync_ground import household, joined
from tests.centre.running import RunningCentre, running_centre
from tests.field import BY, open_field

_PATIENCE = 20_000


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_field(tmp_path / "store").store
    yield made
    made.close()


@pytest.fixture
def desk(store: Store, tasks: Tasks) -> Iterator[Desk]:
    made = Desk(store, tasks, BY, Settings())
    bugs: list[object] = []
    made.bug.connect(bugs.append)
    yield made
    made.sync.end()
    tasks.close()
    assert not bugs, bugs


def test_what_was_written_reaches_the_centre_when_it_is_asked_for(
    centre: RunningCentre, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    """Mutant: the state is read before the round ends and goes on saying that it waits."""
    household(store, BY)
    join(store, BY, Invitation(centre.url, centre.make_code(("63",)), centre.pin))
    lane = desk.sync
    lane.watch()
    qtbot.waitUntil(lambda: lane.state.joined, timeout=_PATIENCE)
    assert lane.state.waiting > 0

    lane.send()
    qtbot.waitUntil(lambda: lane.run.outcome == "ok", timeout=_PATIENCE)
    qtbot.waitUntil(lambda: lane.state.waiting == 0, timeout=_PATIENCE)

    assert lane.state.received + lane.state.confirmed > 0
    assert lane.state.last_contact
    assert lane.run.next_at is not None
    assert lane.run.next_at > desk.now()


def test_what_came_from_others_is_told_to_the_pages(
    centre: RunningCentre, desk: Desk, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    """Mutant: rows come and no page reloads: the screen lies until it is left."""
    other = open_field(tmp_path / "other").store
    try:
        household(other, BY, needs="เขียนที่เครื่องอื่น")
        join(other, BY, Invitation(centre.url, centre.make_code(("63",)), centre.pin))
        from desktop.actions.sync import open_line, sync_round

        line = open_line(other)
        assert line is not None
        with line:
            sync_round(other, line)
    finally:
        other.close()
    join(store, BY, Invitation(centre.url, centre.make_code(("63",)), centre.pin))
    told: list[frozenset[str]] = []
    desk.changed.connect(told.append)
    desk.sync.watch()
    qtbot.waitUntil(lambda: desk.sync.state.joined, timeout=_PATIENCE)

    desk.sync.send()
    qtbot.waitUntil(lambda: any("households" in one for one in told), timeout=_PATIENCE)

    with store.read() as conn:
        texts = conn.exec_driver_sql("SELECT needs FROM household").scalars().all()
    assert "เขียนที่เครื่องอื่น" in texts


def test_what_comes_is_told_twice_a_second_at_most(desk: Desk, qtbot: QtBot) -> None:
    """Mutant: every chunk reloads every page, and the window stutters through a first sync."""
    told: list[frozenset[str]] = []
    desk.changed.connect(told.append)
    for table in ("household", "case_file", "member", "sync"):
        desk.sync._came.emit(frozenset({table}))

    qtbot.waitUntil(lambda: bool(told), timeout=_PATIENCE)
    qtbot.wait(50)

    assert told == [frozenset({"households", "cases", "sync"})]


def test_nobody_there_is_offline_and_no_fault(desk: Desk, store: Store, qtbot: QtBot) -> None:
    """Mutant: a centre that cannot be reached ends in the crash dialog."""
    from desktop.store import centre as kept
    from desktop.sync.keys import Keys

    keys = Keys.make()
    with store.write(BY) as write:
        kept.keep_device_keys(write, keys.signing, keys.sealing)
        kept.join(
            write,
            {
                "centre": {
                    "id": "11111111-1111-4111-8111-111111111111", "name": "x",
                    **keys.public.to_json(), "ca": "", "pin": "",
                },
                "office": {"id": "o", "name": "x"},
                "device": store.device,
                "epoch": 1,
            },
            "https://127.0.0.1:9",
        )  # fmt: skip
    desk.sync.watch()
    qtbot.waitUntil(lambda: desk.sync.state.joined, timeout=_PATIENCE)

    desk.sync.send()

    qtbot.waitUntil(lambda: desk.sync.run.outcome == "offline", timeout=_PATIENCE)


def test_it_begins_after_the_unlock_and_ends_at_the_lock(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    """Mutants: it talks before anybody unlocked; it goes on behind the locked screen; it never
    comes back after it."""
    joined(store, BY)
    lane = desk.sync

    def lives() -> bool:
        return any(one.name == "sync" and one.is_alive() for one in threading.enumerate())

    lane.watch()
    qtbot.waitUntil(lambda: lane.state.joined, timeout=_PATIENCE)
    assert not lives()

    lane.start()
    assert lives()
    assert lane.stop(_PATIENCE / 1000)
    assert not lives()
    lane.start()
    assert lives()
    lane.end()
    assert not lives()


def test_a_laptop_without_a_centre_has_no_thread(desk: Desk, qtbot: QtBot) -> None:
    """Mutant: a thread turns for laptops that never join."""
    desk.sync.start()
    qtbot.wait(50)

    assert desk.sync._thread is None
