# SPDX-License-Identifier: Apache-2.0
"""Templates (แบบพิมพ์) an office made, their revisions, and what an event takes of them.

A revision is a fact: saving a template anew adds one, so two people who change the same template
lose nothing, and what a certificate was issued with stays what it was. The newest revision by
its stamp is the one that is offered. ``template_draft`` is what is on the designer's table and
not saved yet.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Boolean, Column, Index, Table, Text

from desktop.store.schema import metadata, synced

template: Final = synced(
    "template",
    Column("purpose", Text, nullable=False),
    Column("name", Text, nullable=False, info={"merge": "text"}),
    Column("base", Text, nullable=False, server_default=""),
    Column("withdrawn", Boolean, nullable=False, server_default="0"),
)

template_revision: Final = synced(
    "template_revision",
    Column("template_id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("after", Text, nullable=False, server_default=""),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Index("template_revision_template", "template_id", "made_at"),
    Index("template_revision_digest", "digest"),
    append_only=True,
)

template_draft: Final = Table(
    "template_draft",
    metadata,
    Column("template_id", Text, primary_key=True, nullable=False),
    Column("body", Text, nullable=False),
    Column("after", Text, nullable=False, server_default=""),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    comment="What the designer holds and nobody saved yet; never synced.",
)

certificate_plan: Final = synced(
    "certificate_plan",
    Column("event_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    # The id of an office's template, or the name of a shipped one; empty: the usual one.
    Column("template", Text, nullable=False, server_default=""),
    # The language the certificates speak: th or en.
    Column("language", Text, nullable=False, server_default="th"),
    Column("document_word", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("opening", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("deed", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("subject", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("when_where", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("wish", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("given", Text, nullable=False, server_default="", info={"merge": "text"}),
    # Order matters in both (the first leads), so these are no merged sets.
    Column("issuers", JSON(none_as_null=True)),
    Column("signatories", JSON(none_as_null=True)),
    Column("proof", Boolean, nullable=False, server_default="1"),
    # What the office chose for the template's slots: slot to SHA-256, empty for nothing.
    Column("pictures", JSON(none_as_null=True)),
    Index("certificate_plan_event", "event_id", "kind"),
)

certificate_field: Final = synced(
    "certificate_field",
    Column("event_id", Text, nullable=False),
    # An enrolment or an award.
    Column("holder_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False, info={"merge": "text"}),
    Index("certificate_field_event", "event_id", "holder_id"),
)
