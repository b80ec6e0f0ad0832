# SPDX-License-Identifier: Apache-2.0
"""Two laptops of one office to see sync with: one with a small event and a household, the other
empty. Everybody in them is made up, and so are the numbers (registrar 99xx).

What the two then do (:func:`visit_both`, :func:`combine`) is what facilitators do in the window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.actions.conflict import choose, conflicts
from desktop.actions.demo import NICKNAME, PASSPHRASE, put_story
from desktop.actions.fixture import read_fixture
from desktop.actions.household import put_household
from desktop.actions.joining import Joined, join, read_typed
from desktop.actions.office import found, unlock, who_may
from desktop.actions.sync import Round, open_line, sync_round
from desktop.actions.wording import DEPARTMENT, MINISTRY
from desktop.model.facilitator import Facilitator, Office
from desktop.model.household import Household
from desktop.model.sync import SyncState
from desktop.paths import shipped
from desktop.store import centre, household, roster
from desktop.store import event as events
from desktop.store.clock import Clock, system_clock
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.sync_state import state

OFFICE: Final = Office("0198demo-0000-7000-8000-000000000001", "", "63", MINISTRY)
AREA: Final = "63"
_STORY: Final = "seed1_tak_highland.json"
_PEOPLE: Final = 12
_TAMBON: Final = "630601"
_HOUSE: Final = Household(
    "0198demo-0000-7000-8000-0000000000a1", _TAMBON, house_no="99/1", moo="9",
    village="บ้านตัวอย่าง", needs="หลังคารั่วสองจุด",
)  # fmt: skip
_FIRST_WORDS: Final = "หลังคารั่วสองจุด ยายเดินไม่ได้ ต้องการรถเข็น"
_SECOND_WORDS: Final = "หลังคารั่วสองจุด หลานสองคนยังไม่ได้เข้าเรียน"
_COMBINED: Final = "หลังคารั่วสองจุด ยายเดินไม่ได้ ต้องการรถเข็น หลานสองคนยังไม่ได้เข้าเรียน"


@dataclass(frozen=True, slots=True)
class DemoLaptop:
    """One of the two."""

    folder: Path
    nickname: str
    """What its unlock screen shows."""
    name: str
    facilitator_id: str
    passphrase: str = PASSPHRASE

    def open(self, clock: Clock = system_clock) -> Store:
        """Its store."""
        return unlock(self.folder, self.facilitator_id, self.passphrase, clock=clock)


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands on a laptop after a round."""

    events: int
    people: int
    """Names on rosters."""
    needs: tuple[str, ...]
    """What the household needs: the text that is shown, then those that wait for a choice."""
    state: SyncState


_WHO: Final = ((NICKNAME, "ธิดา ใจดี"), ("สมชาย", "สมชาย ตั้งใจ"))


def build_pair(folder: Path, clock: Clock = system_clock) -> tuple[DemoLaptop, DemoLaptop]:
    """Found the stores ``laptop-1`` and ``laptop-2`` in ``folder``; the first has the work.

    Stores that are there already are left as they are.
    """
    first, second = (
        _laptop(folder / f"laptop-{number}", nickname, name, clock)
        for number, (nickname, name) in enumerate(_WHO, 1)
    )
    store = first.open(clock)
    try:
        with store.read() as conn:
            fresh = not events.events(conn)
        if fresh:
            _work(store, first.facilitator_id)
    finally:
        store.close()
    return first, second


def _laptop(folder: Path, nickname: str, name: str, clock: Clock) -> DemoLaptop:
    if folder.exists() and who_may(folder):
        return DemoLaptop(folder, nickname, name, who_may(folder)[0].facilitator_id)
    by = new_id()
    office = replace(OFFICE, name=f"{DEPARTMENT} (ตัวอย่าง)")
    facilitator = Facilitator(by, name, "นักพัฒนาสังคม")
    store, _code = found(folder, office, facilitator, PASSPHRASE, label=nickname, clock=clock)
    store.close()
    return DemoLaptop(folder, nickname, name, by)


def _work(store: Store, by: str) -> None:
    story = read_fixture(shipped("resources", "demo", _STORY))
    put_story(store, by, replace(story, rows=story.rows[:_PEOPLE], awards=()), attended=False)
    put_household(store, by, _HOUSE)


# ---- with the centre


def has_joined(laptop: DemoLaptop) -> bool:
    """Whether it has joined a centre."""
    store = laptop.open()
    try:
        with store.read() as conn:
            return centre.joined(conn) is not None
    finally:
        store.close()


def join_centre(laptop: DemoLaptop, link: str, clock: Clock = system_clock) -> Joined:
    """Let it join the centre of an invitation's link."""
    store = laptop.open(clock)
    try:
        joined: Joined = join(store, laptop.facilitator_id, read_typed(link), clock=clock).value
        return joined
    finally:
        store.close()


def sync(laptop: DemoLaptop, clock: Clock = system_clock) -> tuple[Round, Seen]:
    """One round with the centre, to its end; what came of it, and what stands there then."""
    store = laptop.open(clock)
    try:
        line = open_line(store)
        if line is None:
            raise LookupError("the laptop has joined no centre")
        with line:
            done = sync_round(store, line)
        return done, _seen(store, laptop.facilitator_id)
    finally:
        store.close()


def look(laptop: DemoLaptop) -> Seen:
    """What stands on the laptop now."""
    store = laptop.open()
    try:
        return _seen(store, laptop.facilitator_id)
    finally:
        store.close()


def _seen(store: Store, by: str) -> Seen:
    with store.read() as conn:
        known = events.events(conn)
        people = sum(len(roster.roster(conn, one.event.id)) for one in known)
        house = household.find_household(conn, _HOUSE.id)
        told = state(conn)
    needs: tuple[str, ...] = (house.needs,) if house is not None else ()
    for one in conflicts(store, by, "household", _HOUSE.id):
        needs += tuple(other.text for other in one.texts.others)
    return Seen(len(known), people, needs, told)


# ---- what the two do


def visit_both(first: DemoLaptop, second: DemoLaptop) -> None:
    """Both write what the household needs, neither having seen the other's words."""
    for laptop, words in ((first, _FIRST_WORDS), (second, _SECOND_WORDS)):
        store = laptop.open()
        try:
            with store.read() as conn:
                house = household.household(conn, _HOUSE.id)
            put_household(store, laptop.facilitator_id, replace(house, needs=words))
        finally:
            store.close()


def combine(laptop: DemoLaptop) -> str:
    """A person reads both texts and makes one of them; the text."""
    store = laptop.open()
    try:
        for one in conflicts(store, laptop.facilitator_id, "household", _HOUSE.id):
            choose(store, laptop.facilitator_id, one.texts, _COMBINED)
    finally:
        store.close()
    return _COMBINED
