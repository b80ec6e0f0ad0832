# SPDX-License-Identifier: Apache-2.0
"""A radio link between two network namespaces: rate, delay, jitter, loss, outages.

The kernels of small machines have no ``netem``; so two TUN devices are joined by a thread that
moves packets from one to the other when they are due. Needs to be root and ``/dev/net/tun``;
``missing()`` says what is not there.
"""

from __future__ import annotations

import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TUNSETIFF: Final = 0x400454CA
_TUN_WITHOUT_HEADER: Final = 0x1001


@dataclass(frozen=True, slots=True)
class Profile:
    """How bad a link is; the first end is the laptop."""

    up: float
    """kbit/s."""
    down: float
    delay: float
    """Milliseconds one way."""
    jitter: float = 0
    loss: float = 0
    """Percent of the packets."""


PROFILES: Final = {
    "2g": Profile(24, 48, 300, 100, 2.0),
    "edge": Profile(90, 180, 200, 60, 1.0),
    "3g-edge-of-cell": Profile(256, 768, 120, 80, 5.0),
    "4g": Profile(8000, 20000, 35, 10, 0.2),
    "vsat": Profile(256, 1024, 300, 20, 0.5),
    "awful": Profile(16, 32, 600, 400, 15.0),
    "clean": Profile(1e6, 1e6, 0),
    "50k-600ms": Profile(50, 50, 300),
    "400k": Profile(400, 400, 60),
}


def missing() -> str:
    """Why no link can be made here; empty when it can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "network namespaces need to be made as root"
    if not Path("/dev/net/tun").exists():
        return "there is no /dev/net/tun"
    try:
        _ip("netns", "add", "samut-try")
        _ip("netns", "del", "samut-try")
    except (OSError, subprocess.CalledProcessError):
        return "network namespaces cannot be made here"
    return ""


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


class Radio:
    """A link between namespaces ``near`` (10.66.N.1) and ``far`` (10.66.N.2); use in a ``with``.

    Programs are started in one of them with ``ip netns exec``. ``outages`` are seconds from the
    start, ``(from, to)``; ``profile`` may be changed while it runs.
    """

    def __init__(
        self,
        near: str,
        far: str,
        profile: Profile,
        *,
        seed: int = 0,
        net: int = 0,
        outages: Sequence[tuple[float, float]] = (),
        queue: int = 50,
    ) -> None:
        self.profile = profile
        self.outages = tuple(outages)
        self.near, self.far = near, far
        self.address = f"10.66.{net}.1", f"10.66.{net}.2"
        self.bytes = [0, 0]
        self.dropped = 0
        self._random = random.Random(seed)
        self._queue = queue
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._pump, name="radio", daemon=True)
        self._devices = [f"sm{os.getpid() % 10000}{net}{end}" for end in "ab"]
        self._files: list[int] = []

    def __enter__(self) -> Radio:
        ends = zip((self.near, self.far), self._devices, self.address, strict=True)
        for space, device, address in ends:
            file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            self._files.append(file)
            _name_device(file, device)
            subprocess.run(["ip", "netns", "add", space], check=False, capture_output=True)
            _ip("link", "set", device, "netns", space)
            _ip("-n", space, "link", "set", "lo", "up")
            _ip("-n", space, "addr", "add", f"{address}/24", "dev", device)
            _ip("-n", space, "link", "set", device, "up", "mtu", "1400")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        for file in self._files:
            os.close(file)
        for space in (self.near, self.far):
            subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)

    def _pump(self) -> None:
        waiting: list[tuple[float, int, int, bytes]] = []
        busy, queued, count, start = [0.0, 0.0], [0, 0], 0, time.monotonic()
        while not self._over.is_set():
            now = time.monotonic()
            rest = min(0.05, max(0.0, waiting[0][0] - now)) if waiting else 0.05
            ready, _, _ = select.select(self._files, [], [], rest)
            for file in ready:
                end = self._files.index(file)
                for packet in _packets(file):
                    now = time.monotonic()
                    due = self._due(end, packet, now, now - start, busy, queued)
                    if due is None:
                        self.dropped += 1
                        continue
                    count += 1
                    queued[end] += 1
                    self.bytes[end] += len(packet)
                    heapq.heappush(waiting, (due, count, end, packet))
            now = time.monotonic()
            while waiting and waiting[0][0] <= now:
                _, _, end, packet = heapq.heappop(waiting)
                queued[end] -= 1
                try:
                    os.write(self._files[1 - end], packet)
                except OSError:
                    self.dropped += 1

    def _due(
        self,
        end: int,
        packet: bytes,
        now: float,
        since_start: float,
        busy: list[float],
        queued: list[int],
    ) -> float | None:
        """When the packet comes out at the other end; None when it does not."""
        weather = self.profile
        if any(a <= since_start < b for a, b in self.outages):
            return None
        if self._random.random() * 100 < weather.loss or queued[end] >= self._queue:
            return None
        rate = (weather.up if end == 0 else weather.down) * 1000 / 8
        busy[end] = max(busy[end], now) + len(packet) / rate
        return busy[end] + max(0.0, self._random.gauss(weather.delay, weather.jitter / 2)) / 1000


def _name_device(file: int, device: str) -> None:
    import fcntl  # not on Windows, where none of this runs

    fcntl.ioctl(file, _TUNSETIFF, struct.pack("16sH", device.encode(), _TUN_WITHOUT_HEADER))


def _packets(file: int) -> list[bytes]:
    packets = []
    for _ in range(64):
        try:
            packets.append(os.read(file, 65536))
        except BlockingIOError:
            break
    return packets
