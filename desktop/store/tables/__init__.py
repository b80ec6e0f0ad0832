# SPDX-License-Identifier: Apache-2.0
"""The nouns' tables, one module each, and the derived tables that searching needs.

Importing this package declares them all, so that ``schema.metadata`` is whole.
"""

from desktop.store.tables import (
    activity,
    alert,
    assistance,
    attachment,
    attendance,
    case_file,
    certificate,
    consent,
    draft,
    event,
    facilitator,
    follow_up,
    form,
    household,
    mentorship,
    organisation,
    person,
    record,
    referral,
    roster,
    search,
    sheet,
    sync,
    visit,
)

__all__ = [
    "activity",
    "alert",
    "assistance",
    "attachment",
    "attendance",
    "case_file",
    "certificate",
    "consent",
    "draft",
    "event",
    "facilitator",
    "follow_up",
    "form",
    "household",
    "mentorship",
    "organisation",
    "person",
    "record",
    "referral",
    "roster",
    "search",
    "sheet",
    "sync",
    "visit",
]
