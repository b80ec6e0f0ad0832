# SPDX-License-Identifier: Apache-2.0
"""A hall's wifi in user space: laptops in network namespaces, and a thread between them.

Every laptop has a TUN device in a namespace of its own. The thread moves packets between them
with delay, jitter and loss from a seed, and drops what goes to or comes from a laptop that is cut
off. Needs root and /dev/net/tun, and nothing of the kernel that is often missing.
"""

from __future__ import annotations

import fcntl
import heapq
import json
import os
import random
import select
import shutil
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any, Final

_SET: Final = 0x400454CA
_TUN: Final = 0x0001 | 0x1000
"""IFF_TUN | IFF_NO_PI"""
DELAY, JITTER, LOSS = 0.035, 0.010, 0.002
"""Of a full hall's wifi: seconds one way, and the share that is lost."""


def missing() -> str:
    """Why there can be no such wire here, or empty."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "network namespaces need root on Linux"
    if shutil.which("ip") is None or not Path("/dev/net/tun").exists():
        return "no ip command or no /dev/net/tun"
    tried = subprocess.run(
        ["ip", "netns", "add", f"smt{os.getpid()}x"], capture_output=True, check=False
    )
    if tried.returncode:
        return "network namespaces are not allowed here"
    subprocess.run(["ip", "netns", "del", f"smt{os.getpid()}x"], check=False)
    return ""


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Wire:
    """So many laptops, numbered from 0, under 10.66.0.1, 10.66.0.2 …"""

    def __init__(self, count: int, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._tag = f"{os.getpid() % 100000}"
        self._fds: list[int] = []
        self.cut: set[int] = set()
        self.carried = self.dropped = 0
        self._ending = False
        for number in range(count):
            device, name = f"sm{self._tag}{number}", self.name(number)
            fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(fd, _SET, struct.pack("16sH", device.encode(), _TUN))
            self._fds.append(fd)
            _ip("netns", "add", name)
            _ip("link", "set", device, "netns", name)
            _ip("-n", name, "link", "set", "lo", "up")
            _ip("-n", name, "addr", "add", f"{self.host(number)}/24", "dev", device)
            _ip("-n", name, "link", "set", device, "up", "mtu", "1400")
        self._thread = threading.Thread(target=self._carry, name="wire", daemon=True)
        self._thread.start()

    def name(self, number: int) -> str:
        return f"smt{self._tag}n{number}"

    @staticmethod
    def host(number: int) -> str:
        return f"10.66.0.{number + 1}"

    def _carry(self) -> None:
        waiting: list[tuple[float, int, int, bytes]] = []
        while not self._ending:
            now = time.monotonic()
            rest = min(0.02, max(0.0, waiting[0][0] - now)) if waiting else 0.02
            ready, _w, _x = select.select(self._fds, [], [], rest)
            now = time.monotonic()
            for fd in ready:
                for packet in self._read(fd):
                    to = packet[19] - 1 if packet[16:19] == b"\x0a\x42\x00" else -1
                    at = self._fds.index(fd)
                    if not 0 <= to < len(self._fds) or {at, to} & self.cut:
                        self.dropped += 1
                    elif self._random.random() >= LOSS:
                        self.carried += 1
                        due = now + max(0.0, self._random.gauss(DELAY, JITTER / 2))
                        heapq.heappush(waiting, (due, self.carried, to, packet))
            while waiting and waiting[0][0] <= now:
                _due, _number, to, packet = heapq.heappop(waiting)
                if to not in self.cut:
                    self._write(self._fds[to], packet)

    @staticmethod
    def _read(fd: int) -> list[bytes]:
        packets = []
        for _each in range(64):
            try:
                packets.append(os.read(fd, 65536))
            except (BlockingIOError, OSError):
                break
        return [packet for packet in packets if len(packet) >= 20 and packet[0] >> 4 == 4]

    @staticmethod
    def _write(fd: int, packet: bytes) -> None:
        try:
            os.write(fd, packet)
        except OSError:
            return  # the laptop is gone

    def close(self) -> None:
        """Take the wire down."""
        self._ending = True
        self._thread.join()
        for fd in self._fds:
            os.close(fd)
        for number in range(len(self._fds)):
            subprocess.run(["ip", "netns", "del", self.name(number)], check=False)


class Laptop:
    """A process in the namespace of its number that does what it is told."""

    def __init__(self, wire: Wire, number: int, folder: Path, door: str) -> None:
        self.door = door
        self._process = subprocess.Popen(
            [
                "ip", "netns", "exec", wire.name(number),
                sys.executable, "-m", "tests.journeys.hall_door", str(folder), door,
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip

    @property
    def _in(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    def begin(self, do: str, **said: Any) -> None:
        """Order something and do not wait."""
        self._in.write(json.dumps({"do": do, **said}) + "\n")
        self._in.flush()

    def answer(self) -> dict[str, Any]:
        """The answer to the oldest order that has none yet."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"{self.door} has died"
        told = json.loads(line)
        assert isinstance(told, dict)
        return told

    def do(self, do: str, **said: Any) -> dict[str, Any]:
        """Order something and wait for its answer."""
        self.begin(do, **said)
        return self.answer()

    def close(self) -> None:
        """End the process."""
        self._in.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
