# SPDX-License-Identifier: Apache-2.0
"""What one office, or the centre, tells of its keys and of certificates that stand no more."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from desktop.model.proof import PAPER_BYTES

Why = Literal["void", "replaced"]


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key that may sign certificates, and whose it is."""

    public: bytes
    office_id: str
    issuer: str
    """Name of the office."""
    withdrawn: str = ""
    """Since when (UTC, RFC 3339) the office does not stand by it any more, because the laptop was
    stolen; empty for a key that stands. The date on a certificate says nothing then: whoever has
    the key writes any date."""
    papers: frozenset[bytes] = frozenset()
    """Of a withdrawn key: ``model.proof.paper_digest`` of every paper that is signed with it and
    that the register knew before the key was withdrawn. They are genuine all the same."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate that no longer stands."""

    part: bytes
    """``model.proof.certificate_part`` of its id."""
    why: Why
    on: str = ""
    """ISO date; empty when it is not known."""
    by: str = ""
    """Number of the certificate that replaced it, as printed, in Arabic digits."""


@dataclass(frozen=True, slots=True)
class TrustList:
    """Keys and revoked certificates as known at one moment. It names no person."""

    source: str
    """Id of the office or of the centre."""
    name: str
    as_of: str
    """UTC, RFC 3339."""
    keys: tuple[KnownKey, ...]
    revoked: tuple[Revoked, ...]
    signer: bytes = b""
    """Public key it is signed with; whoever reads it says so."""
    beside: frozenset[bytes] = frozenset()
    """``certificate_part`` of certificates that stand although there is another which replaces
    the same one: two laptops made a replacement, neither knowing of the other's."""

    def names(self, public: bytes) -> bool:
        """Whether it speaks of this key. Of certificates of other keys it says nothing."""
        return any(one.public == public for one in self.keys)


def write_papers(papers: Iterable[bytes]) -> str:
    """Digests of papers in base64, in their order; sixteen letters each."""
    return base64.b64encode(b"".join(sorted(papers))).decode()


def read_papers(text: str) -> frozenset[bytes]:
    """What :func:`write_papers` wrote. ``ValueError`` for anything else."""
    try:
        said = base64.b64decode(text, validate=True)
    except binascii.Error as wrong:
        raise ValueError("no papers") from wrong
    if len(said) % PAPER_BYTES:
        raise ValueError("half a paper")
    return frozenset(said[at : at + PAPER_BYTES] for at in range(0, len(said), PAPER_BYTES))
