# SPDX-License-Identifier: Apache-2.0
"""One change of one record, and how it is written into a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.model.chain import canonical
from desktop.sync import strict
from desktop.sync.strict import BadMessage


@dataclass(frozen=True, slots=True)
class Op:
    """One change of one record as it travels."""

    by: str
    at: str
    body: dict[str, Any]
    """``{oid, kind, id, base, ep, hlc, set, add, rm, resolve, saw, unseen, del,
    salvage, to, from}``; only ``oid kind id base ep hlc`` are always there. See
    :mod:`desktop.sync.merge`."""

    @property
    def text(self) -> str:
        """What the hash chain is made over."""
        return canonical(self.body)


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
        strict.count(body.get(name), f"op.{name}")
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
        if not _are_names(body.get(name, [])):
            raise BadMessage(f"op.{name}")
    unseen = body.get("unseen", {})
    if not isinstance(unseen, dict) or not all(map(_are_names, unseen.values())):
        raise BadMessage("op.unseen")


def _are_names(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(one, str) for one in values)
