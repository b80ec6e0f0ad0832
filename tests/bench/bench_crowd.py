# SPDX-License-Identifier: Apache-2.0
"""A crowd of laptops at one centre: 2,000 for real, 50,000 on paper.

    python -m tests.bench.bench_crowd [--laptops N] [--visits N] [--rate N]

The centre is a process of its own with TLS, on a PostgreSQL that waits for its disk. Every
laptop has keys and a connection of its own, and envelopes that were signed and packed before the
clock runs, so that this process has little to do but to carry them. Three things happen:
everybody comes at once with a day's visits (the mast came back), everybody asks once more and
nothing is new, and then laptops come at a rate the centre can follow. Afterwards every answer is
opened and everything that was said is counted in the tables.

The processors of centre and database are counted in seconds they worked, which others on the
machine hardly change. What is said of 50,000 laptops is computed from that, and says so.
"""

from __future__ import annotations

import asyncio
import random
import resource
import ssl
import sys
import time
import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from desktop.centre.account import Account, Office, keep_account, keep_office
from desktop.centre.database import Database, new_id
from desktop.centre.device import Device, keep_device
from desktop.sync.envelope import Kind, new_nonce, open_envelope, seal
from desktop.sync.keys import Keys
from desktop.sync.protocol import Answer, Op, Pull, Push, Request, granted_mark
from desktop.sync.rhythm import EVERY
from tests.bench import figures
from tests.bench.figures import Figure
from tests.bench.standing import (
    Standing,
    database,
    postgresql,
    server_memory,
    server_seconds,
    standing_centre,
)
from tests.bench.visits import visit
from tests.centre.postgresql import Server
from tests.centre.running import complete, milliseconds

_TOGETHER: Final = 5
"""Laptops of one tambon."""
_OFFICES: Final = 80
_PATIENCE: Final = 120.0
"""Seconds a laptop waits for an answer before it hangs up."""

# The country on paper: sync.md's day of a laptop, and a third of it within one hour.
_LAPTOPS: Final = 50_000
_RECORDS: Final = 40
_BUSY_SHARE: Final = 0.3
_HOURS: Final = 8


@dataclass
class Laptop:
    """One of the crowd: what it will say, and what it heard."""

    device: str
    keys: Keys
    person: str
    scope: str
    first: tuple[bytes, bytes] = (b"", b"")
    """Nonce and envelope: the day's visits, and everything of its tambon."""
    later: list[tuple[bytes, bytes]] = field(default_factory=list)
    """Is there anything new?"""
    heard: list[tuple[bytes, bytes]] = field(default_factory=list)

    def say(self, visits: int, checks: int, chance: random.Random) -> None:
        """Sign and pack everything beforehand."""
        ops = []
        for _visit in range(visits):
            said = visit(chance)
            fields = {name: value for name, value in said.items() if name not in ("id", "kind")}
            body = {"kind": said["kind"], "id": said["id"], "set": fields}
            ops.append(Op(self.person, "2026-11-20T06:00:00.000Z[+07:00]", complete(body)))
        push = Push(self.scope, self.device, 1, "", tuple(ops))
        self.first = self._sealed((push,), 0, "")
        granted = granted_mark(("forms", f"o:{_office(self.scope)}", self.scope))
        self.later = [self._sealed((), 10**9, granted) for _check in range(checks)]

    def _sealed(self, push: tuple[Push, ...], since: int, granted: str) -> tuple[bytes, bytes]:
        scopes = ("forms", f"o:{_office(self.scope)}", self.scope)
        request = Request(
            self.device, 1, datetime.now(UTC).isoformat(), push,
            tuple(Pull(scope, since) for scope in scopes), granted=granted, app="bench",
        )  # fmt: skip
        nonce = new_nonce()
        return nonce, seal(
            Kind.REQUEST, self.device, request.to_json(), self.keys.signing,
            created=milliseconds(), nonce=nonce,
        )  # fmt: skip


def _office(scope: str) -> str:
    return f"office-{int(scope[2:]) % _OFFICES}"


def crowd(database: Database, count: int, visits: int, checks: int) -> list[Laptop]:
    """Laptops that have joined, five to a tambon."""
    chance = random.Random(2)
    laptops = []
    with database.write() as conn:
        for number in range(_OFFICES):
            keep_office(conn, database, Office(f"office-{number}", f"พมจ. {number}", ""))
        for number in range(count):
            area = f"{100_000 + number // _TOGETHER:06}"
            one = Laptop(str(uuid.uuid4()), Keys.make(), new_id(), f"t:{area}")
            office, public = _office(one.scope), one.keys.public
            keep_account(
                conn, database, Account(one.person, office, "ดอก", "facilitator", (area,))
            )
            keep_device(
                conn, database, Device(one.device, office, "l", public.signing, public.sealing),
                [one.person],
            )  # fmt: skip
            laptops.append(one)
    for one in laptops:
        one.say(visits, checks, chance)
    return laptops


