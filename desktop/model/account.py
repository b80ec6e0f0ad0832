# SPDX-License-Identifier: Apache-2.0
"""What became of every number of a register: from 1 to the last, nothing left out, nothing twice.

A number stands where its last paper stands. Numbers without a row are lent to this laptop and
wait to be drawn, or are not known here: another laptop drew them and has not sent them yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from desktop.model.certificate import GONE, STANDING, Certificate, Status

State = Literal[Status, "lent", "unknown"]
STATES: Final[tuple[State, ...]] = (
    "issued", "printed", "handed", "returned", "void", "replaced", "unused", "lent", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberState:
    """Where one number stands. ``row`` is its last paper, None for one without; ``why`` says why
    it is void, not used or came back."""

    number: int
    state: State
    row: Certificate | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers one after the other that have no row."""

    first: int
    last: int
    state: State


@dataclass(frozen=True, slots=True)
class Account:
    """A whole register, told to the last number."""

    kind: str
    year: int
    last: int
    """The highest number that was drawn or lent."""
    counts: Mapping[State, int]
    """How many numbers stand in each state; the sum is ``last``."""
    states: tuple[NumberState, ...]
    replaced_editions: int
    """Papers that were replaced under their own number."""
    doubled: tuple[int, ...]
    """Numbers that two certificates bear which both stand."""
    twice: tuple[tuple[int, ...], ...] = ()
    """Numbers that one holder has which all stand: two laptops issued to the same person."""

    @property
    def adds_up(self) -> bool:
        """Whether every number is known and borne by one certificate alone."""
        told = sum(self.counts.values()) == self.last
        return told and not self.counts["unknown"] and not self.doubled

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The numbers without a row, as runs."""
        found: list[Gap] = []
        for one in self.states:
            if one.row is not None:
                continue
            before = found[-1] if found else None
            if before and before.last + 1 == one.number and before.state == one.state:
                found[-1] = Gap(before.first, one.number, one.state)
            else:
                found.append(Gap(one.number, one.number, one.state))
        return tuple(found)


def account(
    kind: str, year: int, rows: Iterable[Certificate], lent: Sequence[tuple[int, int]] = ()
) -> Account:
    """The account of a register from all its rows, and the blocks lent to this laptop."""
    by_number: defaultdict[int, list[Certificate]] = defaultdict(list)
    for row in rows:
        by_number[row.number].append(row)
    last = max([*by_number, *(end for _first, end in lent)], default=0)
    ours = {number for first, end in lent for number in range(first, end + 1)}
    counts: dict[State, int] = dict.fromkeys(STATES, 0)
    states, doubled, replaced = [], [], 0
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number in range(1, last + 1):
        held = by_number.get(number, [])
        heads = _heads(held)
        standing = [row for row in heads if row.status not in GONE]
        if len(standing) > 1:
            doubled.append(number)
        for key in {(row.event_id, row.enrolment_id or row.award_id) for row in standing
                    if row.status in STANDING}:  # fmt: skip
            holders[key].append(number)
        replaced += len(held) - len(heads)
        top = max(standing or heads, key=lambda one: (one.edition, one.id), default=None)
        if top is None:
            one = NumberState(number, "lent" if number in ours else "unknown")
        else:
            one = NumberState(number, top.status, top, top.reason)
        counts[one.state] += 1
        states.append(one)
    twice = tuple(
        tuple(numbers) for key, numbers in holders.items() if key[1] and len(numbers) > 1
    )
    return Account(kind, year, last, counts, tuple(states), replaced, tuple(doubled), twice)


def _heads(rows: Sequence[Certificate]) -> list[Certificate]:
    """The last paper of each certificate that bears a number: most often one."""
    overtaken = {row.replaces for row in rows}
    return [row for row in rows if row.id not in overtaken]
