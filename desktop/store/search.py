# SPDX-License-Identifier: Apache-2.0
"""Keys and indexes that follow from the facts, kept in step with them in the same transaction.

``Write.flush`` calls :func:`refresh` with what a transaction changed, whichever road it came by
(an action, an undo, later a sync), so no writer can forget. Bulk work is done in a few
statements: an index fed by triggers takes fifteen times as long.

How a name is found while it is typed, over 100,000 people:

    three letters and more   FTS5 trigram: any part of the name, as typed or by its loose key
    one or two letters       the words of names in order (``person_word``), a range of the key
    within one event         its slice of ``roster_seek``, read through in the order of the roster;
                             beyond ``LARGE`` enrolments the indexes again, asked who is enrolled
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Connection

from desktop.store import setting
from desktop.thai.names import split_name
from desktop.thai.normalise import normalise_name
from desktop.thai.search_key import search_key, typing_keys
from desktop.thai.sort_key import sort_key

LIMIT: Final = 200
TRIGRAM: Final = 3
"""Code points below which a trigram index finds nothing."""
LARGE: Final = 12_000
"""Enrolments of one event beyond which its roster is not read through: that takes 5 ms here."""

_HASH_KEY: Final = "identifier_hash_key"
_LAST: Final = "\U0010ffff"
_WORD_END: Final = "\x01"
"""What ``sort_key`` puts between words; a test holds the two ways of making a key together."""


# ---- keeping in step


def refresh(conn: Connection, changed: Mapping[str, Collection[str]]) -> None:
    """Bring the derived tables in step with the ``changed`` records, by noun.

    Only ``person``, ``person_identifier`` and ``enrolment`` have anything derived from them.
    """
    enrolments = set(changed.get("enrolment", ()))
    if people := changed.get("person"):
        enrolments |= _refresh_people(conn, people)
    if enrolments:
        _refresh_roster(conn, enrolments)
    if identifiers := changed.get("person_identifier"):
        _refresh_hashes(conn, identifiers)


def rebuild(conn: Connection) -> None:
    """Make every derived row anew, as after a change of the keys themselves."""
    for statement in (
        "INSERT INTO person_fts (person_fts) VALUES ('delete-all')",
        "DELETE FROM person_search",
        "DELETE FROM person_word",
        "DELETE FROM roster_seek",
        "DELETE FROM identifier_hash",
    ):
        conn.exec_driver_sql(statement)
    nouns = ("person", "person_identifier", "enrolment")
    refresh(
        conn,
        {
            noun: [row[0] for row in conn.exec_driver_sql(f"SELECT id FROM {noun}")]  # noqa: S608
            for noun in nouns
        },
    )


def _refresh_people(conn: Connection, ids: Collection[str]) -> set[str]:
    """Renew the keys of these people; returns the enrolments whose line they change."""
    listed = (json.dumps(list(ids)),)
    held = {
        row[1]: row
        for row in conn.exec_driver_sql(
            "SELECT docid, person_id, sort_key, search_key, text FROM person_search "
            "WHERE person_id IN (SELECT value FROM json_each(?))",
            listed,
        )
    }
    stale: list[Sequence[Any]] = []
    fresh: list[tuple[int, str, str, str, str]] = []
    last = conn.exec_driver_sql("SELECT coalesce(max(docid), 0) FROM person_search").scalar_one()
    for person_id, first, middle, family, deleted in conn.exec_driver_sql(
        "SELECT id, first, middle, last, deleted FROM person "
        "WHERE id IN (SELECT value FROM json_each(?))",
        listed,
    ).fetchall():
        before = held.get(person_id)
        if deleted:
            if before is not None:
                stale.append(before)
            continue
        order, key, text = name_keys(first, middle, family)
        if before is not None:
            if (before[2], before[3], before[4]) == (order, key, text):
                continue
            stale.append(before)
            docid = before[0]
        else:
            last += 1
            docid = last
        fresh.append((docid, person_id, order, key, text))
    _forget(conn, stale)
    _many(
        conn,
        "INSERT INTO person_search (docid, person_id, sort_key, search_key, text) "
        "VALUES (?, ?, ?, ?, ?)",
        fresh,
    )
    _many(
        conn,
        "INSERT INTO person_fts (rowid, text) VALUES (?, ?)",
        [(row[0], row[4]) for row in fresh],
    )
    _many(
        conn,
        "INSERT INTO person_word (word, sort_key, person_id) VALUES (?, ?, ?)",
        [(word, row[2], row[1]) for row in fresh for word in set(row[3].split())],
    )
    moved = [row[1] for row in (*stale, *fresh)]
    return {
        row[0]
        for row in conn.exec_driver_sql(
            "SELECT id FROM enrolment WHERE person_id IN (SELECT value FROM json_each(?))",
            (json.dumps(moved),),
        )
    }


def _forget(conn: Connection, stale: Sequence[Sequence[Any]]) -> None:
    _many(
        conn,
        "INSERT INTO person_fts (person_fts, rowid, text) VALUES ('delete', ?, ?)",
        [(row[0], row[4]) for row in stale],
    )
    _many(conn, "DELETE FROM person_word WHERE person_id = ?", [(row[1],) for row in stale])
    _many(conn, "DELETE FROM person_search WHERE docid = ?", [(row[0],) for row in stale])


def _refresh_roster(conn: Connection, ids: Collection[str]) -> None:
    listed = (json.dumps(list(ids)),)
    conn.exec_driver_sql(
        "DELETE FROM roster_seek WHERE enrolment_id IN (SELECT value FROM json_each(?))", listed
    )
    # A blank before every word, so that the beginning of a word can be asked for.
    conn.exec_driver_sql(
        "INSERT INTO roster_seek (event_id, sort_key, enrolment_id, text) "
        "SELECT e.event_id, s.sort_key, e.id, ' ' || s.search_key "
        "FROM enrolment e JOIN person_search s ON s.person_id = e.person_id "
        "WHERE e.deleted = 0 AND e.id IN (SELECT value FROM json_each(?))",
        listed,
    )


def _refresh_hashes(conn: Connection, ids: Collection[str]) -> None:
    listed = (json.dumps(list(ids)),)
    conn.exec_driver_sql(
        "DELETE FROM identifier_hash WHERE identifier_id IN (SELECT value FROM json_each(?))",
        listed,
    )
    key = _hash_key(conn, make=True)
    _many(
        conn,
        "INSERT INTO identifier_hash (identifier_id, person_id, hash) VALUES (?, ?, ?)",
        [
            (row[0], row[1], _hashed(key, row[2]))
            for row in conn.exec_driver_sql(
                "SELECT id, person_id, value FROM person_identifier "
                "WHERE deleted = 0 AND value <> '' AND id IN (SELECT value FROM json_each(?))",
                listed,
            )
        ],
    )


def _many(conn: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        conn.exec_driver_sql(statement, list(rows))


# ---- keys


def name_keys(first: str, middle: str, last: str) -> tuple[str, str, str]:
    """(sort key, loose key, text of the trigram index) of a name without its title."""
    name = normalise_name(" ".join(part for part in (first, middle, last) if part))
    keys = [_word_keys(word) for word in name.split(" ")]
    order = _WORD_END.join(key[0] for key in keys if key[0])
    loose = " ".join(key[1] for key in keys if key[1])
    return order, loose, f"{name}\n{loose}"


@lru_cache(maxsize=8192)  # first names recur, and both keys are made word by word
def _word_keys(word: str) -> tuple[str, str]:
    return sort_key(word), search_key(word)


def identifier_hash(conn: Connection, value: str) -> bytes | None:
    """The keyed hash of an identity number; None while the store holds none at all."""
    key = _hash_key(conn, make=False)
    return None if key is None else _hashed(key, value)


def _hash_key(conn: Connection, *, make: bool) -> Any:
    """The key of this store's hashes. Random, so that a hash tells nothing outside the file."""
    kept = setting.value(conn, _HASH_KEY)
    if kept is None and make:
        kept = secrets.token_hex(32)
        conn.exec_driver_sql(
            "INSERT INTO setting (key, value) VALUES (?, ?)", (_HASH_KEY, json.dumps(kept))
        )
    return None if kept is None else bytes.fromhex(kept)


