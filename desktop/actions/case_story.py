# SPDX-License-Identifier: Apache-2.0
"""Reading a whole case, with the trace that reading a restricted one leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.model.alert import AlertLine
from desktop.model.assistance import Assistance
from desktop.model.case_file import CaseFile, CaseStep
from desktop.model.follow_up import FollowUp
from desktop.model.referral import Referral
from desktop.store import alert as alerts
from desktop.store import assistance as assistances
from desktop.store import case_file as cases
from desktop.store import follow_up as follow_ups
from desktop.store import referral as referrals
from desktop.store.case_file import NotYours
from desktop.store.store import Store

Use = Literal["print", "export"]


@dataclass(frozen=True, slots=True)
class CaseStory:
    """A case with all that hangs on it."""

    case: CaseFile
    person: str
    """The person's name, or empty."""
    steps: tuple[CaseStep, ...]
    assistance: tuple[Assistance, ...]
    referrals: tuple[Referral, ...]
    follow_ups: tuple[FollowUp, ...]
    alerts: tuple[AlertLine, ...]
    names: Mapping[str, str]
    """How facilitators are called, by id."""


def open_case_file(store: Store, by: str, case_id: str, *, again: bool = False) -> CaseStory:
    """Everything about a case. Looking at a restricted one leaves a line in the audit log.

    So does being refused; raises ``NotYours`` then. ``again`` is for a page that shows the case
    already and reads it anew after a change: that is not another look.
    """
    try:
        with store.read() as conn:
            case = cases.case_file(conn, by, case_id)
            story = CaseStory(
                case,
                cases.people_names(conn, (case.person_id,)).get(case.person_id, ""),
                cases.steps(conn, by, case_id),
                assistances.assistance(conn, by, case_id),
                referrals.of_case(conn, by, case_id),
                follow_ups.follow_ups(conn, by, case_id),
                alerts.of_case(conn, by, case_id),
                cases.facilitator_names(conn),
            )
    except NotYours:
        with store.write(by) as write:
            write.audit("refused", "case_file", case_id)
        raise
    if case.restricted and not again:
        with store.write(by) as write:
            write.audit("view", "case_file", case_id)
    return story


def note_use(store: Store, by: str, case_id: str, use: Use) -> None:
    """Note that something of a case goes onto paper or into a file. Raises ``NotYours``.

    To be called before it does.
    """
    with store.write(by) as write:
        cases.case_file(write.conn, by, case_id)
        write.audit(use, "case_file", case_id)
