# SPDX-License-Identifier: Apache-2.0
"""Real encrypted stores that sync through the real core, message by message as JSON."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desktop.model.chain import canonical
from desktop.store import sync_state
from desktop.store.ids import new_id
from desktop.store.shape import shape_of
from desktop.store.store import Store, undo
from desktop.store.sync import notebook
from desktop.sync.hall_exchange import answer as answer_desk
from desktop.sync.hall_exchange import ask, take
from desktop.sync.laptop import Outcome, build_request, take_answer
from desktop.sync.ledger import answer
from desktop.sync.pages import CHUNK
from desktop.sync.ports import ScopeState
from desktop.sync.protocol import Answer, Request
from tests.store.ground import BY, KEY, SetClock
from tests.sync.memory_ledger import MemoryLedger

SCOPE = "t:630609"
CASE = "c:1"
NOW = "2026-11-20T02:00:00.000Z"
TEXTS = ("needs", "landmark", "village")


class Everybody:
    """Every laptop may do everything in one scope."""

    def scopes(self) -> tuple[str, ...]:
        return (SCOPE, CASE)

    def may_hold(self, scope: str) -> bool:
        return True

    def may_write(self, scope: str, by: str, *, others: bool = False) -> str:
        return ""


@dataclass
class Country:
    """Laptops and a centre."""

    ledger: MemoryLedger
    stores: list[Store]
    outcomes: list[Outcome] = field(default_factory=list)

    def sync(self, store: Store, *, budget: int = 256 * 1024) -> None:
        """Everything there is to say and to hear."""
        book = notebook(store)
        for _round in range(40):
            request = build_request(book, now=NOW, budget=budget)
            told = Request.from_json(json.loads(canonical(request.to_json())))
            said = answer(self.ledger, told, Everybody(), now=NOW)
            heard = Answer.from_json(json.loads(canonical(said.to_json())))
            outcome = take_answer(book, heard, now=NOW, fresh=new_id)
            self.outcomes.append(outcome)
            if not outcome.again:
                return
        raise AssertionError("no end of it")

    def rest(self) -> None:
        """Until nobody has anything to say."""
        for _twice in range(2):
            for store in self.stores:
                self.sync(store)


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    with ExitStack() as open_stores:
        stores = []
        for name in ("a", "b", "c"):
            store = Store.create(tmp_path / name, KEY, clock=SetClock())
            open_stores.callback(store.close)
            stores.append(store)
        yield Country(MemoryLedger(), stores)


def put(store: Store, record: str = "h1", **fields: Any) -> None:
    with store.write(BY) as write:
        write.put("household", record, SCOPE, **fields)


def seen(store: Store) -> dict[str, dict[str, Any]]:
    """What people see: every household that is not deleted, its fields and its other texts."""
    shape = shape_of("household")
    with store.read() as conn:
        rows = conn.exec_driver_sql("SELECT * FROM household WHERE deleted = 0").mappings()
        found = {
            str(row["id"]): {name: shape.decode(name, row[name]) for name in shape.columns}
            for row in rows.fetchall()
        }
        for two in sync_state.two_texts(conn, "household"):
            if two.id in found:
                found[two.id][f"{two.field}, too"] = sorted(one.text for one in two.others)
    return found


def whole(country: Country, store: Store) -> None:
    """This store has what the centre has, to the digit, and shows it."""
    with store.read() as conn:
        area = sync_state.area_state(conn, SCOPE)
        assert area.digest == sync_state.recounted(conn, SCOPE)
        assert (area.saved, area.coming) == (0, 0)
    _seq, rows = country.ledger.everything(SCOPE)
    shape = shape_of("household")
    there: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.deleted:
            continue
        fields: dict[str, Any] = {
            name: shape.decode(name, shape.fitted(name, row.fields.get(name)))
            for name in shape.columns
        }
        for one in row.variants:
            fields.setdefault(f"{one.field}, too", []).append(one.value)
            fields[f"{one.field}, too"].sort()
        there[row.id] = fields
    assert seen(store) == there
    assert store.check().sound


def test_two_visit_the_same_household_and_both_texts_are_kept(country: Country) -> None:
    a, b, c = country.stores
    put(a, house_no="12", needs="ข้าวสาร")
    country.rest()
    assert seen(b) == seen(a)
    put(a, needs="ยา")
    put(b, needs="ไม้เท้า", phone="0812345678")
    country.rest()
    both = seen(c)["h1"]
    assert {both["needs"], *both["needs, too"]} == {"ยา", "ไม้เท้า"}
    assert both["phone"] == "0812345678"
    for store in country.stores:
        whole(country, store)
    with c.read() as conn:
        (two,) = sync_state.two_texts(conn, "household", "h1")
    with c.write(BY) as write:
        write.resolve("household", "h1", SCOPE, [one.oid for one in two.others], needs="ยากับไม้เท้า")
    country.rest()
    for store in country.stores:
        assert seen(store)["h1"]["needs"] == "ยากับไม้เท้า"
        whole(country, store)


def resolve(store: Store, draw: random.Random) -> None:
    """Somebody looks at two texts and writes them into one."""
    with store.read() as conn:
        found = sync_state.two_texts(conn)
    if found:
        two = draw.choice(found)
        texts = " และ ".join([two.shown.text, *(one.text for one in two.others)])
        oids = [one.oid for one in two.others]
        with store.write(BY) as write:
            write.resolve("household", two.id, SCOPE, oids, **{two.field: texts})


def work(store: Store, draw: random.Random, step: int) -> None:
    """One action of somebody on one of four households."""
    record, way = f"h{draw.randrange(4)}", draw.random()
    if way < 0.7:
        put(store, record, **{draw.choice(TEXTS): f"{step} {draw.choice('กขค')}"})
    elif way < 0.8:
        put(store, record, rent=float(draw.randrange(5)))
    elif way < 0.9:
        put(store, record, welfare=draw.sample(["elder", "child", "poor"], 2))
    elif way < 0.95:
        resolve(store, draw)
    elif record in seen(store):
        with store.write(BY) as write:
            write.delete("household", record)


def test_many_days_of_work_apart_come_to_the_same_everywhere(country: Country) -> None:
    """Actions drawn at random on three real stores, the centre restored twice. Mutants: the copy
    before a change, or a bit of ``mask`` left out; a tombstone that is shown late."""
    apart(country, random.Random(7), 220)


def apart(country: Country, draw: random.Random, steps: int) -> None:
    ledger = country.ledger
    backup = ledger.backup()
    for step in range(steps):
        store = draw.choice(country.stores)
        way = draw.random()
        if way < 0.78:
            work(store, draw, step)
        elif way < 0.80:
            backup = ledger.backup()
        elif way < 0.81 and step > 40:
            ledger.restore(backup, ledger.epoch() + 1)
        else:
            country.sync(store, budget=draw.choice([200, 1000, 10**6]))
    country.rest()
    country.rest()
    for store in country.stores:
        whole(country, store)
    assert not any(outcome.mismatched for outcome in country.outcomes)
    assert not any(outcome.renamed for outcome in country.outcomes)


def meet(desk: Store, hub: Store) -> None:
    """Two laptops tell each other everything of the scope, without a centre."""
    known: dict[str, int] | None = None
    for _round in range(20):
        asked = json.loads(canonical(ask(notebook(desk), SCOPE, known=known)))
        told = json.loads(canonical(answer_desk(notebook(hub), SCOPE, asked, fresh=new_id)))
        taken = take(notebook(desk), SCOPE, told, fresh=new_id)
        known = taken.known
        if not taken.more:
            return
    raise AssertionError("no end of it")


def test_who_writes_after_having_read_makes_no_second_text(country: Country) -> None:
    """Mutant: ``base`` 0 always; every change of a text becomes a question to somebody."""
    a, b, c = country.stores
    put(a, house_no="12", needs="ข้าวสาร")
    for at, store in enumerate((b, c, a, b)):
        country.rest()
        put(store, needs=f"ยา {at}")
    country.rest()
    for store in country.stores:
        assert seen(store)["h1"]["needs"] == "ยา 3"
        with store.read() as conn:
            assert sync_state.two_texts(conn) == ()


def test_who_read_it_in_a_hall_has_read_it(country: Country) -> None:
    """Mutants: leave ``saw`` out of an op, or out of a deletion."""
    a, b, c = country.stores
    put(a, house_no="12", needs="ข้าวสาร", rent=1.0)
    put(a, "h2", house_no="14", needs="เสื่อ")
    meet(a, b)
    meet(c, b)
    assert seen(c) == seen(a)
    put(c, needs="ยา", rent=2.0)
    put(c, needs="ยากับไม้เท้า")
    with c.write(BY) as write:
        write.delete("household", "h2")
    country.sync(c)  # before what it replaces
    country.rest()
    for store in country.stores:
        whole(country, store)
        there = seen(store)
        assert list(there) == ["h1"]
        assert (there["h1"]["needs"], there["h1"]["rent"]) == ("ยากับไม้เท้า", 2.0)
        assert "needs, too" not in there["h1"]


def test_laptops_meet_without_a_centre_and_tell_it_later(country: Country) -> None:
    """Nothing is lost when the laptop that wrote it never reaches the centre."""
    a, b, c = country.stores
    draw = random.Random(3)
    for step in range(60):
        work(draw.choice(country.stores), draw, step)
        if step % 7 == 0:
            meet(draw.choice([b, c]), a)
    for desk in (b, c, b):
        meet(desk, a)
    assert seen(a) == seen(b) == seen(c)
    country.sync(a)
    before = seen(a)
    country.rest()
    assert seen(b) == before
    for store in country.stores:
        whole(country, store)


def test_a_record_that_moves_is_in_its_new_scope_everywhere_and_comes_home(
    country: Country,
) -> None:
    """Mutant: let the old scope keep the words, or refuse the way home."""
    a, b, c = country.stores
    put(a, house_no="12", needs="ข้าวสาร")
    country.rest()
    with a.write(BY) as write:
        write.move("household", "h1", CASE)
    put(b, phone="0812345678")  # without knowing
    country.rest()
    for store in country.stores:
        with store.read() as conn:
            row = conn.exec_driver_sql("SELECT scope, deleted, needs FROM household").one()
        assert tuple(row) == (CASE, 0, "ข้าวสาร")
    (left,) = country.ledger.everything(SCOPE)[1]
    assert (left.deleted, left.fields) == (True, {})
    undo(a, BY, write.undo)
    country.rest()
    for store in country.stores:
        with store.read() as conn:
            row = conn.exec_driver_sql("SELECT scope, deleted, needs FROM household").one()
        assert tuple(row) == (SCOPE, 0, "ข้าวสาร")
    assert c.check().sound


def test_a_laptop_that_was_copied_goes_on_under_another_name(
    country: Country, tmp_path: Path
) -> None:
    """Mutant: say everything again in new ops; each counts twice."""
    a, b, _c = country.stores
    put(a, house_no="12", needs="ข้าวสาร")
    country.sync(a)
    twin_folder = tmp_path / "twin"
    twin_folder.mkdir()
    a.backup(twin_folder / "samut.db")
    twin = Store.open(twin_folder, KEY, SetClock())
    try:
        country.stores.append(twin)
        before = twin.device
        put(a, needs="ยา")
        put(twin, needs="ไม้เท้า")
        country.rest()
        assert twin.device != before
        assert a.device == before
        both = seen(b)["h1"]
        assert {both["needs"], *both["needs, too"]} == {"ยา", "ไม้เท้า"}
        for store in country.stores:
            whole(country, store)
    finally:
        twin.close()


_KILLED = """
import os, signal, sys
from pathlib import Path
from desktop.store import received, showing, stream
from desktop.store.store import Store, undo
from desktop.store.sync import StoreChange, notebook
from desktop.sync.pages import take_page
from desktop.sync.protocol import Pulled
from tests.store.ground import KEY

