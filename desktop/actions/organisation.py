# SPDX-License-Identifier: Apache-2.0
"""Organisations, and the list of their projects that an event honours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.actions.done import Done, finished
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.organisation import Award, Organisation
from desktop.store import certificate
from desktop.store import event as events
from desktop.store import organisation as organisations
from desktop.store.ids import new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.normalise import normalise, normalise_name


class AwardProblem(Problem):
    """The award list cannot be changed so."""


@dataclass(frozen=True, slots=True)
class AwardEntry:
    """One honoured project as a form or a file has it."""

    organisation: str
    title: str
    organisation_kind: str = ""
    organisation_area: str = ""
    fund: str = ""
    order_no: int | None = None
    """None: after those there are."""


def put_organisation(store: Store, by: str, organisation: Organisation) -> Done:
    """Keep an organisation, new (empty id) or changed; ``value`` is the organisation."""
    spelt = replace(
        organisation,
        id=organisation.id or new_id(),
        name=normalise_name(organisation.name),
        short=normalise_name(organisation.short),
    )
    if not spelt.name:
        raise AwardProblem(_("Type the name of the organisation."))
    with store.write(by) as write:
        organisations.put_organisation(write, spelt)
    return finished(write, spelt)


def add_awards(store: Store, by: str, event_id: str, entries: Sequence[AwardEntry]) -> Done:
    """Put projects on the award list of an event; ``value`` is the tuple of awards.

    All or nothing: raises :class:`AwardProblem` for a line without organisation or title, or
    for a place that is taken.
    """
    with store.write(by) as write:
        events.event(write.conn, event_id)
        taken = {one.order_no for one in organisations.awards(write.conn, event_id)}
        made: list[Award] = []
        for number, entry in enumerate(entries, 1):
            name, title = normalise_name(entry.organisation), normalise(entry.title)
            if not name or not title:
                raise AwardProblem(
                    _("Line {number} needs an organisation and a project.").format(number=number)
                )
            order_no = entry.order_no or max(taken, default=0) + 1
            if order_no in taken:
                raise AwardProblem(
                    _("Place {number} of the award list is given twice.").format(number=order_no)
                )
            taken.add(order_no)
            organisation = organisation_of(write, entry, name)
            award = Award(
                new_id(), event_id, organisation.id, name, title, normalise(entry.fund), order_no
            )
            organisations.put_award(write, award)
            made.append(award)
    return finished(write, tuple(made))


def organisation_of(write: Write, entry: AwardEntry, name: str) -> Organisation:
    """The organisation of an award: one that is known by its name, or a new one."""
    found = organisations.find_by_name(write.conn, name, entry.organisation_area)
    if found is None:
        found = Organisation(
            new_id(), name, entry.organisation_kind or "other", entry.organisation_area
        )
        organisations.put_organisation(write, found)
    return found


def remove_award(store: Store, by: str, award_id: str) -> Done:
    """Take a project off the list; refused when a certificate was issued for it."""
    with store.write(by) as write:
        award = organisations.award(write.conn, award_id)
        issued = certificate.register(write.conn, event_id=award.event_id)
        if any(one.award_id == award_id for one in issued):
            raise AwardProblem(
                _("A certificate has been issued for this project, so it stays on the list.")
            )
        organisations.delete_award(write, award_id)
    return finished(write)
