# SPDX-License-Identifier: Apache-2.0
"""The first page names the one thing to do next, from an empty store to certificates in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions.roster import lock_roster
from desktop.ui.desk import Desk
from desktop.ui.hand import Hand, read_hand
from desktop.ui.pages.today import TodayPage, next_step
from tests.actions.office_ground import NOW, Ground


def _noun(hand: Hand) -> str:
    return next_step(hand).noun


def test_the_next_step_follows_the_work(ground: Ground, each_language: str) -> None:
    """Fails when a state falls through to the check-in desk."""
    before = NOW - timedelta(hours=2)
    event_id = ground.event.id
    seen = [_noun(read_hand(ground.store, "", before))]
    seen.append(_noun(read_hand(ground.store, event_id, before)))
    ground.add("กุลธิดา ศรีสวัสดิ์วงศ์")
    seen.append(_noun(read_hand(ground.store, event_id, before)))
    lock_roster(ground.store, "facilitator-1", event_id)
    seen.append(_noun(read_hand(ground.store, event_id, before)))
    after = read_hand(ground.store, event_id, NOW + timedelta(days=3))
    seen.append(_noun(after))
    assert seen == ["events", "roster", "roster", "checkin", "certificates"]
    assert after.ended
    assert after.event is not None
    no_paper = replace(after, event=replace(after.event, certificate_kind=""))
    assert _noun(no_paper) == "presence"
    assert next_step(replace(after, certificates=1)) != next_step(after)
    assert _noun(replace(after, ended=False, sessions=(), enrolled=0)) == "events"


@pytest.mark.parametrize(
    ("minutes", "now", "following", "counted"),
    [
        (-60, None, 0, None),
        (0, 0, 1, 0),
        (179, 0, 1, 0),
        (180, None, 1, 0),
        (300, 1, 2, 1),
        (24 * 60, 2, None, 2),
    ],
)
def test_the_session_now_is_the_one_the_clock_stands_in(
    ground: Ground, minutes: int, now: int | None, following: int | None, counted: int | None
) -> None:
    """Sessions 9–12 and 13–16 on the first day, 9–12 on the second; the end is not within."""
    hand = read_hand(ground.store, ground.event.id, NOW + timedelta(minutes=minutes))
    sessions = ground.sessions()

    def place(index: int | None) -> object:
        return None if index is None else sessions[index]

    assert hand.now == place(now)
    assert hand.next == place(following)
    assert hand.counted == place(counted)


def test_the_page_shows_the_event_and_leads_on(
    desk: Desk, ground: Ground, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    went: list[tuple[str, object]] = []
    page.go.connect(lambda noun, what: went.append((noun, what)))
    page.reload()
    settled()
    assert page.primary is None, "the empty state holds the action"
    page._act.trigger()
    desk.take_event(ground.event.id)
    page.event_changed(ground.event.id)
    settled()
    assert page.primary is not None
    page.primary.trigger()
    assert went == [("events", "new"), ("roster", None)]
    assert "2569" in page.title()
