# SPDX-License-Identifier: Apache-2.0
"""Laptops that write to a centre all at once, one that reads all the time, and what they know.

Each is a thread with keys of its own and real envelopes. A writer says everything again that was
not signed for; it notes what the centre must never do: go back, give an op two numbers, know
another stream. The reader notes every row it was told, and whether they come to the digest.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import httpx

from desktop.centre.database import Database, new_id
from desktop.centre.ledger import CentreLedger
from desktop.model.chain import link
from desktop.sync.envelope import Kind, new_nonce, open_envelope
from desktop.sync.protocol import Answer, Op, Pull, Push, Pushed
from desktop.sync.row import DIGEST_MODULUS, Key, Row, row_from_wire, row_hash
from tests.centre.running import Laptop, RunningCentre, complete

SCOPES: Final = ("t:630609", "t:630101")
_A_MESSAGE: Final = 5
_SHARED: Final = 6
_UNHEARD: Final = 0.2
"""Of all answers so many are thrown away."""

Over = Callable[[], bool]


class _Line:
    """A laptop's line to a centre that may be gone."""

    def __init__(self, at: RunningCentre) -> None:
        self.client = httpx.Client(base_url=at.url, trust_env=False, timeout=10)
        self.laptop: Laptop = at.laptop(("63",))
        self.laptop.at = replace(at, client=self.client)
        self.faults: list[str] = []
        self.silences = self.bugs = 0

    def ask(self, *pushes: Push, **other: Any) -> Answer | None:
        """The signed answer; None when there was none."""
        identity, nonce = self.laptop.at.centre.identity, new_nonce()
        request = self.laptop.request(*pushes, **other)
        try:
            posted = self.laptop.post(self.laptop.envelope(request, nonce))
        except httpx.HTTPError:
            posted = None
        if posted is None or posted.status_code != 200:
            if posted is not None and posted.status_code not in (500, 503):
                self.faults.append(f"status {posted.status_code}: {posted.text[:80]}")
            self.silences += 1
            self.bugs += posted is not None and posted.status_code == 500
            time.sleep(0.05)
            return None
        opened = open_envelope(
            posted.content, identity.keys.public.signing, kind=Kind.ANSWER, device=identity.id,
            nonce=nonce,
        )  # fmt: skip
        return Answer.from_json(opened.payload)


@dataclass
class Stream:
    """What a writer said in one scope, and what of it was signed for."""

    ops: list[Op] = field(default_factory=list)
    chains: list[bytes] = field(default_factory=lambda: [b""])
    acked: int = 0
    numbers: dict[str, int] = field(default_factory=dict)

    def says(self, op: Op) -> None:
        self.ops.append(op)
        self.chains.append(link(self.chains[-1], op.text))


class Writer(_Line):
    """Says something in each scope again and again until it is over, then until it is heard."""

    def __init__(self, at: RunningCentre, seed: str) -> None:
        super().__init__(at)
        self.draw = random.Random(seed)
        self.streams = {scope: Stream() for scope in SCOPES}
        self.thrown = 0

    def write(self, over: Over, give_up: Over) -> None:
        """For a thread."""
        with self.client:
            while not give_up():
                done = over()
                for stream in self.streams.values():
                    if not done and len(stream.ops) - stream.acked < 4 * _A_MESSAGE:
                        for _ in range(_A_MESSAGE):
                            stream.says(self._op())
                waiting = [s for s, one in self.streams.items() if one.acked < len(one.ops)]
                if done and not waiting:
                    return
                self._say(waiting)

    def _op(self) -> Op:
        shared = self.draw.random() < 0.2
        record = f"shared-{self.draw.randrange(_SHARED)}" if shared else new_id()
        body = {"kind": "household", "id": record, "set": {"needs": f"ต้องการ {new_id()}"}}
        return Op(self.laptop.people[0], "2026-11-20T06:00:00Z", complete(body))

    def _say(self, scopes: list[str]) -> None:
        pushes = []
        for scope in scopes:
            stream = self.streams[scope]
            first = stream.acked + 1
            ops = tuple(stream.ops[first - 1 : first - 1 + 4 * _A_MESSAGE])
            before = stream.chains[first - 1].hex()
            pushes.append(Push(scope, self.laptop.incarnation, first, before, ops))
        answer = self.ask(*pushes)
        if answer is None:
            return
        if self.draw.random() < _UNHEARD:
            self.thrown += 1
            return
        if answer.refused:
            self.faults.append(f"refused: {answer.refused}")
        for told in answer.push:
            self._heard(self.streams[told.scope], told)

    def _heard(self, stream: Stream, told: Pushed) -> None:
        if told.last < stream.acked:
            self.faults.append(f"lost: had signed for {stream.acked}, now has {told.last}")
        if told.last >= len(stream.chains) or stream.chains[told.last].hex() != told.chain:
            self.faults.append(f"another stream: {told.last} of {len(stream.ops)} {told.trouble}")
            return
        for n, seq in enumerate(told.seqs, told.first):
            oid = str(stream.ops[n - 1].body["oid"])
            if stream.numbers.setdefault(oid, seq) != seq or seq <= 0:
                self.faults.append(f"doubled: op has {stream.numbers[oid]} and {seq}")
        stream.acked = told.last


