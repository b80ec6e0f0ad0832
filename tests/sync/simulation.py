# SPDX-License-Identifier: Apache-2.0
"""Some laptops, a centre and everything that can happen to them, decided by one seed.

Requests and answers are lost, late, repeated and out of order (HTTPS and sticks); two laptops
meet in a hall; computers die between any two transactions and inside them; disks are rolled
back and cloned, laptops destroyed; the centre is restored from a backup, also twice from the
same; clocks are wrong by decades; rights are taken away and given back; what was put in
quarantine is released. Then everything is mended, all talk until they are quiet, and the oracle
judges.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from desktop.sync import hall_exchange, laptop, ledger
from desktop.sync.protocol import Answer, Lease, LeaseWanted, Request
from desktop.sync.row import Row
from tests.sync.memory import Backup, Crash, Disk, MemoryLedger, MemoryNotebook
from tests.sync.oracle import Oracle

START_MS = 1_790_000_000_000
YEAR_MS = 31_556_952_000
SKEWS = (0, 0, 0, -30 * YEAR_MS, 30 * YEAR_MS, 543 * YEAR_MS)
STEPS = 90
ROUNDS = 8
RECORDS = (
    ("household", "h1"), ("member", "m1"), ("mark", "k1"), ("household", "h2"), ("mark", "k2"),
)  # fmt: skip
KINDS = {
    "household": (("village", "needs"), ("house_no", "moo"), ("welfare",)),
    "member": (("name",), ("sex",), ("body_state",)),
}


@dataclass(slots=True, eq=False)
class Laptop:
    """One physical computer."""

    notebook: MemoryNotebook
    person: str
    skew: int
    image: Disk
    mine: dict[tuple[str, Any, str], str] = field(default_factory=dict)
    image_mine: dict[tuple[str, Any, str], str] = field(default_factory=dict)
    tainted: bool = False
    """It may be a copy, and nobody could know so far."""
    used: int = 0


class Rights:
    """What the sender of a message may do; by person, so clones share it."""

    def __init__(self, world: World, person: str) -> None:
        self.world, self.person = world, person

    def scopes(self) -> tuple[str, ...]:
        return tuple(sorted(self.world.grants[self.person]))

    def may_hold(self, scope: str) -> bool:
        return scope in self.world.grants[self.person]

    def may_write(self, scope: str, by: str, *, others: bool = False) -> str:
        return "" if scope in self.world.grants.get(by, ()) else "forbidden"


class World:
    """One run."""

    def __init__(self, seed: int, steps: int = STEPS) -> None:
        self.random = random.Random(seed)
        self.seed, self.steps = seed, steps
        self.now = START_MS
        self.counter = 0
        self.epochs = 1
        self.centre = MemoryLedger()
        self.oracle = Oracle()
        self.trace = hashlib.sha256()
        self.mail: list[tuple[int, Callable[[], None]]] = []
        self.scopes = ("t:630101", "w:e1", "o:1")[: self.random.choice((1, 2, 2, 3))]
        self.grants: dict[str, set[str]] = {}
        self.laptops: list[Laptop] = []
        self.blocks: list[Lease] = []
        self.printed: set[int] = set()
        self.alarms = 0
        self.json = seed % 8 == 0
        for number in range(self.random.choice((2, 3, 3))):
            person = f"p{number}"
            self.grants[person] = set(self.scopes)
            self.add(Disk(f"d{number}"), person, self.random.choice(SKEWS))
        self.backups: list[Backup] = [self.centre.backup()]
        self.records = RECORDS[: self.random.choice((2, 4, len(RECORDS)))]
        ordinary, emphasis = HAPPENINGS, self.random.choice(EMPHASES)
        self.happenings = tuple(ordinary)
        self.weights = tuple(
            weight * (EMPHASIS if what.__name__ in emphasis else 1) for what, weight in ordinary.items()
        )

    def add(self, disk: Disk, person: str, skew: int) -> Laptop:
        notebook = MemoryNotebook("")
        notebook.disk = disk
        one = Laptop(notebook, person, skew, disk.copy())
        notebook.clock = lambda: self.now + one.skew  # type: ignore[method-assign]
        notebook.oid_of = self.name
        self.laptops.append(one)
        return one

    def name(self) -> str:
        self.counter += 1
        return f"x{self.counter:05d}"

    def note(self, *what: Any) -> None:
        self.trace.update(repr(what).encode())

    # ---- the run

    def run(self) -> list[str]:
        """Everything that went wrong; empty when nothing did."""
        for step in range(self.steps):
            self.now += self.random.choice((10, 1_000, 60_000, 3_600_000))
            due = [deliver for at, deliver in self.mail if at <= step]
            self.mail = [one for one in self.mail if one[0] > step]
            for deliver in due:
                deliver()
            self.step(step, self.random.choice(self.laptops))
        for _at, deliver in self.mail:
            deliver()
        self.mail = []
        self.settle()
        if self.alarms:
            self.oracle.faults.append(f"digest alarms: {self.alarms}")
        faults = self.oracle.judge(
            self.centre,
            [(one.notebook, self.grants[one.person]) for one in self.laptops],
            self.now,
        )
        for scope, book in sorted(self.centre.books.items()):
            self.note(scope, book.head, book.digest)
        return list(dict.fromkeys(faults))

    def step(self, step: int, one: Laptop) -> None:
        what = self.random.choices(self.happenings, self.weights)[0]
        self.note(step, one.notebook.device, what.__name__)
        what(self, one, step)

    def image(self, one: Laptop, step: int) -> None:
        one.image, one.image_mine = one.notebook.disk.copy(), dict(one.mine)

    def roll_back(self, one: Laptop, step: int) -> None:
        one.notebook.disk, one.mine = one.image.copy(), dict(one.image_mine)
        one.tainted = True
        self.oracle.destroyed(self.notebooks(), self.centre)

    def clone(self, one: Laptop, step: int) -> None:
        if len(self.laptops) < 6:
            twin = self.add(one.notebook.disk.copy(), one.person, one.skew)
            twin.mine, twin.tainted = dict(one.mine), True

    def lose(self, one: Laptop, step: int) -> None:
        if len(self.laptops) > 2:
            self.laptops.remove(one)
            self.oracle.destroyed(self.notebooks(), self.centre)

    def back_up(self, one: Laptop, step: int) -> None:
        self.backups.append(self.centre.backup())

    def restore(self, one: Laptop, step: int) -> None:
        # Often the last backup; sometimes an older one, or the same as the last time.
        last = self.random.random() < 0.7
        self.epochs += self.random.choice((1, 5))
        self.centre.restore(
            self.backups[-1] if last else self.random.choice(self.backups), self.epochs
        )
        self.oracle.restored = True
        self.oracle.destroyed(self.notebooks(), self.centre)

    def regrant(self, one: Laptop, step: int) -> None:
        self.grants[one.person].symmetric_difference_update({self.random.choice(self.scopes)})

    def notebooks(self) -> list[MemoryNotebook]:
        return [one.notebook for one in self.laptops]

    # ---- a person at work

    def work(self, one: Laptop, step: int) -> None:
        choose = self.random.choice
        scope, (kind, record_id) = choose(self.scopes), choose(self.records)
        area = one.notebook.disk.areas.get(scope)
        key = kind, record_id
        screen = area.shown.get(key) if area is not None else None
        if screen is None:
            if area is not None and key in area.by_key:
                return  # it is hidden: the scope is not served to this laptop any more
            screen = Row(kind, record_id)
        body = self.mark(screen) if kind == "mark" else self.edit(screen)
        if body is None:
            return
        if self.random.random() < 0.05:
            one.notebook.fuse = self.random.choice((0, 1, 2))
        before = self.counter
        try:
            op = one.notebook.change(scope, kind, record_id, body, one.person)
        except Crash:
            self.counter = before + 100
            return
        finally:
            one.notebook.fuse = None
        self.oracle.wrote(scope, op, screen)
        self.remember_elements(scope, key, op, one)
        for name, word in body.get("set", {}).items():
            if kind != "mark" and name in KINDS[kind][0]:
                one.mine[scope, key, name] = word
        self.oracle.own_words(one.notebook, one.mine)
        self.print_number(one)

    def edit(self, screen: Row) -> dict[str, Any] | None:
        choose, what = self.random.choice, self.random.random()
        texts, scalars, sets = KINDS[screen.kind]
        word = f"w{self.seed}.{self.counter}"
        if screen.variants and what < 0.35:
            variant = choose(screen.variants)
            if self.random.random() < 0.4:
                chosen = choose((variant.value, screen.fields.get(variant.field)))
                return {"set": {variant.field: chosen}, "resolve": [variant.oid]}
            return {"set": {variant.field: f"{word}+"}, "resolve": [variant.oid]}
        if what < 0.55:
            return {"set": {choose(texts): word}}
        if what < 0.65:
            return {"set": {choose(scalars): word}}
        if what < 0.72:
            return {"set": {choose(texts): word, choose(scalars): f"{word}s"}}
        if what < 0.9:
            members = {choose(sets): [choose("ABC")]}
            return {choose(("add", "add", "rm")): members}
        return {"del": True} if screen.fields and not screen.deleted else None

    def mark(self, screen: Row) -> dict[str, Any] | None:
        if not screen.fields:
            return {"set": {"at": f"w{self.seed}.{self.counter}", "way": f"w{self.seed}.{self.counter}i"}}
        return {"del": True} if not screen.deleted and self.random.random() < 0.3 else None

    def remember_elements(self, scope: str, key: Any, op: Any, one: Laptop) -> None:
        """All adds that have reached this laptop's screen in one way or another."""
        if "rm" not in op.body:
            return
        area = one.notebook.disk.areas[scope]
        seen = {
            other.ops[n - 1].body["oid"] for other, n in area.by_key.get(key, ())
        } - {op.body["oid"]}
        row = area.received.get(key)
        book = self.centre.books.get(scope)
        if row is not None and book is not None and one.notebook.epoch == self.centre.epoch():
            seen |= {kept.op.body["oid"] for kept in book.log if kept.seq <= row.seq}
        self.oracle.seen_elements[op.body["oid"]] = frozenset(seen)

    def print_number(self, one: Laptop) -> None:
        """Print a certificate, if there are numbers."""
        for lease in one.notebook.disk.leases:
            first = max(lease.first, one.used + 1)
            if first <= lease.last and not one.tainted:
                one.used = first
                if first in self.printed:
                    self.oracle.faults.append(f"number printed twice: {first}")
                self.printed.add(first)
                return

    def release(self, one: Laptop, step: int) -> None:
        books = [(scope, book) for scope, book in sorted(self.centre.books.items()) if book.held]
        if books:
            scope, book = self.random.choice(books)
            oids = sorted(book.held)
            chosen = self.random.sample(oids, self.random.randint(1, len(oids)))
            ledger.release(self.centre, scope, chosen, stamp=self.stamp())

    # ---- carriers

    def stamp(self) -> str:
        return f"{self.now:012x}-0000-centre"

    def request(self, one: Laptop) -> Request:
        choose = self.random.choice
        wanted = ()
        if self.random.random() < 0.2:
            above = max((lease.last for lease in one.notebook.disk.leases), default=0)
            wanted = (LeaseWanted("1", "c", 2569, above, choose((2, 5))),)
        request = laptop.build_request(
            one.notebook,
            now=str(self.now + one.skew),
            limit=choose((150, 700, 1 << 18)),
            budget=choose((2, 700, 1 << 18)),
            leases=wanted,
        )
        if self.json:
            return Request.from_json(json.loads(json.dumps(request.to_json())))
        return request

    def ask(self, one: Laptop, request: Request) -> Answer:
        """The centre's answer; ``Crash`` when it dies meanwhile."""
        answer = ledger.answer(
            self.centre, request, Rights(self, one.person), now=str(self.now), stamp=self.stamp()
        )
        for lease in answer.leases:
            if any(lease.first <= b.last and b.first <= lease.last for b in self.blocks):
                self.oracle.faults.append(f"block given twice: {lease.first}")
            self.blocks.append(lease)
        if self.json:
            return Answer.from_json(json.loads(json.dumps(answer.to_json())))
        return answer

    def take(self, one: Laptop, answer: Answer) -> laptop.Outcome:
        outcome = laptop.take_answer(
            one.notebook, answer, now=str(self.now), fresh=lambda: f"n{self.name()}"
        )
        if outcome.renamed:
            one.tainted, one.used = False, 0
        self.alarms += len(outcome.mismatched)
        if outcome.hidden:
            # Told to forget: a privacy that can cost the last copy of a restored centre.
            self.oracle.destroyed(self.notebooks(), self.centre)
        self.oracle.own_words(one.notebook, one.mine)
        return outcome

    def converse(self, one: Laptop, step: int) -> None:
        """Over HTTPS, with everything that happens to a line."""
        luck = self.random.random
        for _ in range(12):
            if one not in self.laptops:
                return
            try:
                if luck() < 0.04:
                    one.notebook.fuse = self.random.randrange(8)
                request = self.request(one)
                if luck() < 0.1:
                    if luck() < 0.4:
                        self.later(step, partial(self.deliver, one, request, answered=False))
                    return
                if luck() < 0.04:
                    self.centre.fuse = self.random.randrange(5)
                answer = self.ask(one, request)
                if luck() < 0.08:
                    again = self.ask(one, request)
                    answer = again if luck() < 0.5 else answer
                if luck() < 0.12:
                    if luck() < 0.5:
                        self.later(step, partial(self.receive, one, answer))
                    return
                if luck() < 0.06:
                    self.later(step, partial(self.receive, one, answer))
                if not self.take(one, answer).again:
                    return
            except Crash:
                return
            finally:
                one.notebook.fuse = self.centre.fuse = None

    def stick(self, one: Laptop, step: int) -> None:
        """A file to the centre, and a receipt back; both take their time."""
        request = self.request(one)
        for _ in range(self.random.choice((1, 1, 2))):
            self.later(step, partial(self.deliver, one, request, answered=True))

    def later(self, step: int, deliver: Callable[[], None]) -> None:
        self.mail.append((step + self.random.choice((1, 2, 5, 15, 40)), deliver))

    def deliver(self, one: Laptop, request: Request, *, answered: bool) -> None:
        answer = self.ask(one, request)
        if answered:
            self.mail.append((0, partial(self.receive, one, answer)))

    def receive(self, one: Laptop, answer: Answer) -> None:
        if one in self.laptops:
            self.take(one, answer)

    def hall(self, desk: Laptop, step: int) -> None:
        """A desk and a hub; the line breaks, either dies."""
        hub = self.random.choice(self.laptops)
        if desk is hub:
            return
        scope, luck = self.random.choice(self.scopes), self.random.random
        known = None
        for _ in range(8):
            try:
                if luck() < 0.05:
                    self.random.choice((desk, hub)).notebook.fuse = self.random.randrange(8)
                asked = hall_exchange.ask(
                    desk.notebook, scope, known=known, limit=self.random.choice((2, 200))
                )
                if self.json:
                    asked = json.loads(json.dumps(asked))
                if luck() < 0.1:
                    return
                answered = self.hall_answer(hub, scope, asked)
                if luck() < 0.1:
                    answered = self.hall_answer(hub, scope, asked)
                if luck() < 0.1:
                    return
                taken = hall_exchange.take(
                    desk.notebook, scope, answered, fresh=lambda: f"n{self.name()}"
                )
            except Crash:
                return
            finally:
                desk.notebook.fuse = hub.notebook.fuse = None
            if taken.renamed:
                desk.tainted, desk.used = False, 0
            self.oracle.own_words(desk.notebook, desk.mine)
            self.oracle.own_words(hub.notebook, hub.mine)
            known = taken.known
            if not taken.more:
                return

    def hall_answer(self, hub: Laptop, scope: str, asked: dict[str, Any]) -> dict[str, Any]:
        device = hub.notebook.device
        answered = hall_exchange.answer(
            hub.notebook, scope, asked, fresh=lambda: f"n{self.name()}",
            limit=self.random.choice((2, 250)),
        )  # fmt: skip
        if hub.notebook.device != device:
            hub.tainted, hub.used = False, 0
        return json.loads(json.dumps(answered)) if self.json else answered

    # ---- the end

    def settle(self) -> None:
        """No more faults: all talk until nobody has anything to say."""
        for _ in range(ROUNDS):
            heads = {scope: book.head for scope, book in self.centre.books.items()}
            for one in self.laptops:
                for _turn in range(60):
                    if not self.take(one, self.ask(one, self.request(one))).again:
                        break
                else:
                    self.oracle.faults.append("talks for ever")
            if heads == {scope: book.head for scope, book in self.centre.books.items()}:
                return
        self.oracle.faults.append("never comes to rest")


HAPPENINGS: dict[Callable[[World, Laptop, int], None], float] = {
    World.work: 42,
    World.converse: 30,
    World.hall: 10,
    World.stick: 4,
    World.image: 3,
    World.roll_back: 2,
    World.clone: 1.5,
    World.lose: 0.5,
    World.back_up: 1,
    World.restore: 0.25,
    World.regrant: 0.3,
    World.release: 0.5,
}
EMPHASES = (
    (), ("hall",), ("hall",), ("hall", "clone", "lose"), ("restore", "back_up"),
    ("restore", "lose", "back_up"), ("restore", "lose"), ("regrant", "release"), ("regrant", "hall", "release"),
    ("roll_back", "image", "clone"), ("stick", "roll_back"), ("restore", "regrant", "hall"),
)  # fmt: skip
EMPHASIS: Final = 6
"""What happens so many times as often as usual in a run."""


def run(seed: int, steps: int = STEPS) -> tuple[list[str], str]:
    """What went wrong with a seed, and the hash of all that happened."""
    world = World(seed, steps)
    faults = world.run()
    return faults, world.trace.hexdigest()
