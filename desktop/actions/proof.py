# SPDX-License-Identifier: Apache-2.0
"""Proof against forgery without a network: the QR code of a certificate, and checking one.

When certificates are issued :func:`prover` signs each; whoever has the public key of the office
can check the paper anywhere (:func:`check`). What a code says is shown only so that it can be
compared with the paper; it proves nothing unless the verdict says so.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from desktop.actions.proof_trust import Trust, believable, trust
from desktop.model import proof as code
from desktop.model.certificate import Certificate
from desktop.model.proof import Claim
from desktop.model.proof_list import KnownKey, Revoked, TrustList
from desktop.model.proof_text import plain
from desktop.store import proof as store_proof
from desktop.store.facilitator import office
from desktop.store.proof import Standing
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.sync.issuer import Signer, genuine, key_id, make_key, public_of
from desktop.thai.keyboard import scanned_digits, to_us

if TYPE_CHECKING:
    from sqlalchemy import Connection

Outcome = Literal[
    "genuine", "revoked", "withdrawn", "unknown", "altered", "damaged", "newer", "foreign"
]
"""``withdrawn``: signed with the key of a laptop that was lost, and no register that is known
here vouches for the paper; whoever has the laptop may have made it, with any date. ``unknown``:
signed by a key nobody told this laptop of. ``damaged``: cut or mistyped. ``foreign``: no code of
a certificate."""

_THAI: Final = re.compile("[\u0e01-\u0e5b]")
_MOST_TYPED: Final = 20_000


# ---- signing


class Prover:
    """Signs the certificates of one batch; made by :func:`prover`."""

    def __init__(self, signer: Signer, address: str) -> None:
        self._signer = signer
        self._address = address
        self._room = code.room(address)

    def proof_for(self, certificate: Certificate, edition: int | None = None) -> str:
        """What is kept as the certificate's proof: the signed content in base64, after the
        address that was set. ``ValueError`` for a number that is not used."""
        said = certificate.wording
        if said is None:
            raise ValueError("a number that is not used has no paper")
        claim = Claim(
            self._signer.key_id, code.certificate_part(certificate.id),
            code.kind_code(certificate.kind), certificate.year, certificate.number,
            plain(certificate.number_text), date.fromisoformat(certificate.issue_date),
            plain(said.recipient), plain(said.subject or said.project),
            plain(said.issuer[0] if said.issuer else ""),
            certificate.edition if edition is None else edition,
        )  # fmt: skip
        payload = code.encode(code.fitted(claim, self._room))
        signed = payload + self._signer.sign(payload)
        return self._address + base64.b64encode(signed).decode()


def prover(write: Write) -> Prover:
    """What signs certificates here: once for a batch, in the transaction that issues them.

    Makes this laptop's key at the first need and tells the office its public half.
    """
    return Prover(Signer(own_key(write)), store_proof.address(write.conn))


def own_key(write: Write) -> bytes:
    """This laptop's private key for certificates, made at the first need and told the office.

    One that the office withdrew gives way to a new one: the laptop was found again.
    """
    private = store_proof.laptop_issuer(write.conn)
    if private is not None and _withdrawn(write.conn, public_of(private)):
        store_proof.drop_laptop_issuer(write)
        private = None
    if private is None:
        private = make_key()
        store_proof.keep_laptop_issuer(write, private)
    public = public_of(private)
    store_proof.tell_issuer(write, office(write.conn), public, key_id(public))
    return private


def _withdrawn(conn: Connection, public: bytes) -> bool:
    keys = store_proof.issuer_keys(conn)
    return any(one.public == public and one.withdrawn for one in keys)


def proof_for(write: Write, certificate: Certificate, edition: int | None = None) -> str:
    """The proof of one certificate; for several make one :func:`prover`."""
    return prover(write).proof_for(certificate, edition)


def qr_text(proof: str, address: str = "") -> str:
    """The text of the QR code of a proof: digits, after the address if there is one.

    Empty for no proof. ``address`` serves proofs that were kept without one. ``ValueError`` for
    a text that is no proof.
    """
    if not proof:
        return ""
    before, mark, body = proof.rpartition("#")
    try:
        signed = base64.b64decode(body, validate=True)
    except binascii.Error as wrong:
        raise ValueError("no proof") from wrong
    return (before + mark or address) + code.to_digits(signed)


# ---- checking


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of checking one code."""

    outcome: Outcome
    claim: Claim | None = None
    """What the code says. Proven when the outcome is ``genuine`` or ``revoked`` alone."""
    issuer: str = ""
    """The office whose key signed it, by what this laptop knows."""
    revoked: Revoked | None = None
    as_of: str = ""
    """Until when (UTC, RFC 3339) it is known here whether it was revoked; empty: not known."""
    own: bool = False
    """Whether the office is this one."""
    returned: str = ""
    """ISO date on which the paper came back to the office, where it still should lie."""
    withdrawn: str = ""
    """Since when (UTC, RFC 3339) the office does not stand by the key it is signed with. Of one
    that is genuine all the same a register says so, which knew it before."""
    beside: bool = False
    """There is another paper that replaces the same one; the office must be asked which counts."""


