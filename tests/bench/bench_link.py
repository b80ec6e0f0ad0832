# SPDX-License-Identifier: Apache-2.0
"""Whole rounds of sync over links as bad as they are: real stores, TLS, packets that are lost.

    python -m tests.bench.bench_link [--rounds N] [--people N]

Laptop and centre stand in two network namespaces that a radio link joins (``tests/sync/radio``);
needs to be root. Every figure is a whole round from a closed connection to everything signed by
the centre and applied to the encrypted store, with TLS 1.3; bytes are those of the IP packets.
Visits are whole home visits made with the real form: record, household, people, consent, case.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from desktop.centre.centre import Centre, open_centre
from desktop.centre.config import CentreSection, Config, ListenSection
from desktop.centre.founding import found_centre
from desktop.model.attendance import Mark
from desktop.model.facilitator import Facilitator, Office
from desktop.model.person import Person
from desktop.store import attendance, person, roster
from desktop.store.clock import system_clock
from desktop.store.facilitator import put_facilitator, put_office
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.sync.invitation import Invitation
from desktop.thai.names import split_name
from tests.bench import figures, many
from tests.bench.figures import Figure
from tests.centre.running import EVERY_LIMIT, RunningCentre
from tests.field import BY, KEY, Clock, Field, open_field
from tests.printing.names import names
from tests.sync.radio import PROFILES, Profile, Radio, missing

OFFICE = "office-1"
NEAR, FAR = "samut-near", "samut-far"
_PORT = 8443


@dataclass
class Field2G:
    """A centre behind a link, and laptops in front of it."""

    place: Path
    radio: Radio
    at: RunningCentre
    laptops: int = 0

    def laptop(self, fill: Callable[[Path], object]) -> Path:
        """A laptop with what ``fill`` puts into its store, joined to the centre."""
        self.laptops += 1
        folder = self.place / f"laptop-{self.laptops}"
        fill(folder)
        code = self.at.make_code(("63",), office=OFFICE)
        link = Invitation(self.at.url, code, self.at.pin).link
        self.run(FAR, "join", str(folder), link)
        return folder

    def sync(self, folder: Path, *words: str, near: bool = True) -> list[dict[str, Any]]:
        """Rounds of a laptop, behind the link or beside the centre."""
        before = sum(self.radio.bytes)
        found: list[dict[str, Any]] = json.loads(
            self.run(NEAR if near else FAR, "sync", str(folder), *words)
        )
        found[0]["packets"] = sum(self.radio.bytes) - before
        return found

    @staticmethod
    def run(space: str, *words: str) -> str:
        done = subprocess.run(
            ["ip", "netns", "exec", space, sys.executable, "-m", "tests.bench.field_laptop",
             *words],
            cwd=figures.ROOT, env=figures.surroundings(), capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return done.stdout


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=10_000)
    chosen = parser.parse_args()
    if why := missing():
        print(f"not measured: {why}", file=sys.stderr)
        return 1
    found: list[Figure] = []
    with figures.folder() as place:
        found += _day(place / "day", chosen.rounds)
        found += _attendance(place / "attendance", chosen.rounds)
        found.append(_first(place / "first", chosen.people))
    return figures.conclude(found, chosen)


# ---- the places


class _Standing:
    """A centre in the far namespace of a link."""

    def __init__(self, place: Path, profile: Profile) -> None:
        place.mkdir()
        self._place = place
        self._radio = Radio(NEAR, FAR, profile, seed=1)

    def __enter__(self) -> Field2G:
        self._radio.__enter__()
        address = self._radio.address[1]
        folder = self._place / "centre"
        config = Config(
            folder,
            CentreSection("ศูนย์วัดผล", f"https://{address}:{_PORT}"),
            ListenSection(host=address, port=_PORT),
            limits=EVERY_LIMIT,
        )
        founded = found_centre(config, "admin")
        self._centre: Centre = open_centre(folder)
        self._process = subprocess.Popen(
            ["ip", "netns", "exec", FAR, sys.executable, "-m", "desktop", "centre", "serve",
             "--folder", str(folder)],
            cwd=figures.ROOT, env=figures.surroundings(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(3)
        at = RunningCentre(self._centre, config.centre.address, None, founded)  # type: ignore[arg-type]
        return Field2G(self._place, self._radio, at)

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)
        self._centre.close()
        self._radio.__exit__()


def _visits(count: int, first: int = 0) -> Callable[[Path], object]:
    """Fills a store with so many home visits, each to a house of its own."""

    def fill(folder: Path) -> None:
        field = open_field(folder)
        field.clock.now = datetime.now().astimezone() - timedelta(hours=8)
        _visit(field, count, first)
        field.store.close()

    return fill


def _visit(field: Field, count: int, first: int) -> None:
    for name in islice(names(first + count), first, None):
        field.clock.forward(minutes=15)
        said = split_name(name)
        at = field.clock.now.isoformat(timespec="milliseconds")
        field.visit(
            {
                "g_visit/visit_at": at,
                "g_person/first_name": said.first,
                "g_person/last_name": said.last or "แสงดาว",
            }
        )


# ---- the figures


def _day(place: Path, rounds: int) -> list[Figure]:
    """20 visits up, 50 down at 50 kbit/s and 600 ms; then nothing to do."""
    times, sizes, idle, quiet, open_idle, open_quiet = [], [], [], [], [], []
    with _Standing(place, PROFILES["50k-600ms"]) as field:
        colleague = field.laptop(_visits(1))
        field.sync(colleague, near=False)
        laptop = field.laptop(_visits(0))
        field.sync(laptop, near=False)  # their tambon is known to both
        for round_ in range(rounds):
            _more(colleague, 50, 1000 * round_ + 1)
            field.sync(colleague, near=False)
            _more(laptop, 20, 1000 * round_ + 500)
            done = field.sync(laptop)[0]
            assert done["acked"] >= 20
            assert done["rows"] >= 50
            times.append(done["seconds"])
            sizes.append(done["packets"])
            done = field.sync(laptop)[0]
            idle.append(done["seconds"])
            quiet.append(done["packets"])
            apart = field.sync(laptop, "--times", "4")
            more = apart[1:]
            open_idle.append(statistics.median(one["seconds"] for one in more))
            open_quiet.append((apart[0]["packets"] - quiet[-1]) / len(more))
    said = f"{statistics.median(sizes) / 1000:.0f} kB of packets; " + figures.told(times, "s")
    return [
        Figure("a day's work, 20 visits up, 50 down, 2G", statistics.median(times), 10, "s", said),
        Figure(
            "nothing to do, a new connection", statistics.median(idle), 1.5, "s",
            f"{statistics.median(quiet):.0f} bytes of packets",
        ),
        Figure(
            "nothing to do, the connection stands", statistics.median(open_quiet), 2000, "bytes",
            f"{statistics.median(open_idle):.2f} s",
        ),
    ]  # fmt: skip


def _more(folder: Path, count: int, first: int) -> None:
    store = Store.open(folder, KEY)
    field = Field(store, Clock())
    field.clock.now = datetime.now().astimezone() - timedelta(hours=20)
    store._clock = field.clock
    _visit(field, count, first)
    store.close()


def _attendance(place: Path, rounds: int) -> list[Figure]:
    """70 people's marks on 2G and worse; the bytes of 430 people's six."""
    found = []
    for profile, limit in (("2g", 10.0), ("awful", 30.0)):
        times = []
        with _Standing(place.with_name(f"{place.name}-{profile}"), PROFILES[profile]) as field:
            laptop = field.laptop(lambda folder: _hall(folder, 70))
            field.sync(laptop, near=False)
            for round_ in range(rounds):
                _mark(laptop, 1, round_)
                done = field.sync(laptop)[0]
                assert done["acked"] == 70
                times.append(done["seconds"])
        found.append(
            Figure(
                f"70 people's attendance at the centre, {profile}", statistics.median(times),
                limit, "s", figures.told(times, "s"),
            )
        )  # fmt: skip
    with _Standing(place.with_name(f"{place.name}-430"), PROFILES["4g"]) as field:
        laptop = field.laptop(lambda folder: _hall(folder, 430))
        field.sync(laptop, near=False)
        _mark(laptop, 6, 0)
        done = field.sync(laptop)[0]
        assert done["acked"] == 430 * 6
        found.append(
            Figure(
                "430 people, six marks each, taken at the door", done["sent"] / 1000, 50, "kB",
                f"{done['packets'] / 1000:.0f} kB of packets both ways, with TLS",
            )
        )  # fmt: skip
    return found


def _hall(folder: Path, people: int) -> None:
    many.build(folder, people, hall=people).store.close()


def _mark(folder: Path, sessions: int, round_: int) -> None:
    """Everybody comes in, session by session, in an order of her own, each saved by herself."""
    import random

    chance = random.Random(round_)
    store = Store.open(folder, KEY)
    with store.read() as conn:
        event_id = conn.exec_driver_sql("SELECT id FROM event LIMIT 1").scalar_one()
        people = [row.enrolment_id for row in roster.roster(conn, event_id)]
    clock = Clock()
    store._clock = clock
    for session in range(sessions):
        clock.now = datetime.now().astimezone() - timedelta(days=3 - session // 2, hours=5)
        session_id = new_id()
        chance.shuffle(people)
        for enrolment in people:
            clock.now += timedelta(milliseconds=chance.randrange(2000, 9000))
            with store.write(BY) as write:
                minute = clock.now.hour * 60 + clock.now.minute
                attendance.put_mark(
                    write,
                    Mark(
                        new_id(), enrolment, session_id, "half", "in", minute, write.now().utc,
                        BY, store.device, "qr", "",
                    ),
                    event_id,
                )  # fmt: skip
    store.close()


def _first(place: Path, people: int) -> Figure:
    """An area with 10,000 people comes to a new laptop."""
    with _Standing(place, PROFILES["400k"]) as field:
        full = field.laptop(lambda folder: _people(folder, people))
        field.sync(full, near=False)
        laptop = field.laptop(_visits(0))
        done = field.sync(laptop, "--working")[0]
        assert done["rows"] >= people
    return Figure(
        f"first sync of an area with {people:,} people, 400 kbit/s", done["seconds"], 15, "s",
        f"{done['packets'] / 1000:.0f} kB; slowest save meanwhile {done['slowest'] * 1000:.0f} ms",
    )  # fmt: skip


def _people(folder: Path, count: int) -> None:
    store = Store.create(folder, KEY, clock=system_clock)
    with store.write(BY) as write:
        put_office(write, Office(OFFICE, "พมจ.ตาก", "63"))
        put_facilitator(write, Facilitator(BY, "สมศรี ใจดี", ""))
    left = names(count)
    while page := list(islice(left, 500)):
        with store.write(BY) as write:
            for said in map(split_name, page):
                someone = Person(new_id(), said.title, said.first, last=said.last, area="630609")
                person.put_person(write, someone)
    store.close()


if __name__ == "__main__":
    sys.exit(main())
