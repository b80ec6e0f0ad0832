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
import random
from collections.abc import Callable
from typing import Any, Final

from desktop.sync import ledger
from desktop.sync.protocol import Lease
from desktop.sync.row import Row
from tests.sync.carriers import Carriers, Laptop
from tests.sync.memory import Crash, Disk, MemoryNotebook
from tests.sync.memory_ledger import Backup, MemoryLedger
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


class World(Carriers):
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
            weight * (EMPHASIS if what.__name__ in emphasis else 1)
            for what, weight in ordinary.items()
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
            word = f"w{self.seed}.{self.counter}"
            return {"set": {"at": word, "way": f"{word}i"}}
        return {"del": True} if not screen.deleted and self.random.random() < 0.3 else None

    def remember_elements(self, scope: str, key: Any, op: Any, one: Laptop) -> None:
        """All adds that have reached this laptop's screen in one way or another."""
        if "rm" not in op.body:
            return
        area = one.notebook.disk.areas[scope]
        seen = {other.ops[n - 1].body["oid"] for other, n in area.by_key.get(key, ())} - {
            op.body["oid"]
        }
        row = area.received.get(key)
        book = self.centre.books.get(scope)
        if row is not None and book is not None and one.notebook.epoch == self.centre.epoch():
            seen |= {k.op.body["oid"] for k in book.log if k.seq <= row.seq and not k.quarantined}
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
    ("restore", "lose", "back_up"), ("restore", "lose"), ("regrant", "release"),
    ("regrant", "hall", "release"), ("roll_back", "image", "clone"), ("stick", "roll_back"),
    ("restore", "regrant", "hall"),
)  # fmt: skip
EMPHASIS: Final = 6
"""What happens so many times as often as usual in a run."""


def run(seed: int, steps: int = STEPS) -> tuple[list[str], str]:
    """What went wrong with a seed, and the hash of all that happened."""
    world = World(seed, steps)
    faults = world.run()
    return faults, world.trace.hexdigest()
