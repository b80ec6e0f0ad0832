# SPDX-License-Identifier: Apache-2.0
"""Saving a mark against the floor, in one run and one file. On demand:

    python tests/bench/bench_store.py [--people 100000] [--rounds 1000]

The floor is one raw ``synchronous=FULL`` commit of the same four rows (mark, op, stream, audit)
into tables of the same shape, with nothing read, compared, hashed or numbered. Measured in
turns, so that a busy machine is busy for all:

    floor       BEGIN IMMEDIATE, four inserts, COMMIT through the driver
    put         ``Store.write`` and ``Write.put``: row, op, chain, audit
    arrive      the desk's check-in: read the person's marks and the programme, decide, put

Targets: ``put`` and ``arrive`` within 3 times the floor, at the median and at p99.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop.actions.attendance import arrive  # noqa: E402 - the checkout comes first
from desktop.store.engine import connect  # noqa: E402
from desktop.store.ids import new_id  # noqa: E402
from desktop.store.keys import DataKey  # noqa: E402
from desktop.store.store import FILE, Store  # noqa: E402
from tests.hall import BY, MORNING, open_hall  # noqa: E402

KEY = DataKey(bytes(range(32)))
TABLES = ("mark", "op", "stream", "audit")
SCOPE = "w:event-1"


def fill(store: Store, count: int) -> None:
    """Put people and their enrolments in, a thousand a transaction."""
    for start in range(0, count, 1000):
        with store.write(BY) as write:
            for number in range(start, min(count, start + 1000)):
                write.put("person", f"p{number}", SCOPE, first=f"สมหญิง{number}", last="ใจดี")
                write.put(
                    "enrolment",
                    f"n{number}",
                    SCOPE,
                    event_id="event-1",
                    person_id=f"p{number}",
                    badge_no=number,
                    role="trainee",
                    person_group="network",
                    source="preregistered",
                    status="enrolled",
                )


def mark(number: int, device: str) -> dict[str, Any]:
    """The fields of one mark."""
    return {
        "event_id": "event-1",
        "enrolment_id": f"n{number}",
        "session_id": "afternoon",
        "mark_scope": "half",
        "kind": "in",
        "minute": 790,
        "noted_at": "2019-03-01T02:00:00.000Z",
        "noted_by": BY,
        "device": device,
        "method": "qr",
    }


def floor_tables(raw: Any) -> None:
    """Tables and indexes like the store's, without triggers."""
    for table in TABLES:
        found = raw.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('table', 'index') "
            "AND sql IS NOT NULL",
            (table,),
        ).fetchall()
        for (sql,) in found:
            head, _on, rest = sql.partition("(")
            renamed = head.replace(f"TABLE {table}", f"TABLE floor_{table}")
            renamed = renamed.replace(f"ON {table}", f"ON floor_{table}")
            raw.execute(renamed.replace("INDEX ", "INDEX floor_") + "(" + rest)


def floor(raw: Any, device: str) -> Callable[[int], None]:
    """One raw commit of the rows of one mark."""
    columns = ("id", "scope", "changed_at", *mark(0, device))
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT INTO floor_mark ({', '.join(columns)}) VALUES ({marks})"
    body = "x" * 420

    def save(number: int) -> None:
        fields = mark(number, device)
        record = new_id()
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(insert, (record, SCOPE, "2019-03-01T02:00:00.000Z", *fields.values()))
        raw.execute(
            'INSERT INTO floor_op (scope, device, n, kind, record_id, "by", at, body, chain) '
            "VALUES (?, ?, ?, 'mark', ?, ?, 'now', ?, ?)",
            (SCOPE, device, number, record, BY, body, bytes(32)),
        )
        raw.execute(
            "INSERT OR REPLACE INTO floor_stream VALUES (?, ?, ?, ?, 'hlc')",
            (SCOPE, device, number, bytes(32)),
        )
        raw.execute(
            'INSERT INTO floor_audit (at, "by", device, action, noun, record_id, detail, chain) '
            "VALUES ('now', ?, ?, 'create', 'mark', ?, '', ?)",
            (BY, device, record, bytes(32)),
        )
        raw.execute("COMMIT")

    return save


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=1000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        hall = open_hall(Path(place) / "store")
        store = hall.store
        began = time.perf_counter()
        fill(store, chosen.people)
        print(f"{chosen.people:,} people and enrolments: {time.perf_counter() - began:.1f} s")
        raw = connect(store.path, KEY, write=True)
        floor_tables(raw)

        def put(number: int) -> None:
            with store.write(BY) as write:
                write.put("mark", new_id(), SCOPE, **mark(number, store.device))

        def check_in(number: int) -> None:
            arrive(store, BY, f"n{number}", MORNING, 540, "qr")

        ways = {"floor": floor(raw, store.device), "put": put, "arrive": check_in}
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for number in range(chosen.rounds):
            for name, way in ways.items():
                before = time.perf_counter()
                way(number)
                taken[name].append((time.perf_counter() - before) * 1000)
        raw.close()
        size = (store.folder / FILE).stat().st_size / 1e6
        store.close()
    base = _figures(taken["floor"])
    print(f"{chosen.rounds} rounds, file of {size:.0f} MB")
    for name, times in taken.items():
        median, late = _figures(times)
        print(
            f"  {name:8} median {median:6.3f} ms ({median / base[0]:4.2f} x)"
            f"   p99 {late:6.3f} ms ({late / base[1]:4.2f} x)"
        )


def _figures(times: list[float]) -> tuple[float, float]:
    """Median and 99th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    main()
