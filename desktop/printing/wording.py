# SPDX-License-Identifier: Apache-2.0
"""The texts of a certificate from the facts of an event, in right Thai.

The words follow the Royal Society: วุฒิบัตร and ประกาศนียบัตร say that something was passed, เกียรติบัตร
honours or says that one took part. What comes out is plain text in the digit style of the event;
it is frozen at issue and may be edited before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.model.event import DigitStyle
from desktop.thai.dates import be_date, be_range
from desktop.thai.digits import styled


@dataclass(frozen=True, slots=True)
class Words:
    """What one kind of certificate says: its name, how it opens, what was done."""

    document_word: str
    opening: str
    deed: str
    wish: str = ""


KINDS: Final[dict[str, Words]] = {
    "completion": Words(
        "ประกาศนียบัตร",
        "ให้ไว้เพื่อแสดงว่า",
        "ได้ผ่านการอบรม",
        "ขอให้มีความสุข ความเจริญ และเป็นกำลังสำคัญในการพัฒนาสังคมสืบไป",
    ),
    "participation": Words(
        "เกียรติบัตร",
        "ให้ไว้เพื่อแสดงว่า",
        "ได้เข้าร่วม",
        "ขอให้มีความสุข ความเจริญ และเป็นกำลังสำคัญในการพัฒนาสังคมสืบไป",
    ),
    "appreciation": Words(
        "เกียรติบัตร",
        "ขอมอบให้ไว้เพื่อแสดงว่า",
        "ได้ให้การสนับสนุนและเป็นวิทยากร",
        "จึงขอขอบคุณและประกาศเกียรติคุณไว้ให้เป็นที่ปรากฏ",
    ),
    "project": Words(
        "ประกาศนียบัตร",
        "ให้ไว้เพื่อแสดงว่า",
        "เป็นองค์กรที่มีโครงการและผลงานดีเด่นด้านการจัดสวัสดิการสังคม",
        "",
    ),
}
"""Words for each code of the list ``cert_kind``."""

_TITLED: Final = ("โครงการ", "หลักสูตร", "การ", "กิจกรรม", "งาน", "เวที", "พิธี", "ตำบล")
_LATIN_WORD: Final = re.compile(r"[0-9A-Za-z./+\-]*[A-Za-z][0-9A-Za-z./+\-]*")


def certificate_texts(  # noqa: PLR0913 - these are the facts, each one plain
    *,
    event_name: str,
    date_from: date | None,
    date_to: date | None,
    venue: str,
    kind: str,
    digits: DigitStyle,
    issue_date: date,
    office_name: str,
    batch: str = "",
    programme: str = "",
    project: str = "",
    fund: str = "",
    parent_office: str = "",
) -> dict[str, str | tuple[str, ...]]:
    """Every text of ``model.certificate.Wording`` but recipient and signers, by its name there.

    ``kind`` is a code of ``cert_kind`` (KeyError otherwise). ``event_name`` may be empty: then the
    programme is the course. For "project" pass each organisation's own ``project`` and ``fund``.
    ``office_name`` issues, ``parent_office`` stands under it.
    """
    words = KINDS[kind]
    subject = project.strip() or course_title(event_name.strip() or programme.strip(), batch)
    support = f"ได้รับการสนับสนุนจาก{fund.strip()}" if fund.strip() else ""
    return {
        "document_word": words.document_word,
        "opening": words.opening,
        "deed": words.deed,
        "subject": in_digits(subject, digits),
        "when_where": when_where(date_from, date_to, venue, digits),
        "given": given(issue_date, digits),
        "issuer": tuple(
            in_digits(name.strip(), digits)
            for name in (office_name, parent_office)
            if name.strip()
        ),
        "wish": words.wish,
        "fund": in_digits(support, digits),
    }


def course_title(name: str, batch: str = "") -> str:
    """The course as a certificate names it: with โครงการ before it unless it says what it is."""
    name = name.strip()
    if name and not name.startswith(_TITLED) and re.match("[ก-ฮเ-ไ]", name):
        name = f"โครงการ{name}"
    batch = batch.strip()
    return name if not batch or batch in name else f"{name} {batch}"


def when_where(
    date_from: date | None, date_to: date | None, venue: str, digits: DigitStyle
) -> str:
    """ "เมื่อวันที่ …" for one day, "ระหว่างวันที่ … – …" for several, then "ณ" and the place."""
    parts = []
    first = date_from or date_to
    last = date_to or date_from
    if first is not None and last is not None:
        days = be_range(min(first, last), max(first, last), digits=digits)
        parts.append(f"{'เมื่อ' if first == last else 'ระหว่าง'}วันที่ {days}")
    # "ณ " with its space: a place may begin with the letter (ณรงค์…).
    place = venue.strip().removeprefix("ณ ").strip()
    if place:
        parts.append(f"ณ {in_digits(place, digits)}")
    return " ".join(parts)


def given(issue_date: date, digits: DigitStyle) -> str:
    """The line that says when it was given: "ให้ไว้ ณ วันที่ ๓ มีนาคม พ.ศ. ๒๕๖๒"."""
    return f"ให้ไว้ ณ วันที่ {be_date(issue_date, 'abbr', digits)}"


def in_digits(text: str, digits: DigitStyle) -> str:
    """``text`` in one digit style; Latin words keep theirs (COVID-19)."""
    if digits != "thai":
        return styled(text, digits)
    pieces, start = [], 0
    for word in _LATIN_WORD.finditer(text):
        pieces += [styled(text[start : word.start()], digits), word.group()]
        start = word.end()
    return "".join([*pieces, styled(text[start:], digits)])
