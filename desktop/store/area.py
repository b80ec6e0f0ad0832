# SPDX-License-Identifier: Apache-2.0
"""Provinces, amphoe and tambon from ``resources/areas.sqlite``, read-only and shared by threads.

The file is public reference data and not encrypted; it is opened with the ordinary library and
never written. Every function raises :class:`MissingPart` when it is not what was shipped.
"""

from __future__ import annotations

import sqlite3
import threading
from functools import cache, lru_cache
from typing import Any, Final

from desktop.model.area import Area, Level
from desktop.paths import shipped
from desktop.store.errors import missing_part
from desktop.thai.normalise import normalise_name
from desktop.thai.search_key import search_key

_FILE: Final = "areas.sqlite"
_LEVELS: Final[tuple[Level, ...]] = ("province", "amphoe", "tambon")
# Longest first, so that จังหวัด goes before จ. leaves ังหวัด.
_WORDS: Final = ("จังหวัด", "อำเภอ", "ตำบล", "แขวง", "จ.", "อ.", "ต.")
_KHET: Final = "เขต"
_COLUMNS: Final = (
    "a.code, a.level, a.name_th, a.name_en, "
    "CASE a.level WHEN 3 THEN up.name_th WHEN 2 THEN a.name_th ELSE '' END, "
    "top.name_th, top.name_en, "
    "(SELECT group_concat(postcode, ' ') FROM "
    "(SELECT postcode FROM postcode WHERE tambon_code = a.code ORDER BY place))"
)
_FROM: Final = (
    "FROM area a LEFT JOIN area up ON up.code = a.parent_code "
    "JOIN area top ON top.code = substr(a.code, 1, 2) "
)
_ABOLISHED: Final = (
    "SELECT g.code, g.level, g.name_th, coalesce(g.name_en, ''), "
    "coalesce((SELECT name_th FROM area WHERE code = substr(g.code, 1, 4) AND g.level > 1), ''), "
    "coalesce(top.name_th, ''), coalesce(top.name_en, ''), '', "
    "coalesce((SELECT min(successor_code) FROM area_successor WHERE code = g.code), '') "
    "FROM area_abolished g LEFT JOIN area top ON top.code = substr(g.code, 1, 2) "
    "WHERE g.code = ?"
)


