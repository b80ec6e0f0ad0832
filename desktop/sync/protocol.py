# SPDX-License-Identifier: Apache-2.0
"""The messages of sync, version 1: one request, one answer, whatever carries them.

A request is what a laptop says to the centre in one breath: the ops it has (by stream), the
scopes it wants to hear about, the certificate numbers it needs. An answer says how far each
stream is kept, what changed in each scope, and which areas the laptop serves.

As JSON the names are short because 2G is slow; names nobody knows are ignored on reading, so
that either end may be the newer one. ``from_json`` raises :class:`BadMessage` for anything that
cannot be meant.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from desktop.model.chain import canonical
from desktop.sync.row import Wire, WireText, plain_wire

VERSION: Final = 1
CONTEXT: Final = "dsdw-sync-v1"
"""What every signature of this protocol begins with, so that none means anything elsewhere."""
PUSH_BYTES: Final = 2 * 1024 * 1024
"""A request's ops are at most this many bytes of JSON before compression, or one op."""
BUDGET: Final = 256 * 1024
"""Bytes of rows an answer may hold if the laptop names no number."""
BUCKETS: Final = 256
"""Rows are compared by this many sums when a digest does not match."""
MOST_BYTES: Final = 8 * 1024 * 1024
"""No message is larger, unpacked."""

Trouble = Literal["gap", "fork", "epoch", "closed"]
"""Why a stream was not taken: ops before it are missing (the centre was restored); the centre
knows other ops under these numbers (this store is a copy, or went back); the message speaks of
another history; this device may no longer send."""


class BadMessage(ValueError):
    """A message that cannot be read. Says which part, never what it held."""


@dataclass(frozen=True, slots=True)
class Op:
    """One change of one record as it travels."""

    by: str
    at: str
    body: dict[str, Any]
    """``{oid, kind, id, base, ep, hlc, set, add, rm, resolve, saw, del, salvage, to}``; only
    ``oid kind id base ep hlc`` are always there. See :mod:`desktop.sync.merge`."""

    @property
    def text(self) -> str:
        """What the hash chain is made over."""
        return canonical(self.body)


@dataclass(frozen=True, slots=True)
class Push:
    """Ops ``first``, ``first + 1`` … of one stream, in order."""

    scope: str
    device: str
    """Whose stream: the sender's, or that of a laptop it met in a hall."""
    first: int
    before: str
    """Hash chain (hex) after op ``first - 1``; empty for the first op."""
    ops: tuple[Op, ...]
    ask_from: int = 0
    """From this op on the laptop wants to hear again which numbers the centre gave; 0: nothing."""
    ask_to: int = 0

    @property
    def last(self) -> int:
        """The number of the last op."""
        return self.first + len(self.ops) - 1


@dataclass(frozen=True, slots=True)
class Pushed:
    """How far one stream is kept at the centre now."""

    scope: str
    device: str
    last: int
    """The last op of this stream that is committed at the centre."""
    chain: str = ""
    """Hash chain (hex) after ``last``. The laptop believes ``last`` only if its own chain is
    the same there: a receipt may be older than the store it is shown to."""
    first: int = 0
    """``seqs[0]`` belongs to op ``first``."""
    seqs: tuple[int, ...] = ()
    """The number each op got in its scope."""
    told_first: int = 0
    told: tuple[int, ...] = ()
    """The numbers that were asked for; 0 for an op the centre does not have."""
    notes: tuple[tuple[int, str, str], ...] = ()
    """``(n, code, detail)``: ``conflict`` and the fields, ``superseded`` and the fields,
    ``quarantined`` and the reason."""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """The laptop has everything of ``scope`` up to ``since``."""

    scope: str
    since: int
    buckets: tuple[int, ...] = ()
    """The sums of its row hashes by bucket, when they do not come to the digest; see
    :mod:`desktop.sync.digest`."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A page of one scope, in the order of ``seq``."""

    scope: str
    since: int
    """The question this answers; an answer to another question is thrown away."""
    rows: tuple[Wire, ...]
    """As :func:`desktop.sync.row.row_to_wire` writes them."""
    next: int
    head: int
    more: bool
    digest: int | None
    """Of the whole scope at ``head``; on the last page only."""
    durable: int = 0
    """Ops up to this number are in a backup away from the centre."""
    buckets: tuple[int, ...] = ()
    """The buckets of which ``rows`` holds every row, when they were asked for."""


@dataclass(frozen=True, slots=True)
class LeaseWanted:
    """The laptop wants certificate numbers of one register, after the last it knows of."""

    office: str
    kind: str
    year: int
    above: int
    count: int


