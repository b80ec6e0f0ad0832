# SPDX-License-Identifier: Apache-2.0
"""An area of 10,000 people received from the centre, while somebody is checking people in.

    python -m tests.bench.bench_receive [--rows 10000]

Pages go through the real core into the real encrypted store, in the background; meanwhile marks
are committed in the foreground as at a door, 20 a second.

    received    first page to last row shown and found by its name
    chunk       one transaction: what a writer may have to wait for
    mark        a mark, from the call to the commit, while all that goes on
"""

from __future__ import annotations

import random
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from desktop.store.ids import new_id
from desktop.store.keys import DataKey
from desktop.store.store import Store
from desktop.store.sync import StoreNotebook
from desktop.store.sync_state import recounted
from desktop.sync.pages import take_page
from desktop.sync.ports import ScopeState
from desktop.sync.protocol import Pulled
from desktop.sync.row import digest, row_from_wire, row_hash
from tests.bench import figures
from tests.bench.bench_store import mark
from tests.bench.figures import Figure, percentile, told

KEY = DataKey(bytes(range(32)))
SCOPE = "t:630609"
PAGE = 800
"""Rows of one answer: about as many as 256 kB hold."""
FIRST = ("สมชาย", "สมหญิง", "มะลิ", "คำ", "บัวคำ", "จะคะ", "ณัฐพงษ์", "ทิพย์วรรณ")
LAST = ("ใจดี", "แสงดาว", "แก้วตา", "วงศ์ษา", "ณ นคร", "มาก")


class Timed(StoreNotebook):
    """Notes how long every transaction took."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.times: list[float] = []

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        with super().transaction() as change:
            began = time.perf_counter()  # waiting for another writer keeps nobody waiting
            yield change
        self.times.append((time.perf_counter() - began) * 1000)


def rows(count: int) -> list[list[Any]]:
    """People, and the household member each of them is, as they travel."""
    draw, made = random.Random(1), []
    for seq in range(1, count + 1):
        if seq % 2:
            fields: dict[str, Any] = {
                "title": "นาย", "first": f"{draw.choice(FIRST)}{seq % 97}", "middle": "",
                "last": draw.choice(LAST), "sex": "m", "phone": "", "area": "630609",
            }  # fmt: skip
            made.append([seq, "person", new_id(), 0, fields])
        else:
            fields = {
                "household_id": new_id(), "person_id": made[-1][2], "name": "", "age": 33,
                "relation": "head", "seen_on": "2026-11-20", "sex": "m", "body_state": [],
            }  # fmt: skip
            made.append([seq, "member", new_id(), 0, fields])
    return made


def receive(book: Timed, told_rows: list[list[Any]]) -> float:
    """Take all rows in pages; the seconds it took."""
    whole = digest(row_hash(row_from_wire(one)) for one in told_rows)
    with book.transaction() as change:
        change.follow(1)
        change.keep_scope(ScopeState(SCOPE, granted=True))
    book.times.clear()
    began, count = time.perf_counter(), len(told_rows)
    for at in range(0, count, PAGE):
        end = min(at + PAGE, count)
        page = Pulled(
            SCOPE, at, tuple(told_rows[at:end]), end, count, end < count,
            whole if end == count else None,
        )  # fmt: skip
        _rows, _more, wrong = take_page(book, page, 1, "2026-11-20T02:00:00.000Z")
        if wrong:
            raise SystemExit("the rows do not come to the digest")
    return time.perf_counter() - began


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    chosen = parser.parse_args()
    with figures.folder() as place, closing(Store.create(place / "store", KEY)) as store:
        book, told_rows, took = Timed(store), rows(chosen.rows), [0.0]

        def work() -> None:
            took[0] = receive(book, told_rows)

        background = threading.Thread(target=work)
        background.start()
        marks: list[float] = []
        while background.is_alive():
            began = time.perf_counter()
            with store.write("facilitator-1") as write:
                write.put("mark", new_id(), "w:event-1", **mark(len(marks), store.device))
            marks.append((time.perf_counter() - began) * 1000)
            time.sleep(0.05)
        background.join()
        with store.read() as conn:
            began = time.perf_counter()
            recounted(conn, SCOPE)
            counted = time.perf_counter() - began
        return figures.conclude(
            (
                Figure(
                    f"{chosen.rows:,} rows received", took[0], 15, "s",
                    f"counted again in {counted:.2f} s",
                ),
                Figure("a chunk of them, p99", percentile(book.times, 99), 50, "ms",
                       told(book.times)),
                Figure("a mark meanwhile, p99", percentile(marks, 99), 50, "ms", told(marks)),
            ),
            chosen,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
