# SPDX-License-Identifier: Apache-2.0
"""The nouns' tables, one module each, and the derived tables that searching needs.

Importing this package declares them all, so that ``schema.metadata`` is whole.
"""

from desktop.store.tables import (
    attachment,
    attendance,
    certificate,
    consent,
    draft,
    event,
    facilitator,
    form,
    household,
    organisation,
    person,
    record,
    roster,
    search,
    sheet,
    visit,
)

__all__ = [
    "attachment",
    "attendance",
    "certificate",
    "consent",
    "draft",
    "event",
    "facilitator",
    "form",
    "household",
    "organisation",
    "person",
    "record",
    "roster",
    "search",
    "sheet",
    "visit",
]
