# SPDX-License-Identifier: Apache-2.0
"""The register of certificates and every printing of them.

``office_id`` is the office whose register the number is drawn from: a number is unique in one
office, kind and calendar year (พ.ศ.). ``wording`` is the frozen text (``model.certificate``),
or null where the number is not used.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, Index, Integer, Text

from desktop.store.schema import synced

certificate: Final = synced(
    "certificate",
    Column("event_id", Text, nullable=False),
    Column("office_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("number_text", Text, nullable=False),
    Column("seat", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("issue_date", Text, nullable=False),
    Column("wording", JSON(none_as_null=True)),
    Column("enrolment_id", Text, nullable=False, server_default=""),
    Column("award_id", Text, nullable=False, server_default=""),
    Column("organisation", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("replaces", Text, nullable=False, server_default=""),
    Column("layout", Text, nullable=False, server_default=""),
    Column("received_by", Text, nullable=False, server_default=""),
    Column("received_on", Text, nullable=False, server_default=""),
    # 1 for the first paper under a number, 2 for the one that replaced it, and so on.
    Column("edition", Integer, nullable=False, server_default="1"),
    # The signed content of the QR code, base64; empty for none.
    Column("proof", Text, nullable=False, server_default=""),
    Index("certificate_register", "office_id", "kind", "year", "number"),
    Index("certificate_event", "event_id", "seat"),
    Index("certificate_enrolment", "enrolment_id"),
    Index("certificate_award", "award_id"),
    Index("certificate_layout", "layout"),
)

certificate_print: Final = synced(
    "certificate_print",
    Column("certificate_id", Text, nullable=False),
    Column("printed_at", Text, nullable=False),
    Column("printed_by", Text, nullable=False),
    Column("printer", Text, nullable=False, server_default=""),
    Column("copies", Integer, nullable=False, server_default="1"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("wording", JSON(none_as_null=True)),
    # SHA-256 of everything that was drawn on the page, so that a reprint can be held against it.
    Column("plate", Text, nullable=False, server_default=""),
    Index("certificate_print_certificate", "certificate_id", "printed_at"),
    append_only=True,
)

certificate_step: Final = synced(
    "certificate_step",
    Column("certificate_id", Text, nullable=False),
    Column("event_id", Text, nullable=False),
    # issued, handed, returned, void, replaced; printings are certificate_print.
    Column("step", Text, nullable=False),
    Column("happened_on", Text, nullable=False),
    Column("noted_at", Text, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("whom", Text, nullable=False, server_default=""),
    Index("certificate_step_certificate", "certificate_id", "noted_at"),
    Index("certificate_step_event", "event_id"),
    append_only=True,
)

register_rule: Final = synced(
    "register_rule",
    Column("office_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    # As ``model.certificate.number_text`` reads it: {n} {n:03} {be} {code}.
    Column("pattern", Text, nullable=False, server_default="{n}/{be}"),
    Column("code", Text, nullable=False, server_default=""),
    # calendar or fiscal.
    Column("year_kind", Text, nullable=False, server_default="calendar"),
    Index("register_rule_office", "office_id", "kind"),
)
