# SPDX-License-Identifier: Apache-2.0
"""Lists of keys and revoked certificates, by which other offices check this one's paper.

A list is believed when it is signed by whom this laptop knows: a laptop of the office, the
centre, or the office whose list was taken before. The first list of another office is taken when
a person says so, who compared its fingerprint over the telephone. A list speaks of its own
office's certificates only; the centre's speaks of all.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from desktop.actions.done import Done
from desktop.actions.proof import own_key
from desktop.actions.proof_trust import trust
from desktop.errors import Problem, Refused
from desktop.i18n import _
from desktop.model.proof_list import TrustList
from desktop.store import centre
from desktop.store import proof as store_proof
from desktop.store.facilitator import office, own_offices
from desktop.store.store import Store
from desktop.sync.issuer import NoList, read_list, write_list
from desktop.sync.verify_page import verify_page

if TYPE_CHECKING:
    from sqlalchemy import Connection

_AHEAD: Final = timedelta(days=1)
"""How far the clock of who made a list may be ahead."""


class UnknownSigner(Problem):
    """A list of an office whose signature is not known here; a person may decide to take it."""

    def __init__(self, sentence: str, told: TrustList) -> None:
        super().__init__(sentence)
        self.told = told
        self.fingerprint = fingerprint(told.signer)


def fingerprint(public: bytes) -> str:
    """Twenty hexadecimal digits of a key in groups of four, to be read out and compared."""
    digits = hashlib.sha256(public).hexdigest()[:20]
    return " ".join(digits[at : at + 4] for at in range(0, 20, 4))


def export_list(store: Store, by: str) -> bytes:
    """The office's keys and revoked certificates as known here, signed by this laptop.

    ``as_of`` is the earliest moment at which the centre confirmed one of the registers, or now
    without a centre: what was revoked elsewhere since may be missing. Raises :class:`Refused`
    when one of them was never confirmed.
    """
    with store.write(by) as write:
        private = own_key(write)
        told = own_list(write.conn, write.now().utc)
        write.audit("export", "proof_list", detail=str(len(told.revoked)))
    return write_list(told, private)


def page_file(store: Store, by: str) -> bytes:
    """The page on which anybody checks a certificate, one HTML file that needs no network: with
    this office's keys and revoked certificates, and those of the lists that are kept here.

    Raises :class:`Refused` as :func:`export_list` does.
    """
    with store.write(by) as write:
        known = trust(write.conn)
        own = own_list(write.conn, write.now().utc)
        write.audit("export", "proof_list", detail=str(len(own.revoked)))
    gone = {one.public: one.withdrawn for one in own.keys if one.withdrawn}
    others = (
        replace(said, keys=tuple(
            replace(key, withdrawn=key.withdrawn or gone.get(key.public, "")) for key in said.keys
        ))
        for said in known.lists
    )  # fmt: skip
    return verify_page((own, *others))


def own_list(conn: Connection, now: str) -> TrustList:
    """What this office tells of its keys and its certificates, unsigned: which are revoked, which
    stand beside another, and of a withdrawn key which stand all the same."""
    ours, known = office(conn), trust(conn)
    return TrustList(
        ours.id, ours.name, _known_until(conn, now),
        tuple(replace(one, office_id=ours.id) for one in known.ours),
        store_proof.revoked(conn, own_offices(conn)),
        beside=store_proof.beside(conn, own_offices(conn)),
    )  # fmt: skip


def _known_until(conn: Connection, now: str) -> str:
    if centre.joined(conn) is None:
        return now
    ours = own_offices(conn)
    # Where the office tells of its keys: that one was withdrawn may be as late as a void one.
    told = [at for one in ours if (at := store_proof.matched_at(conn, f"o:{one}"))]
    found = min((*store_proof.registers_matched_at(conn, ours), *told), default=now)
    if not found:
        raise Refused(
            _("The centre has not confirmed every register yet. Send data first, then try again.")
        )
    return found


def read_file(data: bytes) -> TrustList:
    """The list in a file, whoever signed it. Raises :class:`Refused`."""
    try:
        told = read_list(data)
        made = datetime.fromisoformat(told.as_of)
        if made.tzinfo is None or not told.as_of.endswith("Z"):
            raise NoList("a moment that is not UTC")
    except ValueError as wrong:
        raise Refused(
            _(
                "This file is no list of certificates, or it was changed on the way. Ask for it "
                "again."
            )
        ) from wrong
    return told


def import_list(store: Store, by: str, data: bytes, *, accept: bool = False) -> Done:
    """Take a list from a file; ``value`` is the :class:`TrustList` that is kept.

    Raises :class:`UnknownSigner` for the first list of another office unless ``accept`` is
    given, and :class:`Refused` for one that is not to be believed or older than what is here.
    """
    told = read_file(data)
    with store.write(by) as write:
        conn = write.conn
        _demand_believable(conn, told, accept=accept)
        if datetime.fromisoformat(told.as_of) > datetime.fromisoformat(write.now().utc) + _AHEAD:
            raise Refused(
                _("This list is dated in the future. Check the clocks of both computers.")
            )
        before = _kept(conn, told.source)
        if before is not None and told.as_of < before.as_of:
            raise Refused(_("A newer list of this office is here already. Nothing was changed."))
        store_proof.keep_list(write, told.source, data.decode(), told.as_of)
    return Done(frozenset({"proof_list"}), told)


def lists(store: Store) -> tuple[TrustList, ...]:
    """The lists that are kept here."""
    with store.read() as conn:
        return trust(conn).lists


def _kept(conn: Connection, source: str) -> TrustList | None:
    return next((one for one in trust(conn).lists if one.source == source), None)


def _demand_believable(conn: Connection, told: TrustList, *, accept: bool) -> None:
    known = trust(conn)
    joined = centre.joined(conn)
    if joined is not None and told.source == joined["centre"]["id"]:
        if told.signer.hex() != joined["centre"]["ed25519"]:
            raise Refused(_("This list says it is the centre's, but the centre did not sign it."))
        return
    if any(one.office_id != told.source for one in told.keys):
        raise Refused(_("This list speaks for other offices than its own. Only the centre may."))
    if any(
        one.public == told.signer and one.withdrawn and one.office_id == told.source
        for one in (*known.keys, *(key for said in known.lists for key in said.keys))
    ):
        raise Refused(
            _(
                "This list is signed with a key that was withdrawn, because its computer was lost "
                "or stolen. Ask the office for a list from another computer."
            )
        )
    if told.source in own_offices(conn):
        if all(one.public != told.signer for one in known.own):
            raise Refused(
                _("This list says it is your own office's, but none of its computers signed it.")
            )
        return
    kept = _kept(conn, told.source)
    if kept is not None:
        if told.signer != kept.signer and not kept.names(told.signer):
            raise Refused(
                _(
                    "This list is signed by another computer than the lists of {office} before. "
                    "Ask that office whether it is theirs."
                ).format(office=kept.name)
            )
        return
    if not accept:
        raise UnknownSigner(
            _(
                "This is the first list of {office} on this computer. Call the office and compare "
                "the number: {fingerprint}"
            ).format(office=told.name, fingerprint=fingerprint(told.signer)),
            told,
        )
