# SPDX-License-Identifier: Apache-2.0
"""A bad line between two programs on one machine: cut after a byte, slow, far away, or dead.

``Wire`` listens on the loopback and passes TCP on, byte for byte, whatever TLS carries inside.
It runs on a thread of its own with asyncio alone, so it works wherever Python does.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Weather:
    """What the line does. May be changed while it runs; counts are of all connections."""

    up_cut: int | None = None
    """The connection is reset when this many bytes have gone up."""
    down_cut: int | None = None
    rate: float = 0
    """Bytes a second in each direction; 0 for no limit."""
    delay: float = 0
    """Seconds one way; a new connection costs a round trip more."""
    dead: bool = False
    """Nothing is accepted, and what is open is reset."""
    up: int = 0
    down: int = 0
    connections: int = 0

    def forget(self) -> None:
        """Count from nothing again, without cuts."""
        self.up_cut = self.down_cut = None
        self.up = self.down = self.connections = 0


class Wire:
    """A line to ``host:port``; ``port`` is where to call instead. Use it in a ``with``."""

    def __init__(self, host: str, port: int, weather: Weather | None = None) -> None:
        self.weather = weather or Weather()
        self._to = (host, port)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="wire", daemon=True)
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server
        self.port = 0

    def __enter__(self) -> Wire:
        self._thread.start()
        self._server = self._ask(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._ask(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def die(self) -> None:
        """From now on the line is dead."""
        self.weather.dead = True
        self._ask(self._reset_all())

    def live(self) -> None:
        """The line works again."""
        self.weather.dead = False

    def _ask(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _shut(self) -> None:
        self._server.close()
        await self._reset_all()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _reset_all(self) -> None:
        for writer in list(self._open):
            _reset(writer)

    async def _carry(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        self.weather.connections += 1
        self._open.add(near_out)
        try:
            if self.weather.dead:
                _reset(near_out)
                return
            await asyncio.sleep(2 * self.weather.delay)
            far_in, far_out = await asyncio.open_connection(*self._to)
            self._open.add(far_out)
            ends = near_out, far_out
            await asyncio.gather(
                self._pipe(near_in, far_out, ends, up=True),
                self._pipe(far_in, near_out, ends, up=False),
            )
        except (OSError, asyncio.CancelledError):
            # Python 3.11 reports a cancelled connection as an unheard exception.
            _reset(near_out)
        finally:
            for writer in [near_out, *(w for w in self._open if w.is_closing())]:
                self._open.discard(writer)
                with suppress(OSError):
                    writer.close()

    async def _pipe(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        ends: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
        *,
        up: bool,
    ) -> None:
        """Pass on what comes, when it is due. Ends with the direction or with the line."""
        weather = self.weather
        free = 0.0
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        deliver = asyncio.create_task(_deliver(under_way, sink))
        try:
            while True:
                data = await source.read(1400 if weather.rate else 65536)
                gone = weather.up if up else weather.down
                cut = weather.up_cut if up else weather.down_cut
                over = cut is not None and gone + len(data) >= cut and bool(data)
                if over and cut is not None:
                    data = data[: max(0, cut - gone)]
                if up:
                    weather.up += len(data)
                else:
                    weather.down += len(data)
                now = time.monotonic()
                free = max(free, now) + (len(data) / weather.rate if weather.rate else 0)
                if data or not over:
                    under_way.put_nowait((free + weather.delay, data))
                if over:
                    await asyncio.sleep(max(0.0, free + weather.delay - now) + 0.002)
                    for end in ends:
                        _reset(end)
                    return
                if not data:
                    await deliver
                    return
                await asyncio.sleep(max(0.0, free - now))
        except OSError:
            for end in ends:
                _reset(end)
        finally:
            deliver.cancel()
            with suppress(asyncio.CancelledError, OSError):
                await deliver


async def _deliver(
    under_way: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter
) -> None:
    while True:
        due, data = await under_way.get()
        wait = due - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        if not data:
            with suppress(OSError):
                if sink.can_write_eof():
                    sink.write_eof()
            return
        with suppress(OSError):
            sink.write(data)
            await sink.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection off: the other side sees an error, not an end."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
