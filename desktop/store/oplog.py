# SPDX-License-Identifier: Apache-2.0
"""The op log and the audit log, written: each numbered and chained, in one transaction.

What a transaction does is gathered here, and written just before its commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from desktop.i18n import _
from desktop.model.chain import START, audit_body, canonical, link
from desktop.store.clock import HybridClock
from desktop.store.errors import TooLong
from desktop.store.ids import is_made, new_id
from desktop.store.seen import NOTHING, Seen, epoch
from desktop.store.shape import Fields

_INSERT_OP: Final = (
    'INSERT INTO op (scope, device, n, kind, record_id, "by", at, body, chain) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_AUDIT: Final = (
    'INSERT INTO audit (at, "by", device, action, noun, record_id, detail, chain) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_KEEP_STREAM: Final = (
    "INSERT INTO stream (scope, device, last_n, chain, hlc) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (scope, device) DO UPDATE SET "
    "last_n = excluded.last_n, chain = excluded.chain, hlc = excluded.hlc"
)


_MANY: Final = frozenset({"mark"})
"""Facts that come by the thousand. A visit has the id of its record, so it cannot be one."""


MOST_OP: Final = 2 * 1024 * 1024
"""Bytes of one op. A message is a few times as large; what does not fit into one would keep
everything that was written after it from being sent, for good."""


@dataclass(slots=True)
class OpLog:
    """What one transaction will have said."""

    raw: Any
    at: str
    """The moment of all its ops and audit rows."""
    stamps: HybridClock
    _ops: list[tuple[str, str, str, str, Fields]] = field(default_factory=list)
    _audits: list[tuple[str, str, str, str]] = field(default_factory=list)

    def note(
        self,
        noun: str,
        record_id: str,
        scope: str,
        by: str,
        body: Mapping[str, Any],
        context: Seen = NOTHING,
        *,
        fresh: bool = False,
    ) -> str:
        """One change of one record; the id of its op. ``fresh`` says that the record is new.

        A new mark's own id names the op that says it: on the wire an id is the dearest thing
        there is. Later ops about it have names of their own.
        """
        said_once = fresh and noun in _MANY and is_made(record_id)
        oid = record_id if said_once else new_id()
        self._ops.append((noun, record_id, scope, by, {**body, "oid": oid, **context.body()}))
        return oid

    def audit(self, action: str, noun: str, record_id: str, detail: str) -> None:
        """One audit row."""
        self._audits.append((action, noun, record_id, detail))

    def pending(self, noun: str, record_id: str) -> list[Fields]:
        """The bodies of the ops of a record that are not written yet."""
        return [op[4] for op in self._ops if op[1] == record_id and op[0] == noun]

    def flush_ops(self, device: str) -> None:
        """Write the ops of the changes so far, as ``device``."""
        if not self._ops:
            return
        following = epoch(self.raw)
        heads: dict[str, tuple[int, bytes, str]] = {}
        lines = []
        for noun, record_id, scope, by, change in self._ops:
            if scope not in heads:
                heads[scope] = self._head(scope, device)
            n, chain, _hlc = heads[scope]
            hlc = self.stamps.stamp()
            body = canonical({"kind": noun, "id": record_id, "ep": following, "hlc": hlc} | change)
            if len(body) > MOST_OP // 4 and not change.keys() & {"salvage", "from"}:
                _demand_sendable(body)
            n, chain = n + 1, link(chain, body)
            heads[scope] = (n, chain, hlc)
            lines.append((scope, device, n, noun, record_id, by, self.at, body, chain))
        self.raw.executemany(_INSERT_OP, lines)
        self.raw.executemany(
            _KEEP_STREAM, [(scope, device, *head) for scope, head in heads.items()]
        )
        self._ops = []

    def flush_audits(self, by: str, device: str) -> None:
        """Write the audit rows so far."""
        if not self._audits:
            return
        last = self.raw.execute("SELECT chain FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        chain = last[0] if last else START
        lines = []
        for note in self._audits:
            values = (self.at, by, device, *note)
            chain = link(chain, audit_body(values))
            lines.append((*values, chain))
        self.raw.executemany(_INSERT_AUDIT, lines)
        self._audits = []

    def _head(self, scope: str, device: str) -> tuple[int, bytes, str]:
        row = self.raw.execute(
            "SELECT last_n, chain, hlc FROM stream WHERE scope = ? AND device = ?",
            (scope, device),
        ).fetchone()
        return (row[0], row[1], row[2]) if row else (0, START, "")


def _demand_sendable(body: str) -> None:
    if len(body.encode()) > MOST_OP:
        raise TooLong(
            _(
                "This is longer than can be sent to the centre. Write the most important part "
                "here, and attach the rest as a photo or a file."
            )
        )
