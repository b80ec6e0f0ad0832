# SPDX-License-Identifier: Apache-2.0
"""What stage mode shows, read at once: the turns in order and what became of each paper."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.actions.certificate_list import CertificateList, certificate_list
from desktop.model.certificate import Order
from desktop.ui.tables.stage import Turn

if TYPE_CHECKING:
    from desktop.actions.certificate_list import Line
    from desktop.actions.register import StageLine
    from desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class StageView:
    """The turns of one kind of certificate at one event."""

    held: CertificateList
    turns: tuple[tuple[StageLine, Line | None], ...]


def read_stage(store: Store, event_id: str, kind: str, order: Order) -> StageView | None:
    """Read it; None when there is no such event or it gives no certificates."""
    from desktop.actions.register import stage_lines

    held = certificate_list(store, event_id, None, kind)
    if held is None:
        return None
    lines = {one.certificate.id: one for one in held.lines if one.certificate is not None}
    found = stage_lines(store, event_id, held.kind, order)
    return StageView(held, tuple((one, lines.get(one.certificate_id)) for one in found))


def turns_of(
    view: StageView, handed: Collection[str], skipped: Collection[str]
) -> tuple[Turn, ...]:
    """The turns with their states; ``handed`` are noted and perhaps not yet on the disk."""
    return tuple(
        Turn(stage, line, _state(stage.certificate_id, line, handed, skipped))
        for stage, line in view.turns
    )


def _state(key: str, line: Line | None, handed: Collection[str], skipped: Collection[str]) -> str:
    row = line.certificate if line is not None else None
    status = row.status if row is not None else "waits"
    if key in handed:
        return "handed"
    if status in ("handed", "returned", "void"):
        return status
    if row is not None and row.edition > 1 and not row.prints:
        return "reprint"
    return "skipped" if key in skipped else "waits"
