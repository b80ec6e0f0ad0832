# SPDX-License-Identifier: Apache-2.0
"""The shipped code lists, read once when first asked for.

Every function raises :class:`MissingPart` when the file is not what was shipped.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Final

from desktop.i18n import language
from desktop.model.codelist import Code
from desktop.paths import shipped
from desktop.store.errors import missing_part

_FILE: Final = "codelists.json"


@cache
def _lists() -> dict[str, dict[str, Code]]:
    try:
        kept = json.loads(shipped("resources", _FILE).read_text("utf-8"))
        return {
            name: {
                row["code"]: Code(row["code"], row["th"], row["en"], row.get("extra", {}))
                for row in lists["rows"]
            }
            for name, lists in kept.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise missing_part(_FILE) from fault


def codes(name: str) -> tuple[Code, ...]:
    """The entries of a list in the order to show. ``KeyError`` for a list there is not."""
    return tuple(_lists()[name].values())


def code(name: str, entry: str) -> Code | None:
    """One entry of a list, or None for a code that is not in it."""
    return _lists()[name].get(entry)


def word(name: str, entry: str) -> str:
    """The word of a code in the language of the moment.

    An unknown code is shown as it is: it may come from a newer program, and hiding it would
    hide a fact.
    """
    found = code(name, entry)
    if found is None:
        return entry
    return found.en if language() == "en" else found.th


def counts_by_default(session_kind: str) -> bool:
    """Whether sessions of this kind usually count towards passing (list ``session_kind``)."""
    found = code("session_kind", session_kind)
    return found is not None and bool(found.extra.get("counts", False))
