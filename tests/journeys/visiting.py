# SPDX-License-Identifier: Apache-2.0
"""The day of the home visits: five households, no network, two visits killed midway."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtWidgets import QApplication

from desktop.actions import attachment, office
from desktop.paths import PROFILE_VARIABLE
from desktop.store import record as records
from tests.hall import BY
from tests.journeys import filling, highland, steps
from tests.journeys.child import visit_and_kill
from tests.journeys.filling import Filling
from tests.journeys.hand import OPEN, Hand, Watch, open_window

TYPING: Final = "ความเห็นผู้เยี่ยม/นักสังคมสงเคราะห์"
"""The second visit is killed in the middle of these words."""
DONE: Final = "เกี่ยวข้องกับหัวหน้าครัวเรือนเป็น"
"""The fourth is killed right after this was answered, within a repeat."""


@dataclass(frozen=True, slots=True)
class Visited:
    """The store after the day, and what was there to be seen."""

    profile: Path
    folder: Path
    """The photographs as they came from the telephone."""
    pictures: dict[str, bytes]
    """What the store has of photographs and signatures, by name, when it was closed."""


def five_visits(app: QApplication, folder: Path) -> Visited:
    """Play the day. What was answered before a kill must stand there after it."""
    profile = folder / "profile"
    with pytest.MonkeyPatch.context() as patch, _closed_at_last(app):
        patch.setenv(PROFILE_VARIABLE, str(profile))
        highland.no_network(patch)
        highland.found(profile)
        watch = Watch(f"{highland.DAY} 09:00")
        hand = _open(app, profile, watch)
        highland.visit(hand, 0, folder)
        for house, half, after in ((1, TYPING, ""), (3, "", DONE)):
            if house == 3:
                _later(watch)
                highland.visit(hand, 2, folder)
            hand.close()
            _later(watch)
            now = f"{watch():%Y-%m-%d %H:%M}"
            acked = visit_and_kill(folder, profile, now, house, half=half, after=after)
            _later(watch)
            hand = _open(app, profile, watch)
            _go_on(hand, house, folder, acked)
        _later(watch)
        highland.visit(hand, 4, folder)
        hand.close()
    return Visited(profile, folder, pictures(profile))


def _later(watch: Watch) -> None:
    now = watch()
    watch.to(f"{now.hour + 1:02}:05" if now.minute > 20 else f"{now.hour:02}:{now.minute + 35}")


def _open(app: QApplication, profile: Path, watch: Watch) -> Hand:
    hand = open_window(app, profile, watch)
    hand.unlock(steps.PASSPHRASE)
    return hand


def _go_on(hand: Hand, house: int, folder: Path, acked: list[str]) -> None:
    """Take the visit up from the drafts, look through it from its first page, and finish it."""
    assert len(acked) > 15, acked
    filling.go_on(hand)
    filling.to_the_first_page(hand)
    done = Filling(hand, highland.answers(house, folder)).walk()
    lost = Counter(acked) - Counter(done.found)
    assert not lost, f"answered before the kill, and not there after it: {lost}"
    again = Counter(acked) + Counter(done.typed)
    assert max(again.values()) <= 2, "a round of a repeat came twice"
    filling.file_it(hand, highland.FORM)


def pictures(profile: Path) -> dict[str, bytes]:
    """Every photograph and signature of every record, by its name. The window is closed."""
    with (
        closing(office.unlock(profile, BY, steps.PASSPHRASE)) as store,
        store.read() as conn,
    ):
        return {
            one.name: attachment.content(store, one.name)
            for record in records.of_form(conn, BY, "home_visit")
            for one in records.attachments(conn, BY, record.id)
        }


@contextmanager
def _closed_at_last(app: QApplication) -> Iterator[None]:
    try:
        yield
    finally:
        for hand in [*OPEN]:
            asked = QApplication.activeModalWidget()
            if asked is not None:
                asked.close()
            hand.close()
        app.setStyleSheet("")
