# SPDX-License-Identifier: Apache-2.0
"""Where a certificate stands agrees with its steps, in whatever order two laptops take them, take
them back, and hear of each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, product
from pathlib import Path

import pytest

from desktop.actions.certificate import hand_over, record_print, register_rows, take_back, void
from desktop.actions.certificate_history import history
from desktop.actions.done import Done
from desktop.errors import Problem
from desktop.model.certificate import Certificate
from desktop.model.chain import canonical
from desktop.model.event import Event
from desktop.model.facilitator import Office
from desktop.store import certificate, event, facilitator
from desktop.store.certificate import Receipt
from desktop.store.certificate_step import Taken, put_steps
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.sync import notebook
from desktop.sync.laptop import build_request, take_answer
from desktop.sync.ledger import answer
from desktop.sync.protocol import Answer, Request
from tests.store.ground import BY, KEY, SetClock
from tests.store.test_certificate import row
from tests.sync.memory_ledger import MemoryLedger

EVENT = "event-1"
NOW = "2026-11-20T02:00:00.000Z"
DAY = date(2019, 3, 3)
LATER = date(2019, 4, 1)


class _Everybody:
    """Both laptops may do everything with the event."""

    def scopes(self) -> tuple[str, ...]:
        return (f"w:{EVENT}",)

    def may_hold(self, scope: str) -> bool:
        return True

    def may_write(self, scope: str, by: str, *, others: bool = False) -> str:
        return ""


@dataclass
class Two:
    """Two laptops of one office; the clock of the second is an hour behind."""

    stores: tuple[Store, Store]
    clocks: tuple[SetClock, SetClock]
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    made: int = 0

    def meet(self) -> None:
        """Each knows what the other knows."""
        for store in (*self.stores, *self.stores):
            book, more = notebook(store), True
            while more:
                request = build_request(book, now=NOW, budget=2**20)
                told = Request.from_json(json.loads(canonical(request.to_json())))
                said = answer(self.ledger, told, _Everybody(), now=NOW)
                heard = Answer.from_json(json.loads(canonical(said.to_json())))
                more = take_answer(book, heard, now=NOW, fresh=new_id).again

    def tick(self) -> None:
        for clock in self.clocks:
            clock.forward(seconds=1)

    def printed(self, count: int) -> list[str]:
        """This many certificates, printed, known to both."""
        numbers = range(self.made + 1, self.made + count + 1)
        self.made += count
        rows = [row(number, replaces="", edition=1, reason="") for number in numbers]
        with self.stores[0].write(BY) as write:
            certificate.put_certificates(write, rows)
            put_steps(write, [Taken(one.id, EVENT, "issued", "2019-03-03") for one in rows])
        made = [one.id for one in rows]
        record_print(self.stores[0], BY, made, plates={})
        self.meet()
        return made

    def seen(self, at: int) -> dict[str, Certificate]:
        with self.stores[at].read() as conn:
            return {one.id: one for one in certificate.register(conn, event_id=EVENT)}

    def receipts(self, at: int) -> dict[str, Receipt]:
        with self.stores[at].read() as conn:
            return certificate.receipts(conn, EVENT)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    with ExitStack() as opened:
        stores, clocks = [], (SetClock(), SetClock())
        clocks[1].forward(hours=-1)
        for name, clock in zip("ab", clocks, strict=True):
            store = Store.create(tmp_path / name, KEY, clock=clock)
            opened.callback(store.close)
            with store.write(BY) as write:
                facilitator.put_office(write, Office("office-1", "กองทดสอบ", "10", "กระทรวง"))
            stores.append(store)
        with stores[0].write(BY) as write:
            told = Event(EVENT, "123456", "โครงการทดสอบ", "training", date_from=DAY, date_to=DAY)
            event.put_event(write, told)
        yield Two((stores[0], stores[1]), clocks)


def test_a_hand_over_taken_back_late_leaves_what_was_done_after_it(two: Two) -> None:
    """Mutant: ``STATUS`` without the last step, so that the row's later word counts: the paper
    that came back reads "printed", the one handed to another reads "printed" and names nobody."""
    back, again = two.printed(2)
    first, second = two.stores
    done = hand_over(first, BY, [back, again], "ผู้แทน", DAY)
    two.meet()
    take_back(second, BY, [back], "ผู้รับส่งคืน")
    hand_over(second, BY, [again], "มารดา", LATER)
    two.tick()
    assert done.undo
    done.undo(first)  # which cannot know what came after
    assert two.seen(0)[back].status == "printed"
    two.meet()
    for at in (0, 1):
        seen = two.seen(at)
        assert (seen[back].status, seen[again].status) == ("returned", "handed")
        assert seen[back].reason == "ผู้รับส่งคืน"
        assert two.receipts(at) == {again: Receipt("มารดา", "2019-04-01")}
        assert history(two.stores[at], back)[-1].what == "returned"


def test_a_clock_that_is_behind_does_not_undo_what_it_followed(two: Two) -> None:
    """Mutant: a step noted at the clock's moment alone."""
    (one,) = two.printed(1)
    hand_over(two.stores[0], BY, [one])
    two.meet()
    done = take_back(two.stores[1], BY, [one], "ไม่มารับ")  # by its clock an hour before
    two.meet()
    for at in (0, 1):
        assert two.seen(at)[one].status == "returned"
        assert [line.what for line in history(two.stores[at], one)][-2:] == ["handed", "returned"]
    assert done.undo
    done.undo(two.stores[1])
    two.meet()
    assert {two.seen(at)[one].status for at in (0, 1)} == {"handed"}


