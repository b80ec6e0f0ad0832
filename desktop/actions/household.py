# SPDX-License-Identifier: Apache-2.0
"""Households and members entered or corrected by hand, outside a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.actions.done import Done, finished
from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.household import Household, Member
from desktop.store import area as areas
from desktop.store import household as households
from desktop.store import household_scope
from desktop.store.event import event_scope
from desktop.store.facilitator import office_scope
from desktop.store.ids import natural_id, new_id
from desktop.store.store import Store
from desktop.store.write import Write
from desktop.thai.digits import to_arabic
from desktop.thai.normalise import normalise, normalise_name

_HOUSE_CODE = 11


class HouseholdProblem(Problem):
    """A household or a member cannot be kept as written."""


def put_household(store: Store, by: str, household: Household) -> Done:
    """Keep a household, new when its id is empty or unknown; the value is its id."""
    with store.write(by) as write:
        household_id = keep(write, household)
    return finished(write, household_id)


def keep(write: Write, household: Household, event_id: str = "") -> str:
    """Keep a household in the transaction of ``write``; its id.

    It stands in the scope of its tambon; in another tambon it moves there with its story.
    """
    spelt = spell(household)
    scope = households.scope_of(write.conn, spelt.id) if spelt.id else None
    if scope is None:
        scope = place_scope(write, spelt.area, event_id)
        spelt = replace(spelt, id=spelt.id or new_id())
    elif len(spelt.area) == 6 and scope != f"t:{spelt.area}":
        household_scope.move(write, spelt.id, scope, f"t:{spelt.area}")
        scope = f"t:{spelt.area}"
    households.put_household(write, scope, spelt)
    return spelt.id


def spell(household: Household) -> Household:
    """A household in its one spelling. Raises :class:`HouseholdProblem`."""
    code = "".join(to_arabic(household.house_code).split()).replace("-", "")
    if code and not (code.isdigit() and len(code) == _HOUSE_CODE):
        raise HouseholdProblem(_("A house code has 11 digits."))
    return replace(
        household,
        area=_tambon(household.area),
        house_no=_plain(household.house_no),
        moo=_plain(household.moo),
        village=normalise_name(household.village),
        soi_road=normalise(household.soi_road).strip(),
        postcode=_plain(household.postcode),
        house_code=code,
        landmark=normalise(household.landmark).strip(),
    )


def _tambon(code: str) -> str:
    """A code of six digits that there is, or was; an abolished one becomes its successor."""
    if not code:
        return ""
    if areas.area(code) is None:
        raise HouseholdProblem(_("There is no tambon with this code. Choose it from the list."))
    return areas.successor(code)


def _plain(text: str) -> str:
    """Digits as they are written everywhere; a lone dash says that there is none."""
    plain = " ".join(to_arabic(text).split())
    return "" if not plain.strip("-–—") else plain


def place_scope(write: Write, area: str, event_id: str = "") -> str:
    """The scope of what is at a place: its tambon, else its event, else the office's."""
    if len(area) == 6:
        return f"t:{area}"
    return event_scope(event_id) if event_id else office_scope(write.conn)


def put_member(store: Store, by: str, member: Member) -> Done:
    """Keep a member, new when her id is empty; the value is her id.

    ``LookupError`` for a household there is not.
    """
    with store.write(by) as write:
        scope = households.scope_of(write.conn, member.household_id)
        if scope is None:
            raise LookupError("no household with this id")
        member_id = keep_member(write, scope, member)
    return finished(write, member_id)


def keep_member(write: Write, scope: str, member: Member) -> str:
    """Keep a member in the transaction of ``write``; her id."""
    name = normalise_name(member.name)
    if not name and not member.person_id:
        raise HouseholdProblem(_("Type the name of the member of the household."))
    one = replace(
        member,
        name=name,
        id=member.id or member_id(member.household_id, member.person_id, name),
    )
    households.put_member(write, scope, one)
    return one.id


def member_id(household_id: str, person_id: str, name: str) -> str:
    """The id of a member: the same on every laptop for the same person, or the same name."""
    if person_id:
        return natural_id("member", household_id, person_id)
    return natural_id("member", household_id, "", name)


def leave(store: Store, by: str, member_id: str, on: date) -> Done:
    """Note that a member no longer lives in the household since a day; she stays in its past."""
    with store.write(by) as write:
        member = households.member(write.conn, member_id)
        scope = households.scope_of(write.conn, member.household_id)
        households.put_member(write, scope or "", replace(member, left_on=on.isoformat()))
    return finished(write)


def remove_member(store: Store, by: str, member_id: str) -> Done:
    """Take away a member who was entered by mistake."""
    with store.write(by) as write:
        households.delete_member(write, member_id)
    return finished(write)
