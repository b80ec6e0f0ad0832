# SPDX-License-Identifier: Apache-2.0
"""Every call that changes a file goes wrong once: ``python -m tests.campaigns.syscalls``.

Five scripts: six actions on a store that is there, a home visit, the making of a store, changes
of who may unlock it, and going back to a backup. For every call of a script, in turn: the process
is killed before it, or killed half-way through a write, or the call reports EIO or ENOSPC, or it
and every later call report EIO. ``--seeds A:B`` runs the points whose number leaves a remainder
in A…B-1 when divided by ``--every``; all by default.
"""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from desktop.errors import Problem
from desktop.store.backup import FOLDER, restore
from desktop.store.store import Store
from tests.campaigns import seeds
from tests.trust import disk, fieldwork, keyring, laptop

ACTIONS: Final = 6
CHECKPOINT: Final = 60
_ACK: Final = struct.Struct("<q")
_BROKEN: Final = 4
_OPENED_NOT: Final = 3  # left with a sentence instead of working


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of the chosen call."""

    name: str
    how: int
    error: int = errno.EIO
    sticky: bool = False


FATES: Final = (
    Fate("killed", disk.KILL),
    Fate("torn", disk.TEAR),
    Fate("EIO", disk.FAIL),
    Fate("ENOSPC", disk.FAIL, errno.ENOSPC),
    Fate("EIO from then on", disk.FAIL, sticky=True),
)


def _in_child(task: Callable[[int], None]) -> tuple[int, set[int], int]:
    """Run ``task(pipe)`` in a child: its exit status, what it acknowledged, how many calls."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 0
        try:
            task(writing)
        except Problem:
            status = _OPENED_NOT
        except BaseException:  # noqa: BLE001 - a bug in the child: told, and counted by the exit status
            traceback.print_exc()
            status = _BROKEN
        os.write(writing, _ACK.pack(-disk.calls() - 1))
        os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        received = pipe.read()
    status = os.waitpid(child, 0)[1]
    numbers = {_ACK.unpack_from(received, at)[0] for at in range(0, len(received), _ACK.size)}
    calls = -min(numbers, default=0) - 1
    return status, {number for number in numbers if number > 0}, calls


def six_actions(folder: Path, fate: Fate | None, point: int, mutant: str | None) -> Any:
    """Do the script over the armed disk."""

    def task(pipe: int) -> None:
        disk.watch(folder)
        if fate is not None:
            disk.arm(point, fate.how, fate.error, sticky=fate.sticky)
        with laptop.mutant(mutant):
            laptop.work(
                folder,
                iter(range(1, ACTIONS + 1)),
                lambda number: os.write(pipe, _ACK.pack(number)),
                keep=CHECKPOINT,
            )

    return _in_child(task)


def one_visit(folder: Path, fate: Fate | None, point: int, mutant: str | None) -> Any:
    """Make a home visit over the armed disk."""

    def task(pipe: int) -> None:
        disk.watch(folder)
        if fate is not None:
            disk.arm(point, fate.how, fate.error, sticky=fate.sticky)
        with laptop.mutant(mutant):
            fieldwork.work(
                folder,
                iter(range(1, fieldwork.EACH + 1)),
                lambda number: os.write(pipe, _ACK.pack(number)),
                keep=CHECKPOINT,
            )

    return _in_child(task)


def inspect_visit(folder: Path, fate: Fate, outcome: Any) -> list[str]:
    """As with six actions: what was acknowledged is there, no visit half, every photo whole."""
    status, acknowledged, _calls = outcome
    ended = os.WIFEXITED(status) and not fate.sticky
    if _broke(status):
        return [_NO_SENTENCE]
    return fieldwork.inspect(folder, acknowledged, extra=0 if ended else 1).faults


def making(folder: Path, fate: Fate | None, point: int, _mutant: str | None) -> Any:
    """Make a store over the armed disk."""

    def task(pipe: int) -> None:
        disk.watch(folder)
        if fate is not None:
            disk.arm(point, fate.how, fate.error, sticky=fate.sticky)
        Store.create(folder, laptop.KEY).close()
        os.write(pipe, _ACK.pack(1))

    return _in_child(task)


def changing_keys(folder: Path, fate: Fate | None, point: int, mutant: str | None) -> Any:
    """Change who may unlock the store, over the armed disk."""

    def task(pipe: int) -> None:
        disk.watch(folder)
        if fate is not None:
            disk.arm(point, fate.how, fate.error, sticky=fate.sticky)
        with laptop.mutant(mutant):
            keyring.work(folder, lambda number: os.write(pipe, _ACK.pack(number)))

    return _in_child(task)


