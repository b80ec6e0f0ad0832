# SPDX-License-Identifier: Apache-2.0
"""Two laptops of one office, the same household, two weeks without a network, and a centre that
is lost and restored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions.household import put_household, put_member
from desktop.i18n import _
from desktop.model.chain import canonical
from desktop.model.household import Household, Member
from desktop.model.word_code import word_code
from desktop.store import sync_state
from desktop.store.store import Store
from desktop.ui.pages.sync import SyncPage
from desktop.ui.parts import print_dialog
from desktop.ui.widgets.marked_text import MarkedText
from tests.journeys import apart, casework, highland, lists, province
from tests.journeys.apart import HOUSE, PEOPLE, SECRET
from tests.journeys.hand import CTRL, SHIFT, Hand, Watch
from tests.journeys.province import Laptop, ProvinceCentre

FIRST = "หลังคารั่วสองจุด"
HERS = "หลังคารั่วสองจุด ยายเดินไม่ได้ ต้องการรถเข็น"
OTHERS = "หลังคารั่วสองจุด หลานสองคนยังไม่ได้เข้าเรียน"
BOTH = "หลังคารั่วสองจุด ยายเดินไม่ได้ ต้องการรถเข็น หลานสองคนยังไม่ได้เข้าเรียน"
LANDMARK = "เลยศาลาหมู่บ้านไปสามร้อยเมตร ฝั่งลำห้วย"
GOT = tuple(lists.word("welfare_received", code) for code in ("oldage", "repair", "card"))


@dataclass
class Story:
    """The centre and the two laptops."""

    watch: Watch
    centre: ProvinceCentre
    thida: Laptop
    somphon: Laptop
    folder: Path

    def at(self, text: str) -> None:
        self.watch.to(text)


@pytest.fixture
def story(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    monkeypatch.setattr(print_dialog, "printers", lambda: ())
    watch = Watch("2020-09-01 09:00")
    centre = ProvinceCentre(tmp_path / "centre", watch)
    laptops = [
        Laptop(qapp, tmp_path / name, who, watch)
        for name, who in (("thida", highland.THIDA), ("somphon", highland.OTHER))
    ]
    for one in laptops:
        one.found()
    yield Story(watch, centre, laptops[0], laptops[1], tmp_path)
    centre.close()


def _both_texts(hand: Hand) -> dict[str, tuple[str, str]]:
    """What stands on the card that the household leads to: text, whose, and when."""
    casework.open_household(hand, HOUSE.called)
    hand.press("Look at the texts")
    hand.until(lambda: hand.shown(MarkedText), "no texts are shown")
    hand.settle()
    page = hand.frame.page
    assert isinstance(page, SyncPage)
    return {one.words.text(): (one.who.text(), one.when.text()) for one in page.texts.card._texts}


def _combine(hand: Hand) -> None:
    """Make one text of both; take it back, and do it again."""
    hand.press("Combine them")
    hand.write("The combined text", BOTH)
    page = hand.frame.page
    assert isinstance(page, SyncPage)
    for key, modifiers, chosen in (
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_Z, CTRL, False),
        (Qt.Key.Key_Z, CTRL | SHIFT, True),
    ):
        hand.key(key, modifiers, on=page)
        hand.until(partial(_chosen, page, chosen), f"nothing came of the key ({chosen})")
        hand.settle()
        if not chosen:
            assert {one.text() for one in hand.shown(MarkedText)} >= {HERS, OTHERS}


def _chosen(page: SyncPage, wanted: bool) -> bool:
    return page.texts.is_empty is wanted


def _is(hand: Hand, *words: str) -> None:
    """The page of the household says all of this, and nothing of two texts."""
    casework.open_household(hand, HOUSE.called)
    for one in words:
        hand.read(one)
    assert not hand.sees("Look at the texts")


def _agrees(story: Story) -> None:
    """Both laptops and the centre have the same rows, to the number; nothing waits."""
    there = province.digests(story.centre.rows())
    for one in (story.thida, story.somphon):
        with one.store() as store:
            here = province.held(store)
        assert {scope for scope in here if scope.startswith(("t:", "w:"))}
        for scope, held in here.items():
            assert (held.waiting, held.coming) == (0, 0), (one.name, scope)
            assert held.digest == held.counted == there.get(scope, 0), (one.name, scope)


Told = dict[tuple[str, str, str], tuple[bool, str, list[tuple[str, str]]]]


def _told(centre: ProvinceCentre) -> Told:
    """Everything that people said, by scope, noun and id; not under which numbers."""
    return {
        (scope, *key): (
            row.deleted,
            canonical(row.fields),
            sorted((one.field, one.value) for one in row.variants),
        )
        for scope, rows in centre.rows().items()
        for key, row in rows.items()
    }


def _household(told: Told) -> dict[str, Any]:
    (fields,) = [json.loads(one[1]) for key, one in told.items() if key[1] == "household"]
    return dict(fields)


def _nothing_of_the_case(story: Story) -> None:
    """Nothing of the restricted case lies in the other facilitator's store, in any table."""
    told = _told(story.centre)
    scopes = {scope for scope, _kind, _id in told if scope.startswith("c:")}
    assert len(scopes) == 1
    assert any(SECRET in one[1] for key, one in told.items() if key[0] in scopes)
    needles = [SECRET, *scopes, *{key[2] for key in told if key[0] in scopes}]
    for laptop, knows in ((story.thida, True), (story.somphon, False)):
        with laptop.store() as store:
            words = province.words_of(store)
        for needle in needles:
            assert (needle in words) is knows, (laptop.name, needle)


