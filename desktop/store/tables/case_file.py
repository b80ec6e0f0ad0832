# SPDX-License-Identifier: Apache-2.0
"""Social cases (เรื่อง) and everything that was done about them, one line each.

``case_step`` is the log of a case: it only grows, and the fields of ``case_file`` are where it
has come to. ``about_noun`` and ``about_id`` name what a line is about (a visit, an alert).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Boolean, Column, Index, Text

from desktop.store.schema import synced

case_file: Final = synced(
    "case_file",
    Column("case_no", Text, nullable=False),
    Column("person_id", Text, nullable=False, server_default=""),
    Column("household_id", Text, nullable=False, server_default=""),
    Column("event_id", Text, nullable=False, server_default=""),
    Column("area", Text, nullable=False, server_default=""),
    Column("targets", JSON, nullable=False, info={"merge": "set"}),
    Column("problems", JSON, nullable=False, info={"merge": "set"}),
    Column("risks", JSON, nullable=False, info={"merge": "set"}),
    # A set has no order; what is counted once is counted under these.
    Column("main_target", Text, nullable=False, server_default=""),
    Column("main_problem", Text, nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default="", info={"merge": "text"}),
    Column("urgency", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("restricted", Boolean, nullable=False, server_default="0"),
    Column("readers", JSON, nullable=False, info={"merge": "set"}),
    Column("origin", Text, nullable=False),
    Column("opened_on", Text, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("closed_on", Text, nullable=False, server_default=""),
    Column("close_reason", Text, nullable=False, server_default="", info={"merge": "text"}),
    Index("case_file_no", "case_no"),
    Index("case_file_person", "person_id"),
    Index("case_file_household", "household_id"),
    Index("case_file_area", "area"),
    Index("case_file_event", "event_id"),
)

case_step: Final = synced(
    "case_step",
    Column("case_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("happened_on", Text, nullable=False),
    Column("noted_at", Text, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("owner_id", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("about_noun", Text, nullable=False, server_default=""),
    Column("about_id", Text, nullable=False, server_default=""),
    Index("case_step_case", "case_id", "noted_at"),
    Index("case_step_about", "about_noun", "about_id"),
    append_only=True,
)
