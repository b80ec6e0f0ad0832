# SPDX-License-Identifier: Apache-2.0
"""The tables of a whole country: what a pull and a push cost with millions of records there.

    python -m tests.bench.bench_centre [--records 2000000] [--scopes 7255] [--rounds 2000]

Starts a PostgreSQL of its own on the disk (``fsync`` and ``synchronous_commit`` on), fills it
with records of 1.5 kB and measures what the service does for a request, without the envelope and
the line: the ledger's pull, the core's push of 20 new visits with its merge, and a whole answer
with rights, push and pull. One client; every commit is on the disk. Beside the time that was
waited stands the time the processors worked, which others on the machine do not change, and
what an empty question and a bare commit cost in the same run.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.centre.account import Account, Office, keep_account, keep_office
from desktop.centre.database import Database, open_database
from desktop.centre.device import Device, keep_device
from desktop.centre.ledger import CentreLedger
from desktop.centre.rights import rights_of
from desktop.model.chain import START
from desktop.sync import ledger as core
from desktop.sync.protocol import Op, Pull, Push, Request, granted_mark
from tests.bench.figures import Figure, arguments, conclude, percentile, told
from tests.centre.postgresql import end_server, start_server

WORDS = "ครอบครัวนี้อยู่กันสี่คน ยายเดินไม่ค่อยสะดวก หลานเรียนชั้นประถม ต้องการข้าวสารและผ้าอ้อม "

FILL = """
INSERT INTO rec (scope, kind, id, seq, deleted, fields, writers, variants, hash, size)
SELECT 't:' || lpad(s::text, 6, '0'), 'visit', md5(s || '.' || n), n, false,
  ('{{"household_id":"' || md5(s::text) || '","visited_on":"2026-10-01","story":"' || $${story}$$
   || '"}}')::json,
  ('[[["household_id","visited_on","story"],' || n || ',"d' || n %% 3 || '","0","' || n
   || '",[],[],0]]')::json,
  '[]', n, {size} FROM generate_series(1, {scopes}) s, generate_series(1, {each}) n
"""
FILL_OPS = """
INSERT INTO op (scope, seq, device, n, oid, kind, id, by, at, received_at, body)
SELECT 't:' || lpad(s::text, 6, '0'), n, 'd' || n %% 3, n, md5('o' || s || '.' || n), 'visit',
  md5(s || '.' || n), 'dok', '2026-10-01T00:00:00.000Z[+07:00]', '2026-10-01T00:00:00.000Z',
  ('{{"oid":"' || md5('o' || s || '.' || n) || '"}}')::json
FROM generate_series(1, {scopes}) s, generate_series(1, {each}) n
"""
SCOPES = """
INSERT INTO scope (scope, head) SELECT 't:' || lpad(s::text, 6, '0'), {each}
FROM generate_series(1, {scopes}) s
"""


def fill(database: Database, scopes: int, each: int) -> None:
    """``each`` visits in each of ``scopes`` tambons."""
    story = WORDS * 6
    with database.write() as conn:
        conn.exec_driver_sql("SET LOCAL statement_timeout = 0")
        said = {"scopes": scopes, "each": each, "story": story, "size": len(story.encode()) + 150}
        for statement in (SCOPES, FILL, FILL_OPS):
            conn.exec_driver_sql(statement.format(**said))
        keep_office(conn, database, Office("mhs", "พมจ."))
        keep_account(conn, database, Account("dok", "mhs", "ดอก", "facilitator", ("0000",)))
        keep_device(conn, database, Device("one", "mhs", "one", bytes(32), bytes(32)), ["dok"])
    with database.read() as conn:
        conn.exec_driver_sql("SET statement_timeout = 0")
        conn.exec_driver_sql("VACUUM ANALYZE")


def visits(rng: random.Random, count: int) -> tuple[Op, ...]:
    """New visits as a laptop says them."""
    made = []
    for _visit in range(count):
        fields = {"household_id": f"{rng.getrandbits(128):032x}", "visited_on": "2026-11-20",
                  "story": WORDS * 6}  # fmt: skip
        body = {"oid": f"{rng.getrandbits(128):032x}", "kind": "visit", "base": 0, "ep": 1,
                "id": f"{rng.getrandbits(128):032x}", "hlc": "0", "set": fields}  # fmt: skip
        made.append(Op("dok", "2026-11-20T06:00:00.000Z[+07:00]", body))
    return tuple(made)


class Clock:
    """Milliseconds of each call: as it was waited for, and as both processors worked for it."""

    def __init__(self, backend: int) -> None:
        self.times: dict[str, list[float]] = {}
        self.work: dict[str, list[float]] = {}
        self._backend = Path(f"/proc/{backend}/schedstat")

    def worked(self) -> float:
        """Seconds of processor time of this thread and of the server's process so far."""
        server = int(self._backend.read_text().split()[0]) if self._backend.exists() else 0
        return time.thread_time() + server / 1e9

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        work, began = self.worked(), time.perf_counter()
        yield
        self.times.setdefault(name, []).append((time.perf_counter() - began) * 1000)
        self.work.setdefault(name, []).append((self.worked() - work) * 1000)


