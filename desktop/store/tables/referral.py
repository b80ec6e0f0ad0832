# SPDX-License-Identifier: Apache-2.0
"""Cases handed on to another agency: the letter of nine items, and what became of it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Column, Index, Text

from desktop.store.schema import synced

referral: Final = synced(
    "referral",
    Column("case_id", Text, nullable=False),
    Column("record_id", Text, nullable=False, server_default=""),
    Column("written_on", Text, nullable=False),
    Column("to_organisation_id", Text, nullable=False, server_default=""),
    Column("to_kind", Text, nullable=False, server_default=""),
    Column("to_name", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("informer", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("person", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("summary", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("problems", JSON, nullable=False, info={"merge": "set"}),
    Column("need", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("done", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("opinion", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("urgency", Text, nullable=False, server_default=""),
    Column("contact", Text, nullable=False, server_default=""),
    Column("doc_no", Text, nullable=False, server_default=""),
    Column("sent_on", Text, nullable=False, server_default=""),
    Column("acknowledged_on", Text, nullable=False, server_default=""),
    Column("acknowledged_by", Text, nullable=False, server_default=""),
    Column("result", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("result_on", Text, nullable=False, server_default=""),
    Index("referral_case", "case_id"),
    Index("referral_sent", "sent_on"),
)
