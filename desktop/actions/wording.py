# SPDX-License-Identifier: Apache-2.0
"""The words of a certificate, put together once and frozen at issue.

The order of the texts and the three words for the document follow the practice of Thai offices
(ประกาศนียบัตร, เกียรติบัตร; "ให้ไว้เพื่อแสดงว่า …"). They are Thai in both languages of the
program. Numbers and dates that are put together here take the digit style of the event; names
of people, of organisations and of their projects are printed as they are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from desktop.model.certificate import Signer, Wording
from desktop.model.event import CeremonyRole, DigitStyle, Event
from desktop.thai.dates import be_date, be_range
from desktop.thai.digits import styled

DEPARTMENT: Final = "กรมพัฒนาสังคมและสวัสดิการ"
MINISTRY: Final = "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"

PROJECT: Final = "project"
"""The kind of certificate that goes to an organisation for a project."""

MOST_SIGNERS: Final = 3

_OPENING: Final = "ให้ไว้เพื่อแสดงว่า"
_CERTIFICATE, _HONOUR = "ประกาศนียบัตร", "เกียรติบัตร"
_DOCUMENT: Final = {
    "completion": _CERTIFICATE,
    PROJECT: _CERTIFICATE,
    "participation": _HONOUR,
    "appreciation": _HONOUR,
}
_DEED: Final = {
    "completion": "ได้ผ่านการอบรม",
    PROJECT: "มีโครงการและผลงานดีเด่น",
    "participation": "ได้เข้าร่วม",
    "appreciation": "ได้ให้การสนับสนุน",
}
_SAYS_TRAINING: Final = ("อบรม", "การอบรม", "ฝึกอบรม", "การฝึกอบรม", "ประชุม", "การประชุม", "สัมมนา")


@dataclass(frozen=True, slots=True)
class Frame:
    """What all certificates of one issue have in common."""

    event: Event
    kind: str
    issuer: tuple[str, ...]
    signers: tuple[Signer, ...]
    issue_date: date
    digits: DigitStyle


def signers_of(roles: Sequence[CeremonyRole]) -> tuple[Signer, ...]:
    """Who signs: those marked so, else who closes the event, else who opens it."""
    choices = (
        [role for role in roles if role.signs],
        [role for role in roles if role.role == "chair_close"],
        [role for role in roles if role.role == "chair_open"],
    )
    chosen = next((some for some in choices if some), [])
    return tuple(Signer(role.person_name, role.position) for role in chosen)


def issuer_of(event: Event, office: str, ministry: str) -> tuple[str, ...]:
    """Whose names head the certificate: the hosts of the event, else the office's own."""
    return tuple(event.hosts[:2]) or tuple(
        line for line in (office or DEPARTMENT, ministry) if line
    )


def wording_for_person(frame: Frame, recipient: str) -> Wording:
    """The words of a certificate to a person for taking part in the event."""
    event = frame.event
    subject = " ".join(part for part in (event.name, event.batch) if part)
    deed = _DEED.get(frame.kind, _DEED["participation"])
    if frame.kind == "completion" and event.name.startswith(_SAYS_TRAINING):
        deed = "ได้ผ่านโครงการ"
    return _wording(frame, recipient, deed, styled(subject, frame.digits), "")


def wording_for_award(frame: Frame, organisation: str, project: str, fund: str) -> Wording:
    """The words of a certificate to an organisation for a project of its own."""
    return _wording(frame, organisation, _DEED[PROJECT], project, fund)


def _wording(frame: Frame, recipient: str, deed: str, subject: str, fund: str) -> Wording:
    day = be_date(frame.issue_date, "abbr", frame.digits)
    return Wording(
        recipient=recipient,
        document_word=_DOCUMENT.get(frame.kind, _HONOUR),
        opening=_OPENING,
        deed=deed,
        subject=subject,
        when_where=when_where(frame.event, frame.digits),
        given=f"ให้ไว้ ณ วันที่ {day}",
        issuer=frame.issuer,
        signers=frame.signers,
        fund=f"ได้รับการสนับสนุนจาก{fund}" if fund else "",
    )


def when_where(event: Event, digits: DigitStyle) -> str:
    """The days and the place of an event in one line; what is not known is left out."""
    parts = []
    if event.date_from and event.date_to and event.date_to != event.date_from:
        first, last = event.date_from, event.date_to
        dash = "–" if (first.year, first.month) == (last.year, last.month) else " – "
        parts.append(f"ระหว่างวันที่ {be_range(first, last, digits, dash)}")
    elif event.date_from:
        parts.append(f"เมื่อวันที่ {be_date(event.date_from, 'long', digits)}")
    if event.venue:
        parts.append(f"ณ {styled(event.venue, digits)}")
    return " ".join(parts)
