# SPDX-License-Identifier: Apache-2.0
"""The texts of a certificate from the facts of an event, in right Thai or in English.

The words follow the Royal Society: วุฒิบัตร and ประกาศนียบัตร say that something was passed, เกียรติบัตร
honours or says that one took part. What comes out is plain text in the digit style of the event
(Arabic in English); it is frozen at issue and may be edited before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.model.event import DigitStyle
from desktop.thai.dates import ENGLISH_MONTHS, be_date, be_range, be_year
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
    "volunteer": Words(
        "เกียรติบัตร",
        "ขอมอบให้ไว้เพื่อแสดงว่า",
        "ได้ปฏิบัติงานอาสาสมัครด้วยความเสียสละ",
        "จึงขอขอบคุณและยกย่องไว้ ณ โอกาสนี้",
    ),
}
"""Words for each code of the list ``cert_kind``."""

ENGLISH: Final[dict[str, Words]] = {
    "completion": Words(
        "Certificate of Completion",
        "This is to certify that",
        "has successfully completed",
        "We wish you every happiness and success in the service of society.",
    ),
    "participation": Words(
        "Certificate of Participation",
        "This is to certify that",
        "has taken part in",
        "We wish you every happiness and success in the service of society.",
    ),
    "appreciation": Words(
        "Certificate of Appreciation",
        "This certificate is presented to",
        "in grateful recognition of support and teaching in",
        "",
    ),
    "project": Words(
        "Certificate of Honour",
        "This is to certify that",
        "is an organisation of outstanding work in social welfare",
        "",
    ),
    "volunteer": Words(
        "Certificate of Volunteer Service",
        "This certificate is presented to",
        "in recognition of dedicated service as a volunteer in",
        "",
    ),
}
"""The same in English."""

DOCUMENT_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "th": ("ประกาศนียบัตร", "เกียรติบัตร", "วุฒิบัตร"),
    "en": tuple(dict.fromkeys(words.document_word for words in ENGLISH.values())),
}
"""What a certificate may call itself, to choose from."""
_WITH: Final = {"th": "ร่วมกับ ", "en": "in cooperation with "}
_ABOVE: Final = ("กระทรวง", "ร่วมกับ", "โดย", "และ", "Ministry", "in co", "jointly", "and ", "with ")
"""An issuer's line that begins so stands for itself."""


def words_of(kind: str, language: str = "th") -> Words:
    """The words of a kind. ``KeyError`` for one that has none."""
    return (ENGLISH if language == "en" else KINDS)[kind]


def digits_of(digits: DigitStyle, language: str) -> DigitStyle:
    """The digits of a certificate: the event's, but Arabic in English."""
    return "arabic" if language == "en" else digits


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
    language: str = "th",
) -> dict[str, str | tuple[str, ...]]:
    """Every text of ``model.certificate.Wording`` but recipient and signers, by its name there.

    ``kind`` is a code of ``cert_kind`` (KeyError otherwise). ``event_name`` may be empty: then the
    programme is the course. For "project" pass each organisation's own ``project`` and ``fund``.
    ``office_name`` issues, ``parent_office`` stands under it. ``language`` is th or en: facts
    stay as they were typed.
    """
    words = words_of(kind, language)
    digits = digits_of(digits, language)
    english = language == "en"
    subject = project.strip() or course_title(event_name.strip() or programme.strip(), batch)
    by = "Supported by " if english else "ได้รับการสนับสนุนจาก"
    support = f"{by}{fund.strip()}" if fund.strip() else ""
    return {
        "document_word": words.document_word,
        "opening": words.opening,
        "deed": words.deed,
        "subject": in_digits(subject, digits),
        "when_where": english_when_where(date_from, date_to, venue)
        if english
        else when_where(date_from, date_to, venue, digits),
        "given": english_given(issue_date) if english else given(issue_date, digits),
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


def english_when_where(date_from: date | None, date_to: date | None, venue: str) -> str:
    """ "on 3 March B.E. 2562 (2019) at …", or "from 28 February to 3 March B.E. 2562 (2019)"."""
    parts = []
    first = date_from or date_to
    last = date_to or date_from
    if first is not None and last is not None:
        first, last = min(first, last), max(first, last)
        if first == last:
            parts.append(f"on {_english_day(first)}")
        elif first.year != last.year:
            parts.append(f"from {_english_day(first)} to {_english_day(last)}")
        else:
            begin = f"{first.day} {ENGLISH_MONTHS[first.month - 1]}"
            begin = str(first.day) if first.month == last.month else begin
            parts.append(f"from {begin} to {_english_day(last)}")
    place = venue.strip().removeprefix("ณ ").strip()
    if place:
        parts.append(f"at {in_digits(place, 'arabic')}")
    return " ".join(parts)


def english_given(issue_date: date) -> str:
    """ "Given on 3 March B.E. 2562 (2019)"."""
    return f"Given on {_english_day(issue_date)}"


def _english_day(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} B.E. {be_year(day)} ({day.year})"


def joined_issuers(issuers: Sequence[str], language: str = "th") -> tuple[str, ...]:
    """Those who issue together, one line each: who stands beside the first is said to be so.

    A ministry stands over its office and is no partner; a line that says "ร่วมกับ" says it once.
    """
    lines = [line.strip() for line in issuers if line.strip()]
    with_ = _WITH.get(language, _WITH["th"])
    return tuple(
        line if not place or line.startswith(_ABOVE) else f"{with_}{line}"
        for place, line in enumerate(lines)
    )


def in_digits(text: str, digits: DigitStyle) -> str:
    """``text`` in one digit style; Latin words keep theirs (COVID-19)."""
    if digits != "thai":
        return styled(text, digits)
    pieces, start = [], 0
    for word in _LATIN_WORD.finditer(text):
        pieces += [styled(text[start : word.start()], digits), word.group()]
        start = word.end()
    return "".join([*pieces, styled(text[start:], digits)])
