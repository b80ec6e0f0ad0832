# SPDX-License-Identifier: Apache-2.0
"""Ops of another laptop, for tests of what is done with them."""

from __future__ import annotations

from typing import Any

from desktop.sync.protocol import Op


def op(number: int, record: str = "h1", *, hlc: str = "", **body: Any) -> Op:
    """Op ``o<number>`` on a household, stamped with its number if nothing is given."""
    stamp = hlc or f"{number:012x}-0000-bbbbbbbb"
    told = {"oid": f"o{number}", "kind": "household", "id": record, "base": 0, "ep": 0}
    return Op("f2", "2026-11-20T02:00:00.000Z[+07:00]", {**told, "hlc": stamp, **body})
