# SPDX-License-Identifier: Apache-2.0
"""What kinds of records and their fields are called on the pages."""

from __future__ import annotations

from typing import Final

from desktop.i18n import N_, _

KINDS: Final = {
    "activity": N_("Activity"), "alert": N_("Alert"), "assistance": N_("Assistance"),
    "attachment": N_("Attachment"), "award": N_("Award"), "case_file": N_("Case"),
    "case_step": N_("Line of a case"), "certificate": N_("Certificate"),
    "consent": N_("Consent"), "day": N_("Day of an event"), "enrolment": N_("Place on a roster"),
    "event": N_("Event"), "facilitator": N_("Field facilitator"), "follow_up": N_("Follow-up"),
    "household": N_("Household"), "mark": N_("Attendance mark"), "member": N_("Household member"),
    "office": N_("Office"), "organisation": N_("Organisation"),
    "person": N_("Person of the register"), "person_identifier": N_("Identity number"),
    "programme": N_("Programme"),
    "record": N_("Filled form"), "referral": N_("Referral"), "session": N_("Session"),
    "visit": N_("Home visit"), "visit_person": N_("Person at a visit"),
    # What the audit log names besides.
    "account": N_("Field facilitator"), "attachment_file": N_("Attachment"),
    "audit": N_("Audit log"), "centre": N_("Centre"), "op": N_("A change"),
    "device": N_("Laptop"), "joining_code": N_("Joining code"), "scope": N_("Area"),
    "staff_account": N_("Account of the staff"),
}  # fmt: skip
FIELDS: Final = {
    "certificate_name": N_("Name on the certificate"), "close_reason": N_("Reason for closing"),
    "detail": N_("Details"), "done": N_("What was done"), "first": N_("First name"),
    "informer": N_("Informer"), "innovation": N_("Innovation"), "item": N_("Item"),
    "landmark": N_("Landmark"), "last": N_("Surname"), "middle": N_("Middle name"),
    "name": N_("Name"), "need": N_("Need"), "needs": N_("Needs"), "note": N_("Note"),
    "occasion": N_("Occasion"), "opinion": N_("Opinion"), "person": N_("Person"),
    "place": N_("Place"), "problem": N_("Problem"), "result": N_("Result"),
    "soi_road": N_("Soi and road"), "summary": N_("Summary"), "title": N_("What it is called"),
    "to_name": N_("Sent to"), "venue": N_("Venue"), "village": N_("Village"),
}  # fmt: skip


def kind_word(kind: str) -> str:
    """What a kind of record is called; one of a newer program by its own name."""
    return _(KINDS[kind]) if kind in KINDS else kind


def field_word(name: str) -> str:
    """What a field is called."""
    return _(FIELDS[name]) if name in FIELDS else name
