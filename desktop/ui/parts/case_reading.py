# SPDX-License-Identifier: Apache-2.0
"""Everything that a case's page shows, read at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.actions.case_file import open_case_file
from desktop.actions.case_story import CaseStory

if TYPE_CHECKING:
    from desktop.model.facilitator import Facilitator
    from desktop.model.visit import Visit
    from desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class CaseHeld:
    """A case with what hangs on it and how others are called."""

    story: CaseStory
    visits: tuple[Visit, ...]
    agencies: Mapping[str, str]
    """Names of organisations by id."""
    facilitators: tuple[Facilitator, ...]
    event: str
    """The name of the event at which it was opened, or empty."""


def read_case(store: Store, by: str, case_id: str, *, again: bool) -> CaseHeld:
    """Open a case. Raises ``NotYours`` and ``LookupError``."""
    from desktop.store import event as events
    from desktop.store import facilitator, organisation
    from desktop.store import visit as visits

    story = open_case_file(store, by, case_id, again=again)
    with store.read() as conn:
        wanted = {one.to_organisation_id for one in story.referrals if one.to_organisation_id}
        agencies = {}
        for which in wanted:
            try:
                agencies[which] = organisation.organisation(conn, which).name
            except LookupError:
                continue
        name = ""
        if story.case.event_id:
            try:
                name = events.event(conn, story.case.event_id).name
            except LookupError:
                name = ""
        return CaseHeld(
            story,
            visits.of_case(conn, by, case_id),
            agencies,
            facilitator.facilitators(conn),
            name,
        )
