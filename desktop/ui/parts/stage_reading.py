# SPDX-License-Identifier: Apache-2.0
"""What stage mode shows, read at once: the turns in order and what became of each paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.actions.certificate_list import CertificateList, certificate_list
from desktop.model.certificate import Order
from desktop.thai.digits import to_arabic
from desktop.thai.search_key import search_key
from desktop.ui.tables.stage import Turn

if TYPE_CHECKING:
    from desktop.actions.certificate_list import Line
    from desktop.actions.stage import StageLine
    from desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class StageView:
    """The turns of one kind of certificate at one event."""

    held: CertificateList
    turns: tuple[tuple[StageLine, Line], ...]

    @property
    def rehearsal(self) -> bool:
        """Whether nothing is issued yet: then it can be gone through, and nothing is noted."""
        return bool(self.turns) and not any(one.certificate_id for one, _line in self.turns)


def read_stage(
    store: Store, event_id: str, kind: str, order: Order, before: Mapping[str, StageLine]
) -> StageView | None:
    """Read it; None when there is no such event or it gives no certificates.

    ``before`` are the turns as they were by key: whoever has one keeps it, as on the list that
    somebody holds in her hand, also where a name was put right that the order goes by.
    """
    from desktop.actions.stage import stage_lines

    held = certificate_list(store, event_id, None, kind)
    if held is None:
        return None
    by_certificate = {one.certificate.id: one for one in held.lines if one.certificate}
    by_seat = {one.seat: one for one in held.lines}
    found: list[tuple[StageLine, Line]] = []
    for stage in stage_lines(store, event_id, held.kind, order):
        line = by_certificate.get(stage.certificate_id) or by_seat.get(stage.seat)
        if line is not None:
            turn = before[line.key].order if line.key in before else stage.order
            found.append((replace(stage, order=turn), line))
    return StageView(held, tuple(sorted(found, key=lambda one: one[0].order)))


def turns_of(
    view: StageView, handed: Collection[str], skipped: Collection[str]
) -> tuple[Turn, ...]:
    """The turns with their states; ``handed`` are keys noted and perhaps not yet on the disk."""
    return tuple(Turn(stage, line, _state(line, handed, skipped)) for stage, line in view.turns)


def _state(line: Line, handed: Collection[str], skipped: Collection[str]) -> str:
    row = line.certificate
    if line.key in handed:
        return "handed"
    if row is not None and row.status in ("handed", "returned", "void"):
        return row.status
    if row is not None and row.edition > 1 and not row.prints:
        return "reprint"
    return "skipped" if line.key in skipped else "waits"


def order_of(value: object) -> Order:
    """The order that was chosen."""
    return "alphabet" if value == "alphabet" else "seat" if value == "seat" else "stage"


def sought(turns: Sequence[Turn], text: str) -> int:
    """The place of the first whose turn, number or name answers; -1 when nobody does."""
    said, key = to_arabic(text.strip()), search_key(text)
    if not said:
        return -1
    for place, one in enumerate(turns):
        numbers = (str(one.stage.order), to_arabic(one.stage.number).split("/")[0])
        names = f"{search_key(one.stage.name)} {search_key(one.stage.organisation)}"
        if said in numbers or (not said.isdecimal() and key and key in names):
            return place
    return -1
