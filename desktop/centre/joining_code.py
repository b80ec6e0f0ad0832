# SPDX-License-Identifier: Apache-2.0
"""One-time codes by which a laptop joins: made by staff, told on paper or as a QR.

Ten letters of base32 (50 bits) in two groups. The first four find the code and the other six
prove it, so that a wrong guess counts against the one code it was aimed at: five of them and
the code is dead. It lives for a day, works once, and only a slow hash of it is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal

from sqlalchemy import Connection, insert, select, update

from desktop.centre.account import ROLES, Role, check_areas
from desktop.centre.database import Database, new_id, stamp
from desktop.centre.record import parsed
from desktop.centre.schema import joining_code as code_table
from desktop.errors import Problem
from desktop.i18n import _

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LETTERS: Final = 10
SELECTOR: Final = 4
LIFE: Final = timedelta(hours=24)
TRIES: Final = 5

Wrong = Literal["wrong", "expired", "used"]

# What hands write for other letters: base32 has no 0, 1 or 8. Thai digits are read as well.
_MEANT: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙018", "OI234567B9OIB")


class CodeRefused(Problem):
    """A joining code was not taken. ``reason`` is ``wrong``, ``expired`` or ``used``."""

    def __init__(self, sentence: str, reason: Wrong) -> None:
        super().__init__(sentence)
        self.reason: Wrong = reason


@dataclass(frozen=True, slots=True)
class JoiningCode:
    """A code as staff see it afterwards; the letters are shown once, when it is made."""

    id: str
    office: str
    role: Role
    areas: tuple[str, ...]
    name: str
    """Of the laptop it was made for."""
    made_by: str
    made_at: str
    ends_at: str
    tries: int = 0
    used_at: str = ""
    device: str = ""

    def usable(self, now: str) -> bool:
        """Whether a laptop can still join with it."""
        return not self.used_at and self.tries < TRIES and now < self.ends_at


_COLUMNS: Final = tuple(code_table.c[name] for name in JoiningCode.__dataclass_fields__)


def make_code(
    conn: Connection, database: Database, *, office: str, role: Role, areas: Iterable[str],
    name: str, by: str, life: timedelta = LIFE,
) -> tuple[str, JoiningCode]:  # fmt: skip
    """A new code ``ABCDE-FGHIJ`` for one laptop, and what is kept of it."""
    if role not in ROLES:
        raise ValueError("no such role")
    t = code_table.c
    while True:
        letters = "".join(secrets.choice(ALPHABET) for _letter in range(LETTERS))
        taken = select(t.id).where(t.selector == letters[:SELECTOR])
        if conn.execute(taken).first() is None:
            break
    now = database.now()
    made = JoiningCode(
        new_id(), office, role, check_areas(areas), name, by, stamp(now), stamp(now + life)
    )
    salt = secrets.token_bytes(16)
    conn.execute(insert(code_table).values(
        id=made.id, selector=letters[:SELECTOR], salt=salt, hash=_hash(letters, salt),
        office=office, role=role, areas=list(made.areas), name=name, made_by=by,
        made_at=made.made_at, ends_at=made.ends_at,
    ))  # fmt: skip
    return f"{letters[:5]}-{letters[5:]}", made


def use_code(database: Database, typed: str, device: str) -> JoiningCode:
    """Use a code up for ``device``; the same device may say it again if the answer was lost.

    Raises :class:`CodeRefused`; a wrong guess is counted even so. To be called before the
    device is kept, in its own transaction: a code is used up by the attempt that proves it.
    """
    letters = read_code(typed)
    if letters is None:
        raise _refused("wrong")
    with database.write() as conn:
        verdict, code = _try(conn, database, letters, device)
    if code is None:
        raise _refused(verdict)
    return code


def read_code(typed: str) -> str | None:
    """The ten letters of what was typed, or None if it can be no code."""
    letters = "".join(typed.split()).replace("-", "").upper().translate(_MEANT)
    if len(letters) != LETTERS or any(letter not in ALPHABET for letter in letters):
        return None
    return letters


def codes(conn: Connection, *, office: str = "") -> tuple[JoiningCode, ...]:
    """Codes that were made, newest first."""
    query = select(*_COLUMNS).order_by(code_table.c.made_at.desc(), code_table.c.id.desc())
    if office:
        query = query.where(code_table.c.office == office)
    return tuple(_code(row) for row in conn.execute(query))


def end_code(conn: Connection, database: Database, code_id: str) -> bool:
    """Make a code useless now; False if it was already."""
    t = code_table.c
    now = database.stamp()
    done = conn.execute(
        update(code_table)
        .where(t.id == code_id, t.used_at == "", t.ends_at > now)
        .values(ends_at=now)
    )
    return bool(done.rowcount)


def _try(
    conn: Connection, database: Database, letters: str, device: str
) -> tuple[Wrong, JoiningCode | None]:
    t = code_table.c
    query = (
        select(*_COLUMNS, t.salt, t.hash).where(t.selector == letters[:SELECTOR]).with_for_update()
    )
    row = conn.execute(query).first()
    if row is None:
        _hash(letters, bytes(16))  # as slow as a code that exists
        return "wrong", None
    code = _code(row[: len(_COLUMNS)])
    right = hmac.compare_digest(_hash(letters, bytes(row.salt)), bytes(row.hash))
    now = database.stamp()
    if code.tries >= TRIES:
        return "wrong", None
    if not right:
        conn.execute(update(code_table).where(t.id == code.id).values(tries=code.tries + 1))
        return "wrong", None
    if code.used_at:
        return "used", code if code.device == device and now < code.ends_at else None
    if now >= code.ends_at:
        return "expired", None
    conn.execute(update(code_table).where(t.id == code.id).values(used_at=now, device=device))
    return "used", code


def _hash(letters: str, salt: bytes) -> bytes:
    return hashlib.scrypt(letters.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)


def _refused(reason: Wrong) -> CodeRefused:
    return CodeRefused(
        {
            "wrong": _("This joining code is not right. Compare it letter by letter."),
            "expired": _("This joining code is too old. Ask the centre for a new one."),
            "used": _("This joining code was used already. Ask the centre for a new one."),
        }[reason],
        reason,
    )


def _code(row: Any) -> JoiningCode:
    values = list(row)
    values[3] = tuple(parsed(values[3]))
    return JoiningCode(*values)
