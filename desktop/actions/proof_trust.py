# SPDX-License-Identifier: Apache-2.0
"""By what certificates are checked here: the keys and registers of this office, and the lists
that others gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop.model.proof_list import KnownKey, TrustList
from desktop.store import centre
from desktop.store import proof as store_proof
from desktop.store.facilitator import office, own_offices
from desktop.store.proof import Registers
from desktop.store.proof_key import kept_papers
from desktop.sync.issuer import NoList, public_of, read_list

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose keys this laptop knows, and what others told of certificates."""

    own: tuple[KnownKey, ...]
    lists: tuple[TrustList, ...]
    registers: Registers
    offices: tuple[str, ...]
    """This office, under every id it has had."""
    alone: bool
    """No centre was joined: there is no other place where a certificate is revoked."""
    kept: Mapping[bytes, frozenset[bytes]] = field(default_factory=dict)
    """By withdrawn key: its papers that were in the registers here when that was heard."""

    @property
    def ours(self) -> tuple[KnownKey, ...]:
        """The office's own keys, withdrawn also where only a list says so: the row may be late.

        Of a withdrawn one the papers are those that were here and those that the lists name.
        """
        gone: dict[bytes, KnownKey] = {}
        for key in (key for said in self.lists for key in said.keys):
            if key.withdrawn and key.office_id in self.offices:
                papers = gone[key.public].papers if key.public in gone else frozenset()
                gone[key.public] = replace(key, papers=papers | key.papers)
        return tuple(_also(one, gone.get(one.public), self.kept) for one in self.own)

    @property
    def keys(self) -> tuple[KnownKey, ...]:
        """All of them, the office's own first: those say it by the name they know.

        Of its own keys the office alone says whether they stand.
        """
        own = {one.public for one in self.own}
        told = (key for said in self.lists for key in said.keys)
        return (*self.ours, *(key for key in told if key.public not in own))


def _also(
    one: KnownKey, told: KnownKey | None, kept: Mapping[bytes, frozenset[bytes]]
) -> KnownKey:  # fmt: skip
    withdrawn = one.withdrawn or (told.withdrawn if told is not None else "")
    if not withdrawn:
        return one
    papers = kept.get(one.public, frozenset()) | (told.papers if told is not None else frozenset())
    return replace(one, withdrawn=withdrawn, papers=papers)


def trust(conn: Connection) -> Trust:
    """What this laptop goes by when it checks; read once for many codes."""
    own = _each_once(store_proof.issuer_keys(conn))
    private = store_proof.laptop_issuer(conn)
    if private is not None:
        public = public_of(private)
        if all(one.public != public for one in own):
            ours = office(conn)
            own.append(KnownKey(public, ours.id, ours.name))
    lists = []
    for body in store_proof.lists(conn):
        try:
            lists.append(read_list(body.encode()))
        except NoList:
            continue  # the row was changed by hand: it says nothing any more
    offices = own_offices(conn)
    return Trust(
        tuple(own), believable(lists, own, offices), store_proof.registers(conn), offices,
        alone=centre.joined(conn) is None, kept=kept_papers(conn),
    )  # fmt: skip


def believable(
    lists: Sequence[TrustList], own: Sequence[KnownKey] = (), offices: Sequence[str] = ()
) -> tuple[TrustList, ...]:
    """These lists without those that are signed with a key which their office withdrew, whoever
    says so: somebody may have made them with the lost laptop, and named whatever he signs."""
    gone = {(key.office_id, key.public) for said in lists for key in said.keys if key.withdrawn}
    gone |= {(one, key.public) for one in offices for key in own if key.withdrawn}
    return tuple(said for said in lists if (said.source, said.signer) not in gone)


def _each_once(keys: Sequence[KnownKey]) -> list[KnownKey]:
    """A key that the office told under two of its ids is one, and withdrawn under both."""
    found: dict[bytes, KnownKey] = {}
    for one in keys:
        first = found.setdefault(one.public, one)
        found[one.public] = replace(first, withdrawn=first.withdrawn or one.withdrawn)
    return list(found.values())
