# SPDX-License-Identifier: Apache-2.0
"""Whether a certificate is genuine: looked up by what stands on the paper, and nothing else told.

Numbers run on from 1, so anybody can think of one. Therefore an office or an event must be named
with it, few answers are given, and whoever has not signed in is shown a name only so far that
it can be compared with the paper in the hand (:func:`masked`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, and_, func, or_, select

from desktop.centre.reports import fact
from desktop.centre.schema import certificate, office, rec
from desktop.thai.digits import to_arabic
from desktop.thai.names import full_name, split_name
from desktop.thai.normalise import normalise_name

Verdict = Literal["genuine", "void", "replaced"]
_VERDICTS: Final[Mapping[str, Verdict]] = {
    "issued": "genuine", "printed": "genuine", "handed": "genuine", "returned": "genuine",
    "void": "void", "replaced": "replaced",
}  # fmt: skip
SHORTEST: Final = 4
"""Letters of an office or event that must be named."""
_MOST: Final = 5
_MOST_EVENTS: Final = 50
_GROUP: Final = re.compile(r"\d+")
_MOST_DIGITS: Final = 7
_LEADING: Final = "เแโใไ"
_FOLLOWING: Final = "ะาำๅ"


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What is printed on a certificate, and whether it still stands."""

    id: str
    verdict: Verdict
    number: str
    kind: str
    recipient: str
    deed: str
    subject: str
    when_where: str
    given: str
    issuer: str
    issue_date: str
    person: bool = True
    """Whether it was given to a person; organisations are named in public anyway."""


def read_number(typed: str, year: str) -> tuple[int, int] | None:
    """Number and year (พ.ศ.) of what was typed: ``12`` and ``2562``, or ``ที่ ๑๒/๒๕๖๒`` alone.

    An office's code may stand before the number (``พม ๐๓๑๒/๐๑๒/๒๕๖๒``), and in a pattern of two
    parts the year.
    """
    groups = _GROUP.findall(to_arabic(typed))
    said = to_arabic(year).strip()
    if len(groups) > 1 and _is_year(groups[-1]):
        said, groups = said or groups[-1], groups[:-1]
    elif len(groups) == 2 and _is_year(groups[0]) and not said:
        said, groups = groups[0], groups[1:]
    if not (groups and _is_year(said) and len(groups[-1]) <= _MOST_DIGITS):
        return None
    return int(groups[-1]), int(said)


def _is_year(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) == 4 and 2400 <= int(said) <= 2800


def find(conn: Connection, number: int, year: int, where: str) -> tuple[OnPaper, ...]:
    """The certificates of this number, year, and office or event; at most five.

    A number may have several papers: the one that stands, and those it replaced.
    """
    where = normalise_name(where)
    code = to_arabic(where)
    if len(where) < SHORTEST:
        return ()
    offices = select(office.c.id).where(office.c.name.icontains(where, autoescape=True))
    named = fact("name").icontains(where, autoescape=True)
    by_code = fact("code") == code if re.fullmatch(r"[0-9]{6}", code) else None
    events = conn.execute(
        select(rec.c.scope)
        .where(rec.c.kind == "event", named if by_code is None else or_(named, by_code))
        .limit(_MOST_EVENTS)
    ).scalars().all()  # fmt: skip
    t = certificate.c
    rows = conn.execute(
        select(rec.c.id, rec.c.scope, rec.c.fields, t.status)
        .join(certificate, and_(t.scope == rec.c.scope, t.id == rec.c.id))
        .where(rec.c.kind == "certificate", rec.c.deleted.is_(False))
        .where(t.number == number, t.year == year)
        .where(or_(t.office.in_(offices), t.scope.in_(events)))
        .where(t.status.in_(_VERDICTS))
        .order_by(func.coalesce(fact("issue_date"), ""), rec.c.id)
        .limit(_MOST)
    )
    found = [_on_paper(row.id, row.fields, _gone(conn, row) or row.status) for row in rows.all()]
    return tuple(sorted(found, key=lambda one: one.verdict == "replaced"))


def _gone(conn: Connection, row: Any) -> str:
    """Void or replaced, if a step says so; empty otherwise. Somebody else who handed the paper
    over later, and did not know, changes nothing."""
    steps = conn.execute(
        select(fact("step")).where(
            rec.c.kind == "certificate_step", rec.c.scope == row.scope,
            rec.c.deleted.is_(False), fact("certificate_id") == row.id,
            fact("step").in_(("void", "replaced")),
        )
    ).scalars().all()  # fmt: skip
    return max(steps, default="")


def _on_paper(row_id: str, fields: Mapping[str, Any], status: str) -> OnPaper:
    said = fields.get("wording")
    wording: Mapping[str, Any] = said if isinstance(said, dict) else {}

    def text(name: str) -> str:
        value = wording.get(name, "")
        return value if isinstance(value, str) else ""

    issuer = wording.get("issuer")
    return OnPaper(
        row_id, _VERDICTS[status], str(fields.get("number_text", "")),
        str(fields.get("kind", "")), text("recipient"), text("deed"), text("subject"),
        text("when_where"), text("given"),
        " ".join(str(line) for line in issuer) if isinstance(issuer, list) else "",
        str(fields.get("issue_date", "")), not fields.get("award_id"),
    )  # fmt: skip


def masked(name: str) -> str:
    """A person's name as far as it takes to compare it with paper: the title, and the first
    letters of each word."""
    parts = split_name(name)
    first, middle, last = (
        " ".join(_beginning(word) for word in part.split())
        for part in (parts.first, parts.middle, parts.last)
    )
    return full_name(parts.title, first, middle, last)


def _beginning(word: str) -> str:
    """The first two letters of a word, one of a short word, with their vowels and marks."""
    starts = [
        at for at, letter in enumerate(word)
        if unicodedata.category(letter) != "Mn" and letter not in _FOLLOWING
        and (at == 0 or word[at - 1] not in _LEADING)
    ]  # fmt: skip
    if len(starts) < 2:
        return word
    return f"{word[: starts[min(2, len(starts) - 1)]]}…"
