# SPDX-License-Identifier: Apache-2.0
"""The words of a certificate, put together from an event and frozen at issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import Signer, Wording
from desktop.model.event import CeremonyRole, DigitStyle, Event
from desktop.printing.wording import KINDS, certificate_texts, in_digits

DEPARTMENT: Final = "กรมพัฒนาสังคมและสวัสดิการ"
MINISTRY: Final = "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"

PROJECT: Final = "project"
"""The kind of certificate that goes to an organisation for a project."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all certificates of one issue have in common."""

    event: Event
    kind: str
    issuer: tuple[str, ...]
    signers: tuple[Signer, ...]
    issue_date: date
    digits: DigitStyle
    programme: str = ""


def layout_of(kind: str) -> str:
    """The name of the shipped layout for a kind of certificate."""
    return "project" if kind == PROJECT else "completion"


def check_kind(kind: str) -> None:
    """Raise a Problem for a kind of certificate that has no words."""
    if kind not in KINDS:
        raise Problem(_("Choose what kind of certificate this event gives."))


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
    """Whose names head the certificate: all hosts of the event, else the office's own."""
    return event.hosts or tuple(line for line in (office or DEPARTMENT, ministry) if line)


def wording_for_person(frame: Frame, recipient: str) -> Wording:
    """The words of a certificate to a person for taking part in the event."""
    return _wording(frame, recipient)


def wording_for_award(frame: Frame, organisation: str, project: str, fund: str) -> Wording:
    """The words of a certificate to an organisation for a project of its own."""
    recipient = in_digits(organisation, frame.digits)
    return _wording(frame, recipient, project=project, fund=fund)


def _wording(frame: Frame, recipient: str, **more: str) -> Wording:
    event = frame.event
    texts: dict[str, Any] = certificate_texts(
        event_name=event.name,
        programme=frame.programme,
        batch=event.batch,
        date_from=event.date_from,
        date_to=event.date_to,
        venue=event.venue,
        kind=frame.kind,
        digits=frame.digits,
        issue_date=frame.issue_date,
        office_name=frame.issuer[0],
        **more,
    )
    return Wording(**{**texts, "issuer": frame.issuer}, recipient=recipient, signers=frame.signers)