def test_nothing_handed_stands_when_both_took_it_back(two: Two) -> None:
    """Mutant: the row's status believed where its step was taken back: of the two the later word
    is "handed", though nobody says so any more."""
    (one,) = two.printed(1)
    second, first = two.stores
    mine = hand_over(first, BY, [one])
    two.meet()
    other = take_back(second, BY, [one], "ไม่มารับ")
    assert mine.undo
    mine.undo(first)
    two.tick()
    assert other.undo
    other.undo(second)  # puts back what stood there: handed
    two.meet()
    for at in (0, 1):
        assert two.seen(at)[one].status == "printed"
        assert two.receipts(at) == {}


def test_of_a_paper_from_before_steps_its_row_tells(two: Two) -> None:
    """Mutant: a status read from the steps alone: every paper handed over in an earlier version
    of the program would read "issued"."""
    store = two.stores[0]
    statuses = ("issued", "printed", "handed", "void", "replaced")
    kept = [row(n, status=said, replaces="", edition=1) for n, said in enumerate(statuses, 1)]
    with store.write(BY) as write:
        certificate.put_certificates(write, kept)
        certificate.set_status(write, kept[2:3], "handed", receipt=Receipt("มารดา", "2019-03-03"))
    assert [one.status for one in two.seen(0).values()] == [one.status for one in kept]
    assert two.receipts(0) == {"c3": Receipt("มารดา", "2019-03-03")}
    done = take_back(store, BY, ["c3"], "ไม่มารับ")
    assert (two.seen(0)["c3"].status, two.receipts(0)) == ("returned", {})
    assert done.undo
    done.undo(store)
    assert two.seen(0)["c3"].status == "handed"
    assert two.receipts(0) == {"c3": Receipt("มารดา", "2019-03-03")}


# ---- every order

_Act = tuple[int, str]
"""Which laptop, and what: hand, back or undo (its own last)."""
PROGRAMS = (("hand", "undo"), ("back", "hand", "undo"))
STEPS = {"hand": "handed", "back": "returned"}


def _orders() -> list[tuple[_Act, ...]]:
    """What one laptop does among what the other does, in every way."""
    mine, other = PROGRAMS
    found = []
    for places in combinations(range(len(mine) + len(other)), len(mine)):
        left, right = iter(mine), iter(other)
        found.append(
            tuple(
                (0, next(left)) if at in places else (1, next(right))
                for at in range(len(mine) + len(other))
            )
        )
    return found


@dataclass
class _Told:
    """What ought to be known of one certificate."""

    after: dict[str, frozenset[str]] = field(default_factory=dict)
    """Every step that was taken, and those its author knew."""
    gone: set[str] = field(default_factory=set)
    known: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    last: dict[int, tuple[Done, str]] = field(default_factory=dict)

    def may_be(self) -> set[str]:
        """Steps that stand and that no step which stands followed."""
        stand = set(self.after) - self.gone
        followed = {before for one in stand for before in self.after[one]}
        return {one.partition(" ")[0] for one in stand - followed} or {"printed"}


def _act(two: Two, one: str, told: _Told, at: int, what: str) -> None:
    store = two.stores[at]
    try:
        if what == "undo":
            done, step = told.last.pop(at)
            assert done.undo
            done.undo(store)
            told.gone.add(step)
            return
        done = hand_over(store, BY, [one]) if what == "hand" else take_back(store, BY, [one], "คืน")
    except (Problem, KeyError):
        return  # refused: there is nothing to take back, or somebody changed it since
    step = f"{STEPS[what]} {len(told.after)}"
    told.after[step] = frozenset(told.known[at])
    told.known[at].add(step)
    told.last[at] = done, step


def test_status_and_steps_agree_in_every_order(two: Two) -> None:
    """Two laptops hand over, take back and undo in every order, and hear of each other after each
    step or not. Mutants: ``STATUS`` without the last step; a step noted at the clock's moment
    alone; who took it read from the row."""
    orders = _orders()
    for meeting in product((False, True), repeat=4):
        certificates = two.printed(len(orders))
        told = [_Told() for _one in orders]
        for place, meets in enumerate((*meeting, True)):
            two.tick()
            for one, ought, order in zip(certificates, told, orders, strict=True):
                _act(two, one, ought, *order[place])
            if meets:
                two.meet()
                for ought in told:
                    both = ought.known[0] | ought.known[1]
                    ought.known[0].update(both)
                    ought.known[1].update(both)
        first, receipts = two.seen(0), two.receipts(0)
        assert (first, receipts) == (two.seen(1), two.receipts(1))
        for one, ought, order in zip(certificates, told, orders, strict=True):
            status = first[one].status
            assert status in ought.may_be(), (meeting, order)
            assert history(two.stores[0], one)[-1].what == status, (meeting, order)
            assert (one in receipts) == (status == "handed"), (meeting, order)


def test_what_is_void_stays_so_whatever_comes_after(two: Two) -> None:
    """Mutant: the last step of any kind taken for the status."""
    (one,) = two.printed(1)
    hand_over(two.stores[0], BY, [one])
    two.meet()
    void(two.stores[1], BY, one, "ผิดคน")
    take_back(two.stores[0], BY, [one], "ไม่มารับ")
    two.meet()
    assert {two.seen(at)[one].status for at in (0, 1)} == {"void"}
    (line,) = register_rows(two.stores[0], EVENT)
    assert line.receipt is None
