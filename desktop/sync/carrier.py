# SPDX-License-Identifier: Apache-2.0
"""What a round of sync asks of whatever carries its messages, and how a carrier comes back
without an answer.

That nobody can be reached is the ordinary state of a laptop in the field, so it is a state and
no error; the few others are told apart because a person does something else about each.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from desktop.sync.protocol import Answer, Request

if TYPE_CHECKING:
    from desktop.sync.blob import Pace
    from desktop.sync.load import Load


class Reach(StrEnum):
    """How far a message came."""

    ANSWERED = "answered"
    UNREACHABLE = "unreachable"
    """Nobody answered, or the centre asked for patience. It is tried again by itself."""
    REFUSED = "refused"
    """The centre answered, and does not take messages of this laptop."""
    STRANGER = "stranger"
    """Something answers in the centre's place and is not the centre."""
    PORTAL = "portal"
    """A Wi-Fi wants a person to log in first."""
    CLOCK = "clock"
    """This computer's clock is so wrong that the centre cannot be told from others."""


class Unanswered(Exception):
    """A message got no answer that could be believed. Nothing is known of what it did."""

    def __init__(
        self, reach: Reach, word: str = "", wait: float = 0, *, cut: bool = False
    ) -> None:
        super().__init__(f"{reach} {word}".rstrip())
        self.reach = reach
        self.word = word
        """For the log: a status, a name of an error of the network; never an address."""
        self.wait = wait
        """Seconds the centre asked to wait; 0 for none."""
        self.cut = cut
        """The line was there, and broke or fell silent with the message on its way."""


class BlobMissing(Exception):
    """The centre does not have this file, or not yet."""


class BlobRefused(Exception):
    """The centre does not take this file: what it holds is not what its name says, nobody's
    record names it, or it is too large."""


class Carrier(Protocol):
    """Whatever brings a request to the centre and an answer back."""

    load: Load
    """How much to say at once; remembered between rounds."""

    def ask(self, request: Request) -> Answer:
        """The signed answer to this very request. Raises :class:`Unanswered`."""

    @property
    def offset(self) -> float | None:
        """Seconds this computer's clock is ahead of the centre's; None before an answer."""


class BlobCarrier(Protocol):
    """A carrier of files. Every call raises :class:`Unanswered` when the line is gone."""

    def blob_offset(self, sha256: str, size: int) -> int:
        """How many bytes of a file the centre has; ``size`` when it has it whole."""

    def put_blob(self, sha256: str, offset: int, size: int, piece: bytes) -> int:
        """Send a piece; how many bytes the centre has now, which is where to go on: it may be
        less than was sent. Raises :class:`BlobRefused`."""

    def get_blob(self, sha256: str, offset: int) -> Iterator[bytes]:
        """The file from ``offset`` on, as it comes; it may end early. Raises
        :class:`BlobMissing`."""


class FileCarrier(BlobCarrier, Protocol):
    """A carrier of files that remembers between rounds how the line is."""

    pace: Pace
    put_off: dict[str, float]
    """Files that were refused or are not there: by SHA-256, until when (monotonic seconds) they
    are left alone."""

    def get(self, path: str, most: int) -> bytes | None:
        """What the centre keeps under a path, a form for one; None when nothing is there."""
