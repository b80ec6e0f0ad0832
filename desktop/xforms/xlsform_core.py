# SPDX-License-Identifier: Apache-2.0
"""The core values a form of the centre must give the store, and the types they need.

``bind::dsdw:core`` names the value of the store that an answer fills, so that a visit has one
source of truth. A form without one of these would be filled in the field and come home unusable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from desktop.i18n import _
from desktop.xforms.form import Form

_TEXT: Final = frozenset({"string", "select1", "select"})
_DATE: Final = frozenset({"date"})
_MOMENT: Final = frozenset({"dateTime"})
_DAY: Final = _DATE | _MOMENT
_WHOLE: Final = frozenset({"int"})
_NUMBER: Final = frozenset({"int", "decimal"})
_PLACE: Final = frozenset({"geopoint"})
_PICTURE: Final = frozenset({"binary"})

REQUIRED: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "home_visit": {
        "visit.household_id": _TEXT,
        "visit.visited_on": _DATE,
        "visit.purpose": _TEXT,
        "visit.team": _TEXT,
        "visit.met": _TEXT,
        "visit.area_code": _TEXT,
        "visit.lat_lon": _PLACE,
        "visit.outcomes": _TEXT,
        "visit.opinion": _TEXT,
        "consent.basis": _TEXT,
        "consent.photo": _TEXT,
        "consent.publish": _TEXT,
        "consent.by": _TEXT,
        "consent.guardian_name": _TEXT,
        "person.first_name": _TEXT,
        "person.last_name": _TEXT,
        "person.sex": _TEXT,
        "person.dob_kind": _TEXT,
        "person.dob": _DATE,
        "person.age": _WHOLE,
        "identifier.kind": _TEXT,
        "identifier.value": _TEXT,
        "household.house_no": _TEXT,
        "household.area_code": _TEXT,
        "household.tenure": _TEXT,
        "member.name": _TEXT,
        "member.relation": _TEXT,
        "member.age": _WHOLE,
        "dim.income": _TEXT,
        "dim.health": _TEXT,
        "dim.housing": _TEXT,
        "dim.education": _TEXT,
        "dim.state": _TEXT,
        "case.targets": _TEXT,
        "case.problems": _TEXT,
        "case.risks": _TEXT,
        "case.urgency": _TEXT,
        "assistance.kind": _TEXT,
        "assistance.state": _TEXT,
        "assistance.amount": _NUMBER,
        "assistance.fund": _TEXT,
        "referral.wanted": _TEXT,
        "referral.to": _TEXT,
        "followup.due": _DATE,
        "attachment.kind": _TEXT,
        "attachment.file": _PICTURE,
    },
    "follow_up": {
        "followup.case_id": _TEXT,
        "followup.at": _DAY,
        "followup.method": _TEXT,
        "followup.progress": _TEXT,
        "followup.detail": _TEXT,
        "followup.next": _DATE,
        "case.close_reason": _TEXT,
    },
    "alert": {
        "alert.source": _TEXT,
        "alert.seen_at": _DAY,
        "alert.area_code": _TEXT,
        "alert.problems": _TEXT,
        "alert.detail": _TEXT,
        "alert.urgency": _TEXT,
        "alert.mentor_id": _TEXT,
        "alert.agencies": _TEXT,
        "alert.told_at": _MOMENT,
    },
    "referral": {
        "referral.case_id": _TEXT,
        "referral.to_org": _TEXT,
        "referral.person": _TEXT,
        "referral.summary": _TEXT,
        "referral.problems": _TEXT,
        "referral.need": _TEXT,
        "referral.opinion": _TEXT,
        "referral.urgency": _TEXT,
        "referral.sent_on": _DATE,
        "referral.ack_on": _DATE,
    },
    "activity": {
        "activity.on": _DATE,
        "activity.name": _TEXT,
        "activity.area_code": _TEXT,
        "activity.noi_roles": _TEXT,
        "activity.n_all": _WHOLE,
        "activity.result": _TEXT,
    },
}
"""Form id → core value → the types of a bind that can fill it."""


def lacks(form: Form) -> Iterator[str]:
    """What keeps a form under the id of one of the centre's from filling the store, in sentences.

    The same is said with its rows where the workbook is checked; here is only the form.
    """
    wanted = REQUIRED.get(form.id, {})
    filling = {key: path for path, key in form.core.items()}
    for key, types in wanted.items():
        path = filling.get(key)
        kind = (form.binds[path].data_type if path is not None else "") or "string"
        if path is None:
            yield _("No question fills the core value {key}. Name it in bind::dsdw:core.").format(
                key=key
            )
        elif kind not in types:
            yield _("{key} needs the type {types}, and this is {type}.").format(
                key=key, types=" / ".join(sorted(types)), type=kind
            )
