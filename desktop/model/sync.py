# SPDX-License-Identifier: Apache-2.0
"""How far what was written here has come, and what sync has to ask or to tell a person.

Three honest states, of each change and so of each record: *saved* on this laptop, *received* by
the centre (it signed for it), *confirmed* (it also lies in a backup away from the centre).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

Stage = Literal["saved", "received", "confirmed"]
STAGES: Final[tuple[Stage, ...]] = ("saved", "received", "confirmed")
"""From the first to the last; a record is as far as the least of its changes."""


@dataclass(frozen=True, slots=True)
class AreaSync:
    """One scope of this laptop: an area, an event, a case, the office."""

    scope: str
    saved: int = 0
    """Changes that only this laptop has."""
    received: int = 0
    """Changes the centre signed for, and that are not confirmed yet."""
    confirmed: int = 0
    coming: int = 0
    """Numbers at the centre that have not been received here, as far as it is known."""
    digest: int | None = None
    """What all rows here and at the centre came to when they were last compared."""
    matched_at: str = ""
    """When they came to the same; UTC, RFC 3339; empty for not yet."""
    granted: bool = False
    """The centre serves this scope to this laptop."""


@dataclass(frozen=True, slots=True)
class SyncState:
    """The state of sync of one laptop, in one look."""

    centre: str = ""
    """The address of the centre; empty before this laptop joined one."""
    office: str = ""
    """What the centre calls the office."""
    areas: tuple[AreaSync, ...] = ()
    photos: int = 0
    """Photos the centre does not have yet."""
    photo_bytes: int = 0
    conflicts: int = 0
    """Records with two texts."""
    put_aside: int = 0
    """Changes the centre put aside."""
    last_contact: str = ""
    """When the centre last answered; UTC, RFC 3339; empty for never."""
    offset: float | None = None
    """Seconds this laptop's clock is ahead of the centre's; None while it is not known."""

    @property
    def joined(self) -> bool:
        return bool(self.centre)

    @property
    def saved(self) -> int:
        return sum(area.saved for area in self.areas)

    @property
    def waiting(self) -> int:
        """Changes that are still to be sent; what was put aside is at the centre already."""
        return max(0, self.saved - self.put_aside)

    @property
    def received(self) -> int:
        return sum(area.received for area in self.areas)

    @property
    def confirmed(self) -> int:
        return sum(area.confirmed for area in self.areas)


Outcome = Literal["", "ok", "offline", "refused", "problem"]


@dataclass(frozen=True, slots=True)
class SyncRun:
    """What sync is doing at this moment, and how the last round ended."""

    busy: bool = False
    done: int = 0
    total: int = 0
    """Of the changes that were waiting when the round began; 0 while that is not known."""
    outcome: Outcome = ""
    """Empty before the first round since the program was started."""
    sentence: str = ""
    """What a person can do about it; of ``refused`` and ``problem``."""
    next_at: datetime | None = None
    """When the next round begins by itself; None: when there is a connection."""
    metered: bool = False
    """The connection costs by the byte: photos wait for another."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the texts somebody wrote into a field."""

    text: str
    by: str
    """Id of the facilitator; empty when that is not known here."""
    at: str
    """When, by the author's clock: RFC 9557; empty when that is not known here."""
    oid: str = ""
    """Of a text that waits to be chosen; empty for the one that is shown."""


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """A field for which two people wrote, each without having seen the other's text."""

    kind: str
    id: str
    field: str
    shown: Wording
    others: tuple[Wording, ...]
    """Never empty; in the order in which the centre numbered them."""
    scope: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.id, self.field


@dataclass(frozen=True, slots=True)
class PutAside:
    """A change the centre keeps apart: it is logged there, and not part of the record."""

    scope: str
    device: str
    n: int
    reason: str
    """``forbidden``, ``author``, ``frozen``, ``malformed``, ``closed``; or one of a newer
    centre."""
    detail: str
    kind: str
    id: str
    by: str
    at: str
    body: dict[str, Any]
    """The change itself, as it was sent."""
