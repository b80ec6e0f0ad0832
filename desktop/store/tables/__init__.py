# SPDX-License-Identifier: Apache-2.0
"""The nouns' tables, one module each, and the derived tables that searching needs.

Importing this package declares them all, so that ``schema.metadata`` is whole.
"""

from desktop.store.tables import (
    attendance,
    certificate,
    event,
    facilitator,
    organisation,
    person,
    roster,
    search,
    sheet,
)

__all__ = [
    "attendance",
    "certificate",
    "event",
    "facilitator",
    "organisation",
    "person",
    "roster",
    "search",
    "sheet",
]