class _Reference:
    """The one connection; SQLite's own lock is not enough for a cursor used by two threads."""

    def __init__(self) -> None:
        path = shipped("resources", _FILE)
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1",
                uri=True,
                check_same_thread=False,
            )
        except sqlite3.Error as fault:
            raise missing_part(_FILE) from fault

    def all(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as fault:
            raise missing_part(_FILE) from fault


@cache
def _reference() -> _Reference:
    return _Reference()


def _area(row: Any) -> Area:
    level = _LEVELS[row[1] - 1]
    postcodes = tuple((row[7] or "").split())
    successor = row[8] if len(row) > 8 else ""
    return Area(row[0], level, row[2], row[3], row[4] or "", row[5], row[6], postcodes, successor)


@lru_cache(maxsize=8192)
def area(code: str) -> Area | None:
    """The area of a code of 2, 4 or 6 digits; an abolished one names its successor."""
    found = _reference().all(f"SELECT {_COLUMNS} {_FROM} WHERE a.code = ?", (code,))
    found = found or _reference().all(_ABOLISHED, (code,))
    return _area(found[0]) if found else None


@cache
def provinces() -> tuple[Area, ...]:
    """The 77 provinces in the order of a Thai dictionary."""
    rows = _reference().all(f"SELECT {_COLUMNS} {_FROM} WHERE a.level = 1 ORDER BY a.sort_key")
    return tuple(_area(row) for row in rows)


@cache
def _names_of_provinces() -> dict[str, str]:
    names = {search_key(place.name): place.code for place in provinces()}
    return {**names, search_key("กทม"): "10", search_key("กรุงเทพ"): "10"}


def province_name(code: str) -> str:
    """The Thai name of the province that any area code lies in, or "" for none."""
    found = area(code[:2]) if code else None
    return "" if found is None else found.name


def children(code: str) -> tuple[Area, ...]:
    """The amphoe of a province, or the tambon of an amphoe, in dictionary order."""
    rows = _reference().all(
        f"SELECT {_COLUMNS} {_FROM} WHERE a.parent_code = ? ORDER BY a.sort_key",
        (code,),
    )
    return tuple(_area(row) for row in rows)


def search_areas(text: str, level: Level | None = None, limit: int = 20) -> tuple[Area, ...]:
    """Areas whose name holds ``text``, loosely; a code of digits finds the area itself.

    Words as จังหวัด, อ. or แขวง in front are passed over. Several words narrow each other:
    "แม่สอด ตาก" finds the amphoe in that province. Names that begin with the text come first,
    then larger areas before smaller.
    """
    cleaned = normalise_name(text)
    if cleaned.isdecimal():
        found = area("".join(str(int(digit)) for digit in cleaned))
        return (found,) if found is not None and level in (None, found.level) else ()
    words = [key for word in cleaned.split() if (key := search_key(_bare(word)))]
    if not words:
        return ()
    first, *others = words
    tests = "instr(a.search_key, ?) > 0"
    values: list[object] = [first]
    if level is not None:
        tests += " AND a.level = ?"
        values.append(_LEVELS.index(level) + 1)
    for word in others:
        # A word more lies in the name itself or in that of an area around it.
        tests += (
            " AND (instr(a.search_key, ?) > 0 OR instr(coalesce(up.search_key, ''), ?) > 0"
            " OR instr(top.search_key, ?) > 0)"
        )
        values += [word, word, word]
    # The postcodes are looked up for the rows that are kept alone: that is most of the time.
    rows = _reference().all(
        f"SELECT {_COLUMNS} {_FROM} JOIN (SELECT a.code AS hit, a.level AS of, "
        f"a.sort_key AS by, (substr(a.search_key, 1, ?) = ?) AS starts {_FROM} WHERE {tests} "
        "ORDER BY starts DESC, of, by LIMIT ?) ON hit = a.code ORDER BY starts DESC, of, by",
        (len(first), first, *values, limit),
    )
    return tuple(_area(row) for row in rows)


def _bare(name: str) -> str:
    """A name without the word for its level; Bangkok's เขต stands in the names themselves."""
    for word in _WORDS:
        if name.startswith(word):
            return name[len(word) :].strip()
    return name


def _key(name: str) -> str:
    bare = _bare(normalise_name(name))
    return search_key(bare.removeprefix(_KHET).strip() or bare)


def match(tambon: str, amphoe: str, province: str) -> Area | None:
    """The one area that the written names mean, as deep as they are given; None when unsure.

    Names may carry ต., อำเภอ, เขต and the like. A name that is given and does not fit makes it
    None, and so does one that fits twice: the program does not guess a person's home.
    """
    code = _names_of_provinces().get(_key(province), "") if province.strip() else ""
    if province.strip() and not code:
        return None
    for level, written in ((2, amphoe), (3, tambon)):
        if not written.strip():
            continue
        rows = _reference().all(
            "SELECT code, search_key, name_th FROM area WHERE level = ? "
            "AND substr(code, 1, ?) = ?",
            (level, len(code), code),
        )
        wanted = _key(written)
        fitting = [row[0] for row in rows if _key(row[2]) == wanted]
        if len(fitting) != 1:
            return None
        code = fitting[0]
    return area(code) if code else None


def successor(code: str) -> str:
    """The code that took the place of an abolished area: its one successor, or ``code`` itself.

    An area that was split, or whose successor is not known, keeps its code.
    """
    reference = _reference()
    if reference.all("SELECT 1 FROM area WHERE code = ?", (code,)):
        return code
    found = reference.all("SELECT successor_code FROM area_successor WHERE code = ?", (code,))
    return str(found[0][0]) if len(found) == 1 else code