def going_back(folder: Path, fate: Fate | None, point: int, _mutant: str | None) -> Any:
    """Restore the backup of the template, over the armed disk."""

    def task(pipe: int) -> None:
        disk.watch(folder)
        if fate is not None:
            disk.arm(point, fate.how, fate.error, sticky=fate.sticky)
        restore(folder, laptop.KEY, folder / FOLDER / "copy.db")
        os.write(pipe, _ACK.pack(1))

    return _in_child(task)


def inspect_back(folder: Path, _fate: Fate, outcome: Any) -> list[str]:
    """The store is the one there was or the backup; if it was said, the backup."""
    status, restored, _calls = outcome
    extra = 0 if restored else ACTIONS
    return [_NO_SENTENCE] if _broke(status) else laptop.inspect(folder, {1, 2}, extra=extra).faults


def prepare_back(folder: Path) -> None:
    """A store with two actions in its backup and six in itself."""
    laptop.prepare(folder)
    store = Store.open(folder, laptop.KEY)
    for number in range(1, ACTIONS + 1):
        laptop.do(store, number)
        if number == 2:
            store.backup(folder / FOLDER / "copy.db")
    store.close()


_NO_SENTENCE: Final = "the program broke instead of giving a sentence"


def _broke(status: int) -> bool:
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) not in (0, _OPENED_NOT)


def inspect_keys(folder: Path, _fate: Fate, outcome: Any) -> list[str]:
    """Everybody can still unlock the store, by what was acknowledged."""
    status, acknowledged, _calls = outcome
    return [_NO_SENTENCE] if _broke(status) else keyring.inspect(folder, acknowledged)


def inspect_six(folder: Path, fate: Fate, outcome: Any) -> list[str]:
    """After a script that ran to its end, exactly what was acknowledged is there.

    One more may be there when the process died, or when the disk never came back.
    """
    status, acknowledged, _calls = outcome
    ended = os.WIFEXITED(status) and not fate.sticky
    if _broke(status):
        return [_NO_SENTENCE]
    return laptop.inspect(folder, acknowledged, extra=0 if ended else 1).faults


def inspect_making(folder: Path, _fate: Fate, outcome: Any) -> list[str]:
    """The store is there and works, or it is not there and can be made."""
    status, made, _calls = outcome
    if _broke(status):
        return [_NO_SENTENCE]
    if not (folder / "samut.db").exists():
        if made:
            return ["said to be made, and is not there"]
        Store.create(folder, laptop.KEY).close()
    return laptop.inspect(folder, set()).faults


Script = tuple[Callable[[Path], None], Callable[..., Any], Callable[..., list[str]]]
"""Prepares a folder; does the script over the armed disk; says what is wrong afterwards."""

SCRIPTS: Final[dict[str, Script]] = {
    "actions": (laptop.prepare, six_actions, inspect_six),
    "field": (fieldwork.prepare, one_visit, inspect_visit),
    "making": (Path.mkdir, making, inspect_making),
    "keys": (keyring.prepare, changing_keys, inspect_keys),
    "restore": (prepare_back, going_back, inspect_back),
}


def run(chosen: range, every: int, mutant: str | None, script: str) -> dict[str, Any]:
    """Visit the chosen points of one script; a mutant stops at its first fault."""
    began = time.monotonic()
    prepare, do, inspect = SCRIPTS[script]
    base = Path(tempfile.mkdtemp(prefix="samut-calls-"))
    template, folder = base / "template", base / "laptop"
    tally: dict[str, Any] = {"script": script, "points": 0, "faults": []}

    def afresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder)

    try:
        prepare(template)
        afresh()
        tally["calls"] = do(folder, None, 0, mutant)[2]
        wanted = {seed % every for seed in chosen}
        number = 0
        for fate in FATES:
            for point in range(1, tally["calls"] + 1):
                number += 1
                if number % every not in wanted or (mutant and tally["faults"]):
                    continue
                afresh()
                outcome = do(folder, fate, point, mutant)
                found = inspect(folder, fate, outcome)
                tally["points"] += 1
                tally["faults"] += [f"{fate.name} at {point}: {fault}" for fault in found]
    finally:
        shutil.rmtree(base)
    tally["seconds"] = round(time.monotonic() - began, 1)
    return tally


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds, default=None)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--mutant", choices=sorted(laptop.MUTANTS))
    parser.add_argument("--script", choices=sorted(SCRIPTS))
    chosen = parser.parse_args()
    disk.beneath("tests.campaigns.syscalls", sys.argv[1:])
    which = chosen.seeds or range(chosen.every)
    scripts = [chosen.script] if chosen.script else sorted(SCRIPTS)
    return max(
        laptop.report(run(which, chosen.every, chosen.mutant, script)) for script in scripts
    )


if __name__ == "__main__":
    sys.exit(main())
