# SPDX-License-Identifier: Apache-2.0
"""Registers of certificates over all events: every number accounted for, and the list of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from desktop.actions.stage import StageLine, stage_lines
from desktop.model.account import STATES, Account, Gap, NumberState, State
from desktop.model.account import account as account_of
from desktop.model.certificate import GONE, STANDING, Certificate
from desktop.store import certificate as register
from desktop.store import event as events
from desktop.store import lease, organisation, roster
from desktop.store import register as registers_
from desktop.store.certificate import Receipt
from desktop.store.store import Store
from desktop.thai.digits import to_arabic
from desktop.thai.search_key import search_key

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = [
    "CLASHING", "STATES", "Account", "BookRow", "Gap", "NumberState", "StageLine", "State",
    "account", "account_here", "book", "book_here", "registers", "stage_lines",
]  # fmt: skip


CLASHING: Final = "clashing"
"""Beside the states: numbers that two certificates bear, and numbers of one recipient."""


@dataclass(frozen=True, slots=True)
class BookRow:
    """One line of a register: a number, or an earlier paper under it."""

    number: int
    number_text: str
    """In Arabic digits; empty for a number without a row."""
    state: State
    why: str
    """Why it is void, replaced, came back or is not used."""
    certificate: Certificate | None
    name: str
    organisation: str
    event_name: str
    subject: str
    """Course or project as it stands on the paper."""
    receipt: Receipt | None
    note: str
    """``why`` alone; papers say more (``register_paper``)."""
    also_of: tuple[str, ...] = ()
    """Who else bears this number, each with the event: one of them is to be void."""
    also_has: tuple[str, ...] = ()
    """Other numbers that its recipient has: all but one are to be void."""

    @property
    def clashes(self) -> bool:
        """Whether something is to be declared void here."""
        return bool(self.also_of or self.also_has)


def registers(store: Store) -> tuple[tuple[str, int], ...]:
    """Kind and year of every register of the office, the newest year first."""
    with store.read() as conn:
        return registers_.registers(conn)


def account(store: Store, kind: str, year: int) -> Account:
    """What became of every number of a register, from 1 to the last."""
    with store.read() as conn:
        return account_here(conn, kind, year)


def account_here(conn: Connection, kind: str, year: int) -> Account:
    """The same inside a transaction."""
    ours = registers_.our_offices(conn)
    rows = register.register(conn, kind=kind, year=year, offices=ours)
    lent = [block for office in ours for block in lease.lent(conn, office, kind, year)]
    return account_of(kind, year, rows, lent)


def book(
    store: Store,
    kind: str,
    year: int,
    *,
    event_id: str = "",
    states: Collection[str] = (),
    text: str = "",
) -> tuple[BookRow, ...]:
    """The lines of a register by number, over all events.

    Only those of an event, in some states (or :data:`CLASHING`), or that ``text`` finds (number,
    name, agency) when given. Papers that were replaced stand before the one that replaced them.
    """
    with store.read() as conn:
        return book_here(conn, kind, year, event_id=event_id, states=states, text=text)


def book_here(
    conn: Connection,
    kind: str,
    year: int,
    *,
    event_id: str = "",
    states: Collection[str] = (),
    text: str = "",
) -> tuple[BookRow, ...]:
    """The same inside a transaction."""
    held = account_here(conn, kind, year)
    every = register.register(conn, kind=kind, year=year, offices=registers_.our_offices(conn))
    names = _Names(conn)
    lines = []
    papers: dict[int, list[Certificate]] = {}
    for row in every:
        papers.setdefault(row.number, []).append(row)
    for one in held.states:
        if one.number not in papers:
            lines.append(BookRow(one.number, "", one.state, "", None, "", "", "", "", None, ""))
        lines += [names.line(row) for row in papers.get(one.number, ())]
    lines = _with_clashes(lines, held)
    wanted = search_key(text)
    digits = to_arabic(text).strip()
    return tuple(
        line
        for line in lines
        if (not event_id or (line.certificate and line.certificate.event_id == event_id))
        and (not states or line.state in states or (line.clashes and CLASHING in states))
        and (not digits or _finds(line, wanted, digits))
    )


def _with_clashes(lines: Sequence[BookRow], held: Account) -> list[BookRow]:
    """The lines, each of those that clash with whom and with what."""
    bearers: defaultdict[int, list[BookRow]] = defaultdict(list)
    for line in lines:
        row = line.certificate
        if row is not None and row.status not in GONE:
            bearers[line.number].append(line)
    doubled = frozenset(held.doubled)
    runs = {number: run for run in held.twice for number in run}

    def told(line: BookRow) -> BookRow:
        if line not in bearers[line.number]:
            return line
        others = [one for one in bearers[line.number] if one is not line]
        row = line.certificate
        stands = row is not None and row.status in STANDING
        more = [one for one in runs.get(line.number, ()) if stands and one != line.number]
        return replace(
            line,
            also_of=tuple(map(_whose, others)) if line.number in doubled else (),
            also_has=tuple(bearers[one][0].number_text for one in more),
        )

    return [told(line) for line in lines]


def _whose(line: BookRow) -> str:
    return " · ".join(part for part in (line.name, line.event_name) if part)


def _finds(line: BookRow, wanted: str, digits: str) -> bool:
    if digits == str(line.number) or line.number_text.startswith(digits):
        return True
    return bool(wanted) and any(
        wanted in search_key(said) for said in (line.name, line.organisation)
    )


class _Names:
    """Names of events and of those whose numbers were not used, read once for each event."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._events: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._receipts: dict[str, Receipt] = {}

    def line(self, row: Certificate) -> BookRow:
        """A row of the register as a line."""
        if row.event_id not in self._events:
            self._read(row.event_id)
        key = row.enrolment_id or row.award_id
        return BookRow(
            row.number,
            row.number_text,
            row.status,
            row.reason,
            row,
            row.wording.recipient if row.wording else self._people.get(key, ""),
            row.organisation,
            self._events[row.event_id],
            row.wording.subject if row.wording else "",
            self._receipts.get(row.id),
            row.reason,
        )

    def _read(self, event_id: str) -> None:
        conn = self._conn
        try:
            held = events.event(conn, event_id)
        except LookupError:
            # Its rows came, the event itself has not come yet or was taken away.
            self._events[event_id] = ""
            return
        self._events[event_id] = " ".join(part for part in (held.name, held.batch) if part)
        self._people |= {row.enrolment_id: row.name for row in roster.roster(conn, event_id)}
        self._people |= {one.id: one.organisation for one in organisation.awards(conn, event_id)}
        self._receipts |= register.receipts(conn, event_id)
