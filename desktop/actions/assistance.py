# SPDX-License-Identifier: Apache-2.0
"""Assistance: wanted, promised, given, each step kept with its own amount and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from desktop.actions.casework import demand_open, today
from desktop.actions.done import Done, finished
from desktop.actions.finish import Finish
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.assistance import ORDER, SATANG, Assistance, is_ahead
from desktop.model.record import Core
from desktop.store import assistance as kept
from desktop.store import case_file as cases
from desktop.store.codelist import code
from desktop.store.ids import natural_id, new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise

_MOST: Final = 100_000_000 * SATANG
"""More than this is a slip of the finger."""


class AssistanceProblem(Problem):
    """Assistance cannot be kept as written."""


def read_money(text: str) -> int:
    """An amount of baht as typed, in satang; Thai digits and thousands commas are understood.

    Raises :class:`AssistanceProblem` for what is no amount.
    """
    typed = to_arabic(text).replace(",", "").replace("บาท", "").strip()
    try:
        amount = Decimal(typed) * SATANG
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount != amount.to_integral_value() or not 0 <= amount <= _MOST:
        raise AssistanceProblem(_("Type the amount in baht, such as 1,500 or 1,500.50."))
    return int(amount)


def add(store: Store, by: str, assistance: Assistance) -> Done:
    """Enter assistance in the state it has; the value is it. Raises :class:`AssistanceProblem`."""
    with store.write(by) as write:
        demand_open(cases.case_file(write.conn, by, assistance.case_id))
        added = _checked(replace(assistance, id=assistance.id or new_id()), today(write))
        kept.put(write, added)
    return finished(write, added)


def want(store: Store, by: str, assistance: Assistance) -> Done:
    """Enter what a case wants."""
    return add(store, by, replace(assistance, state="wanted"))


def promise(
    store: Store,
    by: str,
    assistance_id: str,
    *,
    on: date | None = None,
    amount: int | None = None,
    fund: str = "",
    item: str = "",
    quantity: int | None = None,
) -> Done:
    """It was promised. What is not said stays as it was. Raises :class:`AssistanceProblem`."""
    said = Assistance("", "", "", "promised", date.min, amount, fund, item, quantity)
    return _step(store, by, assistance_id, said, on)


def give(  # noqa: PLR0913 - what may be said anew
    store: Store,
    by: str,
    assistance_id: str,
    *,
    on: date | None = None,
    amount: int | None = None,
    fund: str = "",
    item: str = "",
    quantity: int | None = None,
    receipt: str = "",
) -> Done:
    """It was given. What is not said stays as it was. Raises :class:`AssistanceProblem`."""
    said = Assistance("", "", "", "given", date.min, amount, fund, item, quantity, receipt)
    return _step(store, by, assistance_id, said, on)


def _step(store: Store, by: str, assistance_id: str, said: Assistance, on: date | None) -> Done:
    with store.write(by) as write:
        held = kept.one(write.conn, by, assistance_id)
        if not is_ahead(said.state, held.state):
            raise AssistanceProblem(
                _("Assistance is wanted, then promised, then given, and does not go back.")
            )
        on = on or today(write)
        if on < held.on:
            raise AssistanceProblem(_("This day lies before the last step. Put the day right."))
        now = _checked(
            replace(
                held,
                state=said.state,
                on=on,
                amount=held.amount if said.amount is None else said.amount,
                fund=said.fund or held.fund,
                item=said.item or held.item,
                quantity=held.quantity if said.quantity is None else said.quantity,
                receipt=said.receipt or held.receipt,
            ),
            today(write),
        )
        kept.put(write, now)
    return finished(write, now)


def remove(store: Store, by: str, assistance_id: str) -> Done:
    """Take off what was entered by mistake."""
    with store.write(by) as write:
        kept.one(write.conn, by, assistance_id)
        kept.delete(write, assistance_id)
    return finished(write)


def _checked(assistance: Assistance, today: date) -> Assistance:
    if code("aid_kind", assistance.kind) is None:
        raise AssistanceProblem(_("Choose the kind of assistance."))
    if assistance.on > today:
        raise AssistanceProblem(_("This day is still to come. Put the day right."))
    if assistance.amount is not None and not 0 <= assistance.amount <= _MOST:
        raise AssistanceProblem(_("Type the amount in baht, such as 1,500 or 1,500.50."))
    if assistance.quantity is not None and assistance.quantity < 1:
        raise AssistanceProblem(_("Type how many: 1 or more."))
    if assistance.amount and code("money_category", assistance.fund) is None:
        raise AssistanceProblem(_("Choose the fund that the money comes from."))
    if not assistance.amount and assistance.kind == "money" and assistance.state == "given":
        raise AssistanceProblem(_("Type how much money was given."))
    return replace(
        assistance,
        item=normalise(assistance.item).strip(),
        receipt=normalise(assistance.receipt).strip(),
    )


def from_visit(write: Write, finish: Finish) -> Finish:
    """Keep the assistance a visit tells of, one row for each.

    A correction changes the rows of the visit it corrects, as long as they stand as the visit
    left them: what was promised or given since is not taken back by it.
    """
    if not finish.case_id:
        return finish
    day = finish.core.day("visit.visited_on") or finish.core.day("visit.at") or today(write)
    first = finish.first_record or finish.record_id
    rows = [row for row in finish.core.rows("assistance") if row.text("assistance.kind")]
    every = kept.assistance(write.conn, write.by, finish.case_id)
    ids = [natural_id("assistance", first, str(n + 1)) for n in range(len(rows) + len(every))]
    held = {one.id: one for one in every if one.id in ids} if finish.amends else {}
    told = [_told(finish, row, "", day) for row in rows]
    for one, place in zip(told, _places(told, list(held.values()), ids), strict=True):
        before = held.pop(place, None)
        if before is None:
            kept.put(write, replace(one, id=place))
        elif not is_ahead(before.state, one.state):
            same = replace(one, id=place, visit_id=before.visit_id)
            kept.put(write, same if same == before else replace(one, id=place))
    for gone in held:
        if kept.is_as_first_told(write.conn, gone):
            kept.delete(write, gone)
    return finish


def _places(told: list[Assistance], held: list[Assistance], ids: list[str]) -> list[str]:
    """The id under which each row of a form is, or will be, kept.

    A correction may take a row out: the others are known by what they are and not by where they
    stand. First those of which all is the same, then of one kind and thing, then of one kind,
    then the one that stood there if nothing became of it since.
    """
    found: dict[int, str] = {}
    left = list(held)
    for alike in (_all_of_it, _thing, _kind):
        for number, one in enumerate(told):
            match = next((other for other in left if alike(other) == alike(one)), None)
            if number not in found and match is not None:
                found[number] = match.id
                left.remove(match)
    for number, one in enumerate(told):
        match = next((other for other in left if other.id == ids[number]), None)
        if number not in found and match is not None and not is_ahead(match.state, one.state):
            found[number] = match.id
            left.remove(match)
    free = iter([one for one in ids if one not in {other.id for other in held}])
    return [found[number] if number in found else next(free) for number in range(len(told))]


def _all_of_it(one: Assistance) -> tuple[object, ...]:
    return (*_thing(one), one.fund, one.amount, one.receipt, one.state)


def _thing(one: Assistance) -> tuple[object, ...]:
    return (one.kind, one.item)


def _kind(one: Assistance) -> tuple[object, ...]:
    return (one.kind,)


def _told(finish: Finish, row: Core, assistance_id: str, day: date) -> Assistance:
    amount = row.text("assistance.amount")
    state = row.text("assistance.state")
    return Assistance(
        id=assistance_id,
        case_id=finish.case_id,
        kind=row.text("assistance.kind"),
        state=state if state in ORDER else "wanted",
        on=day,
        amount=read_money(amount) if amount else None,
        fund=row.text("assistance.fund"),
        item=normalise(row.text("assistance.item")).strip(),
        receipt=normalise(row.text("assistance.receipt")).strip(),
        visit_id=finish.visit_id,
    )
