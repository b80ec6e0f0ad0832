# SPDX-License-Identifier: Apache-2.0
"""How far one record is, said on its own page; and the marks on words that differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.i18n import use_language
from desktop.settings import Settings
from desktop.store.store import Store
from desktop.thai.text_difference import Span, compare
from desktop.ui.desk import Desk
from desktop.ui.parts.centre_card import CentreCard
from desktop.ui.parts.record_strip import RecordStrip
from desktop.ui.rail import Place, keyed
from desktop.ui.tasks import Tasks
from desktop.ui.widgets.marked_text import MarkedText
from tests.actions.sync_ground import CENTRE, THEIRS, household, joined, receive
from tests.field import BY, open_field
from tests.ui.pages.settling import settle, settle_sync


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_field(tmp_path / "store").store
    yield made
    made.close()


@pytest.fixture
def desk(store: Store, tasks: Tasks) -> Iterator[Desk]:
    use_language("en")
    made = Desk(store, tasks, BY, Settings())
    bugs: list[object] = []
    made.bug.connect(bugs.append)
    made.sync.watch()
    settle(tasks)
    yield made
    tasks.close()
    use_language("th")
    assert not bugs, bugs


@pytest.fixture
def strip(desk: Desk, qtbot: QtBot) -> RecordStrip:
    made = RecordStrip(desk)
    qtbot.addWidget(made)
    return made


def look(desk: Desk) -> None:
    settle_sync(desk)


def test_nothing_is_said_before_a_centre_was_joined(
    desk: Desk, store: Store, strip: RecordStrip
) -> None:
    """Mutant: every household of a laptop without a centre says that it waits for one."""
    house = household(store, BY)
    strip.show_record("household", house, (("household", house),))
    look(desk)

    assert strip.isHidden()


def test_a_record_is_as_far_as_the_least_of_its_parts(
    desk: Desk, store: Store, strip: RecordStrip
) -> None:
    """Mutant: a household is said to be received while a change of it still waits."""
    joined(store, BY)
    house = household(store, BY)
    receive(store, house)
    look(desk)
    strip.show_record("household", house, (("household", house),))
    look(desk)
    assert strip.words.text() == "The centre has it"

    with store.write(BY) as write:
        write.put("household", house, "t:630609", landmark="ข้างวัด")
    desk.sync.told.emit()
    look(desk)

    assert strip.words.text() == "Saved on this computer"


def test_two_texts_are_told_and_lead_to_the_card(
    desk: Desk, store: Store, strip: RecordStrip
) -> None:
    joined(store, BY)
    house = household(store, BY)
    receive(store, house, ("needs", THEIRS))
    went: list[object] = []
    strip.wanted.connect(went.append)
    look(desk)
    strip.show_record("household", house, (("household", house),))
    look(desk)

    assert strip.texts.text() == "There are two texts: What the household needs"
    strip.texts.way_out.click()
    assert went == [("texts", "household", house)]

    strip.clear()
    assert strip.isHidden()


def test_the_settings_say_which_centre_was_joined(desk: Desk, store: Store, qtbot: QtBot) -> None:
    """Mutant: the card is filled when it is made, and goes on saying that there is none."""
    card = CentreCard(desk)
    qtbot.addWidget(card)
    assert card.join.text() == "Join the centre…"

    joined(store, BY)
    look(desk)

    assert CENTRE.removeprefix("https://") in card.words.text()
    assert card.join.text() == "Join again…"


# ---- marks


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ต้องการเตียงผู้ป่วยและเบาะลม", "ต้องการรถเข็นและเบาะลม"),
        ("ดี 😀 มาก", "ดี 😀😀 น้อย"),
        ("ก\nข", "ก\nค"),
        ("", "มีแต่ฝั่งนี้"),
    ],
)
def test_a_mark_lies_under_the_word_that_differs(qtbot: QtBot, left: str, right: str) -> None:
    """Mutant: places to break are not counted, and the mark slides off its word."""
    for spans in compare(left, right):
        shown = MarkedText()
        qtbot.addWidget(shown)
        shown.resize(90, 300)
        shown.show_spans(spans)
        layout, _height = shown._laid(90.0)
        units = layout.text().encode("utf-16-le")

        marked = [
            units[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le")
            for one in shown._ranges(layout.text())
        ]

        plain = [text.replace("\u200b", "").replace("\u2028", "\n") for text in marked]
        assert plain == list(shown.marked())
        shown.grab()


def test_screen_readers_hear_which_words_differ(qtbot: QtBot) -> None:
    shown = MarkedText()
    qtbot.addWidget(shown)
    shown.show_spans((Span("ขอ", False), Span("รถเข็น", True)))

    assert shown.accessibleName() == "ขอรถเข็น"
    assert "รถเข็น" in shown.accessibleDescription()


# ---- the rail


def test_a_place_with_a_key_of_its_own_takes_no_number_from_the_others() -> None:
    """Mutant: settings move from Ctrl+9 when another place comes before them."""
    places = keyed((Place("a", "A", "x"), Place("b", "B", "x", "Ctrl+0"), Place("c", "C", "x")))

    assert [place.key for place in places] == ["Ctrl+1", "Ctrl+0", "Ctrl+2"]


# ---- visits


def test_every_visit_says_how_far_it_is(tmp_path: Path, tasks: Tasks) -> None:
    """Mutant: the words stand there before a centre was joined; or the same for all visits."""
    from desktop.ui.parts.household_reading import read_story
    from desktop.ui.parts.visit_history import visit_lines
    from tests.village import FIVE, Village

    use_language("en")
    village = Village.open(tmp_path / "village")
    store = village.field.store
    try:
        first = village.visit(FIVE[1], 1, {})
        house = village.household_of(first)
        (line,) = visit_lines(read_story(store, BY, house, first=False).visits)  # type: ignore[union-attr]
        assert "computer" not in line.under

        joined(store, BY)

        (line,) = visit_lines(read_story(store, BY, house, first=False).visits)  # type: ignore[union-attr]
        assert line.under.endswith("Saved on this computer")
    finally:
        store.close()
        use_language("th")
