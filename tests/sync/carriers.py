# SPDX-License-Identifier: Apache-2.0
"""How messages travel in the simulation, and what happens to them on the way."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from desktop.sync import hall_exchange, laptop, ledger
from desktop.sync.protocol import Answer, Lease, LeaseWanted, Request
from tests.sync.memory import Crash, Disk, MemoryNotebook
from tests.sync.memory_ledger import MemoryLedger
from tests.sync.oracle import Oracle


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

    def __init__(self, world: Carriers, person: str) -> None:
        self.world, self.person = world, person

    def scopes(self) -> tuple[str, ...]:
        return tuple(sorted(self.world.grants[self.person]))

    def may_hold(self, scope: str) -> bool:
        return scope in self.world.grants[self.person]

    def may_write(self, scope: str, by: str, *, others: bool = False) -> str:
        return "" if scope in self.world.grants.get(by, ()) else "forbidden"


class Carriers:
    """HTTPS, sticks and halls of one world."""

    random: random.Random
    centre: MemoryLedger
    oracle: Oracle
    laptops: list[Laptop]
    scopes: tuple[str, ...]
    grants: dict[str, set[str]]
    blocks: list[Lease]
    mail: list[tuple[int, Callable[[], None]]]
    now: int
    alarms: int
    json: bool

    def name(self) -> str:
        """A name nobody had before."""
        raise NotImplementedError

    def notebooks(self) -> list[MemoryNotebook]:
        return [one.notebook for one in self.laptops]

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

    def converse(self, one: Laptop, step: int) -> None:  # noqa: C901 – all that happens
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

    def hall(self, desk: Laptop, step: int) -> None:  # noqa: C901 – all that happens
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
