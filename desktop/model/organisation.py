# SPDX-License-Identifier: Apache-2.0
"""Organisations: agencies that send people, and those that receive awards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisation:
    """An agency, association, foundation or local government."""

    id: str
    name: str
    kind: str
    """Code of the list ``org_type``."""
    area: str = ""
    """Area code of 2, 4 or 6 digits."""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """An organisation's own project that is honoured at an event (โครงการดีเด่น)."""

    id: str
    event_id: str
    organisation_id: str
    organisation: str
    title: str
    fund: str = ""
    order_no: int = 0
    """Place in the award list; the certificate number follows it."""