def measure(database: Database, scopes: int, each: int, rounds: int) -> Clock:
    """Every call in turns, each time in another scope."""
    with database.write() as conn:
        # One thread, so one connection, which the pool gives again and again.
        backend = conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        conn.exec_driver_sql("CREATE TABLE floor (line text)")
    rng, clock, ledger = random.Random(4), Clock(backend), CentreLedger(database)
    for turn in range(rounds + 20):
        if turn == 20:
            clock = Clock(
                backend
            )  # statements are prepared by then, as they are in a running service
        scope = f"t:{rng.randint(1, scopes):06}"
        with clock("a row committed"), database.write() as conn:
            conn.exec_driver_sql("INSERT INTO floor VALUES (%s)", (WORDS * 120,))
        with clock("a word asked"), database.read() as conn:
            conn.exec_driver_sql("SELECT 1").scalar()
        with clock("delta pull"):
            rows, *_rest = ledger.page(scope, each - 5, 256 * 1024)
        assert len(rows) >= 5
        if turn % 4 == 0:
            with clock("whole scope"):
                ledger.page(scope, 0, 8 * 1024 * 1024)
        scope = f"t:{rng.randint(1, scopes):06}"
        push = Push(scope, f"n{turn}", 1, START.hex(), visits(rng, 20))
        with clock("push of 20"):
            pushed = core.push(ledger, push, lambda _op: "", epoch=1)
        assert pushed.last == 20
        own = f"t:0000{rng.randint(1, 99):02}"
        head = ledger.pull(own, 10**9, 1)[1]
        mine = Push(own, f"w{turn}", 1, START.hex(), visits(rng, 20))
        with clock("whole answer"):
            rights = rights_of(database, "one")
            asked = tuple(Pull(one, head if one == own else 10**9) for one in (own, "o:mhs"))
            granted = granted_mark(rights.scopes())
            request = Request("one", 1, "", (mine,), asked, granted=granted)
            answer = core.answer(ledger, request, rights, now="")
        assert answer.push[0].last == 20
    return clock


def main() -> int:
    parser = arguments(__doc__)
    parser.add_argument("--records", type=int, default=2_000_000)
    parser.add_argument("--scopes", type=int, default=7_255)
    parser.add_argument("--rounds", type=int, default=2_000)
    chosen = parser.parse_args()
    each = chosen.records // chosen.scopes
    server = start_server(durable=True)
    try:
        # Filled without waiting for the disk; measured with it.
        server.stop("fast")
        quick = replace(server, durable=False)
        quick.start()
        database = open_database(server.url("postgres"))
        began = time.perf_counter()
        fill(database, chosen.scopes, each)
        filled = time.perf_counter() - began
        with database.read() as conn:
            size = conn.exec_driver_sql("SELECT pg_database_size('postgres')").scalar_one()
        database.close()
        quick.stop("fast")
        server.start()
        database = open_database(server.url("postgres"))
        clock = measure(database, chosen.scopes, each, chosen.rounds)
        database.close()
    finally:
        end_server(server)
    there = f"{chosen.scopes * each:,} records, {chosen.scopes:,} scopes, {size / 2**30:.1f} GiB"
    floor = (
        f"the line asked for nothing: {told(clock.times['a word asked'])}; "
        f"the same bytes in one row committed: {told(clock.times['a row committed'])}; "
        f"filled in {filled:.0f} s"
    )
    limits = {"delta pull": 5.0, "push of 20": 10.0, "whole scope": 50.0, "whole answer": 30.0}
    found = [
        Figure(
            f"centre: {name}, p99 ({there})", percentile(clock.times[name], 99), limit, "ms",
            f"{told(clock.times[name])}; processors: {told(clock.work[name])}; {floor}",
        )
        for name, limit in limits.items()
    ]  # fmt: skip
    return conclude(found, chosen)


if __name__ == "__main__":
    sys.exit(main())