@dataclass(frozen=True, slots=True)
class Lease:
    """Certificate numbers ``first`` to ``last`` belong to this device alone."""

    office: str
    kind: str
    year: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Fork:
    """History ``epoch`` of the centre begins after ``head`` of a scope in the one before it."""

    epoch: int
    head: int


@dataclass(frozen=True, slots=True)
class Request:
    """What a laptop says."""

    device: str
    epoch: int
    """The history of the centre it has been following; 0 before the first contact."""
    now: str
    """Its clock, RFC 9557, so that the centre can tell how wrong it is."""
    push: tuple[Push, ...] = ()
    pull: tuple[Pull, ...] = ()
    leases: tuple[LeaseWanted, ...] = ()
    budget: int = BUDGET
    app: str = ""
    schema: int = 0
    waiting: int = 0
    """Ops that are still to be sent after this message."""
    photos: int = 0
    """Photos that are still to be sent."""
    granted: str = ""
    """Sixteen hex digits over the scopes the laptop knows to be served to it."""
    version: int = VERSION

    def to_json(self) -> dict[str, Any]:
        return _drop(
            {
                "v": self.version,
                "device": self.device,
                "epoch": self.epoch,
                "now": self.now,
                "app": self.app,
                "sv": self.schema,
                "budget": self.budget,
                "waiting": self.waiting,
                "photos": self.photos,
                "push": [
                    _drop(
                        {
                            "scope": p.scope,
                            "device": "" if p.device == self.device else p.device,
                            "first": p.first,
                            "before": p.before,
                            "ops": [op_to_wire(op) for op in p.ops],
                            "ask": [p.ask_from, p.ask_to] if p.ask_from else None,
                        }
                    )
                    for p in self.push
                ],
                "pull": {p.scope: p.since for p in self.pull},
                "repair": {
                    p.scope: "".join(f"{one:016x}" for one in p.buckets)
                    for p in self.pull
                    if p.buckets
                },
                "granted": self.granted,
                "leases": [[w.office, w.kind, w.year, w.above, w.count] for w in self.leases],
            }
        )

    @classmethod
    def from_json(cls, told: Any) -> Request:
        """The request in ``told``, as ``to_json`` made it."""
        if not isinstance(told, dict):
            raise BadMessage("request")
        device = _text(told, "device")
        repair = _dict(told, "repair")
        return cls(
            device=device,
            epoch=_number(told, "epoch"),
            now=_text(told, "now", ""),
            push=tuple(_push(one, device) for one in _list(told, "push")),
            pull=tuple(
                Pull(_name(scope), _count(since, "pull"), _buckets(repair.get(scope, "")))
                for scope, since in _dict(told, "pull").items()
            ),
            leases=tuple(_wanted(one) for one in _list(told, "leases")),
            budget=_number(told, "budget", BUDGET),
            app=_text(told, "app", ""),
            schema=_number(told, "sv"),
            waiting=_number(told, "waiting"),
            photos=_number(told, "photos"),
            granted=_text(told, "granted", ""),
            version=_number(told, "v", VERSION),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the centre says back. Only a signed one moves a watermark."""

    epoch: int
    now: str
    """The centre's clock, UTC."""
    push: tuple[Pushed, ...] = ()
    pull: tuple[Pulled, ...] = ()
    scopes: tuple[str, ...] | None = None
    """Everything this laptop may hold; None when ``granted`` says it knows."""
    forks: dict[str, tuple[Fork, ...]] = field(default_factory=dict)
    """By scope, when the laptop followed another history: where each history began, in order."""
    leases: tuple[Lease, ...] = ()
    device: str = ""
    """Who asked; only that incarnation may use ``leases``."""
    refused: str = ""
    """``"epoch"``: nothing was done, read ``forks``; ``"closed"``: this device was revoked;
    ``"version"``: this program is too old."""
    version: int = VERSION

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return self._told([[plain_wire(row) for row in page.rows] for page in self.pull])

    def to_text(self) -> WireText:
        """The JSON of the same; rows that are text already go in as they stand."""
        mark = secrets.token_hex(16)
        told = self._told([[mark] if page.rows else [] for page in self.pull])
        parts = canonical(told).split(f'"{mark}"')
        for at, page in enumerate(one for one in self.pull if one.rows):
            rows = (one.text if isinstance(one, WireText) else canonical(one) for one in page.rows)
            parts[at] += ",".join(rows)
        return WireText("".join(parts))

    def _told(self, rows: list[Any]) -> dict[str, Any]:
        return _drop(
            {
                "v": self.version,
                "epoch": self.epoch,
                "now": self.now,
                "device": self.device,
                "refused": self.refused,
                "push": [
                    _drop(
                        {
                            "scope": p.scope,
                            "device": p.device,
                            "last": p.last,
                            "chain": p.chain,
                            "first": p.first,
                            "seqs": _steps(p.seqs),
                            "told": [p.told_first, _steps(p.told)] if p.told_first else None,
                            "notes": [list(n) for n in p.notes],
                            "trouble": p.trouble,
                        }
                    )
                    for p in self.push
                ],
                "pull": [
                    _drop(
                        {
                            "scope": p.scope,
                            "since": p.since,
                            "rows": page,
                            "next": p.next,
                            "head": p.head,
                            "more": p.more,
                            "durable": p.durable,
                            "digest": None if p.digest is None else f"{p.digest:016x}",
                            "buckets": list(p.buckets),
                        }
                    )
                    for p, page in zip(self.pull, rows, strict=True)
                ],
                "scopes": None if self.scopes is None else list(self.scopes) or [""],
                "forks": {
                    s: [[f.epoch, f.head] for f in forks] for s, forks in self.forks.items()
                },
                "leases": [[w.office, w.kind, w.year, w.first, w.last] for w in self.leases],
            }
        )

    @classmethod
    def from_json(cls, told: Any) -> Answer:
        """The answer in ``told``, as ``to_json`` made it."""
        if not isinstance(told, dict):
            raise BadMessage("answer")
        scopes = told.get("scopes")
        return cls(
            epoch=_number(told, "epoch"),
            now=_text(told, "now", ""),
            push=tuple(_pushed(one) for one in _list(told, "push")),
            pull=tuple(_pulled(one) for one in _list(told, "pull")),
            scopes=None if scopes is None else tuple(_name(s) for s in scopes if s),
            forks={
                _name(scope): tuple(
                    Fork(_count(one[0], "forks"), _count(one[1], "forks")) for one in _pairs(forks)
                )
                for scope, forks in _dict(told, "forks").items()
            },
            leases=tuple(_lease(one) for one in _list(told, "leases")),
            device=_text(told, "device", ""),
            refused=_text(told, "refused", ""),
            version=_number(told, "v", VERSION),
        )


def granted_mark(scopes: Iterable[str]) -> str:
    """What :attr:`Request.granted` says of these scopes; empty for none."""
    names = sorted(set(scopes))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16] if names else ""


