# SPDX-License-Identifier: Apache-2.0
"""A line that is cut at every byte: ``python -m tests.campaigns.cuts --tls``.

Each cut is a whole round of sync (rows up and down, a photo up, a photo down) over a line that
is reset after so many bytes in one direction; then a round over a good line, and the judge.
Without ``--sample`` every byte of both directions is a cut; ``--bytes A:B`` takes a part of
them, up first. ``--mutant`` breaks one promise, and then there must be faults.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final
from unittest import mock

from desktop.actions.sync import sync_round
from desktop.centre.centre import open_centre
from desktop.centre.config import CentreSection, Config, DatabaseSection, ListenSection
from desktop.centre.serving import served_beside
from desktop.model.chain import link
from desktop.store.store import Store
from desktop.sync.carrier import Unanswered
from desktop.sync.https import Https
from desktop.sync.protocol import Answer, Pushed, Request
from tests.campaigns import seeds
from tests.centre.running import EVERY_LIMIT, RunningCentre, founded_centre, running_centre
from tests.sync.wire import Wire
from tests.trust import two_ends, worse_centre
from tests.trust.two_ends import Colleague, finish, line

_PAST: Final = 24
"""Bytes by which a round may be longer than those measured: texts pack differently."""
_JUDGED_EVERY: Final = 50
_A_LAPTOP: Final = 300
"""Cuts after which another laptop goes on: logs grow long."""
_SHOWN: Final = 10


@contextmanager
def plain_centre(folder: Path, database: str = "") -> Iterator[RunningCentre]:
    """A centre on loopback without TLS, in a thread; ``database`` is its url."""
    import httpx

    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    listen = ListenSection(port=port, tls="proxy", stop_seconds=2)
    config = Config(
        folder, CentreSection("ศูนย์ทดสอบ", f"https://127.0.0.1:{port}"), listen,
        limits=EVERY_LIMIT, database=DatabaseSection(database) if database else DatabaseSection(),
    )  # fmt: skip
    founded = founded_centre(folder, config)
    centre = open_centre(folder)
    url = f"http://127.0.0.1:{port}"
    try:
        with (
            served_beside(centre, listening),
            httpx.Client(base_url=url, trust_env=False) as client,
        ):
            yield RunningCentre(centre, url, client, founded)
    finally:
        listening.close()
        centre.close()


# ---- mutants


class _Believes(Https):
    """The mutant: what was sent has arrived."""

    def ask(self, request: Request) -> Answer:
        try:
            return super().ask(request)
        except Unanswered:
            pushed = []
            for push in request.push:
                chain = bytes.fromhex(push.before)
                for op in push.ops:
                    chain = link(chain, op.text)
                pushed.append(Pushed(push.scope, push.device, push.last, chain.hex()))
            return Answer(request.epoch, "", push=tuple(pushed), device=request.device)


def _half_is_whole() -> AbstractContextManager[Any]:
    """The laptop takes what came of a photo for the photo."""
    from desktop.actions import upload

    real = upload._keep

    def keep(store: Store, sha256: str, content: bytes, *, whole: bool) -> None:
        del whole
        kept = mock.patch("hashlib.sha256", return_value=_Named(sha256))
        with kept:
            real(store, sha256, content, whole=True)

    return mock.patch.object(upload, "_keep", keep)


class _Named:
    def __init__(self, name: str) -> None:
        self._name = name

    def hexdigest(self) -> str:
        return self._name


MUTANTS: Final[dict[str, Callable[[], AbstractContextManager[Any]]]] = {
    "believes": nullcontext,
    "taken_again": worse_centre.again,
    "half_is_whole": _half_is_whole,
}


# ---- the campaign


class Ground:
    """One laptop that is cut off again and again."""

    def __init__(
        self, at: RunningCentre, folder: Path, wire: Wire, chosen: argparse.Namespace
    ) -> None:
        self.at, self.wire, self.photo = at, wire, chosen.photo
        scheme = at.url.partition(":")[0]
        self.bad = f"{scheme}://127.0.0.1:{wire.port}"
        self.kind = _Believes if chosen.mutant == "believes" else Https
        self.store = two_ends.found_laptop(at, folder, at.pin if scheme == "https" else "")
        self.colleague = Colleague(at.laptop(("63",)))
        self.draw = random.Random(f"{chosen.seed} {folder.name}")
        self.said: set[str] = set()
        self.number = 0
        self.cut = self.unheard = 0

    def work(self) -> None:
        """What there is to say and to hear in a round."""
        self.number += 1
        made = two_ends.write_visit(self.store, self.number, self.draw, self.photo)
        two_ends.change_visit(self.store, made, self.number)
        self.said.add(made)
        self.colleague.writes(self.number, self.draw, self.photo)

    def measured(self) -> tuple[int, int]:
        """Bytes up and down of a round that is not cut."""
        self.work()
        self.wire.weather.forget()
        with line(self.store, self.bad) as whole:
            done = sync_round(self.store, whole, blobs=whole)
        assert (done.acked > 0, done.sent, done.fetched) == (True, 1, 1), done
        return self.wire.weather.up, self.wire.weather.down

    def round(self, up: int | None, down: int | None) -> list[str]:
        """A round that is cut, and the next over a good line."""
        weather, database = self.wire.weather, self.at.centre.database
        self.work()
        weather.forget()
        weather.up_cut, weather.down_cut = up, down
        with line(self.store, self.bad, self.kind) as bad:
            done, found = two_ends.watched_round(self.store, bad)
        was_cut = (up is not None and weather.up >= up) or (
            down is not None and weather.down >= down
        )
        self.cut += was_cut
        if was_cut and not done.acked:
            ours = two_ends.ops_there(database, self.store.device)
            self.unheard += len(ours) == len(two_ends.ops_here(self.store))
        weather.forget()
        found += two_ends.false_marks(self.store, database)
        return found + finish(self.store)

    def judged(self) -> list[str]:
        """Everything compared with everything."""
        database = self.at.centre.database
        found = two_ends.lost_or_doubled(self.store, database, self.said)
        found += two_ends.unequal(self.store, database, self.colleague)
        if not self.store.check().sound:
            found.append("the store is not sound")
        return found


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Cut by cut; stops at the first fault."""
    began = time.monotonic()
    tally: dict[str, Any] = {"tls": chosen.tls, "seed": chosen.seed, "mutant": chosen.mutant}
    tally |= {"points": 0, "cut": 0, "taken_but_unheard": 0, "ops": 0, "faults": []}
    make = running_centre if chosen.tls else plain_centre
    with (
        tempfile.TemporaryDirectory(prefix="samut-cuts-") as base,
        make(Path(base) / "centre") as at,
        Wire("127.0.0.1", int(at.url.rpartition(":")[2])) as wire,
        MUTANTS.get(chosen.mutant, nullcontext)(),
    ):
        laptops = (Path(base) / f"laptop-{number}" for number in itertools.count())
        points: list[tuple[int | None, int | None]] | None = None
        while points is None or points:
            ground = Ground(at, next(laptops), wire, chosen)
            try:
                points = _points(ground, chosen, tally) if points is None else points
                _cut_at(ground, points[:_A_LAPTOP], tally)
            finally:
                ground.store.close()
            points = [] if tally["faults"] else points[_A_LAPTOP:]
            if points:
                print(f"{tally['points']} cuts", file=sys.stderr, flush=True)
            tally["cut"] += ground.cut
            tally["taken_but_unheard"] += ground.unheard
            tally["ops"] += 3 * ground.number
    tally["seconds"] = round(time.monotonic() - began, 1)
    return tally


