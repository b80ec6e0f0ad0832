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
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.campaigns import seeds
from tests.trust import disk, fieldwork, keyring, laptop

ACTIONS = 14
VISITS = 1
CHECKPOINT = 60
ENOUGH = 20


def store_script(folder: Path) -> None:
    """Actions one after another, with frequent checkpoints."""
    laptop.work(
        folder,
        iter(range(1, ACTIONS + 1)),
        lambda number: disk.driver().disk_acknowledge(number),
        keep=CHECKPOINT,
    )


def field_script(folder: Path) -> None:
    """Home visits: answers, photos and what finishing writes."""
    fieldwork.work(
        folder,
        iter(range(1, fieldwork.EACH * VISITS + 1)),
        lambda number: disk.driver().disk_acknowledge(number),
        keep=CHECKPOINT,
    )


def keys_script(folder: Path) -> None:
    """Changes of who may unlock the store."""
    keyring.work(folder, lambda number: disk.driver().disk_acknowledge(number))


def look_at_store(folder: Path, acknowledged: set[int], number: int) -> list[str]:
    """The faults of a store; every tenth is also used on."""
    return laptop.inspect(folder, acknowledged, use=number % 10 == 0).faults


def look_at_field(folder: Path, acknowledged: set[int], number: int) -> list[str]:
    """The faults of a store with visits; every tenth is also used on."""
    return fieldwork.inspect(folder, acknowledged, use=number % 10 == 0).faults


def look_at_keys(folder: Path, acknowledged: set[int], _number: int) -> list[str]:
    """The faults of a key file."""
    return keyring.inspect(folder, acknowledged)


SCRIPTS: Final = {
    "store": (laptop.prepare, store_script, look_at_store),
    "field": (fieldwork.prepare, field_script, look_at_field),
    "keys": (keyring.prepare, keys_script, look_at_keys),
}


def record(
    folder: Path, log: Path, mutant: str | None, script: Callable[[Path], None]
) -> list[disk.Event]:
    """Do the script in a child and return what reached the disk, with the acknowledgements."""
    child = os.fork()
    if child == 0:
        disk.watch(folder)
        disk.driver().disk_record(f"{log}".encode())
        with laptop.mutant(mutant):
            script(folder)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    return disk.recorded(log)


def run(chosen: range, mutant: str | None, each: int, most: int, name: str) -> dict[str, Any]:
    """Inspect the states of these seeds; stops early when a mutant is surely caught."""
    began = time.monotonic()
    prepare, script, look = SCRIPTS[name]
    tally: dict[str, Any] = {"script": name, "states": 0, "events": 0, "faults": []}
    base = Path(tempfile.mkdtemp(prefix="samut-cut-", dir=_memory()))
    try:
        for seed in chosen:
            folder, found = base / f"laptop-{seed}", base / f"found-{seed}"
            prepare(folder)
            before = {f"{p}": p.read_bytes() for p in folder.rglob("*") if p.is_file()}
            events = record(folder, base / "log", mutant, script)
            tally["events"] += len(events)
            for files, acknowledged in disk.states(events, before, seed, each):
                found.mkdir(exist_ok=True)
                for path, content in files.items():
                    put = found / Path(path).relative_to(folder)
                    put.parent.mkdir(parents=True, exist_ok=True)
                    put.write_bytes(content)
                tally["faults"] += look(found, acknowledged, tally["states"])
                tally["states"] += 1
                shutil.rmtree(found)
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
    parser.add_argument("--script", choices=sorted(SCRIPTS), default="store")
    chosen = parser.parse_args()
    disk.beneath("tests.campaigns.powercut", sys.argv[1:])
    return laptop.report(run(chosen.seeds, chosen.mutant, chosen.each, chosen.most, chosen.script))


if __name__ == "__main__":
    sys.exit(main())
