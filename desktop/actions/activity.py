# SPDX-License-Identifier: Apache-2.0
"""Activities of volunteers: entered, put right, taken off; by hand or from a form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.actions.assistance import read_money
from desktop.actions.casework import chosen, today
from desktop.actions.done import Done, finished
from desktop.actions.finish import Finish
from desktop.actions.mentorship import make_pairs
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.activity import Activity
from desktop.model.visit import read_people
from desktop.store import activity as kept
from desktop.store import event as events
from desktop.store.ids import natural_id, new_id
from desktop.store.person import people
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.normalise import normalise


class ActivityProblem(Problem):
    """An activity cannot be kept as written."""


def put_activity(store: Store, by: str, activity: Activity) -> Done:
    """Enter an activity, or put one right; the value is it. Raises :class:`ActivityProblem`."""
    with store.write(by) as write:
        activity = _checked(replace(activity, id=activity.id or new_id()), today(write))
        kept.put(write, activity)
    return finished(write, activity)


def remove_activity(store: Store, by: str, activity_id: str) -> Done:
    """Take off an activity that was entered by mistake."""
    with store.write(by) as write:
        kept.delete(write, activity_id)
    return finished(write)


def _checked(activity: Activity, today: date) -> Activity:
    tidied = replace(
        activity,
        name=normalise(activity.name).strip(),
        place=normalise(activity.place).strip(),
        occasion=normalise(activity.occasion).strip(),
        innovation=normalise(activity.innovation).strip(),
        problem=normalise(activity.problem).strip(),
        result=normalise(activity.result).strip(),
    )
    if not tidied.name:
        raise ActivityProblem(_("Type the name of the activity."))
    if not tidied.noi_roles:
        raise ActivityProblem(_("Choose at least one of the four roles."))
    if tidied.held_on > today:
        raise ActivityProblem(_("This day is still to come. Put the day right."))
    if min(tidied.children, tidied.youth, tidied.volunteers, tidied.network) < 0:
        raise ActivityProblem(_("A number of people is 0 or more."))
    return tidied


def from_form(write: Write, finish: Finish) -> Finish:
    """Keep the activity that a form tells of; a correction changes it.

    A mentor and juniors who are known people become pairs. Raises :class:`ActivityProblem`.
    """
    core, first = finish.core, finish.first_record or finish.record_id
    budget = core.text("activity.budget")
    activity = _checked(
        Activity(
            id=natural_id("activity", first),
            held_on=core.day("activity.on") or today(write),
            name=core.text("activity.name"),
            event_id=_event(write, core.text("activity.event_id")) or finish.event_id,
            area=core.text("activity.area_code") or finish.area,
            place=core.text("activity.place"),
            occasion=core.text("activity.occasion"),
            noi_roles=frozenset(core.codes("activity.noi_roles")),
            aims=frozenset(core.codes("activity.aims")),
            systems=frozenset(core.codes("activity.systems")),
            children=core.whole("activity.n_child") or 0,
            youth=core.whole("activity.n_youth") or 0,
            volunteers=core.whole("activity.n_apm") or 0,
            network=core.whole("activity.n_network") or 0,
            innovation=core.text("activity.innovation"),
            problem=core.text("activity.problem"),
            budget=read_money(budget) if budget else None,
            result=core.text("activity.result"),
            record_id=first,
        ),
        today(write),
    )
    scope = kept.put(write, activity)
    _pairs(write, finish, activity)
    return replace(
        finish,
        scope=scope,
        area=activity.area,
        event_id=activity.event_id,
        noun="activity",
        noun_id=activity.id,
    )


def _event(write: Write, text: str) -> str:
    """The event an answer names, or empty when it names none that is known."""
    _name, wanted = chosen(text)
    try:
        return events.event(write.conn, wanted).id
    except LookupError:
        return ""


def _pairs(write: Write, finish: Finish, activity: Activity) -> None:
    core = finish.core
    named = [one.person_id for one in read_people(core.text("activity.mentor")) if one.person_id]
    juniors = [one.person_id for one in read_people(core.text("activity.juniors"))]
    known = people(write.conn, (*named, *filter(None, juniors)))
    for mentor in (one for one in named if one in known):
        hers = [one for one in juniors if one in known and one != mentor]
        if hers:
            make_pairs(write, mentor, hers, activity.event_id, activity.held_on)
