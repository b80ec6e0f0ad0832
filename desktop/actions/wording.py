# SPDX-License-Identifier: Apache-2.0
"""The words of a certificate, put together from an event and its plan, and frozen at issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from desktop.errors import Problem
from desktop.i18n import _
from desktop.model.certificate import Signer, Wording
from desktop.model.event import CeremonyRole, DigitStyle, Event
from desktop.model.plan import LEFT_OUT, WORDS, Plan
from desktop.printing.wording import (
    KINDS,
    certificate_texts,
    digits_of,
    in_digits,
    joined_issuers,
)

DEPARTMENT: Final = "กรมพัฒนาสังคมและสวัสดิการ"
MINISTRY: Final = "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"

PROJECT: Final = "project"
"""The kind of certificate that goes to an organisation for a project."""
THANKS: Final = "appreciation"
"""The kind of certificate that thanks lecturers and helpers."""
VOLUNTEER: Final = "volunteer"
"""The kind of certificate for those who helped without pay."""
_NOTHING: Final[Mapping[str, str]] = {}


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
    plan: Plan | None = None
    pictures: tuple[tuple[str, str], ...] = ()
    """The office's pictures by the template's slots, to be frozen."""
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What is noted of single recipients, by enrolment or award."""

    @property
    def language(self) -> str:
        """The language the certificates speak."""
        return "th" if self.plan is None else self.plan.language

    def fields_of(self, key: str) -> Mapping[str, str]:
        """What is noted of the recipient with this enrolment or award."""
        return self.fields.get(key, _NOTHING)


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


def issuer_of(event: Event, office: str, ministry: str, language: str = "th") -> tuple[str, ...]:
    """Whose names head the certificate: all hosts of the event, else the office's own."""
    own = tuple(line for line in (office or DEPARTMENT, ministry) if line)
    return joined_issuers(event.hosts or own, language)


def wording_for_person(
    frame: Frame,
    recipient: str,
    organisation: str = "",
    fields: Mapping[str, str] = _NOTHING,
) -> Wording:
    """The words of a certificate to a person for taking part in the event.

    ``organisation`` sent her; ``fields`` is what is noted of her alone (``model.plan.FIELDS``).
    """
    digits = digits_of(frame.digits, frame.language)
    words = _wording(frame, recipient, fields)
    return replace(words, organisation=in_digits(organisation, digits))


def wording_for_award(
    frame: Frame,
    organisation: str,
    project: str,
    fund: str,
    fields: Mapping[str, str] = _NOTHING,
) -> Wording:
    """The words of a certificate to an organisation for a project of its own."""
    recipient = in_digits(organisation, digits_of(frame.digits, frame.language))
    return _wording(frame, recipient, fields, project=project, fund=fund)


def _wording(frame: Frame, recipient: str, fields: Mapping[str, str], **more: str) -> Wording:
    event, digits = frame.event, digits_of(frame.digits, frame.language)
    texts: dict[str, Any] = certificate_texts(
        event_name=event.name,
        programme=frame.programme,
        batch=event.batch,
        date_from=event.date_from,
        date_to=event.date_to,
        venue=event.venue,
        kind=frame.kind,
        digits=digits,
        issue_date=frame.issue_date,
        office_name=frame.issuer[0],
        language=frame.language,
        **more,
    )
    for name in WORDS:
        said = "" if frame.plan is None else getattr(frame.plan, name).strip()
        # An organisation's certificate is for its own project, whatever the plan calls them all.
        if said and not (name == "subject" and more.get("project")):
            texts[name] = "" if said == LEFT_OUT else in_digits(said, digits)
    alone = {
        name: in_digits(fields.get(name, ""), digits) for name in ("role", "project", "score")
    }
    return Wording(
        **{**texts, **alone, "issuer": frame.issuer},
        recipient=recipient,
        signers=frame.signers,
        language=frame.language,
        pictures=frame.pictures,
        digits=digits,
    )
