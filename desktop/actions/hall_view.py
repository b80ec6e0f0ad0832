# SPDX-License-Identifier: Apache-2.0
"""How a hall is seen from one laptop, and who hears what happens in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.sync.hall import Standing
from desktop.sync.hall_desk import Phase

Told = Callable[[], object]
"""Something a person should see has changed; called from any thread."""
Changed = Callable[[frozenset[str]], object]
"""The kinds of rows that came from other laptops; called from any thread."""


def _nothing(*_said: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears what happens in the threads of a hall."""

    told: Told = _nothing
    changed: Changed = _nothing
    broke: Callable[[Exception], object] = _nothing


@dataclass(frozen=True, slots=True)
class DoorView:
    """One laptop of the hall, as the hub's person sees it."""

    device: str
    door: str
    standing: Standing
    heard: datetime | None
    """When it last spoke, local time."""


@dataclass(frozen=True, slots=True)
class HallView:
    """How the hall stands, seen from this laptop."""

    role: str = ""
    """``hub``, ``desk``, or empty without a hall."""
    event_id: str = ""
    event_name: str = ""
    door: str = ""
    device: str = ""
    """This laptop."""
    code: str = ""
    """Of a hub: the code to show; empty while joining rests."""
    ticket: str = ""
    """Of a hub: the digits of its picture; empty without a network."""
    addresses: tuple[str, ...] = ()
    port: int = 0
    desks: tuple[DoorView, ...] = ()
    phase: Phase = "alone"
    """Of a desk."""
    hub_door: str = ""
    exchanged: datetime | None = None
    """Of a desk: when it last had the same as the hub, local time."""
    doors: Mapping[str, str] = field(default_factory=dict)
