# SPDX-License-Identifier: Apache-2.0
"""Ids made on the device, without asking anybody.

A record's id is a UUIDv7 (RFC 9562): time first, so that new rows stand together in the file.
Between laptops the order is only locality, because clocks lie. On one laptop ids only grow, also
after a clock was set back (:func:`never_before`), and the order of marks relies on it. Rows that
two laptops apart must make alike (person P in session S) get a UUIDv5 of what they are.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
import uuid
from typing import Final

_NAMESPACE: Final = uuid.UUID("5a2c1e0e-54e6-5d2f-9d0c-7d4c2f1b8a36")
"""Names this project's natural ids; it may never change, or rows would no longer meet."""

_TAIL_BITS: Final = 74
_NODE_BITS: Final = 48
"""The end of every id of one run of the program is the same 48 random bits. Ids of one laptop
then pack to a third, which is felt on 2G; between laptops they differ by those bits already."""


class _Last:
    """The id given last in this process, as a number, and how its ids end."""

    lock = threading.Lock()
    value = 0
    node = secrets.randbits(_NODE_BITS)


def _another_run() -> None:
    _Last.node = secrets.randbits(_NODE_BITS)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_another_run)


def new_id() -> str:
    """A new UUIDv7 as text; later calls in this process give greater ids, from any thread."""
    chance = secrets.randbits(_TAIL_BITS - _NODE_BITS)
    fresh = (time.time_ns() // 1_000_000) << _TAIL_BITS | chance << _NODE_BITS | _Last.node
    with _Last.lock:
        value = fresh
        if value <= _Last.value:
            # Same millisecond, or a clock set back: step on from the last id instead.
            step = (_Last.value >> _NODE_BITS) + 1 + secrets.randbits(12)
            value = step << _NODE_BITS | _Last.node
        _Last.value = value
    milliseconds, tail = value >> _TAIL_BITS, value & ((1 << _TAIL_BITS) - 1)
    number = milliseconds << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62
    text = f"{number | tail & ((1 << 62) - 1):032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def never_before(milliseconds: int) -> None:
    """Give only ids that are greater than every one of this moment (Unix time) from now on.

    A store calls it with the latest moment it knows, so that a computer whose clock went back
    while the program was closed goes on where it was.
    """
    with _Last.lock:
        _Last.value = max(_Last.value, milliseconds + 1 << _TAIL_BITS)


def natural_id(*parts: str) -> str:
    """The id of the row that ``parts`` name: the same parts give the same id on every laptop.

    The first part is the noun, so that two nouns keyed alike do not share ids:
    ``natural_id("award", event, person)``.
    """
    return str(uuid.uuid5(_NAMESPACE, json.dumps(parts, ensure_ascii=False)))


def is_made(record_id: str) -> bool:
    """Whether the id was made by :func:`new_id`, so that no other laptop can have made it too."""
    return len(record_id) == 36 and record_id[14] == "7"
