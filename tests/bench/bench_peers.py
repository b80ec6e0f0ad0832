# SPDX-License-Identifier: Apache-2.0
"""The centre beside Kinto: 10,000 home visits pushed and pulled, on the same PostgreSQL.

    python -m tests.bench.bench_peers [--visits N] [--rounds N]

Each service is a process of its own on this machine and gets the visits from one client over
one connection: Kinto in batches of 25 as it is shipped, the centre through the carrier a laptop
has, which signs, packs and checks within the measured time. Both commit to disk.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import datetime
from typing import Any

from desktop.model.chain import link
from desktop.sync.https import CentreAddress, Https
from desktop.sync.protocol import Op, Pull, Push
from tests.bench import figures
from tests.bench.figures import Figure
from tests.bench.kinto import Kinto
from tests.bench.standing import Standing, database, postgresql, processor_seconds, standing_centre
from tests.bench.visits import visits
from tests.centre.running import Laptop, complete

SCOPE = "t:630101"
BATCH = 200


class Sender:
    """One laptop's stream in one scope."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        at = laptop.at
        address = CentreAddress(at.url, at.centre.identity.id, at.centre.identity.keys.public)
        self.line = Https(address, laptop.device, laptop.keys, lambda: datetime.now().astimezone())
        self._last, self._chain = 0, b""

    def push(self, notes: list[dict[str, Any]], batch: int) -> None:
        for start in range(0, len(notes), batch):
            ops = tuple(
                Op(
                    self.laptop.people[0],
                    "2026-11-20T06:00:00.000Z[+07:00]",
                    complete({
                        "kind": note["kind"], "id": note["id"],
                        "set": {k: v for k, v in note.items() if k not in ("id", "kind")},
                    }),
                )
                for note in notes[start : start + batch]
            )  # fmt: skip
            push = Push(
                SCOPE, self.laptop.incarnation, self._last + 1,
                self._chain.hex() if self._last else "", ops,
            )  # fmt: skip
            answer = self.line.ask(self.laptop.request(push))
            if answer.push[0].last != self._last + len(ops) or answer.push[0].notes:
                raise RuntimeError("the centre did not take every visit")
            self._last = answer.push[0].last
            for op in ops:
                self._chain = link(self._chain, op.text)

    def pull(self, budget: int = 2**21) -> int:
        """With the budget a laptop has on a fast line."""
        since = count = 0
        while True:
            asked = self.laptop.request(pull=(Pull(SCOPE, since),), budget=budget)
            answer = self.line.ask(asked)
            page = answer.pull[0]
            count += len(page.rows)
            since = page.next
            if not page.more:
                return count


def main() -> int:
    parser = figures.arguments(__doc__)
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    notes = visits(chosen.visits)
    theirs: dict[str, list[float]] = {"push": [], "pull": [], "cpu": []}
    ours: dict[str, list[float]] = {"push": [], "pull": [], "cpu": []}
    wire: dict[str, float] = {}
    with figures.folder() as place, postgresql() as server:
        for number in range(chosen.rounds):
            name = f"kinto{number}"
            database(server, name)
            _theirs(f"postgresql://postgres@/{name}?host={server.folder}", notes, theirs, wire)
            with standing_centre(place / f"c{number}", database(server, f"c{number}")) as standing:
                _ours(standing, notes, ours, wire)
    push, pull = (
        statistics.median(theirs[what]) / statistics.median(ours[what])
        for what in ("push", "pull")
    )
    count = chosen.visits

    def said(what: str) -> str:
        mine, rival = statistics.median(ours[what]), statistics.median(theirs[what])
        return f"centre {count / mine:.0f}/s, Kinto {count / rival:.0f}/s"

    cpu = (
        statistics.median(ours["cpu"]) / count * 1e6,
        statistics.median(theirs["cpu"]) / count * 1e6,
    )
    return figures.conclude(
        [
            Figure("10,000 visits pushed, of Kinto's time", 1 / push, 0.1, "x", said("push")),
            Figure("10,000 visits pulled, of Kinto's time", 1 / pull, 1 / 1.5, "x", said("pull")),
            Figure(
                "a visit of 1.5 kB on the wire, up", wire["up"], 450, "bytes",
                f"down {wire['down']:.0f}; Kinto {wire['kinto up']:.0f} and "
                f"{wire['kinto down']:.0f}; processor of the service for a push and a pull "
                f"{cpu[0]:.0f} µs, Kinto {cpu[1]:.0f} µs",
            ),
        ],
        chosen,
    )  # fmt: skip


def _theirs(
    url: str, notes: list[dict[str, Any]], times: dict[str, list[float]], wire: dict[str, float]
) -> None:
    with Kinto(url, 58888) as kinto:
        began = processor_seconds(kinto.process.pid)
        start = time.perf_counter()
        wire["kinto up"] = kinto.push(notes, 25) / len(notes)
        times["push"].append(time.perf_counter() - start)
        start = time.perf_counter()
        count, size = kinto.pull()
        times["pull"].append(time.perf_counter() - start)
        wire["kinto down"] = size / len(notes)
        if count != len(notes):
            raise RuntimeError("Kinto does not give every visit back")
        times["cpu"].append(processor_seconds(kinto.process.pid) - began)


def _ours(
    standing: Standing, notes: list[dict[str, Any]], times: dict[str, list[float]],
    wire: dict[str, float],
) -> None:  # fmt: skip
    sender = Sender(standing.at.laptop(("63",)))
    began = standing.seconds()
    start = time.perf_counter()
    sender.push(notes, BATCH)
    times["push"].append(time.perf_counter() - start)
    wire["up"] = sender.line.sent / len(notes)
    before = sender.line.received
    start = time.perf_counter()
    if sender.pull() != len(notes):
        raise RuntimeError("the centre does not give every visit back")
    times["pull"].append(time.perf_counter() - start)
    wire["down"] = (sender.line.received - before) / len(notes)
    sender.line.close()
    times["cpu"].append(standing.seconds() - began)


if __name__ == "__main__":
    sys.exit(main())