def _points(
    ground: Ground, chosen: argparse.Namespace, tally: dict[str, Any]
) -> list[tuple[int | None, int | None]]:
    """Where to cut: bytes up and bytes down, each alone."""
    tally["faults"] += finish(ground.store)
    rounds = [ground.measured() for _ in range(3)]
    up, down = (max(sizes) for sizes in zip(*rounds, strict=True))
    tally |= {"up": up, "down": down}
    points: list[tuple[int | None, int | None]] = [(at, None) for at in range(1, up + _PAST)]
    points += [(None, at) for at in range(1, down + _PAST)]
    if chosen.at:
        return [(None, rounds[-1][1] + at) if at < 0 else (at, None) for at in chosen.at]
    if chosen.sample:
        return random.Random(chosen.seed).sample(points, min(chosen.sample, len(points)))
    return points[chosen.bytes.start : chosen.bytes.stop] if chosen.bytes else points


def _cut_at(
    ground: Ground, points: Sequence[tuple[int | None, int | None]], tally: dict[str, Any]
) -> None:
    for number, point in enumerate(points, 1):
        faults = ground.round(*point)
        if not faults and (number % _JUDGED_EVERY == 0 or number == len(points)):
            faults = ground.judged()
        tally["points"] += 1
        if faults:
            tally["faults"] = [f"cut at {point}: {fault}" for fault in faults[:_SHOWN]]
            return


def arguments(*given: str) -> argparse.Namespace:
    """What a run is told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--sample", type=int, default=0, help="so many cuts, drawn by the seed")
    parser.add_argument(
        "--at", type=int, nargs="*", help="bytes up; negative: down, so many before the end"
    )
    parser.add_argument("--bytes", type=seeds, default=None)
    parser.add_argument("--photo", type=int, default=700, help="bytes of a photo")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutant", choices=sorted(MUTANTS), default="")
    return parser.parse_args(given)


def main() -> int:
    """The command line."""
    tally = run(arguments(*sys.argv[1:]))
    print(json.dumps(tally, ensure_ascii=False))
    return 1 if tally["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
