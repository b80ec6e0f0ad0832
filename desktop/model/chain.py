# SPDX-License-Identifier: Apache-2.0
"""Canonical text and the hash chains over it: ops by (scope, device), and the audit log.

``chain = SHA-256(chain before + text)``, starting from no bytes. Whoever changes, drops or
slips in a row breaks every link after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

START: Final = b""
# Made once: ``json.dumps`` with options of its own makes an encoder at every call.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """The one JSON text of ``value``: sorted keys, no blanks, UTF-8 as it is."""
    return _ENCODER.encode(value)


def link(chain: bytes, body: str) -> bytes:
    """The next link of a hash chain."""
    return hashlib.sha256(chain + body.encode()).digest()


def audit_body(row: Iterable[Any]) -> str:
    """The text an audit row is chained by: its seven values in the order of the columns."""
    return canonical(list(row))