def _hashed(key: bytes, value: str) -> bytes:
    return hmac.digest(key, value.encode(), "sha256")


# ---- finding


def people_named(conn: Connection, text: str, limit: int = LIMIT) -> tuple[str, ...]:
    """Ids of people of whose name ``text`` is a part, in the order of a Thai dictionary.

    Of more than ``limit`` hits those come first in whose name a word begins with ``text``. A
    title in front of it is passed over when nothing is found with it.
    """
    found = _people_named(conn, text, limit)
    bare = "" if found else without_title(text)
    return _people_named(conn, bare, limit) if bare else found


def without_title(text: str) -> str:
    """A name without its title; empty when it has none. Names are kept without it."""
    name = split_name(text)
    return " ".join(part for part in (name.first, name.middle, name.last) if name.title and part)


def _people_named(conn: Connection, text: str, limit: int) -> tuple[str, ...]:
    return _by_index(conn, text, limit, _PEOPLE, ())


@dataclass(frozen=True, slots=True)
class _Asked:
    """The two questions to the indexes: by the beginning of a word, and by any part."""

    word: str
    part: str


_PEOPLE: Final = _Asked(
    "SELECT person_id, sort_key FROM person_word WHERE word >= ? AND word < ? LIMIT ?",
    "SELECT s.person_id, s.sort_key FROM person_fts f "
    "JOIN person_search s ON s.docid = f.rowid WHERE person_fts MATCH ? LIMIT ?",
)
# CROSS JOIN keeps the order of the tables: the names that match first, then whether they come.
_ENROLLED: Final = _Asked(
    "SELECT e.id, w.sort_key FROM person_word w CROSS JOIN enrolment e "
    "ON e.person_id = w.person_id AND e.event_id = ? AND e.deleted = 0 "
    "WHERE w.word >= ? AND w.word < ? LIMIT ?",
    "SELECT e.id, s.sort_key FROM person_fts f "
    "CROSS JOIN person_search s ON s.docid = f.rowid CROSS JOIN enrolment e "
    "ON e.person_id = s.person_id AND e.event_id = ? AND e.deleted = 0 "
    "WHERE person_fts MATCH ? LIMIT ?",
)