# ---- the line: HTTP by hand, so that two thousand of them cost this process little


class Line:
    """One laptop's connection."""

    def __init__(self, host: str, port: int, context: ssl.SSLContext) -> None:
        self._where = host, port, context
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def open(self) -> None:
        host, port, context = self._where
        self._reader, self._writer = await asyncio.open_connection(
            host, port, ssl=context, ssl_handshake_timeout=_PATIENCE
        )

    async def post(self, body: bytes) -> tuple[int, bytes]:
        """Status and body."""
        if self._reader is None or self._writer is None:
            raise ConnectionError("never opened")
        self._writer.write(
            b"POST /v1/sync HTTP/1.1\r\nHost: centre\r\nContent-Type: application/octet-stream\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body) + body
        )
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        return int(head.split()[1]), await self._reader.readexactly(length)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.transport.abort()


@dataclass
class Phase:
    """What one thing that happened came to."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0
    service: float = 0
    server: float = 0
    faults: dict[str, int] = field(default_factory=dict)
    reopened: int = 0

    def cpu(self, each: int) -> str:
        """Milliseconds of both processors for each of so many."""
        return (
            f"{self.service / each * 1e3:.2f} ms of the service and "
            f"{self.server / each * 1e3:.2f} ms of PostgreSQL"
        )

    def fault(self, word: str) -> None:
        self.faults[word] = self.faults.get(word, 0) + 1


async def _ask(line: Line, laptop: Laptop, said: tuple[bytes, bytes], phase: Phase) -> None:
    nonce, body = said
    began = time.perf_counter()
    try:
        try:
            status, answer = await asyncio.wait_for(line.post(body), _PATIENCE)
        except (asyncio.IncompleteReadError, ConnectionError):
            # It hung up after a minute of silence, and a laptop connects anew.
            phase.reopened += 1
            await line.open()
            status, answer = await asyncio.wait_for(line.post(body), _PATIENCE)
    except (TimeoutError, OSError, asyncio.IncompleteReadError) as wrong:
        phase.fault(type(wrong).__name__)
        return
    phase.times.append((time.perf_counter() - began) * 1000)
    if status == 200:
        laptop.heard.append((nonce, answer))
    else:
        phase.fault(str(status))


class Crowd:
    """The laptops, the centre, and how hard both work."""

    def __init__(self, standing: Standing, server: Server, laptops: list[Laptop]) -> None:
        self.standing, self.server = standing, server
        self.laptops = laptops
        context = ssl.create_default_context(cadata=standing.at.centre.authority)
        self.lines = [Line("127.0.0.1", standing.port, context) for _one in laptops]

    async def phase(self, what: Callable[[Phase], Coroutine[Any, Any, None]]) -> Phase:
        """Do something and measure it."""
        phase = Phase()
        service, server = self.standing.seconds(), server_seconds(self.server)
        began = time.perf_counter()
        await what(phase)
        phase.seconds = time.perf_counter() - began
        phase.service = self.standing.seconds() - service
        phase.server = server_seconds(self.server) - server
        return phase

    async def come(self, phase: Phase) -> None:
        """Everybody connects."""

        async def one(line: Line) -> None:
            began = time.perf_counter()
            try:
                await line.open()
            except OSError as wrong:
                phase.fault(type(wrong).__name__)
            phase.times.append((time.perf_counter() - began) * 1000)

        await asyncio.gather(*map(one, self.lines))

    async def speak(self, phase: Phase) -> None:
        """Everybody brings a day's work at once."""
        pairs = zip(self.lines, self.laptops, strict=True)
        await asyncio.gather(*(_ask(line, one, one.first, phase) for line, one in pairs))

    async def check(self, phase: Phase) -> None:
        """Everybody asks at once whether anything is new."""
        pairs = zip(self.lines, self.laptops, strict=True)
        await asyncio.gather(*(_ask(line, one, one.later.pop(), phase) for line, one in pairs))

    def paced(self, rate: float, seconds: float) -> Callable[[Phase], Coroutine[Any, Any, None]]:
        """Laptops ask one after the other, at random moments."""

        async def go(phase: Phase) -> None:
            chance, tasks = random.Random(3), []
            end = time.perf_counter() + seconds
            for line, laptop in zip(self.lines, self.laptops, strict=True):
                if time.perf_counter() > end:
                    break
                tasks.append(asyncio.create_task(_ask(line, laptop, laptop.later.pop(), phase)))
                await asyncio.sleep(chance.expovariate(rate))
            await asyncio.gather(*tasks)

        return go


def check_answers(standing: Standing, laptops: list[Laptop], visits: int) -> int:
    """Open every answer; how many visits were signed for. Raises for one that is not right."""
    identity, acked = standing.at.centre.identity, 0
    for one in laptops:
        for nonce, body in one.heard:
            opened = open_envelope(
                body, identity.keys.public.signing, kind=Kind.ANSWER, device=identity.id,
                nonce=nonce,
            )  # fmt: skip
            for pushed in Answer.from_json(opened.payload).push:
                if pushed.last != visits or pushed.notes:
                    raise RuntimeError("the centre did not take every visit")
                acked += pushed.last
    return acked


