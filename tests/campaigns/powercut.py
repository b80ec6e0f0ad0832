# SPDX-License-Identifier: Apache-2.0
"""Rebuilt power cuts: ``python -m tests.campaigns.powercut --seeds 0:10``.

One run of the script is recorded; then, for every point of it, disks are rebuilt as a power cut
at that point may leave them, and each is inspected. A seed gives about 1,700 states.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from desktop.store.store import FILE
from tests.campaigns import seeds
from tests.trust import disk, laptop

ACTIONS = 14
CHECKPOINT = 60
ENOUGH = 20


def record(folder: Path, log: Path, mutant: str | None) -> list[disk.Event]:
    """Do the script in a child and return what reached the disk, with the acknowledgements."""
    child = os.fork()
    if child == 0:
        disk.watch(folder)
        disk.driver().disk_record(f"{log}".encode())
        with laptop.mutant(mutant):
            laptop.work(
                folder,
                iter(range(1, ACTIONS + 1)),
                lambda number: disk.driver().disk_acknowledge(number),
                keep=CHECKPOINT,
            )
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    return disk.recorded(log)


def run(chosen: range, mutant: str | None, each: int, most: int) -> dict[str, Any]:
    """Inspect the states of these seeds; stops early when a mutant is surely caught."""
    began = time.monotonic()
    tally: dict[str, Any] = {"states": 0, "events": 0, "faults": []}
    base = Path(tempfile.mkdtemp(prefix="samut-cut-", dir=_memory()))
    try:
        for seed in chosen:
            folder, found = base / f"laptop-{seed}", base / f"found-{seed}"
            laptop.prepare(folder)
            before = {f"{folder / FILE}": (folder / FILE).read_bytes()}
            events = record(folder, base / "log", mutant)
            tally["events"] += len(events)
            for files, acknowledged in disk.states(events, before, seed, each):
                found.mkdir(exist_ok=True)
                for name, content in files.items():
                    (found / Path(name).name).write_bytes(content)
                use = tally["states"] % 10 == 0
                verdict = laptop.inspect(found, acknowledged, use=use)
                shutil.rmtree(found)
                tally["states"] += 1
                tally["faults"] += verdict.faults
                if len(tally["faults"]) >= ENOUGH or tally["states"] == most:
                    break
    finally:
        shutil.rmtree(base)
    tally["seconds"] = round(time.monotonic() - began, 1)
    return tally


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds, default=range(1))
    parser.add_argument("--mutant", choices=sorted(laptop.MUTANTS))
    parser.add_argument("--each", type=int, default=8, help="tries for each recorded call")
    parser.add_argument("--most", type=int, default=0, help="stop after so many states")
    chosen = parser.parse_args()
    disk.beneath("tests.campaigns.powercut", sys.argv[1:])
    return laptop.report(run(chosen.seeds, chosen.mutant, chosen.each, chosen.most))


if __name__ == "__main__":
    sys.exit(main())
