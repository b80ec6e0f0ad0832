# SPDX-License-Identifier: Apache-2.0
"""What an op saw, when the centre has been restored since, and what no op can be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from desktop.model.merging import merging
from desktop.sync.protocol import Fork, Op

FIRST_HISTORY: Final = 1


def rebase(base: int, ep: int, epoch: int, forks: Sequence[Fork]) -> int:
    """``base``, counted in history ``ep``, as a number of the history ``epoch``.

    After a restore the centre gives the same numbers again to other ops: what was seen is only
    what lies before every fork since ``ep``. A history nobody knows of means nothing was seen.
    """
    if ep == epoch or not base:
        return base
    after = list(forks)
    if ep != FIRST_HISTORY:
        known = [at for at, fork in enumerate(after) if fork.epoch == ep]
        if not known:
            return 0
        after = after[known[-1] + 1 :]
    return min([base, *(fork.head for fork in after)]) if after else 0


def faulty(op: Op) -> str:
    """``malformed`` for an op that no honest laptop writes; empty otherwise."""
    body = op.body
    if any(not isinstance(body.get(part, ""), str) for part in ("to", "from")):
        return "malformed"
    names = (op.by, *(body[name] for name in ("oid", "kind", "id", "hlc")))
    if any("\0" in name for name in names):
        return "malformed"
    texts = merging(body["kind"]).texts
    for name, value in body.get("set", {}).items():
        if not _plain(value) or (name in texts and not isinstance(value, str | None)):
            return "malformed"
    for part in ("add", "rm"):
        for members in body.get(part, {}).values():
            if not all(isinstance(one, str | int) for one in members):
                return "malformed"
    return ""


def _plain(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, list):
        return all(map(_plain, value))
    if isinstance(value, dict):
        return all(map(_plain, value.values()))
    return True
