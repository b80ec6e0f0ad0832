# SPDX-License-Identifier: Apache-2.0
"""Finding a hall on the same network (mDNS), and under which addresses this laptop is there.

What is called out says where, and nothing of anybody: the hall's id, the door's name, and the
six digits that stand on every badge of the event. It is believed as far as an address is: whether
the hub really is the hub is the code's matter. Where a venue isolates its clients, or many
multicasts are lost, the address is typed instead.
"""

from __future__ import annotations

import ipaddress
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, Zeroconf

log = logging.getLogger(__name__)

SERVICE: Final = "_samut-hall._tcp.local."
_ASK: Final = 1500
"""Milliseconds to wait for the details of a hall that was heard of."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A hall that calls out its address."""

    hall: str
    door: str
    """The name of the hub's door."""
    event_code: str
    hosts: tuple[str, ...]
    port: int


def own_addresses() -> tuple[str, ...]:
    """This laptop's IPv4 addresses that a neighbour could use, the likeliest first.

    A network of a house or a hotspot comes before any other, one that only one cable makes
    (169.254) last.
    """
    import ifaddr

    found = {
        str(one.ip)
        for adapter in ifaddr.get_adapters()
        for one in adapter.ips
        if one.is_IPv4 and not ipaddress.IPv4Address(one.ip).is_loopback
    }

    def rank(address: str) -> tuple[bool, bool, str]:
        known = ipaddress.IPv4Address(address)
        return known.is_link_local, not known.is_private, address

    return tuple(sorted(found, key=rank))


def typed_address(text: str, port: int) -> tuple[str, int] | None:
    """``192.168.1.20`` or ``192.168.1.20:8443`` as a person types it, or None; ``port`` is meant
    when none is typed."""
    host, colon, after = text.strip().partition(":")
    try:
        address = str(ipaddress.IPv4Address(host.strip()))
    except ValueError:
        return None
    if not colon:
        return (address, port) if port else None
    after = after.strip()
    if not (after.isascii() and after.isdecimal() and 0 < int(after) < 2**16):
        return None
    return address, int(after)


class Calling:
    """The hall calls out its address until it is closed."""

    def __init__(self, nearby: Nearby, interfaces: Iterable[str] = ()) -> None:
        """``OSError`` when this laptop is on no network that can be called into."""
        from zeroconf import ServiceInfo

        self._zeroconf = _opened(interfaces)
        self._info = ServiceInfo(
            SERVICE,
            f"{nearby.hall}.{SERVICE}",
            addresses=[ipaddress.IPv4Address(host).packed for host in nearby.hosts],
            port=nearby.port,
            properties={"v": "1", "d": nearby.door, "c": nearby.event_code},
            server=f"samut-{nearby.hall[:13]}.local.",
        )
        self._zeroconf.register_service(self._info, allow_name_change=False)

    def close(self) -> None:
        """Call no more, and say so."""
        self._zeroconf.close()


class Listening:
    """Hears which halls there are until it is closed; ``told`` is called from its thread."""

    def __init__(
        self,
        told: Callable[[tuple[Nearby, ...]], object] = lambda _halls: None,
        interfaces: Iterable[str] = (),
    ) -> None:
        """``OSError`` when this laptop is on no network that can be heard."""
        from zeroconf import ServiceBrowser

        self._told = told
        self._lock = threading.Lock()
        self._halls: dict[str, Nearby] = {}
        self._zeroconf = _opened(interfaces)
        self._browser = ServiceBrowser(self._zeroconf, SERVICE, listener=self)  # type: ignore[arg-type]

    @property
    def halls(self) -> tuple[Nearby, ...]:
        """The halls heard of, by the name of the hub's door."""
        with self._lock:
            return tuple(sorted(self._halls.values(), key=lambda one: (one.door, one.hall)))

    def add_service(self, zeroconf: Zeroconf, kind: str, name: str) -> None:
        """A hall began to call (called by the browser)."""
        info = zeroconf.get_service_info(kind, name, _ASK)
        hall = None if info is None else _nearby(info, name)
        if hall is not None:
            with self._lock:
                self._halls[name] = hall
            self._told(self.halls)

    update_service = add_service

    def remove_service(self, _zeroconf: Zeroconf, _kind: str, name: str) -> None:
        """A hall said that it closes (called by the browser)."""
        with self._lock:
            known = self._halls.pop(name, None)
        if known is not None:
            self._told(self.halls)

    def close(self) -> None:
        """Hear no more."""
        self._browser.cancel()
        self._zeroconf.close()


class Watch:
    """Listens in a thread of its own: neither beginning nor ending keeps anybody waiting.

    Without a network it hears nothing; an address can be typed once there is one.
    """

    def __init__(self, interfaces: Iterable[str] = ()) -> None:
        self._interfaces = tuple(interfaces)
        self._over = threading.Event()
        self._listening: Listening | None = None
        self._thread = threading.Thread(target=self._run, name="hall watch", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            listening = Listening(interfaces=self._interfaces)
        except OSError:
            return
        self._listening = listening
        self._over.wait()
        listening.close()

    @property
    def halls(self) -> tuple[Nearby, ...]:
        """The halls heard of so far."""
        listening = self._listening
        return () if listening is None else listening.halls

    def close(self, *, wait: bool = False) -> None:
        """Listen no more; ``wait`` until that is so."""
        self._over.set()
        if wait:
            self._thread.join(10)


def find(hall: str, seconds: float, interfaces: Iterable[str] = ()) -> Nearby | None:
    """Where this hall is, if it is heard within so many seconds."""
    try:
        listening = Listening(interfaces=interfaces)
    except OSError:
        return None
    try:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for one in listening.halls:
                if one.hall == hall and one.hosts:
                    return one
            time.sleep(0.05)
        return None
    finally:
        listening.close()


def _opened(interfaces: Iterable[str]) -> Zeroconf:
    from zeroconf import IPVersion, Zeroconf

    chosen = list(interfaces)
    if chosen:
        return Zeroconf(interfaces=chosen, ip_version=IPVersion.V4Only)
    return Zeroconf(ip_version=IPVersion.V4Only)


def _nearby(info: ServiceInfo, name: str) -> Nearby | None:
    """What a hall called out, or None for something that is none of ours."""
    told = {
        key.decode("utf-8", "replace"): (value or b"").decode("utf-8", "replace")
        for key, value in info.properties.items()
    }
    if told.get("v") != "1" or not info.port:
        return None
    return Nearby(
        name.removesuffix(f".{SERVICE}"),
        told.get("d", "")[:80],
        told.get("c", "")[:6],
        tuple(info.parsed_addresses())[:8],
        info.port,
    )
