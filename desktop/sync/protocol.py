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
from typing import Any, Final

from desktop.model.chain import canonical
from desktop.sync import part, strict
from desktop.sync.op import Op, op_from_wire, op_to_wire
from desktop.sync.part import (
    BUCKETS,
    Fork,
    Lease,
    LeaseWanted,
    Pull,
    Pulled,
    Push,
    Pushed,
    Trouble,
)
from desktop.sync.row import WireText, plain_wire
from desktop.sync.strict import BadMessage

__all__ = [
    "BUCKETS", "BUDGET", "CONTEXT", "MOST_BYTES", "PUSH_BYTES", "VERSION", "Answer", "BadMessage",
    "Fork", "Lease", "LeaseWanted", "Op", "Pull", "Pulled", "Push", "Pushed", "Request", "Trouble",
    "granted_mark", "op_from_wire", "op_to_wire",
]  # fmt: skip

VERSION: Final = 1
CONTEXT: Final = "dsdw-sync-v1"
"""What every signature of this protocol begins with, so that none means anything elsewhere."""
PUSH_BYTES: Final = 2 * 1024 * 1024
"""A request's ops are at most this many bytes of JSON before compression, or one op."""
BUDGET: Final = 256 * 1024
"""Bytes of rows an answer may hold if the laptop names no number."""
MOST_BYTES: Final = 8 * 1024 * 1024
"""No message is larger, unpacked."""


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
        return strict.without_nothing(
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
                    strict.without_nothing(
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
        device = strict.text(told, "device")
        repair = strict.members(told, "repair")
        return cls(
            device=device,
            epoch=strict.number(told, "epoch"),
            now=strict.text(told, "now", ""),
            push=tuple(part.push_from_wire(one, device) for one in strict.items(told, "push")),
            pull=tuple(
                Pull(
                    strict.name(scope),
                    strict.count(since, "pull"),
                    part.buckets_from_wire(repair.get(scope, "")),
                )
                for scope, since in strict.members(told, "pull").items()
            ),
            leases=tuple(part.wanted_from_wire(one) for one in strict.items(told, "leases")),
            budget=strict.number(told, "budget", BUDGET),
            app=strict.text(told, "app", ""),
            schema=strict.number(told, "sv"),
            waiting=strict.number(told, "waiting"),
            photos=strict.number(told, "photos"),
            granted=strict.text(told, "granted", ""),
            version=strict.number(told, "v", VERSION),
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
        return strict.without_nothing(
            {
                "v": self.version,
                "epoch": self.epoch,
                "now": self.now,
                "device": self.device,
                "refused": self.refused,
                "push": [
                    strict.without_nothing(
                        {
                            "scope": p.scope,
                            "device": p.device,
                            "last": p.last,
                            "chain": p.chain,
                            "first": p.first,
                            "seqs": strict.steps(p.seqs),
                            "told": [p.told_first, strict.steps(p.told)] if p.told_first else None,
                            "notes": [list(n) for n in p.notes],
                            "trouble": p.trouble,
                        }
                    )
                    for p in self.push
                ],
                "pull": [
                    strict.without_nothing(
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
            epoch=strict.number(told, "epoch"),
            now=strict.text(told, "now", ""),
            push=tuple(part.pushed_from_wire(one) for one in strict.items(told, "push")),
            pull=tuple(part.pulled_from_wire(one) for one in strict.items(told, "pull")),
            scopes=None if scopes is None else tuple(strict.name(s) for s in scopes if s),
            forks={
                strict.name(scope): tuple(
                    Fork(strict.count(one[0], "forks"), strict.count(one[1], "forks"))
                    for one in strict.pairs(forks)
                )
                for scope, forks in strict.members(told, "forks").items()
            },
            leases=tuple(part.lease_from_wire(one) for one in strict.items(told, "leases")),
            device=strict.text(told, "device", ""),
            refused=strict.text(told, "refused", ""),
            version=strict.number(told, "v", VERSION),
        )


def granted_mark(scopes: Iterable[str]) -> str:
    """What :attr:`Request.granted` says of these scopes; empty for none."""
    names = sorted(set(scopes))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16] if names else ""
