# SPDX-License-Identifier: Apache-2.0
"""A centre that is killed under load: ``python -m tests.campaigns.centre_kill --postgresql``.

Eight laptops write and one reads while the centre's process gets SIGKILL, PostgreSQL is stopped
as by a crash (``pg_ctl -m immediate``), and a fifth of all answers is thrown away. When all is
said: every op that was signed for is there once, under its number; the reader's rows are the
centre's. ``--mutant`` runs a worse centre, which must be found out.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from unittest import mock

from desktop.centre.database import Database
from desktop.errors import Problem
from tests.bench import figures, standing
from tests.bench.standing import Standing, standing_centre
from tests.campaigns import seeds
from tests.campaigns.cuts import plain_centre
from tests.centre.postgresql import Server, end_server, start_server
from tests.centre.running import RunningCentre
from tests.trust import crowd, worse_centre

_GIVE_UP: Final = 120.0
"""Seconds after the last kill until a writer who is not heard is a fault."""
_SHOWN: Final = 10


@contextmanager
def _worse(mutant: str) -> Iterator[None]:
    """The centre's process is that of a mutant."""

    def served(folder: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.trust.worse_centre", mutant, str(folder)],
            cwd=figures.ROOT, env=figures.surroundings(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    with mock.patch.object(standing, "_served", served):
        yield


def run(chosen: argparse.Namespace, server: Server | None = None) -> dict[str, Any]:
    """One centre for each seed; stops at the first fault. ``server`` is used when given."""
    began = time.monotonic()
    tally: dict[str, Any] = {
        "database": "postgresql" if chosen.postgresql else "sqlite", "mutant": chosen.mutant,
        "seeds": [], "seconds": 0.0, "said": 0, "kept": 0, "missed": 0, "centre_kills": 0,
        "postgresql_stops": 0, "thrown": 0, "silences": 0, "status_500": 0, "pages": 0,
        "faults": [],
    }  # fmt: skip
    with ExitStack() as held:
        if chosen.postgresql and server is None:
            server = start_server(durable=True)
            held.callback(end_server, server)
        for seed in chosen.seeds:
            tally["seeds"].append(seed)
            with tempfile.TemporaryDirectory(prefix="samut-centre-kill-") as base:
                url = server.new() if chosen.postgresql and server else ""
                with _centre(Path(base) / "centre", url, chosen) as (at, process):
                    accidents = Accidents(process, server if url else None)
                    _under_load(at, accidents, chosen, seed, tally)
            if tally["faults"]:
                break
    tally["faults"] = tally["faults"][:_SHOWN]
    tally["seconds"] = round(time.monotonic() - began, 1)
    return tally


@contextmanager
def _centre(
    folder: Path, url: str, chosen: argparse.Namespace
) -> Iterator[tuple[RunningCentre, Standing | None]]:
    """A centre as a process, which can be killed, or in a thread; good, or a mutant."""
    if chosen.within:
        mutant = worse_centre.MUTANTS[chosen.mutant]() if chosen.mutant else nullcontext()
        with mutant, plain_centre(folder, url) as at:
            yield at, None
        return
    with _worse(chosen.mutant) if chosen.mutant else nullcontext():  # noqa: SIM117
        with standing_centre(folder, url) as there:
            yield there.at, there


@dataclass
class Accidents:
    """What can happen to a centre: its process is killed, its PostgreSQL crashes."""

    process: Standing | None
    server: Server | None
    kills: int = 0
    stops: int = 0

    def happen(self, draw: random.Random) -> None:
        """One of them; the centre runs again when this returns."""
        if self.server is not None and (self.process is None or draw.random() < 0.5):
            self.server.stop("immediate")
            self.server.start()
            self.stops += 1
        elif self.process is not None:
            self.process.kill()
            self.process.start()
            self.kills += 1


def _under_load(
    at: RunningCentre, accidents: Accidents, chosen: argparse.Namespace, seed: int,
    tally: dict[str, Any],
) -> None:  # fmt: skip
    over, give_up = threading.Event(), threading.Event()
    people, reader, threads, read_all = crowd.crowd(at, chosen.writers, f"{seed}", over, give_up)
    draw = random.Random(seed)
    try:
        _until_heard(people)  # however slow the computer is: there is something to be lost
        for _ in range(chosen.kills):
            time.sleep(draw.uniform(0.2, chosen.apart))
            accidents.happen(draw)
        time.sleep(draw.uniform(0.2, chosen.apart))
        over.set()
        until = time.monotonic() + _GIVE_UP
        for thread in threads[:-1]:
            while thread.is_alive() and time.monotonic() < until:
                thread.join(0.05)
                if chosen.mutant and any(one.faults for one in people):
                    give_up.set()
        read_all.set()
        threads[-1].join(max(0.0, until - time.monotonic()))
    finally:
        over.set()
        give_up.set()
        for thread in threads:
            thread.join()
    found = crowd.judge(_fresh(at), people, reader)
    tally["faults"] += [f"seed {seed}: {fault}" for fault in found.faults]
    for name in ("said", "kept", "missed"):
        tally[name] += getattr(found, name)
    tally["centre_kills"] += accidents.kills
    tally["postgresql_stops"] += accidents.stops
    tally["thrown"] += sum(one.thrown for one in people)
    tally["silences"] += sum(one.silences for one in (*people, reader))
    tally["status_500"] += sum(one.bugs for one in (*people, reader))
    tally["pages"] += reader.pages


def _until_heard(people: list[crowd.Writer]) -> None:
    until = time.monotonic() + _GIVE_UP
    while time.monotonic() < until:
        if any(stream.acked for one in people for stream in [*one.streams.values()]):
            return
        time.sleep(0.01)


def _fresh(at: RunningCentre) -> Database:
    """Its database, without the connections of before a crash."""
    for _ in range(10):
        try:
            at.centre.database.check()
            break
        except Problem:
            time.sleep(0.1)
    return at.centre.database


def teeth(chosen: argparse.Namespace) -> dict[str, Any]:
    """The good centre and every worse one, in a thread, on one PostgreSQL that crashes."""
    server = start_server()
    runs: dict[str, list[str]] = {}
    try:
        for mutant in ("", *worse_centre.MUTANTS):
            told = argparse.Namespace(
                **vars(chosen) | {"mutant": mutant, "within": True, "postgresql": True}
            )
            runs[mutant] = run(told, server)["faults"]
    finally:
        end_server(server)
    missed = [f"{name} is not noticed" for name, faults in runs.items() if name and not faults]
    return {"runs": runs, "faults": runs[""] + missed}


def arguments(*given: str) -> argparse.Namespace:
    """What a run is told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds, default=range(1, 2))
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--teeth", action="store_true", help="each mutant once, within")
    parser.add_argument("--within", action="store_true", help="in a thread: it is not killed")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--apart", type=float, default=2.0, help="seconds between, at most")
    parser.add_argument("--mutant", choices=sorted(worse_centre.MUTANTS), default="")
    return parser.parse_args(given)


def main() -> int:
    """The command line."""
    chosen = arguments(*sys.argv[1:])
    tally = teeth(chosen) if chosen.teeth else run(chosen)
    print(json.dumps(tally, ensure_ascii=False))
    return 1 if tally["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
