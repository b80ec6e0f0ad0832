# SPDX-License-Identifier: Apache-2.0
"""The papers of a withdrawn key that stand all the same, because the register knew them before.

A certificate counts for what was said of it *before* the withdrawal came, and both are told by
the clock of the centre alone: an op is as old as ``received_at``, one that was set aside as the
moment at which it was let in (``released_at``). What an op or a code says of its own time is its
writer's word, and the writer may be a thief. So:

- What the stolen laptop sent before the withdrawal counts, the thief's work too: nobody knew yet.
  It stands in the register, where the office sees it and can declare it void.
- What anybody sends afterwards counts for nothing here, honest work that came late as well: the
  office is asked about it. An office that knows it to be genuine takes the withdrawal back and
  says it again; then the new moment is the one.
- Words that were put right before the withdrawal count as they were last, whichever laptop of
  the office said so; and only in the office's own register.

The log of ops only grows, so that what is found for one withdrawal never changes: it is worked
out once. After a backup was restored, what the centre had lost comes a second time and later,
and is asked about.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, and_, case, func, or_, select

from desktop.centre.schema import certificate, op
from desktop.model.proof import KEY_ID_BYTES, Claim, Damaged, Newer, decode, paper_digest, split
from desktop.sync.issuer import genuine, key_id

_KNOWN: Final = case((op.c.released > 0, op.c.released_at), else_=op.c.received_at)
"""When the centre came to know what an op says."""
_COUNTS: Final = or_(op.c.quarantined == "", op.c.released > 0)
_MANY: Final = 500


def withdrawn_at(conn: Connection, rows: Iterable[tuple[str, str]]) -> str:
    """When the first of these withdrawals (scope and record) came; empty for none."""
    found = [
        conn.execute(
            select(func.min(_KNOWN)).where(
                op.c.scope == scope, op.c.kind == "issuer_key", op.c.id == record, _COUNTS
            )
        ).scalar()
        for scope, record in rows
    ]  # fmt: skip
    return min((at for at in found if at), default="")


def known_papers(
    conn: Connection, public: bytes, offices: Sequence[str], before: str
) -> frozenset[bytes]:  # fmt: skip
    """``paper_digest`` of the papers signed with this key that the registers of these offices
    held at the moment ``before``, those too that are void."""
    t, said = certificate.c, op.c.body["set"]["proof"].as_string()
    rows = conn.execute(
        select(op.c.scope, op.c.id, said.label("proof"), op.c.body["hlc"].as_string())
        .join(
            certificate,
            and_(op.c.scope == t.scope, op.c.kind == "certificate", op.c.id == t.id),
        )
        .where(t.office.in_(offices), _COUNTS, before > _KNOWN, said != "")
        .order_by(op.c.body["hlc"].as_string(), op.c.seq)
        .execution_options(yield_per=_MANY)
    )
    last: dict[tuple[str, str], tuple[bytes, set[bytes]]] = {}
    for scope, record, proof, _stamp in rows:
        read = _read(proof)
        if read is None:
            continue
        payload, signature, claim = read
        # Two laptops that issued the same wrote the same words, each with its key.
        words = payload[1 + KEY_ID_BYTES :]
        there = last.get((scope, record))
        if there is None or there[0] != words:
            there = last[scope, record] = (words, set())
        if claim.key == key_id(public) and genuine(public, payload, signature):
            there[1].add(paper_digest(payload))
    return frozenset[bytes]().union(*(papers for _words, papers in last.values()))


def _read(proof: Any) -> tuple[bytes, bytes, Claim] | None:
    """Payload, signature and content of what a certificate holds as its proof."""
    try:
        payload, signature = split(base64.b64decode(str(proof).rpartition("#")[2]))
        return payload, signature, decode(payload)
    except (ValueError, Damaged, Newer):
        return None
