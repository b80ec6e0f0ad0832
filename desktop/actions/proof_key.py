# SPDX-License-Identifier: Apache-2.0
"""The office's keys for certificates: whose they are, and withdrawing one of a lost laptop.

The key of a stolen laptop signs whatever the thief likes, with any date. Once it is withdrawn,
what it signed is genuine only if the register knew that very paper before; lists say which those
are (``store/proof_key.py``, ``centre/proof_paper.py``). Of everything else the office must be
asked.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.actions.done import Done, finished
from desktop.errors import Refused
from desktop.i18n import _
from desktop.store import proof_key
from desktop.store.proof import laptop_issuer
from desktop.store.proof_key import KeyUse
from desktop.store.store import Store
from desktop.sync.issuer import key_id, public_of


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """One key of the office, as a person tells it from the others."""

    public: bytes
    made_at: str
    """UTC, RFC 3339."""
    here: bool
    """Whether it is this laptop's."""
    count: int
    """Certificates in the registers here that are signed with it."""
    last: str
    """Number of the last of them, as printed in Arabic digits; empty for none."""
    last_on: str
    """Its date of issue, ISO."""
    withdrawn: str
    """Since when (UTC, RFC 3339) the office does not stand by it; empty while it does."""


def office_keys(store: Store) -> tuple[OfficeKey, ...]:
    """The keys of this office's laptops, the oldest first."""
    with store.read() as conn:
        private = laptop_issuer(conn)
        own = b"" if private is None else public_of(private)
        found: dict[bytes, OfficeKey] = {}
        for use in proof_key.key_uses(conn):
            # Told under two ids the office has had, it is one key all the same.
            before = found.get(use.key.public)
            withdrawn = use.key.withdrawn or (before.withdrawn if before else "")
            found[use.key.public] = _told(use, own, withdrawn)
        return tuple(found.values())


def _told(use: KeyUse, own: bytes, withdrawn: str) -> OfficeKey:
    return OfficeKey(
        use.key.public, use.made_at, use.key.public == own, use.count, use.last, use.last_on,
        withdrawn,
    )  # fmt: skip


def withdraw_key(store: Store, by: str, public: bytes) -> Done:
    """The office stands by this key no more: the laptop is lost or stolen.

    Raises :class:`Refused` for a key that is not this office's, or was withdrawn before.
    """
    with store.write(by) as write:
        if not proof_key.withdraw(write, public, key_id(public)):
            raise Refused(
                _("This key is not one of this office, or it was withdrawn before.")
            )  # fmt: skip
    return finished(write)


def restore_key(store: Store, by: str, public: bytes) -> Done:
    """Take the withdrawal back: the laptop was found, and nobody else had used it.

    Raises :class:`Refused` for a key that was not withdrawn.
    """
    with store.write(by) as write:
        if not proof_key.restore(write, public):
            raise Refused(_("This key was not withdrawn."))
    return finished(write)
