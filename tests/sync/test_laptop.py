# SPDX-License-Identifier: Apache-2.0
"""What a laptop says and does, one story each, against a real ledger of the simulation."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from desktop.sync import ledger
from desktop.sync.laptop import Outcome, build_request, take_answer
from desktop.sync.protocol import Answer, Request
from desktop.sync.row import Row
from tests.sync.memory import MemoryNotebook
from tests.sync.memory_ledger import MemoryLedger

SCOPE = "t:630101"
NOW = "2026-11-20T06:00:00.000Z"
H1 = ("household", "h1")


class Served:
    """Rights of a laptop that is served these scopes."""

    def __init__(self, *scopes: str) -> None:
        self.names = scopes

    def scopes(self) -> tuple[str, ...]:
        return self.names

    def may_hold(self, scope: str) -> bool:
        return scope in self.names

    def may_write(self, scope: str, by: str, *, others: bool = False) -> str:
        return "" if scope in self.names else "forbidden"


class Ground:
    """A centre and laptops."""

    def __init__(self) -> None:
        self.centre = MemoryLedger()
        self.names = (f"x{n}" for n in itertools.count(1))
        self.rights = Served(SCOPE)

    def laptop(self, device: str) -> MemoryNotebook:
        made = MemoryNotebook(device)
        made.oid_of = lambda: next(self.names)
        return made

    def copy(self, notebook: MemoryNotebook) -> MemoryNotebook:
        made = self.laptop("")
        made.disk = notebook.disk.copy()
        return made

    def write(self, notebook: MemoryNotebook, needs: str) -> None:
        notebook.change(SCOPE, *H1, {"set": {"needs": needs}}, "malee")

    def ask(self, request: Request) -> Answer:
        return ledger.answer(self.centre, request, self.rights, now=NOW)

    def take(self, notebook: MemoryNotebook, answer: Answer) -> Outcome:
        return take_answer(notebook, answer, now=NOW, fresh=lambda: f"new-{next(self.names)}")

    def sync(self, *notebooks: MemoryNotebook) -> list[Outcome]:
        outcomes = []
        for notebook in notebooks:
            for _ in range(20):
                outcome = self.take(notebook, self.ask(build_request(notebook, now=NOW)))
                outcomes.append(outcome)
                if not outcome.again:
                    break
            else:
                raise AssertionError("it talks for ever")
        return outcomes

    def at_centre(self) -> Row:
        return self.centre.books[SCOPE].rows[H1]


def needs(notebook: MemoryNotebook) -> tuple[Any, set[str]]:
    row = notebook.disk.areas[SCOPE].shown[H1]
    return row.fields.get("needs"), {one.value for one in row.variants}


def test_two_who_write_the_same_text_apart_both_find_both() -> None:
    ground = Ground()
    a, b = ground.laptop("a"), ground.laptop("b")
    ground.write(a, "ข้าว")
    ground.write(b, "นม")
    ground.sync(a, b, a)
    assert needs(a) == needs(b) == ("ข้าว", {"นม"})


def test_an_answer_that_comes_twice_or_late_changes_nothing() -> None:
    ground = Ground()
    a = ground.laptop("a")
    ground.write(a, "ข้าว")
    first = ground.ask(build_request(a, now=NOW))
    ground.take(a, first)
    ground.sync(a)
    ground.write(a, "ข้าวสาร")
    ground.sync(a)
    before = a.disk.areas[SCOPE].state
    ground.take(a, first)
    assert a.disk.areas[SCOPE].state == before
    assert needs(a) == ("ข้าวสาร", set())


def test_a_receipt_does_not_acknowledge_what_a_rolled_back_store_wrote_since() -> None:
    """Mutant unproved_ack."""
    ground = Ground()
    a = ground.laptop("a")
    image = ground.copy(a)
    ground.write(a, "บนแท่งหน่วยความจำ")
    receipt = ground.ask(build_request(a, now=NOW))
    ground.write(image, "หลังย้อนกลับ")
    assert ground.take(image, receipt).renamed
    ground.sync(image)
    assert needs(image)[1] | {needs(image)[0]} == {"บนแท่งหน่วยความจำ", "หลังย้อนกลับ"}


def test_a_copy_goes_on_under_another_name_and_both_keep_their_words() -> None:
    """Mutants nofork, fork_drop."""
    ground = Ground()
    a = ground.laptop("a")
    ground.write(a, "ก่อน")
    ground.sync(a)
    b = ground.copy(a)
    ground.write(a, "หนึ่ง")
    ground.write(b, "สอง")
    ground.sync(a)
    assert [one.renamed for one in ground.sync(b) if one.renamed]
    ground.sync(a, b)
    assert needs(a) == needs(b) == ("หนึ่ง", {"สอง"})


def test_an_empty_question_about_another_stream_of_this_name_is_not_believed() -> None:
    """A stream got in a hall has the name of one the centre knows otherwise. Mutant: ask without
    an op that proves it."""
    ground = Ground()
    a = ground.laptop("a")
    ground.write(a, "หนึ่ง")
    twin = ground.laptop("a")
    ground.write(twin, "สอง")
    ground.sync(a)
    one = twin.disk.areas[SCOPE].streams["a"].ops
    b = ground.laptop("b")
    ground.sync(b)
    b.append_others(SCOPE, "a", 1, one)
    b.keep_acked(SCOPE, "a", 1)
    ground.sync(b, a)
    assert needs(a) == ("หนึ่ง", {"สอง"})


def test_what_only_a_row_holds_is_rescued_for_a_restored_centre() -> None:
    """Mutant no_salvage."""
    ground = Ground()
    a, b = ground.laptop("a"), ground.laptop("b")
    backup = ground.centre.backup()
    ground.write(a, "ข้าว")
    ground.sync(a, b)
    ground.centre.restore(backup, 2)
    outcomes = ground.sync(b)
    assert outcomes[0].history
    assert ground.at_centre().fields == {"needs": "ข้าว"}


def test_it_is_rescued_too_when_the_centre_is_restored_twice_in_a_row() -> None:
    """Mutant: keep only rows aside that lie after the first fork."""
    ground = Ground()
    a, b = ground.laptop("a"), ground.laptop("b")
    empty = ground.centre.backup()
    ground.write(a, "ข้าว")
    ground.sync(a, b)
    later = ground.centre.backup()
    ground.centre.restore(later, 2)
    ground.take(b, ground.ask(build_request(b, now=NOW)))  # it has heard, and not fetched yet
    ground.centre.restore(empty, 3)
    ground.sync(b)
    assert ground.at_centre().fields == {"needs": "ข้าว"}


def test_acknowledged_ops_go_again_to_a_restored_centre() -> None:
    """Mutants trim, noepoch."""
    ground = Ground()
    a = ground.laptop("a")
    backup = ground.centre.backup()
    ground.write(a, "หนึ่ง")
    ground.write(a, "สอง")
    ground.sync(a)
    ground.centre.restore(backup, 2)
    ground.sync(a)
    assert len(ground.centre.books[SCOPE].log) == 2
    assert needs(a) == ("สอง", set())


def test_a_row_that_was_spoilt_is_found_and_fetched_by_its_bucket() -> None:
    ground = Ground()
    a = ground.laptop("a")
    ground.write(a, "ข้าว")
    for number in range(40):
        a.change(SCOPE, "household", f"o{number}", {"set": {"needs": "x"}}, "malee")
    ground.sync(a)
    held = a.disk.areas[SCOPE].received
    held[H1] = Row(*H1, seq=held[H1].seq, fields={"needs": "เสีย"})
    del held["household", "o7"]
    assert ground.sync(a)[0].mismatched == (SCOPE,)
    assert a.digest(SCOPE) == ground.centre.books[SCOPE].digest
    assert a.disk.areas[SCOPE].state.repair == 0
    assert needs(a) == ("ข้าว", set())


def test_a_scope_taken_away_is_forgotten_only_when_all_of_it_is_sent() -> None:
    """Mutant purge."""
    ground = Ground()
    a = ground.laptop("a")
    ground.write(a, "ข้าว")
    ground.sync(a)
    ground.write(a, "ยังไม่ส่ง")
    ground.rights = Served()
    request = build_request(a, now=NOW)
    ground.take(a, ground.ask(replace(request, push=())))
    assert needs(a) == ("ยังไม่ส่ง", set())
    ground.sync(a)
    area = a.disk.areas[SCOPE]
    assert not area.shown
    assert not area.received
    assert len(area.streams["a"].ops) == 2
    (held,) = ground.centre.books[SCOPE].held.values()
    assert held.quarantined == "forbidden"
    ground.rights = Served(SCOPE)
    ledger.release(ground.centre, SCOPE, [held.op.body["oid"]])
    ground.sync(a)
    assert needs(a) == ("ยังไม่ส่ง", set())
    assert ground.at_centre().fields == {"needs": "ยังไม่ส่ง"}


def test_nothing_new_is_a_small_question_and_a_small_answer() -> None:
    ground = Ground()
    a = ground.laptop("a")
    ground.write(a, "ข้าว")
    ground.sync(a)
    request = build_request(a, now=NOW)
    answer = ground.ask(request)
    assert not request.push
    assert len(str(request.to_json())) + len(str(answer.to_json())) < 600
    assert answer.scopes is None


def test_a_page_older_than_another_is_not_held_against_its_digest() -> None:
    """A rolled-back store hears late what it asked before: rows moved on meanwhile."""
    ground = Ground()
    a, b = ground.laptop("a"), ground.laptop("b")
    for number in (1, 2, 3):
        b.change(SCOPE, "household", f"r{number}", {"set": {"needs": str(number)}}, "malee")
    ground.sync(b)
    ground.take(a, ground.ask(build_request(a, now=NOW, pull=False)))
    image = ground.copy(a)
    ground.sync(a)
    late = ground.ask(build_request(a, now=NOW))
    b.change(SCOPE, "household", "r2", {"set": {"needs": "สอง"}}, "malee")
    ground.sync(b)
    for _ in range(2):
        ground.take(image, ground.ask(build_request(image, now=NOW, budget=2)))
    assert image.disk.areas[SCOPE].state.cursor == 3
    outcome = ground.take(image, late)
    assert outcome.again
    assert not outcome.mismatched
    assert not ground.sync(image)[-1].mismatched
