# SPDX-License-Identifier: Apache-2.0
"""A hub on loopback that echoes, and desks that speak to it over real TLS."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from desktop.sync.hall import JoinedHall, OpenHall
from desktop.sync.hall_code import _check
from desktop.sync.hall_desk import Desk, Seen, Talk, join
from desktop.sync.hall_hub import Hub
from desktop.sync.hall_tls import Certificate
from desktop.sync.keys import Keys

HUB, DESK, OTHER = (str(UUID(int=n)) for n in (1, 2, 3))
LOCAL = "127.0.0.1"


class Ground:
    """A hub that echoes, and whatever stands around it."""

    def __init__(self, certificate: Certificate) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.keys = Keys.make()
        self.kept: list[OpenHall] = []
        self.hub = self.opened(
            OpenHall("hall-1", "event-1", "งาน", "123456", "ประตู A", certificate)
        )
        self.desks: list[Desk] = []

    def opened(self, hall: OpenHall) -> Hub:
        hub = Hub(hall, HUB, self.keys, self.answer, keep=self.kept.append)
        hub.start(LOCAL)
        return hub

    def answer(self, device: str, asked: Any) -> Any:
        self.asked.append((device, asked))
        return {"echo": asked}

    def joined(self, device: str = DESK, keys: Keys | None = None) -> JoinedHall:
        return self.tried(self.hub.code, device, keys)

    def tried(self, code: str, device: str = DESK, keys: Keys | None = None) -> JoinedHall:
        keys = keys or Keys.make()
        return join(LOCAL, self.hub.port, code, device=device, door="ประตู B", keys=keys)

    def wrong(self, step: int = 1) -> str:
        body = f"{(int(self.hub.code[:7]) + step) % 10**7:07d}"
        return body + _check(body)

    def desk(self, hall: JoinedHall, keys: Keys, seen: list[Seen]) -> Desk:
        heard: list[Any] = []
        desk = Desk(
            hall,
            DESK,
            keys,
            Talk(lambda: {"say": 1}, lambda a: bool(heard.append(a)), seen.append),
        )
        desk.start()
        self.desks.append(desk)
        return desk

    def close(self) -> None:
        for desk in self.desks:
            desk.close()
        self.hub.close()


def until(holds: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to this"
        time.sleep(0.01)
