# SPDX-License-Identifier: Apache-2.0
"""The privacy notices that are shipped, every version that was ever read to anybody.

A consent keeps the version that was read aloud; years later its words are still here.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Final

from desktop.i18n import language as language_of_the_moment
from desktop.model.notice import Notice, NoticePart, TakenBack
from desktop.paths import shipped
from desktop.store.errors import missing_part

_FOLDER: Final = "notices"


@cache
def versions() -> tuple[str, ...]:
    """The versions there are, the newest last. Raises Problem when none is there."""
    names = [path.stem for path in shipped("resources", _FOLDER).glob("*.json")]
    if not names:
        raise missing_part(_FOLDER)
    return tuple(sorted(names, key=_order))


def _order(version: str) -> tuple[int, int]:
    year, _, number = version.partition("-")
    return (int(year), int(number)) if year.isdigit() and number.isdigit() else (0, 0)


def notice(language: str | None = None, version: str | None = None) -> Notice:
    """A notice, its blanks still open (``model.notice.filled`` fills them).

    ``language`` is "th" or "en" (that of the moment when None; Thai for one there is no text in);
    ``version`` the newest when None. Raises Problem when the file is missing or damaged.
    """
    kept = _read(version or versions()[-1])
    return kept.get(language or language_of_the_moment(), kept["th"])


@cache
def _read(version: str) -> dict[str, Notice]:
    name = f"{_FOLDER}/{version}.json"
    if version not in versions():
        raise missing_part(name)
    try:
        kept = json.loads(shipped("resources", _FOLDER, f"{version}.json").read_text("utf-8"))
        return {
            language: _notice(kept["version"], language, texts)
            for language, texts in kept["languages"].items()
        }
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise missing_part(name) from fault


def _notice(version: str, language: str, texts: dict[str, Any]) -> Notice:
    return Notice(
        version=version,
        language=language,
        title=texts["title"],
        parts=tuple(NoticePart(part["heading"], part["text"]) for part in texts["parts"]),
        simple_title=texts["simple_title"],
        simple=tuple(texts["simple"]),
        withdrawals={
            what: TakenBack(each["name"], tuple(each["stops"]), tuple(each["stays"]))
            for what, each in texts["withdrawals"].items()
        },
    )