def test_two_laptops_write_apart_and_all_of_it_comes_back_after_the_centre_was_lost(
    story: Story,
) -> None:
    """Fails when one of the two texts is lost or told without its author; when a number is
    printed twice; when rows of a restricted case reach whoever may not read it; when a restored
    centre is believed against what laptops hold, or what they say again is taken twice.
    """
    centre, thida, somphon, folder = story.centre, story.thida, story.somphon, story.folder
    for number, one in enumerate((thida, somphon)):
        with one.store() as store:
            apart.workshop(store, one.by, number)
    centre.open()
    with thida.window() as hand:
        province.join(hand, centre.link("63"))
        apart.visit(hand, folder, highland.THIDA, FIRST, GOT[0], again=False)
        province.send(hand)
    with somphon.window() as hand:
        province.join(hand, centre.link("63"))
        province.send(hand)
    centre.close()

    # Two weeks without a network.
    story.at("2020-09-08 10:00")
    with somphon.window() as hand:
        apart.visit(hand, folder, highland.OTHER, OTHERS, GOT[0], GOT[1])
        apart.correct(hand, Telephone="081 111 1111")
        numbers = apart.issue(hand, folder / "somphon.pdf")
    story.at("2020-09-11 14:00")
    with thida.window() as hand:
        apart.visit(hand, folder, highland.THIDA, HERS, GOT[0], GOT[2])
        apart.correct(hand, Telephone="082 222 2222")
        numbers += apart.issue(hand, folder / "thida.pdf")
        apart.open_restricted_case(hand)
        province.send(hand, reached=False)
    assert len(set(numbers)) == 2 * PEOPLE

    # It is there again. The backup of the evening knows one of the two only.
    story.at("2020-09-15 18:00")
    centre.open()
    with thida.window() as hand:
        province.send(hand)
    backup = centre.back_up()
    story.at("2020-09-16 09:00")
    with somphon.window() as hand:
        province.send(hand)
    with thida.window() as hand:
        province.send(hand)
        assert _both_texts(hand) == {
            HERS: (highland.THIDA, _("{when} · shown now").format(when="11 ก.ย. 2563 14:00")),
            OTHERS: (highland.OTHER, "8 ก.ย. 2563 10:00"),
        }
        _combine(hand)
        province.send(hand)
    with somphon.window() as hand:
        province.send(hand)
        _is(hand, BOTH, "082 222 2222", *GOT)
        _says_it_matches(hand, centre)
    _agrees(story)
    _nothing_of_the_case(story)
    with somphon.store() as store, store.read() as conn:
        found = sync_state.notes(conn, "household", _only_household(store))
    assert "superseded" in {one.reason for one in found}, "her number is told of as replaced"
    story.at("2020-09-16 16:00")
    with somphon.window() as hand:
        apart.correct(hand, Landmark=LANDMARK)
        province.send(hand)

    # The centre burns in the night; what there was since the backup is on the laptops alone.
    before = _told(centre)
    centre.close()
    centre.burn_and_restore(backup)
    assert centre.lost_files() == []
    lost = _told(centre)
    assert len(lost) < len(before)
    assert _household(lost)["needs"] == HERS
    centre.open()
    story.at("2020-09-17 09:00")
    for laptop in (thida, somphon, thida, somphon):
        with laptop.window() as hand:
            province.send(hand)
    with thida.window() as hand:
        _is(hand, BOTH, LANDMARK, "082 222 2222", *GOT)
        _says_it_matches(hand, centre)
    assert _told(centre) == before
    assert centre.lost_files() == [], "photographs and signatures are there again"
    _agrees(story)
    _nothing_of_the_case(story)


