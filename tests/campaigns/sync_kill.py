# SPDX-License-Identifier: Apache-2.0
"""A laptop that dies at every step of a sync: ``python -m tests.campaigns.sync_kill``.

The centre is a process of its own. The laptop is started again and again with the same store and
killed at step 1, 2, 3, … until it lives through its work, or with ``--seeds A:B`` at a random
moment for each seed. After each death its marks and what lies on the stick are judged; a whole
file is taken by the centre and its receipt is read in the next life. Now and then, and at the
end, a round over a good line, and everything is compared.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from desktop.centre.stick import StickProblem, answer_stick, sealed_files
from desktop.store.store import Store
from tests.bench.standing import Standing, standing_centre
from tests.campaigns import seeds
from tests.field import KEY
from tests.trust import dying, two_ends
from tests.trust.dying import Work
from tests.trust.two_ends import Colleague

_A_LAPTOP: Final = 120
"""Lives of one laptop; then another goes on, because logs grow long."""
_JUDGED_EVERY: Final = 8
_LONGEST: Final = 0.25
"""Seconds from its first word to a random death."""
_SHOWN: Final = 10


class Laptop:
    """One laptop with many lives."""

    def __init__(self, standing: Standing, base: Path, mutant: str) -> None:
        self.centre, self.mutant = standing.at, mutant
        base.mkdir()
        self.folder, self.stick = base / "laptop", base / dying.STICK
        self.stick.mkdir()
        two_ends.found_laptop(self.centre, self.folder).close()
        self.colleague = Colleague(self.centre.laptop(("63",)))
        self.said: set[str] = set()
        self.number = self.whole = self.steps = 0

    def lives(self, step: int = 0, wait: float | None = None) -> tuple[bool, list[str]]:
        """One life; whether it ended by itself, and what is wrong afterwards."""
        self.number += 1
        draw = random.Random(f"{self.folder} {self.number}")
        self.colleague.writes(self.number, draw, 300)
        work = Work(self.folder, self.number, step, mutant=self.mutant)
        words, ended = _life(work, wait)
        faults = [word for word in words if word.startswith("fault")]
        self.said |= {word for word in words if len(word) == 36}
        counted = [int(word.split()[1]) for word in words if word.startswith("steps ")]
        self.steps = max([self.steps, *counted])
        database = self.centre.centre.database
        store = Store.open(self.folder, KEY)
        try:
            faults += two_ends.false_marks(store, database)
            here = {record for _s, _n, _q, record in two_ends.ops_here(store).values()}
            if self.said - here:
                faults.append(f"lost: {len(self.said - here)} records were called saved")
        finally:
            store.close()
        return ended, faults + self._stick_taken()

    def _stick_taken(self) -> list[str]:
        """Every file on the stick that has a whole one's name is one, and is answered."""
        for receipt in self.stick.glob("*-receipt.samut"):
            receipt.unlink()
        for file in sealed_files(self.stick):
            try:
                answer_stick(
                    self.centre.centre, file, file.with_name(f"{file.stem}-receipt.samut")
                )
            except StickProblem as wrong:
                return [f"a file that looks whole is not: {wrong}"]
            file.unlink()
            self.whole += 1
        return []

    def judged(self) -> list[str]:
        """A round over a good line, and everything compared with everything."""
        store = Store.open(self.folder, KEY)
        try:
            database = self.centre.centre.database
            faults = two_ends.finish(store)
            faults += two_ends.lost_or_doubled(store, database, self.said)
            faults += two_ends.unequal(store, database, self.colleague)
            if not store.check().sound:
                faults.append("the store is not sound")
            return faults
        finally:
            store.close()


def _life(work: Work, wait: float | None) -> tuple[list[str], bool]:
    """A child's words before it died, and whether it ended by itself."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            steps = dying.live(work, lambda word: os.write(writing, f"{word}\n".encode()))
            os.write(writing, f"steps {steps}\n".encode())
        except BaseException as wrong:  # noqa: BLE001 - it is told, then the child is gone
            os.write(writing, f"fault of the child: {wrong!r}\n".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        heard = b""
        if wait is not None:
            heard = pipe.read1(64)  # it is at work
            time.sleep(wait)
            os.kill(child, signal.SIGKILL)
        heard += pipe.read()
    _pid, status = os.waitpid(child, 0)
    return heard.decode().splitlines(), not os.WIFSIGNALED(status)


def run(chosen: argparse.Namespace) -> dict[str, Any]:
    """Life by life; stops at the first fault."""
    began = time.monotonic()
    tally: dict[str, Any] = {"mutant": chosen.mutant, "lives": 0, "kills": 0}
    tally |= {"saved": 0, "stick_files": 0, "faults": []}
    base = Path(tempfile.mkdtemp(prefix="samut-sync-kill-"))
    try:
        with standing_centre(base / "centre") as standing:
            _lives(standing, base, chosen, tally)
    finally:
        shutil.rmtree(base)
    tally["faults"] = tally["faults"][:_SHOWN]
    tally["seconds"] = round(time.monotonic() - began, 1)
    return tally


def _lives(
    standing: Standing, base: Path, chosen: argparse.Namespace, tally: dict[str, Any]
) -> None:
    number, over, laptop = 0, False, None
    deaths = list(_deaths(chosen))
    while not over and not tally["faults"]:
        if number % _A_LAPTOP == 0:
            laptop = Laptop(standing, base / f"{number}", chosen.mutant)
            _ended, faults = laptop.lives()
            tally["faults"] += faults or laptop.judged()
            if tally["faults"]:
                return
        assert laptop is not None
        if chosen.rested and number % _A_LAPTOP:
            _ended, rested = laptop.lives()
            tally["faults"] += rested
        step, wait = deaths[number] if number < len(deaths) else (number + 1, None)
        ended, faults = laptop.lives(step, wait)
        number += 1
        # Without a list of deaths: the step at which nobody dies any more was the last.
        over = number == len(deaths) or (not deaths and ended)
        if not faults and (over or number % _JUDGED_EVERY == 0):
            faults = laptop.judged()
        tally["lives"] += 1
        tally["kills"] += not ended
        tally["faults"] += [f"step {step} after {wait}: {fault}" for fault in faults]
        if over or number % _A_LAPTOP == 0 or faults:
            tally["saved"] += len(laptop.said)
            tally["stick_files"] += laptop.whole
            tally["steps_of_a_life"] = laptop.steps
            print(f"{number} lives", file=sys.stderr, flush=True)


def _deaths(chosen: argparse.Namespace) -> list[tuple[int, float | None]]:
    """Step and moment of each death; none for every step in turn."""
    if chosen.sample:
        draw = random.Random(chosen.seed)
        return [(draw.randrange(1, chosen.upto), None) for _ in range(chosen.sample)]
    if chosen.seeds:
        return [(0, random.Random(seed).uniform(0, _LONGEST)) for seed in chosen.seeds]
    return [(step, None) for step in chosen.steps] if chosen.steps else []


def arguments(*given: str) -> argparse.Namespace:
    """What a run is told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds, help="a random moment for each")
    parser.add_argument("--steps", type=seeds, help="only these steps")
    parser.add_argument(
        "--rested", action="store_true", help="a whole life before each death: every life is alike"
    )
    parser.add_argument("--sample", type=int, default=0, help="so many steps, drawn by --seed")
    parser.add_argument("--upto", type=int, default=390)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutant", choices=sorted(dying.MUTANTS), default="")
    return parser.parse_args(given)


def main() -> int:
    """The command line."""
    tally = run(arguments(*sys.argv[1:]))
    print(json.dumps(tally, ensure_ascii=False))
    return 1 if tally["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
