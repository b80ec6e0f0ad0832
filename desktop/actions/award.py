# SPDX-License-Identifier: Apache-2.0
"""Putting an award list right: another organisation or title, another order.

The list is made by ``actions.organisation.add_awards``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.actions.done import Done, finished
from desktop.actions.organisation import (
    AwardEntry,
    AwardProblem,
    add_awards,
    organisation_of,
    remove_award,
)
from desktop.i18n import _
from desktop.store import certificate
from desktop.store import organisation as organisations
from desktop.store.store import Store
from desktop.thai.normalise import normalise, normalise_name


def correct_award(store: Store, by: str, award_id: str, entry: AwardEntry) -> Done:
    """Give an award another organisation, title or fund at its own place; ``value`` is it.

    Raises :class:`AwardProblem` when organisation or title is missing.
    """
    name, title = normalise_name(entry.organisation), normalise(entry.title)
    if not name:
        raise AwardProblem(_("Type the name of the organisation."))
    if not title:
        raise AwardProblem(_("Type the name of the project."))
    with store.write(by) as write:
        before = organisations.award(write.conn, award_id)
        after = replace(before, title=title, fund=normalise(entry.fund))
        if name != before.organisation:
            found = organisation_of(write, entry, name)
            after = replace(after, organisation_id=found.id, organisation=found.name)
        organisations.put_award(write, after)
    return finished(write, after)


def order_awards(store: Store, by: str, event_id: str, award_ids: Sequence[str]) -> Done:
    """Put the award list in this order, which names every award of the event once.

    Certificate numbers follow the order: raises :class:`AwardProblem` once one was issued, and
    when the list has changed since it was read.
    """
    with store.write(by) as write:
        awards = {one.id: one for one in organisations.awards(write.conn, event_id)}
        if len(award_ids) != len(awards) or set(award_ids) != set(awards):
            raise AwardProblem(_("The award list has changed meanwhile. Try once more."))
        if any(one.award_id for one in certificate.register(write.conn, event_id=event_id)):
            raise AwardProblem(
                _("Certificates have been issued in this order, so the order stays.")
            )
        for order_no, award_id in enumerate(award_ids, 1):
            if awards[award_id].order_no != order_no:
                organisations.put_award(write, replace(awards[award_id], order_no=order_no))
    return finished(write)


__all__ = [
    "AwardEntry", "AwardProblem", "add_awards", "correct_award", "order_awards", "remove_award",
]  # fmt: skip
