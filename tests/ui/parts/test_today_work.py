# SPDX-License-Identifier: Apache-2.0
"""What waits in the field stands on the first page, red first, and names nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.actions import alert, case_file, draft, follow_up
from desktop.actions.alert import AlertDraft
from desktop.actions.case_file import CaseDraft
from desktop.actions.form import install
from desktop.i18n import use_language
from desktop.model.draft import Subject
from desktop.model.record import ACTIVITY, HOME_VISIT
from desktop.ui.desk import Desk
from desktop.ui.pages.today import TodayPage
from desktop.ui.parts.today_work import TodayWork, Waiting, cards, read_waiting
from desktop.ui.widgets.label import Label
from tests.actions.casework_ground import BY, NOON, OTHER, TAMBON, TODAY, Ground
from tests.actions.office_ground import Ground as Office


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Ground]:
    made = Ground.open(tmp_path / "field")
    yield made
    made.store.close()


def _case(field: Ground, days: int, *problems: str) -> str:
    """A case whose follow-up is due in so many days."""
    made: str = case_file.open_case(
        field.store,
        BY,
        CaseDraft(area=TAMBON, targets=("elder",), problems=problems or ("i_low",)),
    ).value.id
    follow_up.plan(field.store, BY, made, TODAY + timedelta(days=days))
    return made


def test_nothing_is_shown_while_nothing_waits(field: Ground, qtbot: QtBot) -> None:
    """Fails when the first day shows cards of zeros."""
    waiting = read_waiting(field.store, BY, NOON)
    assert waiting.nothing
    strip = TodayWork()
    qtbot.addWidget(strip)
    strip.show_cards(cards(waiting))
    assert strip.isHidden()


def test_follow_ups_are_counted_by_when_they_fall_due(field: Ground) -> None:
    """Fails when a day is counted on the wrong side, or one beyond the week is counted."""
    field.clock.now = NOON - timedelta(days=5)
    for days in (-3, -1, 0, 1, 7, 8):
        _case(field, days)
    field.clock.now = NOON
    waiting = read_waiting(field.store, BY, NOON)
    assert (waiting.overdue, waiting.today, waiting.week) == (2, 1, 2)
    use_language("en")
    (card,) = cards(waiting)
    assert (card.tone, card.noun, card.what) == ("red", "cases", "due")
    assert card.head == "2 follow-ups are overdue"
    assert card.under == "today 1 · in seven days 2"
    (calm,) = cards(Waiting(week=2))
    assert calm.tone == "grey"
    (now,) = cards(Waiting(today=1, week=2))
    assert (now.tone, now.under) == ("amber", "in seven days 2")
    use_language("th")


def test_what_is_kept_to_few_is_not_even_counted_for_others(field: Ground) -> None:
    """Fails when restricted cases, their alerts or drafts about them reach another reader."""
    made = _case(field, 0, "v_physical")
    alert.raise_alert(
        field.store,
        BY,
        AlertDraft(
            source="citizen",
            problems=("v_physical",),
            urgency="critical",
            seen_at=NOON,
            area=TAMBON,
        ),
    )
    install(field.store)
    draft.begin(field.store, BY, HOME_VISIT, Subject(case_id=made))
    mine = read_waiting(field.store, BY, NOON)
    assert mine.oldest_alert.endswith("12.00")
    assert (mine.today, mine.alerts, mine.uncalled, len(mine.drafts)) == (1, 1, 1, 1)
    assert read_waiting(field.store, OTHER, NOON).nothing


def test_the_red_ones_stand_first_and_an_alert_says_1300(field: Ground) -> None:
    use_language("en")
    shown = cards(Waiting(overdue=1, alerts=2, uncalled=1, drafts=("a",), draft_form="Visit"))
    assert [one.noun for one in shown] == ["cases", "cases", "record"]
    assert shown[0].under == "Call 1300 first"
    (told,) = cards(Waiting(alerts=1, oldest_alert="today 08.48"))
    assert told.under == "First seen today 08.48"
    use_language("th")


def test_one_form_is_gone_on_with_and_several_are_listed() -> None:
    (one,) = cards(Waiting(drafts=("a",)))
    (many,) = cards(Waiting(drafts=("a", "b")))
    assert (one.what, many.what) == ("a", None)


def test_the_first_page_leads_on_and_forgets_what_another_may_not_see(
    desk: Desk, ground: Office, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """Fails when the cards of whoever sat here before stay for the next one."""
    made = case_file.open_case(
        ground.store, BY, CaseDraft(area=TAMBON, targets=("child",), problems=("v_physical",))
    ).value
    begun = draft.begin(ground.store, BY, ACTIVITY, Subject(case_id=made.id)).value
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    went: list[tuple[str, object]] = []
    page.go.connect(lambda noun, what: went.append((noun, what)))
    page.reload()
    settled()
    buttons = page.work.findChildren(QPushButton)
    assert page.work.isVisible()
    assert ("record", begun.id) in [(one.noun, one.what) for one in page.work.cards]
    for button in buttons:
        button.click()
    assert ("record", begun.id) in went
    words = " ".join(label.text() for label in page.work.findChildren(Label))
    assert made.case_no not in words
    desk.hand_over(OTHER)
    settled()
    assert not page.work.isVisible()
    assert not page.work.cards


def test_in_a_low_window_the_cards_take_no_more_room_than_there_was(
    desk: Desk, ground: Office, qtbot: QtBot, settled: Callable[[], None]
) -> None:
    """Fails when what waits pushes the next step out of sight."""
    ground.add("มานี รักดี")
    desk.take_event(ground.event.id)
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.resize(1029, 614)
    page.show()
    page.reload()
    settled()
    plain = page.sizeHint().height()
    page._show_waiting(
        Waiting(overdue=2, today=1, week=3, alerts=1, uncalled=1, drafts=("a", "b"))
    )
    qtbot.waitUntil(lambda: page.work.isVisible() and page.sizeHint().height() <= plain)
    page._show_waiting(Waiting())
    qtbot.waitUntil(lambda: page.sizeHint().height() == plain)


@pytest.mark.parametrize(("days", "words"), [(0, "today 12.00"), (1, "20 November 2026")])
def test_the_first_alert_says_its_hour_or_its_day(field: Ground, days: int, words: str) -> None:
    use_language("en")
    alert.raise_alert(
        field.store,
        BY,
        AlertDraft(
            source="citizen", problems=("i_low",), urgency="urgent", seen_at=NOON, area=TAMBON
        ),
    )
    waiting = read_waiting(field.store, BY, NOON + timedelta(days=days))
    assert (waiting.oldest_alert, waiting.uncalled) == (words, 0)
    use_language("th")
