# SPDX-License-Identifier: Apache-2.0
"""Adding people by the ten thousand and finding one while her name is typed. On demand:

    python tests/bench/bench_people.py [--people 100000] [--rounds 60]

Floors are measured in the same run and file: for adding, one ``executemany`` of as many plain
rows and op texts as the action leaves, in one commit; for finding, one read of 200 people by
their ids. Targets: adding 10,000 in 1 s on a quiet office machine; finding p95 well under 10 ms,
for one letter too; a roster of 430 read in about 2 ms.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop.actions.event import EventDraft, create_event  # noqa: E402 - the checkout first
from desktop.actions.roster import Entry, add_entries  # noqa: E402
from desktop.store import roster, search  # noqa: E402
from desktop.store.engine import connect  # noqa: E402
from desktop.store.keys import DataKey  # noqa: E402
from tests.actions.office_ground import BY, Ground, cid  # noqa: E402

BATCH = 10_000
STARTS, MIDDLES, ENDS = (
    line.split()
    for line in (
        "กม ขว คณิ จัน ชล ณัฐ ดวง ธน นภ ปร พร ภัท มณ รุ่ง วร ศิ สม สุ อนุ อร เก แส โก ไพ",
        "ชาย ธร พงษ์ วรรณ กานต์ นันท์ ลักษณ์ พร ศรี ทิพย์ ชัย เดช ฤทธิ์ นา วดี รัตน์",
        "วงศ์ กุล สุข ดี พันธ์ รักษ์ เจริญ ชัย มา ไพร ทอง แก้ว คำ บุญ สาย",
    )
)
TYPED = ("ก", "ส", "เ", "ฮ", "สม", "ณั", "สมช", "ภัทร", "วงศ์", "กุลคำ", "ซซซ", "1234")


def people(count: int, first: int) -> list[Entry]:
    """Made-up people; the same ones at every run."""
    dice = random.Random(first)
    return [
        Entry(
            first=dice.choice(STARTS) + dice.choice(MIDDLES),
            last=dice.choice(STARTS) + dice.choice(ENDS) + dice.choice(ENDS),
            title=dice.choice(("นาย", "นางสาว")),
            identifier=cid(first + number),
            phone=f"08{dice.randrange(10**8):08d}",
            organisation=f"องค์การบริหารส่วนตำบลที่ {number % 300}",
            area=str(dice.randrange(10, 97)),
        )
        for number in range(count)
    ]


def timed(way: Callable[[], object]) -> float:
    """Milliseconds one call takes."""
    before = time.perf_counter()
    way()
    return (time.perf_counter() - before) * 1000


def floor_of_adding(ground: Ground, ops: int) -> float:
    """Milliseconds for one commit of ``ops`` plain rows and as many texts of an op's length."""
    raw = connect(ground.store.path, DataKey(bytes(range(32))), write=True)
    raw.execute("CREATE TABLE floor_row (id TEXT PRIMARY KEY, a, b, c, d, e, f)")
    raw.execute("CREATE TABLE floor_op (seq INTEGER PRIMARY KEY, body TEXT, chain BLOB)")
    rows = [(f"{number:036d}", "ก" * 10, "ข" * 12, "", "", "63", 1) for number in range(ops)]
    texts = [("x" * 420, bytes(32)) for _number in range(ops)]

    def commit() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany("INSERT INTO floor_row VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        raw.executemany("INSERT INTO floor_op (body, chain) VALUES (?, ?)", texts)
        raw.execute("COMMIT")

    taken = timed(commit)
    raw.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        ground = Ground(Path(place) / "store")
        taken, ops = [], 0
        for first in range(0, chosen.people, BATCH):
            draft = EventDraft(name="งาน", date_note="-")
            event = create_event(ground.store, BY, draft).value
            batch, before = people(BATCH, first), ground.last_op()
            taken.append(timed(lambda: add_entries(ground.store, BY, event.id, batch)))  # noqa: B023
            ops = ground.last_op() - before
        base = floor_of_adding(ground, ops)
        median = statistics.median(taken)
        print(f"add {BATCH:,} people ({ops:,} ops): {median:.0f} ms, {median / base:.1f} × floor")
        small = create_event(ground.store, BY, EventDraft(name="เล็ก", date_note="-")).value
        add_entries(ground.store, BY, small.id, people(430, chosen.people))
        with ground.store.read() as conn:
            reads = [timed(lambda: roster.roster(conn, small.id)) for _ in range(chosen.rounds)]
            print(f"roster of 430: median {statistics.median(reads):.2f} ms")
            listed = search.people_named(conn, "ส")
            floor = statistics.median(
                timed(lambda: roster._found(conn, listed)) for _ in range(chosen.rounds)
            )
            print(f"floor: {len(listed)} people by id, {floor:.2f} ms")
            for name, event_id in (
                ("all", None), (f"event of {BATCH:,}", event.id), ("event of 430", small.id),
            ):  # fmt: skip
                for text in TYPED:
                    times = sorted(
                        timed(lambda: roster.search(conn, text, event_id=event_id))  # noqa: B023
                        for _ in range(chosen.rounds)
                    )
                    late = times[int(len(times) * 0.95)]
                    print(
                        f"  {name:>15} {text:<6} {statistics.median(times):6.2f} p95 {late:6.2f}"
                    )
        ground.store.close()


if __name__ == "__main__":
    main()