# ---- numbers that grow are sent as steps: 5001 1 1 1 …


def _steps(numbers: tuple[int, ...]) -> list[int]:
    return [n - before for before, n in zip((0, *numbers), numbers, strict=False)]


def _summed(steps: list[Any]) -> tuple[int, ...]:
    numbers, at = [], 0
    for step in steps:
        if type(step) is not int:
            raise BadMessage("seqs")
        at += step
        numbers.append(at)
    return tuple(numbers)


# ---- reading, strictly


def _drop(told: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing."""
    return {k: v for k, v in told.items() if v is not None and v not in ("", 0, False, [], {})}


def _name(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 200:
        raise BadMessage("name")
    return value


def _count(value: Any, where: str) -> int:
    if type(value) is not int or not 0 <= value < 2**62:
        raise BadMessage(where)
    return value


def _number(told: dict[str, Any], name: str, otherwise: int = 0) -> int:
    return _count(told.get(name, otherwise), name)


def _text(told: dict[str, Any], name: str, otherwise: str | None = None) -> str:
    value = told.get(name, otherwise)
    if not isinstance(value, str) or len(value) > 4096:
        raise BadMessage(name)
    return value


def _list(told: dict[str, Any], name: str) -> list[Any]:
    value = told.get(name, [])
    if not isinstance(value, list):
        raise BadMessage(name)
    return value


def _dict(told: dict[str, Any], name: str) -> dict[Any, Any]:
    value = told.get(name, {})
    if not isinstance(value, dict):
        raise BadMessage(name)
    return value


def _pairs(value: Any) -> list[list[Any]]:
    if not isinstance(value, list) or any(
        not isinstance(one, list) or len(one) != 2 for one in value
    ):
        raise BadMessage("pairs")
    return value


def op_to_wire(op: Op) -> list[Any]:
    """``[by, at, body]``."""
    return [op.by, op.at, op.body]


def op_from_wire(told: Any) -> Op:
    """The op that ``op_to_wire`` wrote; ``BadMessage`` for anything else."""
    if not isinstance(told, list) or len(told) < 3 or not isinstance(told[2], dict):
        raise BadMessage("op")
    by, at, body = told[:3]
    if not isinstance(by, str) or not isinstance(at, str):
        raise BadMessage("op")
    for name in ("oid", "kind", "id", "hlc"):
        if not isinstance(body.get(name), str) or not 0 < len(body[name]) <= 200:
            raise BadMessage(f"op.{name}")
    for name in ("base", "ep"):
        _count(body.get(name), f"op.{name}")
    _check_changes(body)
    return Op(by, at, body)


def _check_changes(body: dict[str, Any]) -> None:
    for name in ("set", "add", "rm"):
        if not isinstance(body.get(name, {}), dict):
            raise BadMessage(f"op.{name}")
    for name in ("add", "rm"):
        if any(not isinstance(values, list) for values in body.get(name, {}).values()):
            raise BadMessage(f"op.{name}")
    for name in ("resolve", "saw"):
        values = body.get(name, [])
        if not isinstance(values, list) or any(not isinstance(v, str) for v in values):
            raise BadMessage(f"op.{name}")


def _push(told: Any, sender: str) -> Push:
    if not isinstance(told, dict):
        raise BadMessage("push")
    before = _text(told, "before", "")
    if before and (len(before) != 64 or any(c not in "0123456789abcdef" for c in before)):
        raise BadMessage("push.before")
    first = _number(told, "first", 1)
    ask = _pairs([told["ask"]])[0] if "ask" in told else [0, 0]
    if first < 1:
        raise BadMessage("push.first")
    return Push(
        _name(told.get("scope")),
        (told.get("device") and _name(told["device"])) or sender,
        first,
        before,
        tuple(op_from_wire(one) for one in _list(told, "ops")),
        _count(ask[0], "push.ask"),
        _count(ask[1], "push.ask"),
    )


def _pushed(told: Any) -> Pushed:
    if not isinstance(told, dict):
        raise BadMessage("pushed")
    asked = _pairs([told["told"]])[0] if "told" in told else [0, []]
    trouble = told.get("trouble")
    if trouble not in (None, "gap", "fork", "epoch", "closed"):
        raise BadMessage("trouble")
    notes = _list(told, "notes")
    if any(not isinstance(n, list) or len(n) != 3 or type(n[0]) is not int for n in notes):
        raise BadMessage("notes")
    return Pushed(
        _name(told.get("scope")),
        _name(told.get("device")),
        _number(told, "last"),
        _text(told, "chain", ""),
        _number(told, "first"),
        _summed(_list(told, "seqs")),
        _count(asked[0], "told"),
        _summed(asked[1] if isinstance(asked[1], list) else [None]),
        tuple((n[0], str(n[1]), str(n[2])) for n in notes),
        trouble,
    )


def _pulled(told: Any) -> Pulled:
    if not isinstance(told, dict):
        raise BadMessage("pulled")
    mark = _text(told, "digest", "")
    rows = _list(told, "rows")
    if any(not isinstance(row, list) or len(row) < 5 for row in rows):
        raise BadMessage("rows")
    try:
        seen = int(mark, 16) if mark else None
    except ValueError as wrong:
        raise BadMessage("digest") from wrong
    return Pulled(
        _name(told.get("scope")),
        _number(told, "since"),
        tuple(rows),
        _number(told, "next"),
        _number(told, "head"),
        bool(told.get("more", False)),
        seen,
        _number(told, "durable"),
        tuple(_count(one, "buckets") for one in _list(told, "buckets")),
    )


def _buckets(told: Any) -> tuple[int, ...]:
    if not isinstance(told, str) or len(told) not in (0, 16 * BUCKETS):
        raise BadMessage("repair")
    try:
        return tuple(int(told[at : at + 16], 16) for at in range(0, len(told), 16))
    except ValueError as wrong:
        raise BadMessage("repair") from wrong


def _wanted(told: Any) -> LeaseWanted:
    if not isinstance(told, list) or len(told) != 5:
        raise BadMessage("leases")
    return LeaseWanted(
        _name(told[0]), _name(told[1]), *(_count(one, "leases") for one in told[2:])
    )


def _lease(told: Any) -> Lease:
    if not isinstance(told, list) or len(told) != 5:
        raise BadMessage("leases")
    return Lease(_name(told[0]), _name(told[1]), *(_count(one, "leases") for one in told[2:]))