def check(store: Store, text: str) -> Verdict:
    """The verdict on what was scanned, typed or pasted; needs no network."""
    return check_many(store, (text,))[0]


def check_many(store: Store, texts: tuple[str, ...]) -> tuple[Verdict, ...]:
    """The verdicts on many codes, in their order."""
    with store.read() as conn:
        known, now = trust(conn), store.now().utc
        keys = known.keys
        return tuple(_verdict(conn, known, keys, text, now) for text in texts)


def proven(keys: Sequence[KnownKey], text: str) -> tuple[Outcome, Claim | None, KnownKey | None]:
    """Whether one of ``keys`` signed the code, what it says, and which key it was."""
    try:
        payload, signature = code.split(code.from_digits(digits_in(text)))
        claim = code.decode(payload)
    except code.NotOurs:
        return "foreign", None, None
    except code.Newer:
        return "newer", None, None
    except code.Damaged:
        return "damaged", None, None
    named = [one for one in keys if key_id(one.public) == claim.key]
    signed = [one for one in named if genuine(one.public, payload, signature)]
    if signed:
        return "genuine", claim, _standing_by(signed)
    return ("altered" if named else "unknown"), claim, None


def _standing_by(signed: Sequence[KnownKey]) -> KnownKey:
    """Of the offices that call this key theirs the first that stands by it, or the first.

    An office withdraws a key for itself alone. Whoever says it anywhere, it is withdrawn: a list
    of before does not bring it back. For its papers too an office speaks for itself alone.
    """
    gone = {one.office_id: one.withdrawn for one in reversed(signed) if one.withdrawn}
    stands = next((one for one in signed if one.office_id not in gone), None)
    if stands is not None:
        return stands
    first = signed[0]
    told = (one.papers for one in signed if one.office_id == first.office_id)
    return replace(
        first, withdrawn=gone[first.office_id], papers=frozenset[bytes]().union(*told)
    )  # fmt: skip


def _doubtful(key: KnownKey, claim: Claim) -> bool:
    """Whether nothing but a withdrawn key vouches for this paper."""
    return bool(key.withdrawn) and code.paper_digest(code.encode(claim)) not in key.papers


def _verdict(
    conn: Connection, known: Trust, keys: Sequence[KnownKey], text: str, now: str
) -> Verdict:  # fmt: skip
    outcome, claim, key = proven(keys, text)
    if claim is None or key is None:
        return Verdict(outcome, claim)
    return _standing(conn, known, claim, key, now)


