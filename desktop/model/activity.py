# SPDX-License-Identifier: Apache-2.0
"""Activities of volunteers: what was done for the community, by whom, in which of the roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity (กิจกรรมจิตอาสา/นวัตกรรมทางสังคม)."""

    id: str
    held_on: date
    name: str
    event_id: str = ""
    area: str = ""
    place: str = ""
    occasion: str = ""
    """What it was done in honour of, as written."""
    noi_roles: frozenset[str] = frozenset()
    """Codes of the list ``noi_role``: the four roles of a junior volunteer."""
    aims: frozenset[str] = frozenset()
    """Codes of the list ``aim_4s``."""
    systems: frozenset[str] = frozenset()
    """Codes of the list ``welfare_system``."""
    children: int = 0
    youth: int = 0
    volunteers: int = 0
    """อพม."""
    network: int = 0
    innovation: str = ""
    problem: str = ""
    budget: int | None = None
    """Satang."""
    result: str = ""
    record_id: str = ""

    @property
    def people(self) -> int:
        """Everybody who took part."""
        return self.children + self.youth + self.volunteers + self.network