def test_the_words_of_a_stolen_laptop_come_back_from_the_one_that_had_read_them(
    story: Story,
) -> None:
    """Fails when a laptop tells a restored centre its own words alone: what it had received from
    a colleague whose laptop is gone would be nowhere; or when it puts them in the place of what
    the centre has, without asking."""
    centre, thida, somphon = story.centre, story.thida, story.somphon
    with thida.store() as store:
        house = Household("", "630609", house_no="12", moo="3", landmark="ข้างวัด", needs=FIRST)
        made = put_household(store, thida.by, house).value
        put_member(store, thida.by, Member("", made, HOUSE.called, relation="head"))
    centre.open()
    for laptop in (thida, somphon):
        with laptop.window() as hand:
            province.join(hand, centre.link("63"))
            province.send(hand)
    backup = centre.back_up()
    story.at("2020-09-02 10:00")
    with somphon.window() as hand:
        apart.correct(hand, Landmark=LANDMARK)
        province.send(hand)
    with thida.window() as hand:
        province.send(hand)
        _is(hand, LANDMARK)
    before = _told(centre)
    centre.close()

    # The laptop is stolen, and the centre burns.
    centre.burn_and_restore(backup)
    assert _household(_told(centre))["landmark"] == "ข้างวัด"
    centre.open()
    story.at("2020-09-03 09:00")
    with thida.window() as hand:
        province.send(hand)
        texts = _both_texts(hand)
        assert texts.keys() == {"ข้างวัด", LANDMARK}
        assert texts[LANDMARK][0] == _("a colleague on another computer")
        page = province.to_tab(hand, "texts")
        (mine,) = [one for one in page.texts.card._texts if one.words.text() == LANDMARK]
        hand.click(mine.take)
        hand.key(Qt.Key.Key_F9, on=page)
        hand.until(partial(_chosen, page, True), "it was not chosen")
        province.send(hand)
        _is(hand, LANDMARK)
    assert _told(centre) == before


def _only_household(store: Store) -> str:
    with store.read() as conn:
        return str(conn.exec_driver_sql("SELECT id FROM household").scalar_one())


def _says_it_matches(hand: Hand, centre: ProvinceCentre) -> None:
    """The page says the two words of every area, as the centre counts them."""
    province.to_tab(hand, "state")
    for scope, number in province.digests(centre.rows()).items():
        if scope.startswith("t:"):
            assert any(word_code(number) in words for words in hand.words()), scope