def check_by_lists(lists: Sequence[TrustList], text: str) -> Verdict:
    """The verdict by lists alone, where no store is open. Whoever gives them trusts them."""
    lists = believable(lists)
    outcome, claim, key = proven([one for said in lists for one in said.keys], text)
    if claim is None or key is None:
        return Verdict(outcome, claim)
    told = [said for said in lists if said.names(key.public)]
    gone = _revoked_by(told, claim)
    outcome = "withdrawn" if _doubtful(key, claim) else "revoked" if gone else "genuine"
    return Verdict(
        outcome, claim, key.issuer, gone, max((said.as_of for said in told), default=""),
        withdrawn=key.withdrawn, beside=outcome == "genuine" and _beside_by(told, claim),
    )  # fmt: skip


def _beside_by(told: Sequence[TrustList], claim: Claim) -> bool:
    return any(claim.part in said.beside for said in told)


def _revoked_by(told: Sequence[TrustList], claim: Claim) -> Revoked | None:
    found = (one for said in told for one in said.revoked if one.part == claim.part)
    return next(found, None)


def _standing(
    conn: Connection, known: Trust, claim: Claim, key: KnownKey, now: str
) -> Verdict:  # fmt: skip
    """The verdict on a genuine certificate, with what is known of it since."""
    own = any(one.public == key.public for one in known.own)
    told = [said for said in known.lists if said.names(key.public)]
    found, returned, beside, since = None, "", False, [said.as_of for said in told]
    doubtful = _doubtful(key, claim)
    if own:
        here = store_proof.standing(conn, known.registers, claim.part, claim.year, claim.number)
        if here is not None:
            kept = _vouched(known, key, here)
            same = kept is not None and replace(kept, key=claim.key) == claim
            found, returned, beside = here.revoked, here.returned, here.beside
            if same:
                doubtful = False
            elif kept is not None and found is None and not doubtful:
                # Words were given anew, and the paper is of before.
                found = Revoked(claim.part, "replaced", "", here.number_text)
            since.append(now if known.alone else store_proof.matched_at(conn, here.scope))
    revoked = found or _revoked_by(told, claim)
    outcome: Outcome = "withdrawn" if doubtful else "revoked" if revoked else "genuine"
    stands = outcome == "genuine"
    return Verdict(
        outcome, claim, key.issuer, revoked, max(since, default=""),
        own=own and key.office_id in known.offices, returned=returned if stands else "",
        withdrawn=key.withdrawn, beside=stands and (beside or _beside_by(told, claim)),
    )  # fmt: skip


def _vouched(known: Trust, key: KnownKey, here: Standing) -> Claim | None:
    """What the register says of the certificate now. The key may be another laptop's of the
    office: both issued it and one was kept.

    Whoever has a stolen laptop may still write into the register. Once it was heard that the key
    is withdrawn, the register says something of its papers only by a key that stands.
    """
    _address, _mark, body = here.proof.rpartition("#")
    if not body:
        return None
    try:
        payload, signature = code.split(base64.b64decode(body))
        kept = code.decode(payload)
    except (ValueError, code.Damaged, code.Newer):
        return None
    if not key.withdrawn or key.public not in known.kept:
        return kept
    stand = (
        one for one in known.ours if not one.withdrawn and key_id(one.public) == kept.key
    )  # fmt: skip
    return kept if any(genuine(one.public, payload, signature) for one in stand) else None


def complete(text: str) -> bool:
    """Whether the text is a whole code, as when a scanner has come to its end."""
    try:
        code.from_digits(digits_in(text))
    except (code.NotOurs, code.Damaged):
        return False
    return True


def digits_in(text: str) -> str:
    """The digits of a code in what a scanner typed or a person pasted, or ``""``.

    Knows an address in front, blanks and line breaks between, Thai digits, and a keyboard that
    was left on its Thai layout.
    """
    whole = "".join(text.split())
    if len(whole) > _MOST_TYPED:
        return ""
    digits = scanned_digits(whole)
    if digits is None:
        if "#" not in whole and _THAI.search(whole):
            whole = to_us(whole)
        _before, mark, after = whole.rpartition("#")
        digits = scanned_digits(after) if mark else None
    return digits or ""