def _by_index(
    conn: Connection, text: str, limit: int, asked: _Asked, scope: tuple[str, ...]
) -> tuple[str, ...]:
    """Ids by the indexes of words and of parts, in dictionary order; ``scope`` is bound first."""
    name, keys = normalise_name(text), typing_keys(text)
    found: dict[str, str] = {}

    def add(question: str, *values: object) -> None:
        for one, order in conn.exec_driver_sql(question, (*scope, *values, limit)):
            if len(found) >= limit:
                return
            found.setdefault(one, order)

    for key in keys:
        if len(found) < limit and key:
            add(asked.word, key, key + _LAST)
    wanted = [part for part in dict.fromkeys((name, *keys)) if len(part) >= TRIGRAM]
    if wanted and len(found) < limit:
        add(asked.part, " OR ".join('"' + part.replace('"', '""') + '"' for part in wanted))
    return tuple(sorted(found, key=found.__getitem__))


def enrolments_named(
    conn: Connection, event_id: str, text: str, limit: int = LIMIT
) -> tuple[str, ...]:
    """Ids of enrolments of one event of whose name ``text`` is a part, in dictionary order.

    One or two letters must begin a word of the name; more may stand anywhere in it. A title in
    front is passed over when nothing is found with it.
    """
    found = _enrolments_named(conn, event_id, text, limit)
    bare = "" if found else without_title(text)
    return _enrolments_named(conn, event_id, bare, limit) if bare else found


def _enrolments_named(conn: Connection, event_id: str, text: str, limit: int) -> tuple[str, ...]:
    # The loose key alone: a name that holds what was typed has a key that holds its key.
    whole = len(normalise_name(text)) >= TRIGRAM
    asked = [key if whole else f" {key}" for key in typing_keys(text) if key]
    if not asked:
        return ()
    if _is_large(conn, event_id):
        return _by_index(conn, text, limit, _ENROLLED, (event_id,))
    test = " OR ".join("instr(text, ?) > 0" for _part in asked)
    rows = conn.exec_driver_sql(
        f"SELECT enrolment_id FROM roster_seek WHERE event_id = ? AND ({test}) "  # noqa: S608
        "ORDER BY sort_key LIMIT ?",
        (event_id, *asked, limit),
    )
    return tuple(row[0] for row in rows)


def _is_large(conn: Connection, event_id: str) -> bool:
    """Whether so many come that asking the indexes is quicker than reading the roster through."""
    found = conn.exec_driver_sql(
        "SELECT 1 FROM enrolment WHERE event_id = ? LIMIT 1 OFFSET ?", (event_id, LARGE)
    )
    return found.first() is not None


def ids_listed(ids: Iterable[str]) -> str:
    """Ids as the JSON that ``json_each`` reads, for one statement over many of them."""
    return json.dumps(list(ids))
