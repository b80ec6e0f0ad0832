# SPDX-License-Identifier: Apache-2.0
"""The disk under a laptop, made to fail on purpose, and rebuilt as a power cut may leave it.

``disk.c`` is compiled when first needed and preloaded into a process of its own
(:func:`beneath`); there the functions here drive it. The model of a disk is the strict one:
what was not synced may be there, not be there, or be torn at any 512-byte sector; a new name,
a rename or a removal may be undone until its folder was synced.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

KILL: Final = 1
FAIL: Final = 2
TEAR: Final = 3

_SOURCE: Final = Path(__file__).with_name("disk.c")
_MARK: Final = "SAMUT_TRIAL_DISK"
_SECTOR: Final = 512
_HEAD: Final = struct.Struct("<c3xiqq")


def _library() -> Path:
    """The compiled ``disk.c``, kept between runs by the hash of its source."""
    name = hashlib.sha256(_SOURCE.read_bytes()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"samut-trial-disk-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"disk-{name}.so"
    if not target.exists():
        if shutil.which("gcc") is None:
            raise SystemExit("gcc is needed for the survival tests: apt-get install gcc libc6-dev")
        part = target.with_suffix(f".{os.getpid()}.part")
        command = [
            "gcc",
            "-O2",
            "-Wall",
            "-shared",
            "-fPIC",
            "-o",
            str(part),
            str(_SOURCE),
            "-ldl",
        ]
        subprocess.run(command, check=True)
        part.replace(target)
    return target


def beneath(module: str, arguments: list[str]) -> None:
    """Make sure that this process stands on the disk of ``disk.c``; start it anew if not."""
    library = str(_library())
    if os.environ.get(_MARK) != library:
        env = {**os.environ, "LD_PRELOAD": library, _MARK: library}
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, "-m", module, *arguments], env)


def driver() -> Any:
    """The functions of the preloaded disk."""
    return ctypes.CDLL(os.environ[_MARK])


def watch(folder: Path) -> None:
    """Stand under the files of ``folder`` from now on, and count from 0."""
    driver().disk_watch(f"{folder}".encode())


def arm(number: int, how: int, error: int = 0, *, sticky: bool = False) -> None:
    """Let call ``number`` from now meet its fate, and every one after it if ``sticky``."""
    driver().disk_arm(ctypes.c_long(number), how, error, int(sticky))


def calls() -> int:
    """How many calls that change files there were since the last ``watch`` or ``arm``."""
    return int(driver().disk_calls())


# ---- power cuts


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded call."""

    op: str
    path: str
    offset: int
    data: bytes


def recorded(log: Path) -> list[Event]:
    """The events of a log, with descriptors led back to paths."""
    raw, at = log.read_bytes(), 0
    events: list[Event] = []
    paths: dict[int, str] = {}
    while at < len(raw):
        op, descriptor, offset, length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        data, at = raw[at : at + length], at + length
        kind = op.decode()
        if kind in "OD":
            paths[descriptor] = data.decode()
            events.append(Event(kind, data.decode(), 0, b""))
        elif kind == "U":
            events.append(Event(kind, data.decode(), 0, b""))
        elif kind == "R":
            events.append(Event(kind, data[: offset - 1].decode(), 0, data[offset:]))
        elif kind == "A":
            events.append(Event(kind, "", offset, b""))
        else:
            events.append(Event(kind, paths[descriptor], offset, data))
    return events


Change = tuple[str, int, bytes]


@dataclass(slots=True)
class _Inode:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Change] = field(default_factory=list)


def _apply(content: bytearray, change: Change) -> None:
    op, offset, data = change
    end = offset if op == "T" else offset + len(data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if op == "T":
        del content[offset:]
    else:
        content[offset:end] = data


def _is_in(name: str, folder: str) -> bool:
    return name.rpartition("/")[0] == folder


class Platter:
    """What is surely on the disk, and what may be, after each event."""

    def __init__(self, before: dict[str, bytes]) -> None:
        self._names = {name: _Inode(bytearray(data)) for name, data in before.items()}
        self._durable_names = dict(self._names)
        self._folders: list[str] = []
        self.acknowledged: set[int] = set()

    def feel(self, event: Event) -> None:
        """Take in the next event."""
        if event.op == "A":
            self.acknowledged.add(event.offset)
        elif event.op == "D":
            self._folders.append(event.path)
        elif event.op == "O":
            self._names.setdefault(event.path, _Inode())
        elif event.op == "U":
            self._names.pop(event.path, None)
        elif event.op == "R":
            self._names[event.data.decode()] = self._names.pop(event.path)
        elif event.op == "S":
            self._sync(event.path)
        elif event.path in self._names:
            self._names[event.path].pending.append((event.op, event.offset, event.data))

    def _sync(self, path: str) -> None:
        if path in self._folders:
            others = {n: i for n, i in self._durable_names.items() if not _is_in(n, path)}
            mine = {n: i for n, i in self._names.items() if _is_in(n, path)}
            self._durable_names = others | mine
        elif path in self._names:
            inode = self._names[path]
            for change in inode.pending:
                _apply(inode.durable, change)
            inode.pending = []

    def after_cut(self, rnd: random.Random) -> dict[str, bytes]:
        """One of the states this disk may be found in: content of each file by its path."""
        names = rnd.choice((self._names, self._names, self._durable_names))
        if rnd.random() < 0.2:  # each changed name on its own
            names = {
                name: inode
                for name in {**self._durable_names, **self._names}
                if (inode := rnd.choice((self._durable_names, self._names)).get(name))
            }
        mode = rnd.choice(("none", "all", "prefix", "subset", "torn"))
        return {
            name: self._content(inode, mode, rnd)
            for name, inode in sorted(names.items())
            if not name.endswith("-shm")  # lives in memory; never survives
        }

    @staticmethod
    def _content(inode: _Inode, mode: str, rnd: random.Random) -> bytes:
        content, pending = bytearray(inode.durable), inode.pending
        if mode == "none":
            pending = []
        elif mode == "prefix":
            pending = pending[: rnd.randrange(len(pending) + 1)]
        elif mode == "subset":
            pending = [change for change in pending if rnd.random() < 0.5]
        for op, offset, data in pending:
            if op == "W" and mode == "torn":
                for start in range(0, len(data), _SECTOR):
                    if rnd.random() < 0.6:
                        _apply(content, (op, offset + start, data[start : start + _SECTOR]))
            else:
                _apply(content, (op, offset, data))
        return bytes(content)


def states(
    events: list[Event], before: dict[str, bytes], seed: int, each: int
) -> Iterator[tuple[dict[str, bytes], set[int]]]:
    """Distinct states of the disk with what was acknowledged then: ``each`` tries an event."""
    platter, seen = Platter(before), set()
    for number, event in enumerate(events):
        platter.feel(event)
        if event.op in "OD":
            continue
        for turn in range(each):
            files = platter.after_cut(random.Random(f"{seed}.{number}.{turn}"))
            print_of = hashlib.sha256(repr(sorted(platter.acknowledged)).encode())
            for name, content in files.items():
                print_of.update(name.encode() + hashlib.sha256(content).digest())
            if print_of.digest() not in seen:
                seen.add(print_of.digest())
                yield files, set(platter.acknowledged)
