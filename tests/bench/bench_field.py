# SPDX-License-Identifier: Apache-2.0
"""Home visits in the store: the journal, the finish, and finding a household.

python -m tests.bench.bench_field [--households 20000] [--rounds 400]

journal     one answer kept (``actions.draft.note``), beside one raw ``synchronous=FULL``
            commit of one row into a table of the same shape, in turns in the same file
finish      a filled home visit frozen with everything it writes, after the form gave it
photo       a photo of 300 kB sealed and noted
households  a search over so many households with five members each (``find_households``)
"""

from __future__ import annotations

import random
import statistics
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from desktop.actions import draft, record
from desktop.store import household
from desktop.store import visit as visits
from desktop.store.engine import connect
from desktop.store.ids import new_id
from desktop.store.store import FILE
from desktop.xforms.journal import Step
from tests.bench import figures
from tests.bench.figures import Figure, percentile, told
from tests.field import BANGKOK, BY, KEY, VISIT, Field, open_field
from tests.printing.names import names

TAMBON = [f"63060{number}" for number in range(1, 10)] + [f"57010{n}" for n in range(1, 9)]
MEMBERS = 5
_A_TIME = 2_000


def settle(field: Field, count: int) -> list[str]:
    """So many households with their members; some of their names."""
    chance = random.Random(5)
    pool = list(names(4_000, 3))
    some: list[str] = []
    for start in range(0, count, _A_TIME):
        houses, members = [], []
        for number in range(start, min(count, start + _A_TIME)):
            area = chance.choice(TAMBON)
            house = new_id()
            houses.append(
                (
                    house,
                    f"t:{area}",
                    {
                        "area": area,
                        "house_no": f"{chance.randrange(1, 400)}/{chance.randrange(1, 20)}",
                        "moo": str(chance.randrange(1, 15)),
                        "village": f"บ้านห้วย{chance.choice(pool).split()[-1][:6]}",
                        "lat": 16 + chance.random(),
                        "lon": 98 + chance.random(),
                        "dependants": [],
                        "welfare": [],
                    },
                )
            )
            for place in range(MEMBERS):
                name = chance.choice(pool)
                if number % 97 == 0 and not place:
                    some.append(name)
                members.append(
                    (
                        new_id(),
                        f"t:{area}",
                        {
                            "household_id": house,
                            "name": name,
                            "relation": "" if place else "head",
                            "age": chance.randrange(90),
                            "body_state": [],
                        },
                    )
                )
        with field.store.write(BY) as write:
            write.put_many("household", houses)
            write.put_many("member", members)
    return some


def journal(field: Field, folder: Path, rounds: int) -> Figure:
    """An answer against a raw commit, in turns."""
    one = field.begin()
    with closing(connect(folder / FILE, KEY, write=True)) as raw:
        raw.execute(
            "CREATE TABLE floor (draft_id TEXT, seq INTEGER, kind TEXT, place TEXT, value TEXT, "
            "at TEXT, noted_at TEXT, PRIMARY KEY (draft_id, seq)) WITHOUT ROWID"
        )
        bare, kept = [], []
        step = Step("answer", "/data/g_prob/problem_detail", "ปวดหลังมาสามเดือน เดินไม่ไหว",
                    datetime(2026, 11, 20, 9, tzinfo=BANGKOK))  # fmt: skip
        for number in range(rounds):
            began = time.perf_counter()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(
                "INSERT INTO floor VALUES (?, ?, ?, ?, ?, ?, ?)",
                (one.id, number, step.kind, step.place, step.value, "2026-11-20T09:00:00+07:00",
                 "2026-11-20T02:00:00.000Z"),
            )  # fmt: skip
            raw.execute("COMMIT")
            between = time.perf_counter()
            draft.note(field.store, BY, one.id, step)
            kept.append((time.perf_counter() - between) * 1000)
            bare.append((between - began) * 1000)
        raw.execute("DROP TABLE floor")
    ratio = statistics.median(kept) / statistics.median(bare)
    return Figure(
        "an answer in the journal", ratio, 3.0, "x", f"{told(kept)}; raw commit {told(bare)}"
    )


def finishing(field: Field, rounds: int) -> list[Figure]:
    """The finish of visits, and photos."""
    finish, photo, lately = [], [], []
    picture = b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(300_000)
    for number in range(rounds):
        one = field.begin()
        session = field.fill(one, {**VISIT, "g_adr/house_no": str(number)})
        began = time.perf_counter()
        draft.keep_photo(field.store, BY, one.id, "/data/x", picture + bytes([number % 256]))
        photo.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        finished = session.finalise()
        between = time.perf_counter()
        record.finish(field.store, BY, one.id, finished)
        finish.append((time.perf_counter() - between) * 1000)
        lately.append((between - began) * 1000)
    return [
        Figure("a visit finished: store", percentile(finish, 95), 30.0, "ms", told(finish)),
        Figure("a visit finished: form", percentile(lately, 95), 30.0, "ms", told(lately)),
        Figure("a photo of 300 kB", percentile(photo, 95), 100.0, "ms", told(photo)),
    ]


def searching(field: Field, some: list[str], rounds: int) -> list[Figure]:
    """Households by what is typed."""
    chance = random.Random(11)
    kinds = {
        "2 letters": lambda: chance.choice(some).split()[-1][:2],
        "3 letters": lambda: chance.choice(some).split()[-1][:3],
        "a name": lambda: " ".join(chance.choice(some).split()[-2:]),
        "house number": lambda: f"{chance.randrange(1, 400)}/{chance.randrange(1, 20)}",
        "a name and a tambon": lambda: f"{chance.choice(some).split()[-1]} ด่านแม่ละเมา",
        "a tambon and a number": lambda: f"ด่านแม่ละเมา {chance.randrange(1, 400)}",
        "an amphoe": lambda: "แม่สอด",
        "moo and village": lambda: f"ม.{chance.randrange(1, 15)} บ้านห้วย",
    }
    made = []
    with field.store.read() as conn:
        for kind, typed in kinds.items():
            times = []
            for text in [typed() for _round in range(rounds)]:
                began = time.perf_counter()
                household.find_households(conn, text)
                times.append((time.perf_counter() - began) * 1000)
            figure = percentile(times, 95)
            made.append(Figure(f"households by {kind}", figure, 16.0, "ms", told(times)))
        began = time.perf_counter()
        points = visits.points(conn, BY, "630601")
        spent = (time.perf_counter() - began) * 1000
        made.append(Figure(f"{len(points)} points of a tambon", spent, 100.0, "ms"))
    return made


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--households", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=400)
    chosen = parser.parse_args()
    with figures.folder() as place:
        folder = place / "store"
        field = open_field(folder)
        some = settle(field, chosen.households)
        found = [journal(field, folder, chosen.rounds)]
        found += finishing(field, max(5, chosen.rounds // 20))
        found += searching(field, some, max(10, chosen.rounds // 4))
        field.store.close()
    return figures.conclude(found, chosen)


if __name__ == "__main__":
    raise SystemExit(main())