@dataclass
class Measured:
    """The phases of one run."""

    came: Phase
    spoke: Phase
    checked: Phase
    paced: Phase
    service_memory: int
    server_memory: int


async def measure(crowd: Crowd, rate: float, seconds: float) -> Measured:
    """Everything that happens, in its order."""
    try:
        came = await crowd.phase(crowd.come)
        spoke = await crowd.phase(crowd.speak)
        memory = crowd.standing.memory(), server_memory(crowd.server)
        checked = await crowd.phase(crowd.check)
        paced = await crowd.phase(crowd.paced(rate, seconds))
    finally:
        for line in crowd.lines:
            line.close()
        await asyncio.sleep(1)  # until the centre has heard of it
    return Measured(came, spoke, checked, paced, *memory)


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--laptops", type=int, default=2_000)
    parser.add_argument("--visits", type=int, default=20)
    parser.add_argument("--rate", type=float, default=50, help="laptops a second, when paced")
    chosen = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with (
        figures.folder() as place,
        postgresql() as server,
        standing_centre(place / "centre", database(server, "crowd"), tls=True) as standing,
    ):
        there = standing.at.centre.database
        laptops = crowd(there, chosen.laptops, chosen.visits, checks=2)
        empty = standing.memory()
        done = asyncio.run(measure(Crowd(standing, server, laptops), chosen.rate, 60))
        acked = check_answers(standing, laptops, chosen.visits)
        with there.read() as conn:
            kept = conn.exec_driver_sql("SELECT count(*) FROM op").scalar_one()
    if kept < acked:
        raise RuntimeError(f"{acked} visits were signed for and {kept} are kept")
    return figures.conclude(_told(done, chosen.laptops, kept, empty), chosen)


def _told(done: Measured, laptops: int, kept: int, empty: int) -> list[Figure]:
    spoke, checked, paced = done.spoke, done.checked, done.paced
    faults = sum(sum(one.faults.values()) for one in (done.came, spoke, checked, paced))
    each = (spoke.service + spoke.server) / max(1, kept)
    idle = (checked.service + checked.server) / max(1, len(checked.times))
    opening = done.came.service / laptops
    a_second = kept / spoke.seconds
    fits = _PATIENCE * len(spoke.times) / spoke.seconds
    # On paper: every laptop connects once a working day, asks every ten minutes of it, and
    # brings its records; a third of these in one hour.
    hour = _LAPTOPS * (_RECORDS * _BUSY_SHARE * each + 3600 / EVERY * idle + opening)
    return [
        Figure(
            f"{laptops:,} laptops at once: not answered", faults, 0, "of them",
            f"{done.came.faults | spoke.faults | checked.faults | paced.faults or 'no faults'}; "
            f"all connected in {done.came.seconds:.1f} s ({opening * 1e3:.2f} ms of the service "
            f"each); {kept:,} visits taken in {spoke.seconds:.1f} s, {a_second:.0f}/s; "
            f"{checked.reopened + paced.reopened} connected anew later",
        ),
        Figure(
            "processors for a visit, its laptop's pull included", each * 1e3, 2, "ms",
            spoke.cpu(kept),
        ),
        Figure(
            "processors for a laptop to which nothing is new", idle * 1e3, 10, "ms",
            checked.cpu(len(checked.times)),
        ),
        Figure(
            "memory of the service with all of them connected", done.service_memory / 1e6, 600,
            "MB",
            f"{empty / 1e6:.0f} MB before; PostgreSQL {done.server_memory / 1e6:.0f} MB",
        ),
        Figure(
            "a question, at a rate the centre follows, p95",
            figures.percentile(paced.times, 95), 500, "ms", figures.told(paced.times),
        ),
        Figure(
            "the last of a crowd that comes at once", max(spoke.times) / 1000, _PATIENCE, "s",
            f"{figures.told(spoke.times)}; nothing new, all at once: "
            f"{figures.told(checked.times)}. What breaks first is patience: a laptop hangs up "
            f"after {_PATIENCE:.0f} s and says it again; one process comes to that at "
            f"{fits:,.0f} laptops in the same moment (computed)",
        ),
        Figure(
            f"{_LAPTOPS:,} laptops, their busiest hour (computed)", hour / 3600, 1.5, "cores",
            f"{_RECORDS} records a laptop and day, {_BUSY_SHARE:.0%} of them in that hour; every "
            f"laptop asks each {EVERY / 60:.0f} minutes; "
            f"{_LAPTOPS * _RECORDS * each / 3600:.1f} core hours a day for records, "
            f"{_LAPTOPS * _HOURS * 3600 / EVERY * idle / 3600:.1f} for questions",
        ),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
