# SPDX-License-Identifier: Apache-2.0
"""How two people's changes to one record become one record, field by field.

Both ends of sync ask here, so that a laptop and the centre can never disagree. The store's
tables say the same in their columns (``info={"merge": …}``), and a test holds the two together.

A field is a *text* (both are kept until a person chooses), a *set* (additions and removals
travel) or a *scalar* (the later stamp is shown, the other stays in the log). A kind
this version does not know comes from a newer one: its words are kept as texts, anything else as
a scalar, because keeping both is never wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Merging:
    """The rules of one kind of record."""

    texts: frozenset[str] = _NONE
    sets: frozenset[str] = _NONE
    frozen: bool = False
    """A fact: once written it never changes; it may only be taken back, or amended by another."""
    known: bool = True
    """False for a kind that only a newer version knows."""


def _rules(texts: str = "", sets: str = "", *, frozen: bool = False) -> Merging:
    return Merging(frozenset(texts.split()), frozenset(sets.split()), frozen)


_FACT: Final = _rules(frozen=True)
_PLAIN: Final = _rules()

MERGING: Final[dict[str, Merging]] = {
    "activity": _rules("name place occasion innovation problem result", "noi_roles aims systems"),
    "alert": _FACT,
    "alert_step": _FACT,
    "assistance": _rules("item"),
    "assistance_step": _FACT,
    "attachment": _FACT,
    "award": _rules("title"),
    "case_file": _rules("detail close_reason", "targets problems risks readers"),
    "case_step": _FACT,
    "ceremony_role": _PLAIN,
    "certificate": _PLAIN,
    "certificate_field": _rules("value"),
    "certificate_plan": _rules("document_word opening deed subject when_where wish given"),
    "certificate_print": _FACT,
    "certificate_step": _FACT,
    "claim": _PLAIN,
    "claim_plan": _PLAIN,
    "consent": _FACT,
    "consent_withdrawal": _FACT,
    "day": _PLAIN,
    "enrolment": _rules("note"),
    "event": _rules("name venue", "areas"),
    "facilitator": _PLAIN,
    "follow_up": _rules("detail", "received"),
    "household": _rules("village soi_road landmark needs", "dependants welfare"),
    "issuer_key": _FACT,
    "mark": _FACT,
    "member": _rules("name", "body_state"),
    "mentorship": _PLAIN,
    "office": _PLAIN,
    "organisation": _rules("name"),
    "person": _rules("first middle last certificate_name"),
    "person_identifier": _PLAIN,
    "programme": _rules("name"),
    "record": _FACT,
    "referral": _rules("to_name informer person summary need done opinion result", "problems"),
    "register_rule": _PLAIN,
    "roster_lock": _PLAIN,
    "session": _rules("title"),
    "sheet": _PLAIN,
    "template": _rules("name"),
    "template_revision": _FACT,
    "visit": _FACT,
    "visit_person": _FACT,
}
"""By kind. A synced table that is not here breaks a test."""

_UNKNOWN: Final = Merging(known=False)


def merging(kind: str) -> Merging:
    """The rules of ``kind``; ``known`` is False for one that a newer version brought."""
    return MERGING.get(kind, _UNKNOWN)


def is_text(kind: str, field: str, value: Any) -> bool:
    """Whether two differing values of this field are both kept until a person chooses."""
    rules = merging(kind)
    return field in rules.texts or (not rules.known and isinstance(value, str))
