# SPDX-License-Identifier: Apache-2.0
"""Names of provinces, amphoe and tambon for the centre, from the list the program ships with."""

from __future__ import annotations

import sqlite3
from functools import cache, lru_cache
from typing import Final

from desktop.i18n import language
from desktop.paths import shipped

_FILE: Final = "areas.sqlite"


def _ask(query: str, values: tuple[object, ...] = ()) -> list[tuple[str, ...]]:
    uri = f"{shipped('resources', _FILE).absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


@cache
def provinces() -> tuple[tuple[str, str, str], ...]:
    """Code, Thai name and English name of the 77 provinces, in the order of a dictionary."""
    return tuple(
        (code, thai, english) for code, thai, english in
        _ask("SELECT code, name_th, name_en FROM area WHERE level = 1 ORDER BY sort_key")
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _names(code: str) -> tuple[str, str]:
    found = _ask("SELECT name_th, name_en FROM area WHERE code = ?", (code,))
    found = found or _ask(
        "SELECT name_th, coalesce(name_en, name_th) FROM area_abolished WHERE code = ?", (code,)
    )
    return (found[0][0], found[0][1]) if found else ("", "")


def exists(code: str) -> bool:
    """Whether there is, or was, an area of this code."""
    return bool(_names(code)[0])


def areas_called(name: str) -> tuple[str, ...]:
    """The codes of all areas of this name, Thai or English, without its mark (``จ.``)."""
    found = _ask(
        "SELECT code FROM area WHERE name_th IN (?, 'เขต' || ?) OR name_en = ? COLLATE NOCASE "
        "ORDER BY code",
        (name, name, name),
    )
    return tuple(code for (code,) in found)


def area_name(code: str) -> str:
    """An area as it is said: ``ต.แม่ปะ อ.แม่สอด จ.ตาก``; a code nobody knows as it is."""
    parts = [_names(code[:length]) for length in (6, 4, 2) if len(code) >= length]
    if not parts or not parts[0][0]:
        return code
    if language() == "en":
        return ", ".join(english for _thai, english in parts if english)
    bangkok = code.startswith("10")
    marks = {6: "แขวง", 4: "", 2: ""} if bangkok else {6: "ต.", 4: "อ.", 2: "จ."}
    lengths = [length for length in (6, 4, 2) if len(code) >= length]
    return " ".join(
        marks[length] + thai
        for length, (thai, _english) in zip(lengths, parts, strict=True) if thai
    )  # fmt: skip


def province_name(code: str) -> str:
    """The name of the province a code lies in; empty for none."""
    thai, english = _names(code[:2]) if len(code) >= 2 else ("", "")
    return english if language() == "en" else thai
