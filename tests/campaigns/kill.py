# SPDX-License-Identifier: Apache-2.0
"""Random SIGKILL: ``python -m tests.campaigns.kill --seeds 0:300``.

A child does the script as fast as it can and is killed at a random moment of a random action.
Its store is inspected, and the next child goes on with the same file; every twentieth starts a
new one.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import shutil
import signal
import struct
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.campaigns import seeds
from tests.trust import fieldwork, laptop

CHECKPOINT = 60
RUNS_A_FILE = 20
MOST = 12
"""So many actions are saved at most before the kill comes."""
LONGEST = 0.03
"""Seconds from there to the kill, at most: a moment anywhere in the next few actions."""
SCRIPTS = {"store": laptop, "field": fieldwork}
_ACK = struct.Struct("<q")


def killed_at_work(
    folder: Path, first: int, draw: random.Random, mutant: str | None, script: Any = laptop
) -> set[int]:
    """The actions a child acknowledged, from number ``first``, before it was killed.

    It is let come to an action first: how many there are is no matter of a busy computer.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with laptop.mutant(mutant):
            script.work(
                folder,
                itertools.count(first),
                lambda number: os.write(writing, _ACK.pack(number)),
                keep=CHECKPOINT,
            )
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        received = pipe.read(_ACK.size * draw.randint(1, MOST))
        time.sleep(draw.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        received += pipe.read()
    return {_ACK.unpack_from(received, at)[0] for at in range(0, len(received), _ACK.size)}


def run(chosen: range, mutant: str | None, name: str = "store") -> dict[str, Any]:
    """One kill for each seed; stops at the first fault."""
    script: Any = SCRIPTS[name]
    began = time.monotonic()
    tally: dict[str, Any] = {"kills": 0, "acknowledged": 0, "unacknowledged": 0, "faults": []}
    base = Path(tempfile.mkdtemp(prefix="samut-kill-"))
    folder = base / "laptop"
    acknowledged: set[int] = set()
    try:
        for seed in chosen:
            if seed % RUNS_A_FILE == 0 or not folder.exists():
                shutil.rmtree(folder, ignore_errors=True)
                script.prepare(folder)
                acknowledged = set()
            draw = random.Random(seed)
            new = killed_at_work(folder, script.resume(acknowledged), draw, mutant, script)
            verdict = script.inspect(folder, acknowledged | new, use=False)
            tally["kills"] += 1
            tally["acknowledged"] += len(new)
            tally["unacknowledged"] += len(verdict.present - acknowledged - new)
            acknowledged = verdict.present
            tally["faults"] += [f"seed {seed}: {fault}" for fault in verdict.faults]
            if tally["faults"]:
                break
    finally:
        shutil.rmtree(base)
    tally["seconds"] = round(time.monotonic() - began, 1)
    return tally


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds, default=range(300))
    parser.add_argument("--mutant", choices=sorted(laptop.MUTANTS))
    parser.add_argument("--script", choices=sorted(SCRIPTS), default="store")
    chosen = parser.parse_args()
    return laptop.report(run(chosen.seeds, chosen.mutant, chosen.script))


if __name__ == "__main__":
    sys.exit(main())
