# SPDX-License-Identifier: Apache-2.0
"""Thai holidays, from the list that is shipped. A warning's matter, never a refusal's."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Final

from desktop.i18n import language
from desktop.paths import shipped
from desktop.store.errors import missing_part

_FILE: Final = "holidays.json"


@cache
def _days() -> dict[str, tuple[str, str]]:
    try:
        kept = json.loads(shipped("resources", _FILE).read_text("utf-8"))
        return {day["date"]: (day["th"], day["en"]) for day in kept["days"]}
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise missing_part(_FILE) from fault


def holiday(on: date) -> str | None:
    """The name of the holiday in the language of the moment, or None on an ordinary day."""
    found = _days().get(on.isoformat())
    if found is None:
        return None
    return found[1] if language() == "en" else found[0]