class Reader(_Line):
    """Pulls all the time; its rows are to be the centre's."""

    def __init__(self, at: RunningCentre) -> None:
        super().__init__(at)
        self.rows: dict[str, dict[Key, Row]] = {scope: {} for scope in SCOPES}
        self.sums = dict.fromkeys(SCOPES, 0)
        self.cursors = dict.fromkeys(SCOPES, 0)
        self.heads = dict.fromkeys(SCOPES, 0)
        self.pages = self.alarms = 0

    def read(self, over: Over, give_up: Over) -> None:
        """For a thread."""
        with self.client:
            while not give_up():
                done = over()
                pulls = tuple(Pull(scope, since) for scope, since in self.cursors.items())
                answer = self.ask(pull=pulls, budget=64 * 1024)
                if answer is None:
                    continue
                rows = [self._took(page) for page in answer.pull]
                if done and not any(rows) and not any(page.more for page in answer.pull):
                    return
                time.sleep(0.005)

    def _took(self, page: Any) -> int:
        scope, known = page.scope, self.rows[page.scope]
        self.pages += 1
        if page.since != self.cursors[scope]:
            self.faults.append("answers another question")
        if page.next < page.since or page.head < self.heads[scope]:
            self.faults.append(
                f"went back: {page.since} to {page.next}, {self.heads[scope]} to {page.head}"
            )
        before = page.since
        for wire in page.rows:
            row = row_from_wire(wire)
            if row.seq <= before:
                self.faults.append(f"row {row.seq} after {before}")
            before = row.seq
            old = known.get(row.key)
            self.sums[scope] += row_hash(row) - (row_hash(old) if old else 0)
            known[row.key] = row
        self.cursors[scope], self.heads[scope] = page.next, page.head
        if not page.more and page.digest != self.sums[scope] % DIGEST_MODULUS:
            self.alarms += 1
        return len(page.rows)


# ---- the judge


@dataclass
class Judged:
    """What a centre has when all is said and heard."""

    said: int = 0
    kept: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)


def judge(database: Database, writers: list[Writer], reader: Reader) -> Judged:
    """Every op exactly once, under the number that was signed for; the reader has every row."""
    found = Judged()
    for one in (*writers, reader):
        found.faults += sorted(set(one.faults))
    kept = _kept(database)
    found.kept = sum(map(len, kept.values()))
    for writer in writers:
        for scope, stream in writer.streams.items():
            found.said += len(stream.ops)
            found.faults += _once(scope, writer.laptop.incarnation, stream, kept)
    if found.kept != found.said:
        found.faults.append(f"doubled: {found.kept} ops are kept, {found.said} were said")
    for scope in SCOPES:
        _compare(database, scope, reader, found)
    if reader.alarms:
        found.faults.append(f"the reader's digest was another {reader.alarms} times")
    return found


def _once(
    scope: str, device: str, stream: Stream, kept: dict[str, list[tuple[str, str, int, int]]]
) -> list[str]:
    found = []
    if stream.acked < len(stream.ops):
        found.append(f"never heard: {len(stream.ops) - stream.acked}")
    for n, op in enumerate(stream.ops[: stream.acked], 1):
        oid = str(op.body["oid"])
        places = kept.get(oid, [])
        wanted = (scope, device, n, stream.numbers.get(oid, 0))
        if not places:
            found.append(f"lost: op {n} of {scope} was signed for")
        elif places != [wanted] and wanted[3]:
            found.append(f"doubled: {places} for {wanted}")
    return found


def _kept(database: Database) -> dict[str, list[tuple[str, str, int, int]]]:
    found: dict[str, list[tuple[str, str, int, int]]] = {}
    with database.read() as conn:
        for oid, scope, device, n, seq, aside in conn.exec_driver_sql(
            "SELECT oid, scope, device, n, seq, quarantined FROM op"
        ):
            found.setdefault(oid, []).append((scope, device, n, -seq if aside else seq))
    return found


def _compare(database: Database, scope: str, reader: Reader, found: Judged) -> None:
    ledger = CentreLedger(database)
    there = {row.key: row for row in ledger.whole(scope)}
    with database.read() as conn:
        head, digest = conn.exec_driver_sql(
            f"SELECT head, digest FROM scope WHERE scope = '{scope}'"
        ).one()
    here = reader.rows[scope]
    missed = [key for key, row in there.items() if key not in here or here[key].seq < row.seq]
    found.missed += len(missed)
    if missed:
        found.faults.append(f"the reader missed {len(missed)} rows of {scope}")
    counted = sum(map(row_hash, there.values())) % DIGEST_MODULUS
    if len({counted, digest % DIGEST_MODULUS, reader.sums[scope] % DIGEST_MODULUS}) != 1:
        found.faults.append(f"digests of {scope} differ")
    if max((row.seq for row in there.values()), default=0) > head:
        found.faults.append("a row has a number above the head")


def crowd(
    at: RunningCentre, writers: int, seed: str, over: threading.Event, give_up: threading.Event
) -> tuple[list[Writer], Reader, list[threading.Thread], threading.Event]:
    """Begin; ``over`` ends the writing. Returns also the reader's end."""
    people = [Writer(at, f"{seed} {number}") for number in range(writers)]
    reader, read_all = Reader(at), threading.Event()
    threads = [
        threading.Thread(target=one.write, args=(over.is_set, give_up.is_set)) for one in people
    ]
    threads.append(threading.Thread(target=reader.read, args=(read_all.is_set, give_up.is_set)))
    for thread in threads:
        thread.start()
    return people, reader, threads, read_all
