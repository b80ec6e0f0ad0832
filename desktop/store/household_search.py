# SPDX-License-Identifier: Apache-2.0
"""What households are found by: the names in them, the house number, moo, village, places.

One row a household, kept in step inside the transaction that changes a household, a member or a
person (``Write.flush`` calls :func:`refresh`). Letters are found by a trigram index over the
names and their loose keys; numbers, and one or two letters, by the words they begin.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection

from desktop.store import area
from desktop.store.search import TRIGRAM, name_keys, without_title
from desktop.thai.digits import to_arabic
from desktop.thai.names import full_name, split_name
from desktop.thai.normalise import normalise_name
from desktop.thai.search_key import search_key, typing_keys
from desktop.thai.sort_key import sort_key

_LAST: Final = "\U0010ffff"
_AFTER: Final = "\x01"
_MOO: Final = re.compile(r"(?:หมู่บ้านที่|หมู่ที่|หมู่|ม\.)\s*(\d+)")
_PASSED_OVER: Final = re.compile(r"(?:บ้านเลขที่|เลขที่|จังหวัด|อำเภอ|ตำบล|แขวง|เขต|จ\.|อ\.|ต\.)\s*")

_OF_MEMBERS: Final = "SELECT household_id FROM member WHERE id IN (SELECT value FROM json_each(?))"
_OF_PEOPLE: Final = (
    "SELECT household_id FROM member WHERE person_id IN (SELECT value FROM json_each(?))"
)
_HOUSEHOLDS: Final = (
    "SELECT id, house_no, moo, village, house_code, area, deleted FROM household "
    "WHERE id IN (SELECT value FROM json_each(?))"
)
_NAMES: Final = (
    "SELECT m.household_id, m.name, coalesce(p.title, ''), coalesce(p.first, ''), "
    "coalesce(p.middle, ''), coalesce(p.last, ''), m.relation, m.person_id, m.id FROM member m "
    "LEFT JOIN person p ON p.id = m.person_id AND p.deleted = 0 "
    "WHERE m.deleted = 0 AND m.left_on = '' "
    "AND m.household_id IN (SELECT value FROM json_each(?)) "
    "ORDER BY m.relation <> 'head', m.person_id = '', m.id"
)


# ---- keeping in step


def refresh(conn: Connection, changed: Mapping[str, Collection[str]]) -> None:
    """Bring the search rows in step with the ``changed`` records, by noun."""
    ids = set(changed.get("household", ()))
    for noun, question in (("member", _OF_MEMBERS), ("person", _OF_PEOPLE)):
        if mine := changed.get(noun):
            ids |= {row[0] for row in conn.exec_driver_sql(question, (json.dumps(list(mine)),))}
    if ids:
        _refresh(conn, ids)


def rebuild(conn: Connection) -> None:
    """Make every search row anew, as after a change of the keys themselves."""
    for statement in (
        "INSERT INTO household_fts (household_fts) VALUES ('delete-all')",
        "DELETE FROM household_search",
        "DELETE FROM household_word",
    ):
        conn.exec_driver_sql(statement)
    _refresh(conn, {row[0] for row in conn.exec_driver_sql("SELECT id FROM household")})


def _refresh(conn: Connection, ids: Collection[str]) -> None:
    listed = (json.dumps(list(ids)),)
    held = {
        row[1]: row
        for row in conn.exec_driver_sql(
            "SELECT docid, household_id, text FROM household_search "
            "WHERE household_id IN (SELECT value FROM json_each(?))",
            listed,
        )
    }
    names: dict[str, list[Sequence[Any]]] = {}
    for row in conn.exec_driver_sql(_NAMES, listed):
        names.setdefault(row[0], []).append(row)
    last = conn.exec_driver_sql(
        "SELECT coalesce(max(docid), 0) FROM household_search"
    ).scalar_one()
    stale, fresh = [], []
    for row in conn.exec_driver_sql(_HOUSEHOLDS, listed).fetchall():
        before = held.get(row[0])
        if row[6]:
            if before is not None:
                stale.append(before)
            continue
        there = names.get(row[0], [])
        text = "".join(f" {word}" for word in _words(row, there)) + " "
        if before is not None:
            if before[2] == text:
                continue
            stale.append(before)
            docid = before[0]
        else:
            last += 1
            docid = last
        order = sort_key(normalise_name(_name(there[0]))) if there else ""
        fresh.append((docid, row[0], order, text))
    _many(
        conn,
        "INSERT INTO household_fts (household_fts, rowid, text) VALUES ('delete', ?, ?)",
        [(row[0], row[2]) for row in stale],
    )
    _many(conn, "DELETE FROM household_word WHERE household_id = ?", [(r[1],) for r in stale])
    _many(conn, "DELETE FROM household_search WHERE docid = ?", [(row[0],) for row in stale])
    _many(
        conn,
        "INSERT INTO household_search (docid, household_id, sort_key, text) VALUES (?, ?, ?, ?)",
        fresh,
    )
    _many(
        conn,
        "INSERT INTO household_fts (rowid, text) VALUES (?, ?)",
        [(row[0], row[3]) for row in fresh],
    )
    _many(
        conn,
        "INSERT INTO household_word (word, household_id) VALUES (?, ?)",
        [(word, row[1]) for row in fresh for word in dict.fromkeys(row[3].split())],
    )


def _many(conn: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        conn.exec_driver_sql(statement, list(rows))


def _name(row: Sequence[Any]) -> str:
    return full_name("", row[3], row[4], row[5]) if row[3] else str(row[1])


def _words(row: Sequence[Any], names: Iterable[Sequence[Any]]) -> dict[str, None]:
    """Everything a household is found by, each once."""
    words: dict[str, None] = {}
    for member in names:
        name = normalise_name(_name(member))
        parts = split_name(name)  # a title is written before many names, and not typed
        for written in (f"{parts.first} {parts.middle} {parts.last}", name):
            words.update(dict.fromkeys([*written.split(), *name_keys(written, "", "")[1].split()]))
    _id, house_no, moo, village, house_code, code, _deleted = row
    for number in (to_arabic(house_no).strip(), to_arabic(house_code).strip()):
        if number.strip("-"):
            words[number.replace(" ", "")] = None
    if (number := to_arabic(moo).strip()).strip("-"):
        words[f"ม{number}"] = None
    for text in (village, *_places(code)):
        name = normalise_name(text)
        words.update(dict.fromkeys([*name.split(), *search_key(name).split()]))
    return words


@lru_cache(maxsize=2048)
def _places(code: str) -> tuple[str, ...]:
    """The names of tambon, amphoe and province."""
    found = area.area(code) if code else None
    if found is None:
        return ()
    levels = (found.name, found.amphoe, found.province)
    return tuple(dict.fromkeys(level.removeprefix("เขต") for level in levels if level))


# ---- finding


def found(conn: Connection, text: str, limit: int) -> tuple[str, ...]:
    """Ids of the households in which every word of ``text`` is found, by the name of the head.

    A word of three letters may stand anywhere in a name, a shorter one and a number begin a
    word. Thai digits count as digits. Words for a level (ต., อำเภอ, บ้านเลขที่) are passed over;
    ``ม.5`` asks for the moo. A title that is typed before a name, as lists show it, is left out
    where nothing is found with it.
    """
    return _matching(conn, text, limit) or _matching(conn, without_title(text), limit)


def _matching(conn: Connection, text: str, limit: int) -> tuple[str, ...]:
    words = _asked(text)
    if not words:
        return ()
    anywhere = [word for word in words if not _begins(word)]
    begun = sorted((word for word in words if _begins(word)), key=len)
    # A house number of two digits is rarer than a name; one digit or letter begins half of all.
    if anywhere and (not begun or len(begun[-1]) < 2 or not _is_number(begun[-1])):
        rest = begun
        question = (
            "SELECT s.household_id, s.sort_key FROM household_fts f "
            "CROSS JOIN household_search s ON s.docid = f.rowid WHERE household_fts MATCH ?"
        )
        values: list[object] = [" AND ".join(_any_of(word) for word in anywhere)]
    else:
        driver = begun[-1]
        rest = [word for word in words if word != driver]
        question = (
            "SELECT DISTINCT s.household_id, s.sort_key FROM household_word w "
            "CROSS JOIN household_search s ON s.household_id = w.household_id "
            "WHERE w.word >= ? AND w.word < ?"
        )
        key = _keys(driver)[0]
        values = [key, f"{key}{_AFTER if _is_moo(driver) else _LAST}"]
    for word in rest:
        parts = [_part(word)] if _begins(word) else _keys(word)
        question += f" AND ({' OR '.join('instr(s.text, ?) > 0' for _part in parts)})"
        values += parts
    rows = conn.exec_driver_sql(f"{question} LIMIT ?", (*values, limit))
    return tuple(row[0] for row in sorted(rows, key=lambda row: (row[1], row[0])))


def _part(word: str) -> str:
    """What stands in the text of a household where a word of it begins so; a moo ends there."""
    return f" {_keys(word)[0]}{' ' if _is_moo(word) else ''}"


def _asked(text: str) -> list[str]:
    plain = _MOO.sub(lambda match: f" ม{match[1]} ", to_arabic(normalise_name(text)))
    return list(dict.fromkeys(_PASSED_OVER.sub(" ", plain).split()))


def _begins(word: str) -> bool:
    """Whether a word is to begin one of the household's, being a number or too short to find."""
    return _is_number(word) or max(len(key) for key in _keys(word)) < TRIGRAM


def _is_number(word: str) -> bool:
    return any("0" <= letter <= "9" for letter in word)


def _is_moo(word: str) -> bool:
    return word[:1] == "ม" and word[1:].isdecimal()


def _keys(word: str) -> list[str]:
    """The spellings of a word to look for, the nearest first."""
    if _is_number(word):
        return [word]
    return [key for key in dict.fromkeys((*typing_keys(word), word)) if key]


def _any_of(word: str) -> str:
    keys = (key for key in _keys(word) if len(key) >= TRIGRAM)
    quoted = ('"' + key.replace('"', '""') + '"' for key in keys)
    return f"({' OR '.join(quoted)})"
