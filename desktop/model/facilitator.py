# SPDX-License-Identifier: Apache-2.0
"""Who uses this laptop, and the office it belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facilitator:
    """A person with a passphrase of her own on this laptop."""

    id: str
    name: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """The office that owns the store; its name heads certificates and registers."""

    id: str
    name: str
    area: str
    """Province code of two digits, or a longer area code."""
    ministry: str = ""