where, step = sys.argv[2], int(sys.argv[3])
count = 0
def killed(inner):
    def call(*args, **named):
        global count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return inner(*args, **named)
    return call
owner, name = {"keep": (received, "keep"), "show": (showing, "_write"),
               "scope": (stream, "keep_scope"), "settle": (StoreChange, "settle")}[where]
setattr(owner, name, killed(getattr(owner, name)))
store = Store.open(Path(sys.argv[1]), KEY)
rows = [[n, "household", f"h{n}", 0, {"house_no": str(n)}] for n in range(1, 601)]
take_page(notebook(store), Pulled("t:630609", 0, tuple(rows), 600, 600, True, None), 1, "now")
"""


@pytest.mark.parametrize(
    ("where", "step"), [("keep", 2), ("show", 3), ("scope", 2), ("settle", 1)]
)
def test_a_laptop_killed_while_it_takes_rows_has_whole_chunks_and_their_cursor(
    tmp_path: Path, where: str, step: int
) -> None:
    """SIGKILL in the middle of a transaction. Mutant: keep the cursor in one of its own."""
    folder = tmp_path / "store"
    with ExitStack() as stack:
        store = Store.create(folder, KEY)
        stack.callback(store.close)
        with notebook(store).transaction() as change:
            change.follow(1)
            change.keep_scope(ScopeState(SCOPE, granted=True))
    died = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder), where, str(step)],
        cwd=Path(__file__).parents[2], check=False, capture_output=True,
    )  # fmt: skip
    assert died.returncode == -9, died.stderr.decode()
    again = Store.open(folder, KEY)
    try:
        with again.read() as conn:
            cursor = sync_state.area_state(conn, SCOPE)
            have = conn.exec_driver_sql("SELECT count(*) FROM household").scalar_one()
            got = conn.exec_driver_sql("SELECT count(*) FROM received").scalar_one()
            at = conn.exec_driver_sql("SELECT cursor FROM scope_state").scalar_one()
        assert have == got == at
        assert at % CHUNK == 0
        assert at < 600
        assert cursor.granted
        assert again.check().sound
    finally:
        again.close()
